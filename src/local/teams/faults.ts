import { z } from 'zod';
import type { Answer } from './http-exchange.ts';

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
};

/** A fault to play on the bot's calls to the connector. */
export const faultShape = z.object({
  /** A regular expression tested against `METHOD /path?query` with the path decoded. */
  match: z.string().refine(isPattern, 'is no regular expression'),
  /** The status to answer; 0 cuts the connection. */
  status: z.number().int(),
  /** How many calls it hits; once by default. */
  times: z.number().int().positive().default(1),
  /** Seconds, as the Retry-After header. */
  retryAfter: z.number().nonnegative().optional(),
  /** `before`: nothing happened. `after`: it was done, and the caller is not told (an unknown outcome). */
  when: z.enum(['before', 'after']).default('before'),
  /** The error code in the body, for example ConversationBlockedByUser. */
  code: z.string().optional(),
});
export type Fault = z.input<typeof faultShape>;
type Armed = z.infer<typeof faultShape> & { hits: number };

export type FaultBoard = {
  arm(fault: Fault): void;
  disarm(): void;
  list(): readonly Armed[];
  /** The armed fault this call meets; counts the hit. */
  meets(call: string): { when: 'before' | 'after'; answer: Answer } | undefined;
};

const answerOf = (fault: Armed): Answer => ({
  status: fault.status,
  body: { error: { code: fault.code ?? 'ServiceError', message: 'a fault played by the local tenant' } },
  ...(fault.retryAfter === undefined ? {} : { headers: { 'retry-after': String(fault.retryAfter) } }),
});

export function createFaultBoard(): FaultBoard {
  const armed: Armed[] = [];
  return {
    arm: (fault) => {
      armed.push({ ...faultShape.parse(fault), hits: 0 });
    },
    disarm: () => {
      armed.length = 0;
    },
    list: () => armed.map((fault) => ({ ...fault })),
    meets: (call) => {
      const fault = armed.find(({ match, hits, times }) => hits < times && new RegExp(match).test(call));
      if (!fault) return undefined;
      fault.hits += 1;
      return { when: fault.when, answer: answerOf(fault) };
    },
  };
}

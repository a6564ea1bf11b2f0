import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What can go wrong with a request: an answer instead of the work, after it, or no answer at all. */
const REQUEST_KINDS = ['status', 'afterWork', 'reset', 'resetAfterWork', 'slow', 'truncated', 'deltaGone'] as const;
/** What can go wrong with the validation call and with a notification on its way. */
const NOTIFICATION_KINDS = [
  'validationFails',
  'dropped',
  'duplicated',
  'reordered',
  'delayed',
  'wrongClientState',
  'subscriptionRemoved',
] as const;

export const FAULT_SPEC = z.strictObject({
  /** `METHOD path`, both with `*` for anything; the path without /v1.0 and query, the user as address. Notifications are `NOTIFY /users/{address}/messages/{id}`. */
  match: z.string().default('*'),
  kind: z.enum([...REQUEST_KINDS, ...NOTIFICATION_KINDS]),
  /** Only for this address. */
  mailbox: z.string().optional(),
  /** Of kinds status (503 unless told) and afterWork (504 unless told). */
  status: z.int().min(400).max(599).optional(),
  retryAfterS: z.number().min(0).optional(),
  /** Of kinds slow and delayed; 1000 unless told. */
  delayMs: z.number().min(0).optional(),
  /** Next N matches; 1 unless told, endless when a probability is given. */
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
});

export type FaultSpec = z.input<typeof FAULT_SPEC>;
export type Fault = z.output<typeof FAULT_SPEC> & { readonly id: string; left: number };
export type FaultKind = Fault['kind'];

export interface FaultPoint {
  readonly method: string;
  readonly path: string;
  readonly mailbox?: string | undefined;
}

/** Small seeded generator (mulberry32): the same seed gives the same troubles. */
const chance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const globOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');

const covers = (fault: Fault, point: FaultPoint): boolean => {
  if (fault.mailbox && fault.mailbox.toLowerCase() !== point.mailbox?.toLowerCase()) return false;
  return fault.match === '*' || globOf(fault.match).test(`${point.method} ${point.path}`);
};

/** Troubles waiting to happen. Each point asks for the kinds it can suffer; the oldest matching fault strikes. */
export class Faults {
  readonly #random: () => number;
  #waiting: Fault[] = [];

  constructor(seed: number) {
    this.#random = chance(seed);
  }

  add(spec: FaultSpec): Fault {
    const parsed = FAULT_SPEC.parse(spec);
    const left = parsed.times ?? (parsed.probability === undefined ? 1 : Number.POSITIVE_INFINITY);
    const fault = { ...parsed, id: randomUUID(), left };
    this.#waiting.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }

  take(point: FaultPoint, kinds: readonly FaultKind[] = REQUEST_KINDS): Fault | undefined {
    const struck = this.#waiting.find(
      (fault) =>
        kinds.includes(fault.kind) &&
        covers(fault, point) &&
        (fault.probability === undefined || this.#random() < fault.probability),
    );
    if (struck) {
      struck.left -= 1;
      this.#waiting = this.#waiting.filter((fault) => fault.left > 0);
    }
    return struck;
  }
}

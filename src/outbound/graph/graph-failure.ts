import { z } from 'zod';
import { GraphError } from '../../application/errors.ts';

/** Microsoft's error body; a proxy in between may answer anything else. */
const FAILURE = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });

/** Retry-After in milliseconds: seconds or an HTTP date. */
export const retryAfterOf = (headers: Headers, nowMs: number): number | undefined => {
  const said = headers.get('retry-after')?.trim();
  if (said === undefined || said === '') return undefined;
  const milliseconds = /^\d+(\.\d+)?$/u.test(said) ? Number(said) * 1000 : Date.parse(said) - nowMs;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // a proxy's page: the status says enough
  }
};

/** An answer that is no success, as the error it stands for. */
export const failureOf = async (response: Response, asked: string): Promise<GraphError> => {
  const { status } = response;
  const { error } = FAILURE.safeParse(parsed(await response.text())).data ?? {
    error: { code: `Http${status}`, message: '' },
  };
  const retryAfterMs = retryAfterOf(response.headers, Date.now());
  return new GraphError(`${asked}: ${status} ${error.code} ${error.message}`.trim(), {
    status,
    code: error.code,
    retryAfterMs,
  });
};

/** Status 0: nobody can say whether the work was done. */
export const unanswered = (cause: unknown, asked: string): GraphError => {
  const { code, name, message } = cause as { code?: unknown; name?: unknown; message?: unknown };
  const word = [code, name].find((each): each is string => typeof each === 'string' && each !== '') ?? 'NoAnswer';
  return new GraphError(`${asked}: no usable answer (${String(message ?? word)})`, { status: 0, code: word, cause });
};

/** An answer of the shape it should have. Errors: GraphError 0 for any other. */
export const shaped = <Shape>(schema: z.ZodType<Shape>, answer: unknown): Shape => {
  const { data, error } = schema.safeParse(answer);
  if (data !== undefined) return data;
  throw new GraphError('Graph answered in another shape.', { status: 0, code: 'InvalidAnswer', cause: error });
};

const PASSING = new Set([0, 401, 403, 408, 409, 412, 423, 425, 429]);

/**
 * Whether the same request may go through later. 401 and 403 count: rights that are missing now come back when someone mends
 * them, and a mail must not suffer for it.
 */
export const mayPass = ({ status }: GraphError): boolean => PASSING.has(status) || status >= 500;

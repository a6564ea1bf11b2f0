import { badRequest, GraphFailure } from './failure.ts';
import type { Mailbox } from './mailbox.ts';
import type { MailStore } from './mail-store.ts';
import type { Prefer } from './prefer.ts';

/** One request as the handlers see it. `base` is the stand-in's own origin, `path` begins after /v1.0. */
export interface Call {
  readonly method: string;
  readonly base: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly prefer: Prefer;
  readonly contentType: string;
  readonly body: Buffer;
  /** Client id of the caller. */
  readonly appId: string;
}

export interface RoutedCall extends Call {
  readonly param: (name: string) => string;
}

export interface MailboxCall extends RoutedCall {
  readonly mailbox: Mailbox;
}

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler<C> = (call: C) => Reply | Promise<Reply>;

export interface Route {
  readonly method: string;
  readonly path: readonly string[];
  readonly handle: Handler<RoutedCall>;
}

const segments = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/** `path` with `:name` for one segment. */
export const route = (method: string, path: string, handle: Handler<RoutedCall>): Route => ({
  method,
  path: segments(path),
  handle,
});

/** A route below one user; 404 when nobody has that mailbox. */
export const mailboxRoute =
  (store: MailStore) =>
  (method: string, path: string, handle: Handler<MailboxCall>): Route =>
    route(method, `/users/:user${path}`, (call) => {
      const user = call.param('user');
      const mailbox = store.mailbox(user);
      if (mailbox) return handle({ ...call, mailbox });
      throw new GraphFailure(404, 'ErrorInvalidUser', { message: `The requested user '${user}' is invalid.` });
    });

const match = (pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined => {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = path[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = actual;
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  return params;
};

/** `mailFolders('inbox')` is another way to write `mailFolders/inbox`. */
export const plainPath = (path: string): string => path.replaceAll(/\(['"]([^'"]*)['"]\)/g, '/$1');

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`The segment '${segment}' is not well encoded.`);
  }
};

/** Answers with the first route that fits. Errors: 400 for a path nobody knows, 405 for a known one with another method. */
export const dispatch = (routes: readonly Route[], call: Call): Reply | Promise<Reply> => {
  const path = segments(call.path).map(decoded);
  const fitting = routes.flatMap((candidate) => {
    const params = match(candidate.path, path);
    return params ? [{ candidate, params }] : [];
  });
  const chosen = fitting.find(({ candidate }) => candidate.method === call.method);
  if (chosen) return chosen.candidate.handle({ ...call, param: (name) => chosen.params[name] ?? '' });
  if (fitting.length === 0) throw badRequest(`Resource not found for the segment '${path.at(-1) ?? ''}'.`);
  throw new GraphFailure(405, 'Request_BadRequest', { message: `Method ${call.method} is not allowed here.` });
};

/** The body as JSON. Errors: 400 when it is none. */
export const jsonBody = (call: Call): unknown => {
  if (call.body.length === 0) return {};
  try {
    return JSON.parse(call.body.toString('utf8')) as unknown;
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
};

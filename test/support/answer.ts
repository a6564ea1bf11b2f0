import type { ServerResponse } from 'node:http';

/**
 * Ends a plain http answer. restify replaces `writeHead` on Node's own prototype with one that returns nothing, so a chained
 * `.end()` breaks in every file that runs in the same worker after one that loaded it.
 */
export const endWith = (
  response: ServerResponse,
  status: number,
  { headers = {}, body = '' }: { headers?: Readonly<Record<string, string>>; body?: string } = {},
): void => {
  response.writeHead(status, headers);
  response.end(body);
};

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { LoopbackCertificates } from '../ca.ts';
import type { AccessTokens } from './access-tokens.ts';
import { GraphFailure, tooLarge } from './failure.ts';
import type { GraphEndpoint } from './graph-endpoint.ts';
import { preferenceApplied, readPrefer } from './prefer.ts';
import { dispatch, plainPath, type Call, type Reply, type Route } from './router.ts';

/** A file of 3 MB in base64, and the JSON around it. */
const MAX_BODY = 4.5 * 1024 * 1024;
const TOKEN_PATH = /^\/([^/]+)\/oauth2\/v2\.0\/token$/;
const DISCOVERY_PATH = /^\/[^/]+\/v2\.0\/\.well-known\/openid-configuration$/;
const KEYS_PATH = /^\/[^/]+\/discovery\/v2\.0\/keys$/;
const HOSTS = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

export interface HttpsParts {
  readonly tokens: AccessTokens;
  readonly graph: GraphEndpoint;
  readonly admin: readonly Route[];
  readonly now: () => number;
}

export interface HttpsEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** Reads to the end even when it is too much, since a client that is still writing does not read our answer. */
const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw tooLarge('The request exceeds the limit of 4 MB.');
  return Buffer.concat(chunks);
};

const callOf = async (request: IncomingMessage, base: string): Promise<Call> => {
  const url = new URL(request.url ?? '/', base);
  return {
    method: request.method ?? 'GET',
    base,
    path: plainPath(url.pathname),
    query: url.searchParams,
    prefer: readPrefer(String(request.headers.prefer ?? '')),
    contentType: request.headers['content-type'] ?? '',
    body: await readBody(request),
    appId: '',
  };
};

const failureReply = (cause: unknown, requestId: string, now: number): Reply => {
  const known = cause instanceof GraphFailure;
  if (!known) console.error('The Graph stand-in has a fault of its own:', cause);
  const failure = known ? cause : new GraphFailure(500, 'InternalServerError', { message: 'See the console.' });
  const date = new Date(now).toISOString().slice(0, 19);
  const innerError = { date, 'request-id': requestId, 'client-request-id': requestId };
  const error = { code: failure.code, message: failure.message, innerError };
  return { status: failure.status, json: { error }, headers: failure.headers };
};

export const send = (response: ServerResponse, reply: Reply, extra: Readonly<Record<string, string>> = {}): void => {
  const json = reply.json === undefined ? undefined : Buffer.from(JSON.stringify(reply.json));
  const bytes = reply.bytes ?? json ?? Buffer.alloc(0);
  response.writeHead(reply.status, {
    ...(json ? { 'content-type': 'application/json; odata.metadata=minimal; charset=utf-8' } : {}),
    'content-length': bytes.length,
    'cache-control': 'private',
    'x-content-type-options': 'nosniff',
    ...extra,
    ...reply.headers,
  });
  response.end(bytes);
};

/** A web page open in the same browser must not be able to steer the stand-in: JSON only, and only under our own name. */
const adminReply = (call: Call, request: IncomingMessage, routes: readonly Route[]): Reply | Promise<Reply> => {
  const foreign = request.headers.origin !== undefined || !HOSTS.test(request.headers.host ?? '');
  const untyped = call.method === 'POST' && !call.contentType.startsWith('application/json');
  if (foreign || untyped) throw new GraphFailure(403, 'Forbidden', { message: 'Ask as JSON, from this machine.' });
  return dispatch(routes, { ...call, path: call.path.slice('/__standin'.length) });
};

const answer = async (request: IncomingMessage, response: ServerResponse, at: HttpsParts & { base: string }) => {
  const requestId = randomUUID();
  const ids = {
    'request-id': requestId,
    'client-request-id': String(request.headers['client-request-id'] ?? requestId),
  };
  try {
    const call = await callOf(request, at.base);
    const [, tenant] = TOKEN_PATH.exec(call.path) ?? [];
    if (call.path.startsWith('/v1.0/')) {
      const graphCall = { ...call, path: call.path.slice('/v1.0'.length) };
      const applied = preferenceApplied(call.prefer);
      const headers = applied ? { ...ids, 'preference-applied': applied } : ids;
      return await at.graph.serve(graphCall, { request, response, headers });
    }
    if (call.path.startsWith('/__standin/')) return send(response, await adminReply(call, request, at.admin), ids);
    if (DISCOVERY_PATH.test(call.path))
      return send(response, { status: 200, json: at.tokens.openIdConfiguration(at.base) });
    if (KEYS_PATH.test(call.path)) return send(response, { status: 200, json: { keys: [] } });
    if (tenant === undefined || call.method !== 'POST')
      throw new GraphFailure(404, 'NotFound', { message: 'Nothing is here.' });
    const form = new URLSearchParams(call.body.toString('utf8'));
    const grant = () => at.tokens.answer(tenant, form, request.headers.authorization ?? '');
    return await at.graph.withFaults(call, { request, response, headers: ids }, grant);
  } catch (cause) {
    if (!response.headersSent) send(response, failureReply(cause, requestId, at.now()), ids);
  }
};

/** Https on 127.0.0.1, under the name localhost. */
export const openHttps = async (port: number, ca: LoopbackCertificates, parts: HttpsParts): Promise<HttpsEndpoint> => {
  let base = '';
  const server = createServer({ cert: ca.serverCertPem, key: ca.serverKeyPem }, (request, response) => {
    answer(request, response, { ...parts, base }).catch((cause: unknown) => {
      console.warn(`A request to the Graph stand-in broke off: ${String(cause)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  base = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url: base,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

import { ServerResponse } from 'node:http';
import restify from 'restify';
import type { Log } from '../../application/ports/log.ts';

/**
 * restify replaces `writeHead` on Node's own prototype by one that returns nothing; everything else in the process that
 * chains `.end()` behind it would break. Node's promise, to return the response, is kept here.
 */
const keepChaining = (): void => {
  const replaced = Reflect.get(ServerResponse.prototype, 'writeHead') as (...args: unknown[]) => unknown;
  Reflect.set(ServerResponse.prototype, 'writeHead', function writeHead(this: ServerResponse, ...args: unknown[]) {
    replaced.apply(this, args);
    return this;
  });
};
keepChaining();

/** A request as handlers see it: the body is parsed JSON; whatever was not sent as JSON is no body they understand. */
export interface HttpRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

export interface HttpResponse {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  send(body?: unknown): unknown;
  sendRaw(status: number, body: string, headers: Record<string, string>): unknown;
  end(): unknown;
  readonly headersSent: boolean;
}

export type HttpHandler = (request: HttpRequest, response: HttpResponse) => Promise<void>;

export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly handle: HttpHandler;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** The largest body that is read, in bytes: Teams and Graph send far less; more answers 413 and is not read on. */
const LARGEST_BODY = 1_048_576;
/** JSON only: the parser for everything would also write the files of strangers' forms into the temporary folder. */
const READING = { maxBodySize: LARGEST_BODY, mapParams: false };

/**
 * restify unpacks gzip without counting what comes out, and bytes that are no gzip end the process. Neither Teams nor Graph
 * compresses what it sends.
 */
const uncompressed = (request: restify.Request, response: restify.Response, next: restify.Next): void => {
  if (request.headers['content-encoding'] === undefined) {
    next();
    return;
  }
  response.send(415, { code: 'UnsupportedMediaType', message: 'Send it uncompressed.' });
  next(false);
};

/** The shared shell of everything that comes in over HTTP. Oversized bodies get 413, malformed JSON 400, a fault 500 without words. */
export const httpServer = async (options: {
  host: string;
  port: number;
  routes: readonly Route[];
  log: Log;
}): Promise<HttpServer> => {
  const server = restify.createServer({ name: 'desk', handleUncaughtExceptions: false });
  server.use(restify.plugins.queryParser({ mapParams: false }));
  server.use(uncompressed);
  server.use(restify.plugins.jsonBodyParser(READING));
  for (const { method, path, handle } of options.routes) {
    server[method](path, async (request: restify.Request, response: restify.Response) => {
      await answer({ handle, log: options.log }, request, response as unknown as HttpResponse);
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address() as { port: number };
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
};

const answer = async (
  { handle, log }: { handle: HttpHandler; log: Log },
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> => {
  try {
    await handle(request, response);
  } catch (fault) {
    log.error('request-failed', {
      path: request.url?.split('?')[0],
      fault: fault instanceof Error ? fault.name : typeof fault,
      message: String(fault),
    });
    if (!response.headersSent)
      response.sendRaw(500, '{"code":"InternalError"}', { 'content-type': 'application/json' });
  }
};

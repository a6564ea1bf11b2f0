import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { z } from 'zod';

/** A request the mirror refuses, with the status and body of the connector's error document. */
export class RequestRefused extends Error {
  override name = 'RequestRefused' as const;
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What a route answers; `status` 0 cuts the connection without an answer. */
export type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** Reads a whole body of at most `limit` bytes. Throws RequestRefused 413. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit)
    throw new RequestRefused(413, 'MessageSizeTooBig', `the body has ${size} bytes; at most ${limit} are taken`);
  return Buffer.concat(chunks).toString('utf8');
}

/** Parses JSON of that shape. Throws RequestRefused 400. */
export function parsed<T>(shape: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RequestRefused(400, 'BadSyntax', `the body is not JSON: ${String(cause)}`);
  }
  const result = shape.safeParse(value);
  if (!result.success) throw new RequestRefused(400, 'BadSyntax', result.error.message);
  return result.data;
}

/** Writes the answer: text as it is, anything else as JSON. */
export function answerWith(response: ServerResponse, { status, body, headers }: Answer): void {
  if (status === 0) {
    response.destroy();
    return;
  }
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...headers,
  });
  response.end(text);
}

/** Turns what a route threw into the connector's error document; a bug answers 500. */
export function refusalOf(fault: unknown): Answer {
  if (fault instanceof RequestRefused) {
    return { status: fault.status, body: { error: { code: fault.code, message: fault.message } } };
  }
  console.error('mirror:', fault);
  return { status: 500, body: { error: { code: 'ServiceError', message: String(fault) } } };
}

/** Listens on the loopback address; resolves with the port. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

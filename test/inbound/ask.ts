import { Agent, request as open } from 'node:http';

/** A plain HTTP answer, and which connection it came over. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly localPort: number | undefined;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

/** One connection, kept open between requests. */
export const oneConnection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

/** A request without a client library's manners: any method, header and body. JSON unless told otherwise. */
export const ask = (url: string, { method = 'POST', headers = {}, body, agent }: Asked = {}): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = open(
      url,
      { method, agent, headers: { 'content-type': 'application/json', ...length, ...headers } },
      (response) => {
        const { localPort } = response.socket;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers, localPort });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });

export const askJson = (
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> => ask(url, { body: JSON.stringify(body), headers });

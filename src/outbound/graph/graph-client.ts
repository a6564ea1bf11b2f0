import type { TokenCredential } from '@azure/identity';
import {
  AuthenticationHandler,
  Client,
  HTTPMessageHandler,
  ResponseType,
  type GraphRequest,
} from '@microsoft/microsoft-graph-client';
import { GraphError } from '../../application/errors.ts';
import { accessTokens } from './credential.ts';
import { failureOf, unanswered } from './graph-failure.ts';
import { OneDoorPerMailbox, ReadsAgain } from './request-chain.ts';

/** Paths begin below the version, e.g. `/users/…`; their parts are already encoded (see mailboxPath). Errors: GraphError. */
export interface GraphClient {
  /** @param path or a link Graph gave. Errors: GraphError `ForeignLink` for a link to anywhere else. */
  get(path: string, options?: ReadOptions): Promise<unknown>;
  bytes(path: string): Promise<Uint8Array>;
  /** Never sent twice: after an error the work may or may not have been done. */
  post(path: string, body: object): Promise<unknown>;
  patch(path: string, body: object): Promise<unknown>;
  delete(path: string): Promise<void>;
  /** Whether a link leads to the Graph this client speaks to. */
  owns(link: string): boolean;
}

export interface ReadOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly pageSize?: number;
}

export interface GraphClientOptions {
  /** An https origin, e.g. `https://graph.microsoft.com`. */
  readonly graphUrl: string;
  readonly credential: TokenCredential;
  /** For one request, in milliseconds; 30 seconds unless told. */
  readonly deadlineMs?: number;
}

const SCOPE = 'https://graph.microsoft.com/.default';
/** Ids that stay the same when a mail is moved. */
const IMMUTABLE = 'IdType="ImmutableId"';

export const mailboxPath = (mailbox: string): string => `/users/${encodeURIComponent(mailbox)}`;

export const messagePath = (mailbox: string, messageId: string): string =>
  `${mailboxPath(mailbox)}/messages/${encodeURIComponent(messageId)}`;

const sdkClient = ({ graphUrl, credential, deadlineMs = 30_000 }: GraphClientOptions): Client => {
  const token = accessTokens(credential);
  return Client.initWithMiddleware({
    baseUrl: `${graphUrl}/`,
    customHosts: new Set([new URL(graphUrl).hostname]),
    // A redirect would lead the token to a place nobody named.
    fetchOptions: { redirect: 'error' },
    middleware: [
      new AuthenticationHandler({ getAccessToken: () => token(SCOPE) }),
      new ReadsAgain(),
      new OneDoorPerMailbox(deadlineMs),
      new HTTPMessageHandler(),
    ],
  });
};

/** Names a request without its query, which may hold addresses. */
const called = (method: string, path: string): string => `${method} ${path.split('?')[0] ?? ''}`;

const answered = async (asked: string, send: () => Promise<unknown>): Promise<Response> => {
  let response: Response;
  try {
    response = (await send()) as Response;
  } catch (cause) {
    throw unanswered(cause, asked);
  }
  if (response.ok) return response;
  throw await failureOf(response, asked);
};

const jsonOf = async (asked: string, response: Response): Promise<unknown> => {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw unanswered(cause, asked);
  }
};

const withQuery = (path: string, query: Readonly<Record<string, string>> = {}): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
};

/**
 * Microsoft Graph v1.0 for the desk: immutable ids, a deadline for each request, three at a time per mailbox. Only reads are
 * asked again (429, 503, 504 and broken connections); the SDK's own retry would repeat a POST and send a mail twice.
 */
export const graphClient = (options: GraphClientOptions): GraphClient => {
  const sdk = sdkClient(options);
  const { origin } = new URL(options.graphUrl);
  const owns = (link: string): boolean => URL.parse(link)?.origin === origin;
  const request = (path: string, prefer: readonly string[] = []): GraphRequest => {
    if (!path.startsWith('/') && !owns(path)) {
      throw new GraphError('A link leads away from Graph and is not followed.', { status: 0, code: 'ForeignLink' });
    }
    return sdk
      .api(path)
      .responseType(ResponseType.RAW)
      .header('Prefer', [IMMUTABLE, ...prefer].join(', '));
  };
  return {
    owns,
    async get(path, { query, pageSize } = {}) {
      const asked = called('GET', path);
      const prefer = pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`];
      const wanted = request(withQuery(path, query), prefer);
      return jsonOf(asked, await answered(asked, () => wanted.get()));
    },
    async bytes(path) {
      const wanted = request(path);
      const response = await answered(called('GET', path), () => wanted.get());
      return new Uint8Array(await response.arrayBuffer());
    },
    async post(path, body) {
      const asked = called('POST', path);
      return jsonOf(asked, await answered(asked, () => request(path).post(body)));
    },
    async patch(path, body) {
      const asked = called('PATCH', path);
      return jsonOf(asked, await answered(asked, () => request(path).patch(body)));
    },
    async delete(path) {
      await answered(called('DELETE', path), () => request(path).delete());
    },
  };
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { AccessTokens } from './access-tokens.ts';
import { syncStateNotFound } from './delta-routes.ts';
import { GraphFailure } from './failure.ts';
import type { Fault, FaultPoint, Faults } from './faults.ts';
import type { MailStore } from './mail-store.ts';
import { dispatch, type Call, type Reply, type Route } from './router.ts';

const MAX_CONCURRENT = 4;

const CODES: Readonly<Record<number, string>> = {
  429: 'ApplicationThrottled',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** One connection: the raw request and response, and the headers every answer carries. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GraphEndpointOptions {
  readonly tokens: AccessTokens;
  readonly store: MailStore;
  readonly faults: Faults;
  readonly routes: readonly Route[];
  readonly send: (response: ServerResponse, reply: Reply, extra: Readonly<Record<string, string>>) => void;
}

const failed = (fault: Fault, otherwise: number): GraphFailure => {
  const status = fault.status ?? otherwise;
  const retryAfter = fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) };
  return new GraphFailure(status, CODES[status] ?? 'UnknownError', {
    message: 'A fault was asked for.',
    headers: retryAfter,
  });
};

/** /v1.0: who asks, may he ask now, and what goes wrong on the way. */
export class GraphEndpoint {
  readonly #options: GraphEndpointOptions;
  readonly #running = new Map<string, number>();

  constructor(options: GraphEndpointOptions) {
    this.#options = options;
  }

  async serve(call: Call, exchange: Exchange): Promise<void> {
    const appId = await this.#options.tokens.check(exchange.request.headers.authorization ?? '');
    const [, user] = /^\/users\/([^/]+)/i.exec(call.path) ?? [];
    const mailbox = user === undefined ? undefined : this.#options.store.mailbox(decodeURIComponent(user));
    const work = () => dispatch(this.#options.routes, { ...call, appId });
    if (!mailbox) return this.withFaults(call, exchange, work);
    const path = call.path.replace(/^\/users\/[^/]+/i, `/users/${mailbox.address}`);
    const release = this.#enter(`${appId} ${mailbox.id}`);
    try {
      await this.withFaults({ method: call.method, path, mailbox: mailbox.address, link: call }, exchange, work);
    } finally {
      release();
    }
  }

  /** Does the work and sends the answer, unless a fault says otherwise. */
  async withFaults(
    point: FaultPoint & { link?: Call },
    { response, headers }: Exchange,
    work: () => Reply | Promise<Reply>,
  ): Promise<void> {
    const fault = this.#options.faults.take(point);
    if (fault?.kind === 'reset') return void response.destroy();
    if (fault?.kind === 'status') throw failed(fault, 503);
    if (fault?.kind === 'slow') await pause(fault.delayMs ?? 1000, undefined, { ref: false });
    if (fault?.kind === 'deltaGone')
      throw syncStateNotFound(`${point.link?.base ?? ''}/v1.0${point.link?.path ?? ''}?$deltatoken=`);
    const reply = await work();
    if (fault?.kind === 'afterWork') throw failed(fault, 504);
    if (fault?.kind === 'resetAfterWork') return void response.destroy();
    this.#options.send(response, fault?.kind === 'truncated' ? halved(reply) : reply, headers);
  }

  /** Errors: 429 when the app has four requests running on this mailbox. */
  #enter(key: string): () => void {
    const running = this.#running.get(key) ?? 0;
    if (running >= MAX_CONCURRENT) {
      const message = 'Application is over its MailboxConcurrency limit.';
      throw new GraphFailure(429, 'ApplicationThrottled', { message, headers: { 'retry-after': '1' } });
    }
    this.#running.set(key, running + 1);
    return () => void this.#running.set(key, (this.#running.get(key) ?? 1) - 1);
  }
}

/** The first half of the JSON, as when a proxy gives up in the middle. */
const halved = (reply: Reply): Reply => {
  const { json, ...rest } = reply;
  const text = Buffer.from(JSON.stringify(json ?? {}));
  const headers = { ...reply.headers, 'content-type': 'application/json' };
  return { ...rest, bytes: text.subarray(0, Math.ceil(text.length / 2)), headers };
};

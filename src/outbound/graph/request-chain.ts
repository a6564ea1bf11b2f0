import { setTimeout as pause } from 'node:timers/promises';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { retryAfterOf } from './graph-failure.ts';

const RETRIED = new Set([429, 503, 504]);
const MAX_RETRIES = 3;
const LONGEST_WAIT_MS = 10_000;
/** Exchange runs four requests of an app per mailbox; one is left for the webhook's wake-up. */
const CONCURRENT = 3;

/**
 * How long to wait before a read is asked again, in milliseconds; undefined when whoever asked should come back himself.
 * @param chance between 0 and 1, so that many readers do not come back together
 */
export const readRetryWait = (attempt: number, askedMs: number | undefined, chance: number): number | undefined => {
  if (attempt >= MAX_RETRIES || (askedMs ?? 0) > LONGEST_WAIT_MS) return undefined;
  return askedMs ?? 250 * 2 ** attempt * (0.5 + chance);
};

abstract class Link implements Middleware {
  #next: Middleware | undefined;

  setNext(next: Middleware): void {
    this.#next = next;
  }

  abstract execute(context: Context): Promise<void>;

  protected async pass(context: Context): Promise<void> {
    await this.#next?.execute(context);
  }
}

/** Asks again for what can be asked again: reads. Anything else goes out once, since its work may have been done unseen. */
export class ReadsAgain extends Link {
  async execute(context: Context): Promise<void> {
    const isRead = context.options?.method === 'GET';
    for (let attempt = 0; ; attempt += 1) {
      const lost = await this.#lost(context);
      const { response } = context;
      const again =
        lost !== undefined ? lost.name !== 'TimeoutError' : response !== undefined && RETRIED.has(response.status);
      const asked = lost === undefined && response ? retryAfterOf(response.headers, Date.now()) : undefined;
      const wait = isRead && again ? readRetryWait(attempt, asked, Math.random()) : undefined;
      if (wait === undefined) {
        if (lost !== undefined) throw lost;
        return;
      }
      await pause(wait);
    }
  }

  /** The fault that kept an answer from us, if any. */
  async #lost(context: Context): Promise<Error | undefined> {
    try {
      delete context.response;
      await this.pass(context);
      return undefined;
    } catch (cause) {
      return cause as Error;
    }
  }
}

/** A few at a time, in order. */
class Gate {
  #free = CONCURRENT;
  readonly #waiting: (() => void)[] = [];

  async run(work: () => Promise<void>): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

const mailboxIn = (url: string): string | undefined => {
  const [, named] = /\/users(?:\/|\(')([^/'?]+)/iu.exec(url) ?? [];
  return named === undefined ? undefined : decodeURIComponent(named).toLowerCase();
};

/** At most three requests per mailbox at once, and an end to each: an answer counts only when its whole body is here. */
export class OneDoorPerMailbox extends Link {
  readonly #gates = new Map<string, Gate>();
  readonly #deadlineMs: number;

  constructor(deadlineMs: number) {
    super();
    this.#deadlineMs = deadlineMs;
  }

  async execute(context: Context): Promise<void> {
    const mailbox = mailboxIn(typeof context.request === 'string' ? context.request : context.request.url);
    if (mailbox === undefined) return this.#ask(context);
    const gate = this.#gates.get(mailbox) ?? new Gate();
    this.#gates.set(mailbox, gate);
    await gate.run(() => this.#ask(context));
  }

  async #ask(context: Context): Promise<void> {
    context.options = { ...context.options, signal: AbortSignal.timeout(this.#deadlineMs) };
    await this.pass(context);
    if (context.response === undefined) return;
    const { status, statusText, headers } = context.response;
    const bytes = await context.response.arrayBuffer();
    context.response = new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers });
  }
}

import { setImmediate } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { StoreError } from '../../application/errors.ts';
import type { Arg, Opened, Reply, Request } from './worker-messages.ts';

interface Waiting {
  kind: 'read' | 'write';
  resolve(value: Arg[]): void;
  reject(error: StoreError): void;
}

/** So many requests do not wait for the turn to end: as many as a wave of the mail intake, so that they share one flush. */
const atOnce = 8;

/**
 * The main thread's end of a database worker. Requests of one turn of the event loop travel as one message. When the
 * worker dies, every waiting promise rejects: writes that were sent with `unknownOutcome`, all else with `unavailable`.
 */
export class WorkerChannel {
  /** What the worker said when it had opened. */
  readonly greeting: Arg[];
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #outbox: Request[] = [];
  #lastId = 0;
  #gone: StoreError | undefined;

  private constructor(worker: Worker, greeting: Arg[]) {
    this.greeting = greeting;
    this.#worker = worker;
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#fail(new StoreError('unavailable', 'The database worker has ended'));
        resolve();
      });
    });
    worker.once('error', (cause) =>
      this.#fail(new StoreError('unavailable', 'The database worker has failed', { cause })),
    );
    worker.on('message', (replies: Reply[]) => replies.forEach((reply) => this.#settle(reply)));
  }

  /** Resolves when the worker has opened its database; rejects with the StoreError it met. */
  static async open(script: URL, workerData: unknown): Promise<WorkerChannel> {
    const worker = new Worker(script, { workerData });
    const opened = await new Promise<Opened>((resolve, reject) => {
      worker.once('message', resolve);
      const refuse = (cause: unknown): void =>
        reject(new StoreError('unavailable', 'The database worker did not start', { cause }));
      worker.once('error', refuse);
      worker.once('exit', refuse);
    });
    worker.removeAllListeners('error');
    if ('greeting' in opened) return new WorkerChannel(worker, opened.greeting);
    await new Promise((resolve) => worker.once('exit', resolve));
    throw new StoreError(opened.fault, opened.message);
  }

  call(kind: 'read' | 'write', args: Arg[]): Promise<Arg[]> {
    if (this.#gone) return Promise.reject(this.#gone);
    this.#lastId += 1;
    const id = this.#lastId;
    if (this.#outbox.push([id, kind, ...args]) === 1) setImmediate(() => this.#flush());
    if (this.#outbox.length === atOnce) this.#flush();
    return new Promise((resolve, reject) => this.#waiting.set(id, { kind, resolve, reject }));
  }

  /** Ends the worker after all that was asked before; calling twice is harmless. */
  async close(): Promise<void> {
    if (!this.#gone) {
      this.#flush();
      this.#worker.postMessage('close');
      this.#gone = new StoreError('unavailable', 'The store is closed');
    }
    await this.#ended;
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    this.#worker.postMessage(this.#outbox);
    this.#outbox = [];
  }

  #settle([id, value, fault, message]: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (value) waiting?.resolve(value);
    else waiting?.reject(new StoreError(fault ?? 'unavailable', message ?? 'The database worker gave no answer'));
  }

  #fail(reason: StoreError): void {
    this.#gone ??= reason;
    const unsent = new Set(this.#outbox.map(([id]) => id));
    this.#outbox = [];
    for (const [id, { kind, reject }] of this.#waiting) {
      const uncertain = kind === 'write' && !unsent.has(id);
      reject(uncertain ? new StoreError('unknownOutcome', reason.message, { cause: reason }) : reason);
    }
    this.#waiting.clear();
  }
}

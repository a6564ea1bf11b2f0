import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { StoreError } from '../../src/application/errors.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';

/** What a process asks of the database. */
export interface StoreCall {
  /** The process id of who asks. */
  readonly from: number;
  readonly method: keyof DocumentStore;
  readonly args: readonly unknown[];
}

export interface Written {
  readonly from: number;
  readonly container: string;
  readonly pk: string;
  /** Of the documents. */
  readonly ids: readonly string[];
}

/** One call that is kept from the database, as if the network were slow, until it is let go. */
export interface HeldCall {
  readonly arrived: Promise<void>;
  letGo(): void;
}

export interface StoreServer {
  readonly url: string;
  /** Every commit that was written, in order. */
  readonly written: readonly Written[];
  /** Holds the first call of which this is so. */
  hold(isIt: (call: StoreCall) => boolean): HeldCall;
  close(): Promise<void>;
}

interface Holding {
  readonly isIt: (call: StoreCall) => boolean;
  readonly arrived: PromiseWithResolvers<void>;
  readonly free: PromiseWithResolvers<void>;
}

const answerTo = async (store: DocumentStore, { method, args }: StoreCall): Promise<unknown> => {
  const act = store[method] as (...given: readonly unknown[]) => Promise<unknown>;
  try {
    return { result: await act(...args) };
  } catch (fault) {
    if (fault instanceof StoreError) return { fault: { kind: fault.kind, message: fault.message } };
    throw fault;
  }
};

const writtenBy = ({ from, args }: StoreCall): Written => {
  const [container, pk, ops] = args as Parameters<DocumentStore['commit']>;
  return { from, container, pk, ids: ops.map((op) => (op.op === 'delete' ? op.id : op.doc.id)) };
};

/** Serves a database over loopback HTTP, so that several processes have the same one. Who may close it is who opened it. */
export const serveStore = async (store: DocumentStore): Promise<StoreServer> => {
  const written: Written[] = [];
  const holdings: Holding[] = [];
  const carryOut = async (call: StoreCall): Promise<unknown> => {
    const place = holdings.findIndex(({ isIt }) => isIt(call));
    const [held] = place === -1 ? [] : holdings.splice(place, 1);
    held?.arrived.resolve();
    await held?.free.promise;
    const answer = await answerTo(store, call);
    const { result } = answer as { result?: { ok?: boolean } | null };
    if (call.method === 'commit' && result?.ok) written.push(writtenBy(call));
    return answer;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await carryOut(JSON.parse(await text(request)) as StoreCall).catch((fault: unknown) => ({
      fault: { kind: 'unavailable', message: String(fault) },
    }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    written,
    hold: (isIt) => {
      const holding = { isIt, arrived: Promise.withResolvers<void>(), free: Promise.withResolvers<void>() };
      holdings.push(holding);
      return { arrived: holding.arrived.promise, letGo: holding.free.resolve };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

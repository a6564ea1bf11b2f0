import { StoreError, type StoreErrorKind } from '../../src/application/errors.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { StoreCall } from './store-server.ts';

interface Answer {
  readonly result?: unknown;
  readonly fault?: { readonly kind: StoreErrorKind; readonly message: string };
}

/** The database that store-server.ts serves under this address, as this process sees it. */
export const storeClient = (url: string): DocumentStore => {
  const ask = async (method: StoreCall['method'], ...args: readonly unknown[]): Promise<unknown> => {
    const call: StoreCall = { from: process.pid, method, args };
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(call) }).catch((cause: unknown) => {
      throw new StoreError(method === 'commit' ? 'unknownOutcome' : 'unavailable', 'no answer', { cause });
    });
    const { result, fault } = (await response.json()) as Answer;
    if (fault) throw new StoreError(fault.kind, fault.message);
    return result;
  };
  const asked =
    (method: StoreCall['method']) =>
    (...args: readonly unknown[]) =>
      ask(method, ...args);
  return {
    get: asked('get') as DocumentStore['get'],
    commit: asked('commit') as DocumentStore['commit'],
    query: asked('query') as DocumentStore['query'],
    scan: asked('scan') as DocumentStore['scan'],
    changes: asked('changes') as DocumentStore['changes'],
    close: () => Promise.resolve(),
  };
};

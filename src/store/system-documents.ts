import type { Bookmarks } from '../application/ports/bookmarks.ts';
import type { DocumentStore } from '../application/ports/document-store.ts';
import type { Numbers } from '../application/ports/numbers.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** Numbers are taken in blocks: one write serves this many tickets; a restart skips what is left of a block. */
const BLOCK = 20;
const FIRST = 1001;

export const bookmarkDocuments = (store: DocumentStore): Bookmarks => ({
  read: async (reader) => {
    const stored = await store.get('system', `feed:${reader}`, 'token');
    return stored ? fieldsOf<{ token: string }>(stored).token : null;
  },
  save: async (reader, token) => {
    await store.commit('system', `feed:${reader}`, [{ op: 'upsert', doc: versioned('token', { token }) }]);
  },
});

export const numberDocuments = (store: DocumentStore): Numbers => {
  const blocks = new Map<string, { next: number; end: number }>();
  const taking = new Map<string, Promise<void>>();
  const take = async (series: string): Promise<void> => {
    blocks.set(series, await takeBlock(store, series));
    taking.delete(series);
  };
  const next = async (series: string): Promise<number> => {
    for (;;) {
      const block = blocks.get(series);
      if (block && block.next < block.end) {
        block.next += 1;
        return block.next - 1;
      }
      const pending =
        taking.get(series) ??
        take(series).catch((fault: unknown) => Promise.reject(fault as Error).finally(() => taking.delete(series)));
      taking.set(series, pending);
      await pending;
    }
  };
  return { next };
};

const takeBlock = async (store: DocumentStore, series: string): Promise<{ next: number; end: number }> => {
  for (;;) {
    const stored = await store.get('system', `counter:${series}`, 'counter');
    const next = stored ? fieldsOf<{ n: number }>(stored).n : FIRST;
    const doc = versioned('counter', { n: next + BLOCK });
    const result = await store.commit('system', `counter:${series}`, [
      stored ? { op: 'replace', doc, ifMatch: stored.etag } : { op: 'create', doc },
    ]);
    if (result.ok) return { next, end: next + BLOCK };
  }
};

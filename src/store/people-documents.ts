import type { DocumentStore } from '../application/ports/document-store.ts';
import type { Covers } from '../application/ports/covers.ts';
import type { LeaverCase, LeaverCases } from '../application/ports/leaver-cases.ts';
import type { Cover } from '../domain/cover.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** More are not asked for: who covered whom long ago stands on the tickets. */
const KEPT = 50;

/** Port Covers: one document an owner. */
export const coverDocuments = (store: DocumentStore): Covers => {
  const read = async (owner: string): Promise<{ covers: readonly Cover[]; etag?: string }> => {
    const stored = await store.get('system', `cover:${owner}`, 'covers');
    return stored
      ? { covers: fieldsOf<{ covers: readonly Cover[] }>(stored).covers, etag: stored.etag }
      : { covers: [] };
  };
  return {
    of: async (owner) => (await read(owner)).covers,
    change: async (owner, change) => {
      for (;;) {
        const { covers, etag } = await read(owner);
        const next = change(covers);
        if (!next) return covers;
        const doc = versioned('covers', { covers: next.slice(-KEPT) });
        const op =
          etag === undefined ? ({ op: 'create', doc } as const) : ({ op: 'replace', doc, ifMatch: etag } as const);
        if ((await store.commit('system', `cover:${owner}`, [op])).ok) return next;
      }
    },
  };
};

/** Port LeaverCases: a document each. */
export const leaverDocuments = (store: DocumentStore): LeaverCases => ({
  keep: async (made) => {
    await store.commit('system', `leaver:${made.id}`, [{ op: 'create', doc: versioned('case', { case: made }) }]);
  },
  find: async (id) => {
    const stored = await store.get('system', `leaver:${id}`, 'case');
    return stored ? fieldsOf<{ case: LeaverCase }>(stored).case : undefined;
  },
});

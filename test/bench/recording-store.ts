import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { RawDoc } from './raw-engine.ts';

/** Notes every batch that goes through, so that the raw engine can be given the very same documents. */
export const recordingStore = (store: DocumentStore): { store: DocumentStore; batches: RawDoc[][] } => {
  const batches: RawDoc[][] = [];
  return {
    batches,
    store: {
      ...store,
      commit: async (container, pk, ops) => {
        const result = await store.commit(container, pk, ops);
        if (result.ok) {
          batches.push(
            ops.flatMap((op) =>
              op.op === 'delete' ? [] : [{ c: container, pk, id: op.doc.id, body: JSON.stringify(op.doc) }],
            ),
          );
        }
        return result;
      },
    },
  };
};

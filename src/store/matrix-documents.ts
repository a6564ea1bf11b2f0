import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import type { MatrixBook, MatrixVersion } from '../application/ports/matrix-book.ts';
import { fieldsOf, versioned } from './versioned.ts';

const PK = 'matrix';
const MOST = 100;

/** What the index sorts by lies apart from the version itself, so that no name of its can meet one of the database's. */
interface MatrixDocument {
  readonly number: number;
  readonly rules: MatrixVersion;
}

const versionOf = (stored: Stored): MatrixVersion => fieldsOf<MatrixDocument>(stored).rules;

/** Port MatrixBook: a document a version, created and never written again. */
export const matrixDocuments = (store: DocumentStore): MatrixBook => ({
  versions: async (above) => {
    const page = await store.query('matrix', {
      pk: PK,
      index: 'newest',
      where: above === undefined ? [] : [{ field: 'number', op: '>', value: above }],
      limit: MOST,
    });
    return page.items.map(versionOf);
  },
  add: async (version) => {
    const id = `v:${String(version.version).padStart(8, '0')}`;
    const doc = versioned(id, { number: version.version, rules: version });
    return (await store.commit('matrix', PK, [{ op: 'create', doc }])).ok;
  },
});

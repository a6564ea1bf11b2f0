import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import type { ReportRow, Reports } from '../application/ports/reports.ts';
import type { Instant } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** Facts lie apart from the document's own fields, so that no name of theirs can meet one of the database's. */
interface ReportDocument {
  readonly at: Instant;
  readonly facts: Readonly<Record<string, string | number>>;
}

const rowOf = (stored: Stored): ReportRow => {
  const { at, facts } = fieldsOf<ReportDocument>(stored);
  return { ...facts, id: stored.doc.id, at };
};

/** Port Reports: a partition a kind, a document a row. */
export const reportDocuments = (store: DocumentStore): Reports => ({
  add: async (kind, { id, at, ...facts }, ttl = {}) => {
    await store.commit('reports', kind, [{ op: 'create', doc: versioned(id, { at, facts }), ...ttl }]);
  },
  page: async (kind, { limit, continuation, from }) => {
    const page = await store.query('reports', {
      pk: kind,
      index: 'newest',
      where: from === undefined ? [] : [{ field: 'at', op: '>=', value: from }],
      limit,
      ...(continuation === undefined ? {} : { continuation }),
    });
    return {
      rows: page.items.map(rowOf),
      ...(page.continuation === undefined ? {} : { continuation: page.continuation }),
    };
  },
});

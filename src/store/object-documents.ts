import { createHash } from 'node:crypto';
import { StoreError } from '../application/errors.ts';
import type { DocumentStore, Stored, WriteOp } from '../application/ports/document-store.ts';
import type {
  LoadedObject,
  ObjectCommit,
  ObjectEffect,
  ObjectOutboxEntry,
  ObjectStore,
  UniqueValue,
} from '../application/ports/objects.ts';
import type { DeskObject, HistoryEntry, ObjectRef } from '../domain/objects.ts';
import {
  heldOp,
  pageOfAssociations,
  partitionOf,
  readAssociation,
  removedOp,
  writeMirror,
} from './association-documents.ts';
import { fieldsOf, versioned } from './versioned.ts';

const revText = (rev: number): string => String(rev).padStart(8, '0');

const claimPk = ({ type, property, value }: UniqueValue): string =>
  `unique:${type}:${property}:${createHash('sha256').update(value).digest('hex')}`;

/** Port ObjectStore over documents: one partition an object, one a unique value; a change is one batch. */
export const objectDocuments = (store: DocumentStore): ObjectStore => ({
  load: async (ref) => {
    const stored = await store.get('objects', partitionOf(ref), 'object');
    return stored ? loadedOf(stored) : undefined;
  },
  commit: (commit) => write(store, partitionOf(commit.object), opsOf(commit)),
  touch: ({ object, rev, etag }) =>
    write(store, partitionOf(object), [{ op: 'replace', doc: versioned('object', { object, rev }), ifMatch: etag }]),
  wasAbsorbed: async (into, id) => (await store.get('objects', partitionOf(into), `m:${id}`)) !== null,
  association: (link) => readAssociation(store, link),
  associations: (of, filter) => pageOfAssociations(store, of, filter),
  mirror: (link, state) => writeMirror(store, link, state),
  history: async (of, { limit, before }) => {
    const page = await store.query('objects', {
      pk: partitionOf(of),
      index: 'history',
      where: [
        { field: 'entryKind', op: '=', value: 'history' },
        ...(before === undefined ? [] : [{ field: 'entryRev', op: '<' as const, value: before }]),
      ],
      limit,
    });
    return page.items.map((stored) => fieldsOf<{ entry: HistoryEntry }>(stored).entry);
  },
  ...claims(store),
  ...outbox(store),
});

const loadedOf = (stored: Stored): LoadedObject => {
  const { object, rev } = fieldsOf<{ object: DeskObject; rev: number }>(stored);
  return { object, rev, etag: stored.etag };
};

const opsOf = ({ object, etag, entry, absorbed, ...commit }: ObjectCommit): WriteOp[] => {
  const { rev, at, by } = entry;
  const doc = versioned('object', { object, rev });
  return [
    etag === undefined ? { op: 'create', doc } : { op: 'replace', doc, ifMatch: etag },
    { op: 'create', doc: versioned(`h:${revText(rev)}`, { entryKind: 'history', entryRev: rev, entry }) },
    ...(commit.add ?? []).map((link) => heldOp(link, commit.since ?? at)),
    ...(commit.remove ?? []).map((link) => removedOp(link, by)),
    ...(absorbed === undefined ? [] : [{ op: 'create', doc: versioned(`m:${absorbed}`, {}) } as const]),
    ...(commit.effects.length === 0
      ? []
      : [{ op: 'create', doc: versioned(`ob:${revText(rev)}`, { rev, effects: commit.effects }) } as const]),
  ];
};

/** Every change decides again on what it finds, so an unknown outcome is one more reason to look. */
const write = async (store: DocumentStore, pk: string, ops: WriteOp[]): Promise<'done' | 'stale'> => {
  try {
    return (await store.commit('objects', pk, ops)).ok ? 'done' : 'stale';
  } catch (fault) {
    if (fault instanceof StoreError && fault.kind === 'unknownOutcome') return 'stale';
    throw fault;
  }
};

const claims = (store: DocumentStore): Pick<ObjectStore, 'claim' | 'putClaim'> => ({
  claim: async (value) => {
    const stored = await store.get('objects', claimPk(value), 'claim');
    return stored ? { id: fieldsOf<{ holder: string }>(stored).holder, etag: stored.etag } : undefined;
  },
  putClaim: async (value, id, seen) => {
    const doc = versioned('claim', { holder: id });
    const op: WriteOp = seen ? { op: 'replace', doc, ifMatch: seen.etag } : { op: 'create', doc };
    return (await write(store, claimPk(value), [op])) === 'done';
  },
});

const outbox = (store: DocumentStore): Pick<ObjectStore, 'outbox' | 'discharge'> => ({
  outbox: async (token, max) => {
    const page = await store.changes('objects', { token, max });
    const waiting = page.items.filter(({ doc }) => doc.id.startsWith('ob:'));
    return { entries: waiting.map(entryOf), token: page.token, seen: page.items.length };
  },
  discharge: async ({ of, rev }) => {
    const gone = await store.commit('objects', partitionOf(of), [{ op: 'delete', id: `ob:${revText(rev)}` }]);
    if (!gone.ok && gone.reason !== 'notFound')
      throw new StoreError(
        'unavailable',
        `Outbox entry ${partitionOf(of)}/${rev} could not be forgotten: ${gone.reason}`,
      );
  },
});

const entryOf = (stored: Stored): ObjectOutboxEntry => {
  const { rev, effects } = fieldsOf<{ rev: number; effects: ObjectEffect[] }>(stored);
  return { of: refIn(stored.pk), rev, effects };
};

const refIn = (pk: string): ObjectRef => {
  const colon = pk.indexOf(':');
  return { type: pk.slice(0, colon) as ObjectRef['type'], id: pk.slice(colon + 1) };
};

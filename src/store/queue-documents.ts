import { createHash } from 'node:crypto';
import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import type { ListName, QueueLists, RowPage, RowQuery } from '../application/ports/queue-lists.ts';
import type { ListedEnvelope, ListedTask, QueueEntry } from '../domain/effects.ts';
import { ticketId, type TicketId } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** A removed entry leaves a stone for a day, so that a late relay cannot bring it back. */
const TOMBSTONE_SECONDS = 86_400;

const pkOf = (list: ListName): string => {
  if ('team' in list) return `q:${list.team}:open`;
  if ('children' in list) return `c:${list.children}`;
  return 'owner' in list ? `a:${list.owner}` : `r:${list.requester}`;
};

const threadPk = (messageId: string): string =>
  `thread:${createHash('sha256').update(messageId.trim().toLowerCase()).digest('hex')}`;

/** Port QueueLists: one small document per ticket and list, guarded by rev; numbers and threads are look-ups of their own. */
export const queueDocuments = (store: DocumentStore): QueueLists => ({
  apply: async ({ entry, on, off }) => {
    for (const list of on)
      await (list.startsWith('num:')
        ? pointTo(store, list, entry.ticketId)
        : place(store, list, { key: entry.ticketId, entry, gone: false }));
    for (const list of off) await place(store, list, { key: entry.ticketId, entry, gone: true });
  },
  applyRows: async ({ key, entry, on, off }) => {
    for (const list of on) await place(store, list, { key, entry, gone: false });
    for (const list of off) await place(store, list, { key, entry, gone: true });
  },
  envelopes: (list, query) =>
    rowPage<ListedEnvelope>(store, 'by-priority', {
      pk: 'helping' in list ? `eq:${list.helping}` : `e:${list.expert}`,
      ...query,
    }),
  tasks: (assignee, query) => rowPage<ListedTask>(store, 'by-due', { pk: `t:${assignee}`, ...query }),
  page: async (list, { bucket, limit, by = 'due', continuation }) => {
    const page = await store.query('queues', {
      pk: pkOf(list),
      index: `by-${by}`,
      where: [{ field: 'bucket', op: '=', value: bucket }],
      limit,
      ...(continuation === undefined ? {} : { continuation }),
    });
    return {
      entries: page.items.map(entryOf),
      ...(page.continuation === undefined ? {} : { continuation: page.continuation }),
    };
  },
  byNumber: (number) => pointed(store, `num:${number}`),
  rememberThread: (messageId, id) => pointTo(store, threadPk(messageId), id),
  byThread: (messageId) => pointed(store, threadPk(messageId)),
});

const entryOf = (stored: Stored): QueueEntry => {
  const { id: _id, v: _v, ...entry } = fieldsOf<QueueEntry & { id: string; v: number }>(stored);
  return entry;
};

const rowPage = async <Row>(
  store: DocumentStore,
  index: string,
  { pk, bucket, limit, continuation }: RowQuery & { readonly pk: string },
): Promise<RowPage<Row>> => {
  const page = await store.query('queues', {
    pk,
    index,
    where: [{ field: 'bucket', op: '=', value: bucket }],
    limit,
    ...(continuation === undefined ? {} : { continuation }),
  });
  return {
    rows: page.items.map((stored) => {
      const { id: _id, v: _v, ...row } = fieldsOf<{ id: string; v: number }>(stored);
      return row as Row;
    }),
    ...(page.continuation === undefined ? {} : { continuation: page.continuation }),
  };
};

interface Placing {
  readonly key: string;
  readonly entry: { readonly rev: number };
  readonly gone: boolean;
}

/** Never an upsert: an older state must not win over a newer one. A race is decided again on what is stored by then. */
const place = async (store: DocumentStore, list: string, { key, entry, gone }: Placing): Promise<void> => {
  const doc = versioned(key, gone ? { rev: entry.rev, gone: 1 } : entry);
  const ttl = gone ? { ttlSeconds: TOMBSTONE_SECONDS } : {};
  for (let settled = false; !settled;) {
    const stored = await store.get('queues', list, key);
    if (stored && fieldsOf<{ rev: number }>(stored).rev >= entry.rev) return;
    const result = await store.commit('queues', list, [
      stored ? { op: 'replace', doc, ifMatch: stored.etag, ...ttl } : { op: 'create', doc, ...ttl },
    ]);
    settled = result.ok;
  }
};

/** A look-up that never changes once it is made. */
const pointTo = async (store: DocumentStore, pk: string, id: TicketId): Promise<void> => {
  await store.commit('queues', pk, [{ op: 'create', doc: versioned('ticket', { ticketId: id }) }]);
};

const pointed = async (store: DocumentStore, pk: string): Promise<TicketId | undefined> => {
  const stored = await store.get('queues', pk, 'ticket');
  return stored ? ticketId(fieldsOf<{ ticketId: string }>(stored).ticketId) : undefined;
};

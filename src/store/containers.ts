import type { ContainerDef } from '../application/ports/document-store.ts';

/** The containers of the desk and their declared indexes: SQLite and Cosmos DB are both built from this list. */
export const CONTAINERS: ContainerDef[] = [
  /** pk = ticket id: `ticket` (the aggregate) · `tl:<rev>` events · `ob:<rev>` effects to carry out · `m:<command id>` markers */
  {
    name: 'tickets',
    indexes: [{ name: 'timeline', equality: ['entryKind'], sort: [{ field: 'entryRev', dir: 'desc' }] }],
  },
  /** pk = channel~shard: one document per send, its id is the idempotency key */
  { name: 'deliveries', indexes: [{ name: 'due', equality: ['state'], sort: [{ field: 'dueAt', dir: 'asc' }] }] },
  /** pk = mailbox: `inbox:<sha>` rows, `delta:inbox` link, `wake` */
  { name: 'mail', indexes: [{ name: 'state', equality: ['state'], sort: [{ field: 'foundAt', dir: 'asc' }] }] },
  /** pk = list (`q:<team>:open`, `a:<person>`, `r:<contact>` …): one entry per ticket · `num:<number>`, `thread:<sha>` look-ups */
  {
    name: 'queues',
    indexes: [
      { name: 'by-due', equality: ['bucket'], sort: [{ field: 'dueAt', dir: 'asc' }] },
      {
        name: 'by-priority',
        equality: ['bucket'],
        sort: [
          { field: 'priority', dir: 'asc' },
          { field: 'dueAt', dir: 'asc' },
        ],
      },
    ],
  },
  /** pk = ticket id: posted cards by slot · pk = `person:<id>` or `channel:<id>`: `ref` */
  { name: 'conversations', indexes: [] },
  /** pk = `counter:<series>`, `feed:<reader>` */
  { name: 'system', indexes: [] },
];

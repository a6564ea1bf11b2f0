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
  /**
   * pk = `<type>:<id>`: `object` · `as:<type>:<id>:<label>` associations · `h:<rev>` history · `ob:<rev>` effects to carry out ·
   * `m:<id>` what was absorbed · pk = `unique:<type>:<property>:<sha>`: `claim`
   */
  {
    name: 'objects',
    indexes: [
      { name: 'history', equality: ['entryKind'], sort: [{ field: 'entryRev', dir: 'desc' }] },
      {
        name: 'associations',
        equality: ['asKind'],
        sort: [
          { field: 'toType', dir: 'asc' },
          { field: 'since', dir: 'desc' },
        ],
      },
      {
        name: 'labels',
        equality: ['label'],
        sort: [
          { field: 'toType', dir: 'asc' },
          { field: 'since', dir: 'desc' },
        ],
      },
    ],
  },
  /** pk = `counter:<series>`, `feed:<reader>`, `lease:<name>`, `heartbeat`, `cover:<person>`, `leaver:<case>` */
  { name: 'system', indexes: [] },
  /** pk = shard (4) by subject, id = subject: a ticket’s id, `cover:<person>`, `matrix:<version>` … */
  { name: 'timers', indexes: [{ name: 'due', equality: [], sort: [{ field: 'dueAt', dir: 'asc' }] }] },
  /** pk = kind, e.g. `owner-change-refused:<month>`, `acted-for:<person>`; id = idempotency key */
  { name: 'reports', indexes: [{ name: 'newest', equality: [], sort: [{ field: 'at', dir: 'desc' }] }] },
  /** pk = `jobs`: `job:<id>` bulk acts and how far they are · `items:<id>` the tickets chosen for them */
  { name: 'jobs', indexes: [{ name: 'due', equality: ['state'], sort: [{ field: 'dueAt', dir: 'asc' }] }] },
  /** pk = ticket id: an alert's lines, one a person told · pk = `p:<person>`: where theirs are */
  { name: 'alerts', indexes: [{ name: 'newest', equality: [], sort: [{ field: 'at', dir: 'desc' }] }] },
  /** pk = `matrix`: `v:<number>`, every version of the rules of alerts */
  { name: 'matrix', indexes: [{ name: 'newest', equality: [], sort: [{ field: 'number', dir: 'desc' }] }] },
];

import type { AlertLedger } from './application/ports/alert-ledger.ts';
import type { BlobStore } from './application/ports/blob-store.ts';
import type { Bookmarks } from './application/ports/bookmarks.ts';
import type { Clock } from './application/ports/clock.ts';
import type { Conversations } from './application/ports/conversations.ts';
import type { Covers } from './application/ports/covers.ts';
import type { Deliveries } from './application/ports/deliveries.ts';
import type { DocumentStore } from './application/ports/document-store.ts';
import type { Heartbeats } from './application/ports/heartbeats.ts';
import type { Inbox } from './application/ports/inbox.ts';
import type { Jobs } from './application/ports/jobs.ts';
import type { Leases } from './application/ports/leases.ts';
import type { LeaverCases } from './application/ports/leaver-cases.ts';
import type { MatrixBook } from './application/ports/matrix-book.ts';
import type { Numbers } from './application/ports/numbers.ts';
import type { ObjectStore } from './application/ports/objects.ts';
import type { QueueLists } from './application/ports/queue-lists.ts';
import type { Reports } from './application/ports/reports.ts';
import type { TicketSearch } from './application/ports/ticket-search.ts';
import type { TicketStore } from './application/ports/ticket-store.ts';
import type { Timers } from './application/ports/timers.ts';
import { alertDocuments } from './store/alert-documents.ts';
import { openBlobFiles } from './store/blob/files.ts';
import { CONTAINERS } from './store/containers.ts';
import { conversationDocuments } from './store/conversation-documents.ts';
import { deliveryDocuments } from './store/delivery-documents.ts';
import { inboxDocuments } from './store/inbox-documents.ts';
import { jobDocuments } from './store/job-documents.ts';
import { heartbeatDocuments, leaseDocuments } from './store/lease-documents.ts';
import { matrixDocuments } from './store/matrix-documents.ts';
import { objectDocuments } from './store/object-documents.ts';
import { guardOwners } from './store/owner-guard.ts';
import { coverDocuments, leaverDocuments } from './store/people-documents.ts';
import { queueDocuments } from './store/queue-documents.ts';
import { reportDocuments } from './store/report-documents.ts';
import { openSqliteStore } from './store/sqlite/document-store.ts';
import { openTicketSearch } from './store/sqlite/ticket-search.ts';
import { bookmarkDocuments, numberDocuments } from './store/system-documents.ts';
import { ticketDocuments } from './store/ticket-documents.ts';
import { timerDocuments } from './store/timer-documents.ts';

/** Every place where state lives, behind its port. */
export interface Stores {
  readonly tickets: TicketStore;
  readonly queues: QueueLists;
  readonly deliveries: Deliveries;
  readonly inbox: Inbox;
  readonly conversations: Conversations;
  readonly bookmarks: Bookmarks;
  readonly numbers: Numbers;
  readonly objects: ObjectStore;
  readonly jobs: Jobs;
  readonly timers: Timers;
  readonly reports: Reports;
  readonly covers: Covers;
  readonly leavers: LeaverCases;
  readonly leases: Leases;
  readonly heartbeats: Heartbeats;
  readonly alerts: AlertLedger;
  readonly matrixBook: MatrixBook;
  readonly blobs: BlobStore;
  readonly search: TicketSearch;
  /** The search begins empty: every ticket must be indexed again. */
  readonly searchIsEmpty: boolean;
  /** Whether the database answers. */
  alive(): Promise<boolean>;
  close(): Promise<void>;
}

/** What the stores stand on: documents behind the owner guard, bytes, and words. */
export interface Shelves {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly search: TicketSearch;
  readonly clock: Clock;
}

/** Every store over these shelves, whatever keeps them. */
export const storesOver = ({ store, blobs, search, clock }: Shelves): Omit<Stores, 'searchIsEmpty' | 'close'> => ({
  tickets: ticketDocuments(store),
  queues: queueDocuments(store),
  deliveries: deliveryDocuments(store),
  inbox: inboxDocuments({ store, blobs, now: () => clock.now() }),
  conversations: conversationDocuments(store),
  bookmarks: bookmarkDocuments(store),
  numbers: numberDocuments(store),
  objects: objectDocuments(store),
  jobs: jobDocuments(store),
  timers: timerDocuments(store),
  reports: reportDocuments(store),
  covers: coverDocuments(store),
  leavers: leaverDocuments(store),
  leases: leaseDocuments(store),
  heartbeats: heartbeatDocuments(store),
  alerts: alertDocuments(store),
  matrixBook: matrixDocuments(store),
  blobs,
  search,
  alive: () =>
    store.get('system', 'alive', 'alive').then(
      () => true,
      () => false,
    ),
});

/** Opens the embedded store in its folder; a second process that wants to write is refused. */
export const openStores = async ({ folder, clock }: { folder: string; clock: Clock }): Promise<Stores> => {
  const documents = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.parse(clock.now()) });
  const search = await openTicketSearch({ folder });
  const blobs = await openBlobFiles({ folder });
  return {
    ...storesOver({ store: guardOwners(documents), blobs, search, clock }),
    searchIsEmpty: search.fresh,
    close: async () => {
      await search.close();
      await documents.close();
    },
  };
};

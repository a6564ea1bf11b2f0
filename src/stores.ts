import type { BlobStore } from './application/ports/blob-store.ts';
import type { Bookmarks } from './application/ports/bookmarks.ts';
import type { Clock } from './application/ports/clock.ts';
import type { Conversations } from './application/ports/conversations.ts';
import type { Deliveries } from './application/ports/deliveries.ts';
import type { Inbox } from './application/ports/inbox.ts';
import type { Numbers } from './application/ports/numbers.ts';
import type { QueueLists } from './application/ports/queue-lists.ts';
import type { TicketSearch } from './application/ports/ticket-search.ts';
import type { TicketStore } from './application/ports/ticket-store.ts';
import { openBlobFiles } from './store/blob/files.ts';
import { CONTAINERS } from './store/containers.ts';
import { conversationDocuments } from './store/conversation-documents.ts';
import { deliveryDocuments } from './store/delivery-documents.ts';
import { inboxDocuments } from './store/inbox-documents.ts';
import { guardOwners } from './store/owner-guard.ts';
import { queueDocuments } from './store/queue-documents.ts';
import { openSqliteStore } from './store/sqlite/document-store.ts';
import { openTicketSearch } from './store/sqlite/ticket-search.ts';
import { bookmarkDocuments, numberDocuments } from './store/system-documents.ts';
import { ticketDocuments } from './store/ticket-documents.ts';

/** Every place where state lives, behind its port. */
export interface Stores {
  readonly tickets: TicketStore;
  readonly queues: QueueLists;
  readonly deliveries: Deliveries;
  readonly inbox: Inbox;
  readonly conversations: Conversations;
  readonly bookmarks: Bookmarks;
  readonly numbers: Numbers;
  readonly blobs: BlobStore;
  readonly search: TicketSearch;
  /** The search begins empty: every ticket must be indexed again. */
  readonly searchIsEmpty: boolean;
  /** Whether the database answers. */
  alive(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens the embedded store in its folder; a second process that wants to write is refused. */
export const openStores = async ({ folder, clock }: { folder: string; clock: Clock }): Promise<Stores> => {
  const documents = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.parse(clock.now()) });
  const search = await openTicketSearch({ folder });
  const blobs = await openBlobFiles({ folder });
  const store = guardOwners(documents);
  return {
    tickets: ticketDocuments(store),
    queues: queueDocuments(store),
    deliveries: deliveryDocuments(store),
    inbox: inboxDocuments({ store, blobs, now: () => clock.now() }),
    conversations: conversationDocuments(store),
    bookmarks: bookmarkDocuments(store),
    numbers: numberDocuments(store),
    blobs,
    search,
    searchIsEmpty: search.fresh,
    alive: () =>
      store.get('system', 'alive', 'alive').then(
        () => true,
        () => false,
      ),
    close: async () => {
      await search.close();
      await documents.close();
    },
  };
};

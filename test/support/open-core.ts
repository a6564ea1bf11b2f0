import type { BlobStore } from '../../src/application/ports/blob-store.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { TicketSearch } from '../../src/application/ports/ticket-search.ts';
import { type Core, coreOf } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { signedMessageIds } from '../../src/outbound/graph/message-ids.ts';
import type { Stores } from '../../src/stores.ts';
import { conversationDocuments } from '../../src/store/conversation-documents.ts';
import { deliveryDocuments } from '../../src/store/delivery-documents.ts';
import { inboxDocuments } from '../../src/store/inbox-documents.ts';
import { jobDocuments } from '../../src/store/job-documents.ts';
import { objectDocuments } from '../../src/store/object-documents.ts';
import { coverDocuments, leaverDocuments } from '../../src/store/people-documents.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { reportDocuments } from '../../src/store/report-documents.ts';
import { bookmarkDocuments, numberDocuments } from '../../src/store/system-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { timerDocuments } from '../../src/store/timer-documents.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const deskMessageIds = signedMessageIds('only-for-tests-mail-secret');

/** The rules and services of a desk over its stores, with nothing that comes in or goes out. */
export const coreOver = (stores: Stores, { clock, config }: { clock: Clock; config: string | DeskConfig }): Core =>
  coreOf(
    {
      config: typeof config === 'string' ? readDeskConfig(config) : config,
      clock,
      log: silent,
      messageIds: deskMessageIds,
    },
    stores,
  );

interface Shelves {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly search: TicketSearch;
  readonly clock: Clock;
}

/** Every store of the desk over documents that a test keeps in its hands. */
export const storesOver = ({ store, blobs, search, clock }: Shelves): Stores => ({
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
  blobs,
  search,
  searchIsEmpty: false,
  alive: () => Promise.resolve(true),
  close: () => store.close(),
});

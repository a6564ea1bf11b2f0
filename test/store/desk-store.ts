import { afterAll, beforeAll } from '@jest/globals';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { CommitOutcome, TicketCommit, TicketStore } from '../../src/application/ports/ticket-store.ts';
import type { DueTimer, Timers } from '../../src/application/ports/timers.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { type Instant, type TicketId, ticketId } from '../../src/domain/values.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { arrives, type Deed } from '../support/deeds.ts';
import { monday, tell } from '../support/given.ts';
import { temporaryFolder } from './sqlite/sqlite-folder.ts';

/** A real database with the desk's containers, guarded as in the product; opened once per test file. */
export interface DeskStore {
  store: DocumentStore;
  folder: string;
  /** Moves the clock by which documents expire. */
  passes(seconds: number): void;
}

export const deskStore = (): DeskStore => {
  let now = Date.parse(monday);
  const hands: DeskStore = {
    store: undefined as unknown as DocumentStore,
    folder: '',
    passes: (seconds) => {
      now += seconds * 1_000;
    },
  };
  let end = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const { folder, remove } = await temporaryFolder();
    const store = await openSqliteStore({
      folder,
      containers: [...CONTAINERS].map((each) => structuredClone(each) as never),
      now: () => now,
    });
    Object.assign(hands, { folder, store: guardOwners(store) });
    end = async () => {
      await store.close();
      await remove();
    };
  });
  afterAll(() => end());
  return hands;
};

let rooms = 0;

/** The same database with partitions that nobody else reads: what other tests of the file left there is not met. */
export const inOwnRoom = (store: DocumentStore): DocumentStore => {
  const room = (rooms += 1);
  const own = (pk: string): string => `room ${room}: ${pk}`;
  return {
    ...store,
    get: (container, pk, id) => store.get(container, own(pk), id),
    commit: (container, pk, ops) => store.commit(container, own(pk), ops),
    query: (container, spec) => store.query(container, { ...spec, pk: own(spec.pk) }),
  };
};

/** Every timer that is due at that moment, the longest due first. */
export const allDue = async (timers: Timers, at: Instant): Promise<DueTimer[]> => {
  const found: DueTimer[] = [];
  for await (const timer of timers.due(at)) found.push(timer);
  return found;
};

let tickets = 0;
export const anotherTicket = (): TicketId => ticketId(`ticket-${(tickets += 1)}`);
export const arrivesAs = (id: TicketId): Deed => arrives({ ticketId: id });

/** What one deed on the ticket, as the store has it now, would write. */
export const commitOf = async (store: TicketStore, id: TicketId, deed: Deed): Promise<TicketCommit> => {
  const loaded = await store.load(id);
  const told = tell({ ticket: loaded?.ticket, recorded: [], effects: [], now: monday }, deed);
  if (isRefusal(told.decision) || !told.story.ticket)
    throw new TypeError(`cannot be: ${JSON.stringify(told.decision)}`);
  const { ticket, recorded, effects } = told.story;
  return { commandId: deed(monday).id, ticket, recorded, effects, ...(loaded ? { etag: loaded.etag } : {}) };
};

/** Deeds one after another, each kept. */
export const keep = async (store: TicketStore, id: TicketId, ...deeds: readonly Deed[]): Promise<CommitOutcome[]> => {
  const outcomes: CommitOutcome[] = [];
  for (const deed of deeds) outcomes.push(await store.commit(await commitOf(store, id, deed)));
  return outcomes;
};

import type { DocumentStore, WriteOp } from '../../src/application/ports/document-store.ts';
import type { Core } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import type { TicketId } from '../../src/domain/values.ts';
import type { ActionParts } from '../../src/inbound/teams/card-actions.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import type { Stores } from '../../src/stores.ts';
import { type HandClock, handClock } from '../application/parts.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { deskMailbox, service } from '../support/deeds.ts';
import { monday } from '../support/given.ts';
import { coreOver, storesOver } from '../support/open-core.ts';
import { walkDesk } from './ticket-walk.ts';

/** An owner that was there, and was another one, or none, in the next version of the document. */
export interface OwnerChange {
  readonly from: string;
  readonly to: string | undefined;
}

/** The whole desk over a real database, with all its doors open, and an eye on the disk below the last of them. */
export interface DoorDesk {
  readonly core: Core;
  readonly stores: Stores;
  /** The database as the desk has it, guarded. */
  readonly store: DocumentStore;
  readonly actions: ActionParts;
  readonly config: DeskConfig;
  readonly clock: HandClock;
  /** The tickets that chance plays with now; `nth` counts around. */
  ticket(nth: number): Promise<Ticket>;
  play(tickets: readonly TicketId[]): void;
  count(what: string, done: boolean): void;
  readonly counts: ReadonlyMap<string, { readonly done: number; readonly refused: number }>;
  /** What the database itself saw, whatever the events say. */
  readonly changes: ReadonlyMap<string, readonly OwnerChange[]>;
  close(): Promise<void>;
}

/** Who owned the ticket before and after each write that came through. */
const watched = (store: DocumentStore, changes: Map<string, OwnerChange[]>): DocumentStore => {
  const ownerIn = (doc: Readonly<Record<string, unknown>> | undefined): string | undefined =>
    (doc?.['ticket'] as { ownerId?: string } | undefined)?.ownerId;
  const owners = new Map<string, string | undefined>();
  const see = (pk: string, op: WriteOp): void => {
    const [from, to] = [owners.get(pk), op.op === 'delete' ? undefined : ownerIn(op.doc)];
    if (from !== undefined && from !== to) changes.set(pk, [...(changes.get(pk) ?? []), { from, to }]);
    owners.set(pk, to);
  };
  return {
    ...store,
    commit: async (container, pk, ops) => {
      const result = await store.commit(container, pk, ops);
      if (result.ok && container === 'tickets')
        for (const op of ops) if ((op.op === 'delete' ? op.id : op.doc.id) === 'ticket') see(pk, op);
      return result;
    },
  };
};

const configOf = (): DeskConfig => ({
  ...readDeskConfig('config/desk.json'),
  directory: {
    ...walkDesk.roster,
    mailboxes: () => [{ address: deskMailbox, teamId: service, startAt: monday }],
  },
  zone: 'UTC',
});

const counting = () => {
  const counts = new Map<string, { done: number; refused: number }>();
  const count = (what: string, done: boolean): void => {
    const so = counts.get(what) ?? { done: 0, refused: 0 };
    counts.set(what, done ? { ...so, done: so.done + 1 } : { ...so, refused: so.refused + 1 });
  };
  return { counts, count };
};

export const openDoors = async (): Promise<DoorDesk> => {
  const { folder, remove } = await temporaryFolder();
  const clock = handClock();
  const documents = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.parse(clock.now()) });
  const search = await openTicketSearch({ folder });
  const changes = new Map<string, OwnerChange[]>();
  const store = guardOwners(watched(documents, changes));
  const stores = storesOver({ store, search, blobs: await openBlobFiles({ folder }), clock });
  const config = configOf();
  const core = coreOver(stores, { clock, config });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const shared = {
    ...core,
    directory: config.directory,
    identity: machineIdentity,
    clock,
    log,
    zone: config.zone,
    readRules: () => config.alerts,
  };
  let playing: readonly TicketId[] = [];
  return {
    core,
    stores,
    store,
    actions: shared,
    config,
    clock,
    changes,
    ...counting(),
    play: (tickets) => {
      playing = tickets;
    },
    ticket: async (nth) => {
      const loaded = await stores.tickets.load(playing[nth % playing.length] ?? ('' as TicketId));
      if (!loaded) throw new TypeError('a ticket is gone');
      return loaded.ticket;
    },
    close: async () => {
      await search.close();
      await documents.close();
      await remove();
    },
  };
};

/** The owner's id, or none. */
export const ownerIdOf = (ticket: Ticket | undefined): string | undefined => ticket && ownerOf(ticket)?.id;

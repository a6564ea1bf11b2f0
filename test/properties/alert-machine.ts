import { rm } from 'node:fs/promises';
import type { Clock } from '../../src/application/ports/clock.ts';
import { actorOf } from '../../src/application/ports/directory.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { Leases } from '../../src/application/ports/leases.ts';
import { type Core } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { type Instant, instantOf, millisecondsOf, type PersonActor, type TicketId } from '../../src/domain/values.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import type { Stores } from '../../src/stores.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { coreOver, storesOver } from '../support/open-core.ts';
import { monday } from '../support/given.ts';

/** One process: its core, and a switch that kills it at its n-th write from now. */
export interface Process {
  readonly core: Core;
  /** Killed: what it still wanted to write is not written, and a new process takes its place. */
  dieAt(write: number): void;
  isDead(): boolean;
}

/** Two processes over one real database, one clock of theirs that goes wrong with the machine's, another that differs by a while. */
export interface Machine {
  readonly processes: readonly [Process, Process];
  readonly stores: Stores;
  readonly tickets: readonly TicketId[];
  now(): Instant;
  /** Sets both clocks; back, too. */
  pass(milliseconds: number): void;
  open(by: PersonActor): Promise<TicketId>;
  replace(which: 0 | 1): void;
  /** From here on the feed may be carried out once more. */
  mark(): Promise<void>;
  rewind(): Promise<void>;
  close(): Promise<void>;
}

const READ = readDeskConfig('config/desk.json');
const every = { subject: '*', team: '*', priority: '*', type: '*', delivery: 'card' } as const;

/** The desk of the local tenant; what nobody takes and nobody works on is said again and again. */
const CONFIG: DeskConfig = {
  ...READ,
  alerts: {
    ...READ.alerts,
    matrix: {
      defaults: true,
      rules: [
        { ...every, condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 5, repeatEveryMinutes: 5, maxRepeats: 3 },
        { ...every, condition: 'NOT_UPDATED', level: 2, thresholdMinutes: 300, repeatEveryMinutes: 30 },
      ],
    },
  },
};
export const people: readonly PersonActor[] = CONFIG.directory.people().map(actorOf);

/** Who has the lease may be wrong about it: here both always believe that they have it. */
const everybodysLease = (leases: Leases): Leases => ({
  ...leases,
  take: (name, { holder, ttlSeconds }) => Promise.resolve({ name, holder, ttlSeconds, etag: 'any' }),
  renew: (lease) => Promise.resolve(lease),
  release: () => Promise.resolve(),
});

class Killed extends Error {
  override readonly name = 'Killed';
}

/** The database as a process sees it that dies at a write: nothing it asks for is answered after that. */
const mortal = (store: DocumentStore) => {
  let left = Infinity;
  const alive = <Result>(ask: () => Promise<Result>): Promise<Result> =>
    left < 0 ? Promise.reject(new Killed('the process is gone')) : ask();
  return {
    dieAt: (write: number) => {
      left = write;
    },
    isDead: () => left < 0,
    store: {
      ...store,
      get: (...asked) => alive(() => store.get(...asked)),
      query: (...asked) => alive(() => store.query(...asked)),
      commit: (...asked) => {
        left -= 1;
        return alive(() => store.commit(...asked));
      },
    } satisfies DocumentStore,
  };
};

export const openMachine = async ({ skewMs, oneSweeps }: { skewMs: number; oneSweeps: boolean }): Promise<Machine> => {
  const { folder } = await temporaryFolder();
  let time = millisecondsOf(monday);
  const clockOf = (skew: number): Clock => ({
    now: () => instantOf(time + skew),
    sleep: () => Promise.resolve(),
  });
  const documents = guardOwners(await openSqliteStore({ folder, containers: CONTAINERS, now: () => time }));
  const search = await openTicketSearch({ folder });
  const blobs = await openBlobFiles({ folder });
  const process = (which: 0 | 1): Process => {
    const clock = clockOf(which * skewMs);
    const { store, dieAt, isDead } = mortal(documents);
    const stores = storesOver({ store, search, blobs, clock });
    const leases = oneSweeps ? stores.leases : everybodysLease(stores.leases);
    return { core: coreOver({ ...stores, leases }, { clock, config: CONFIG }), dieAt, isDead };
  };
  const processes: [Process, Process] = [process(0), process(1)];
  const stores = storesOver({ store: documents, search, blobs, clock: clockOf(0) });
  const tickets: TicketId[] = [];
  let marked: string | null = null;
  return {
    ...{ processes, stores, tickets },
    now: () => instantOf(time),
    pass: (milliseconds) => {
      time += milliseconds;
    },
    open: async (by) => {
      const about = { subject: 'The lamp is dark', text: 'Please come.', caller: 'Carla <carla@customer.example>' };
      const opened = await processes[0].core.service.openOnBehalf({ by, from: `chat ${tickets.length}`, ...about });
      if (isRefusal(opened)) throw new TypeError(opened.refused);
      tickets.push(opened.ticket.id);
      return opened.ticket.id;
    },
    replace: (which) => {
      processes[which] = process(which);
    },
    mark: async () => {
      marked = await stores.bookmarks.read('relay');
    },
    rewind: async () => {
      if (marked !== null) await stores.bookmarks.save('relay', marked);
    },
    close: async () => {
      await search.close();
      await documents.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

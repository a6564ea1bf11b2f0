import type { Clock } from '../../src/application/ports/clock.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { Leases } from '../../src/application/ports/leases.ts';
import { runCommand, type RunCommand } from '../../src/application/run-command.ts';
import { type Core } from '../../src/core.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { type Instant, instantOf, mailAddress, millisecondsOf, type TicketId } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import type { Stores } from '../../src/stores.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { prose } from '../support/deeds.ts';
import { monday } from '../support/given.ts';
import { coreOver, deskMessageIds, storesOver } from '../support/open-core.ts';
import { anna, CONFIG, deskMail } from './alert-machine-desk.ts';

/** One process: its core, and a switch that kills it at its n-th write from now. */
export interface Process {
  readonly core: Core;
  /** Its write path, for a clock that looks without being asked. */
  readonly run: RunCommand;
  readonly clock: Clock;
  /** Killed: what it still wanted to write is not written, and a new process takes its place. */
  dieAt(write: number): void;
  isDead(): boolean;
}

export interface MachineWishes {
  /** How much the second process's clock differs from the first one's. */
  readonly skewMs: number;
  /** Whether the lease is asked for: without it both always sweep. */
  readonly oneSweeps: boolean;
}

/** Two processes over one real database, each with a clock of its own. */
export interface Machine extends MachineWishes {
  readonly processes: readonly [Process, Process];
  readonly stores: Stores;
  /** Those that were opened at the beginning. */
  readonly tickets: readonly TicketId[];
  now(): Instant;
  /** Sets both clocks; back, too. The database has a clock of its own, which nobody sets back. */
  pass(milliseconds: number): void;
  replace(which: 0 | 1): Promise<void>;
  /** Carla answers in the ticket's thread. */
  mails(which: 0 | 1, id: TicketId, text: string): Promise<void>;
  /** All effects since the beginning are to be carried out once more, the oldest first. */
  rewind(): Promise<void>;
  close(): Promise<void>;
}

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

/** What a process does not forget may be carried out again by any other, as after a kill just before it was forgotten. */
const unforgetting = ({ tickets, ...stores }: Stores): Stores => ({
  ...stores,
  tickets: { ...tickets, discharge: () => Promise.resolve() },
});

const TICKETS = 3;

export const openMachine = async ({ skewMs, oneSweeps }: MachineWishes): Promise<Machine> => {
  const { folder, remove } = await temporaryFolder();
  let time = millisecondsOf(monday);
  let ofDatabase = time;
  const clockOf = (skew: number): Clock => ({ now: () => instantOf(time + skew), sleep: () => Promise.resolve() });
  const documents = guardOwners(await openSqliteStore({ folder, containers: CONTAINERS, now: () => ofDatabase }));
  const search = await openTicketSearch({ folder });
  const blobs = await openBlobFiles({ folder });
  const process = async (which: 0 | 1): Promise<Process> => {
    const clock = clockOf(which * skewMs);
    const { store, dieAt, isDead } = mortal(documents);
    const own = unforgetting(storesOver({ store, search, blobs, clock }));
    const leases = oneSweeps ? own.leases : everybodysLease(own.leases);
    const core = coreOver({ ...own, leases }, { clock, config: CONFIG });
    await core.start();
    const run = runCommand({ ...own, desk: core.desk, committed: () => undefined });
    return { core, run, clock, dieAt, isDead };
  };
  const processes: [Process, Process] = [await process(0), await process(1)];
  const stores = storesOver({ store: documents, search, blobs, clock: clockOf(0) });
  const { token: beginning } = await stores.tickets.outbox(null, 1);
  const tickets: TicketId[] = [];
  for (let nth = 0; nth < TICKETS; nth += 1) {
    const about = { subject: 'The lamp is dark', text: 'Please come.', caller: 'Carla <carla@customer.example>' };
    const opened = await processes[0].core.service.openOnBehalf({ by: anna, from: `chat ${nth}`, ...about });
    if (isRefusal(opened)) throw new TypeError(opened.refused);
    tickets.push(opened.ticket.id);
  }
  let mails = 0;
  return {
    ...{ skewMs, oneSweeps, processes, stores, tickets },
    now: () => instantOf(time),
    pass: (milliseconds) => {
      time += milliseconds;
      ofDatabase += Math.max(0, milliseconds);
    },
    replace: async (which) => {
      processes[which] = await process(which);
    },
    mails: async (which, id, text) => {
      const name = `mail-${(mails += 1)}`;
      const rev = (await stores.tickets.load(id))?.ticket.rev ?? 1;
      await processes[which].core.receive({
        mailbox: deskMail,
        messageId: name,
        internetMessageId: `<${name}@customer.example>`,
        from: { name: 'Carla', address: mailAddress('carla@customer.example') },
        subject: 'The lamp is dark',
        receivedAt: instantOf(time),
        prose: prose(text),
        answers: [deskMessageIds.of(id, rev, deskMail)],
        headers: [],
        contentSha256: machineIdentity.sha256(name),
      });
    },
    rewind: () => stores.bookmarks.save('relay', beginning),
    close: async () => {
      await search.close();
      await documents.close();
      await remove();
    },
  };
};

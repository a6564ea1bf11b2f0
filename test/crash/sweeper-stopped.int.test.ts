import { expect, test } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { alarmOf } from '../../src/application/alarms.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { actorOf } from '../../src/application/ports/directory.ts';
import type { Core } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusals.ts';
import type { TicketId } from '../../src/domain/values.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import type { Stores } from '../../src/stores.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { coreOver, storesOver } from '../support/open-core.ts';
import { serveStore, type StoreServer, type Written } from '../support/store-server.ts';
import { testClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';
import { startSweeping, type SweepingProcess } from './sweeping-process.ts';

const LEASE_SECONDS = 3;
/** A tap on Accept counts after 30 seconds; whoever tapped has a clock that is behind by so much. */
const BEHIND_SECONDS = 28;

interface House {
  readonly server: StoreServer;
  readonly store: DocumentStore;
  readonly stores: Stores;
  /** A desk in this process that decides and does nothing else: its loops do not run. */
  readonly core: Core;
  readonly config: DeskConfig;
  readonly processes: readonly SweepingProcess[];
  close(): Promise<void>;
}

const openHouse = async (): Promise<House> => {
  const { folder, remove } = await temporaryFolder();
  const documents = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.now() });
  const store = guardOwners(documents);
  const server = await serveStore(store);
  const search = await openTicketSearch({ folder });
  const clock = testClock();
  clock.advance({ seconds: -BEHIND_SECONDS });
  const stores = storesOver({ store, search, blobs: await openBlobFiles({ folder }), clock });
  const config = 'config/desk.json';
  const processes = await Promise.all(
    ['one', 'other'].map(async (name) => {
      const own = path.join(folder, name);
      await mkdir(own);
      return startSweeping({ store: server.url, folder: own, config, lease: LEASE_SECONDS });
    }),
  );
  return {
    ...{ server, store, stores, processes },
    core: coreOver(stores, { clock, config }),
    config: readDeskConfig(config),
    close: async () => {
      await Promise.all(processes.map((each) => each.kill()));
      await server.close();
      await search.close();
      await documents.close();
      await remove();
    },
  };
};

/** The process that holds the lease, by the process id in the holder's name. */
const holder = async ({ store, processes }: House): Promise<SweepingProcess | undefined> => {
  const lease = await store.get('system', 'lease:sweeper', 'lease');
  return processes.find(({ pid }) => String(lease?.doc['holder']).split(':').includes(String(pid)));
};

const sure = <T extends object>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new TypeError(`refused: ${outcome.refused}`);
  return outcome;
};

/** Anna's tap on Accept counts when a sweeper looks after it, two seconds from now. */
const tapped = async ({ core, config }: House, from: string): Promise<TicketId> => {
  const person = config.directory.people().find(({ name }) => name.startsWith('Anna'));
  if (!person) throw new TypeError('nobody is called Anna');
  const by = actorOf(person);
  const about = { subject: 'The lamp is dark', text: 'Please come.', caller: 'Carla <carla@customer.example>' };
  const { ticket } = sure(await core.service.openOnBehalf({ by, from, ...about }));
  sure(await core.service.act(ticket.id, { type: 'reserve', by }));
  return ticket.id;
};

const events = async ({ stores }: House, id: TicketId): Promise<readonly string[]> =>
  (await stores.tickets.history(id, { limit: 50 })).map(({ event }) => event.type).reverse();
const isAccepted = async (house: House, id: TicketId): Promise<boolean> =>
  (await events(house, id)).includes('TicketAccepted');

/** What only the one who sweeps may write: its lease, its sign of life, and what the clock does to tickets. */
const isOfWatch = ({ container, pk, ids }: Written): boolean =>
  /^(?:lease|heartbeat)/u.test(pk) || (container === 'tickets' && isTick(ids));
const isTick = (ids: readonly string[]): boolean => ids.some((id) => id.startsWith('m:tick:'));

/** Every alarm's card that waits to be sent: to whom, and what it tells. */
const alarms = async ({ stores, config }: House) => {
  const due = await stores.deliveries.due('teams', { at: '9999-01-01T00:00:00.000Z' as never, limit: 100 });
  const cards = due.flatMap(({ job }) =>
    job.channel === 'teams' && job.kind === 'person-card' && job.card === 'alarm' ? [job] : [],
  );
  return Promise.all(
    cards.map(async ({ to, subject }) => ({
      to: config.directory.person(to)?.name,
      alarm: await alarmOf(stores, subject),
    })),
  );
};

test('a sweeper that stands still in the middle of an act is replaced, the alarm tells, and when it goes on it does nothing twice', async () => {
  const house = await openHouse();
  try {
    await until(async () => (await holder(house)) !== undefined);
    const stopped = await holder(house);
    const other = house.processes.find((each) => each !== stopped);
    if (!stopped || !other) throw new TypeError('nobody sweeps');
    await until(() => other.said.includes('started'));
    await until(async () => (await house.stores.heartbeats.last('sweeper')) !== undefined);

    const act = house.server.hold(
      ({ from, method, args }) =>
        from === stopped.pid && method === 'commit' && JSON.stringify(args).includes('"TicketAccepted"'),
    );
    const ticket = await tapped(house, 'one');
    await act.arrived;
    stopped.stop();
    expect(await isAccepted(house, ticket)).toBe(false);

    await until(async () => (await holder(house)) === other);
    await until(() => isAccepted(house, ticket));
    const told = await alarms(house);
    expect(told).toMatchObject([{ to: 'Mara Meyer', alarm: { kind: 'sweeper-silent' } }]);
    expect(told[0]?.alarm?.before).toContain(`:${stopped.pid}:`);
    expect(told[0]?.alarm?.by).toContain(`:${other.pid}:`);

    const before = house.server.written.length;
    act.letGo();
    stopped.goOn();
    await until(() => stopped.said.includes('sweeper-lease-lost'));
    const next = await tapped(house, 'next');
    await until(() => isAccepted(house, next));
    expect(await holder(house)).toBe(other);
    for (const id of [ticket, next])
      expect(await events(house, id)).toEqual(['TicketOpened', 'TicketReserved', 'TicketAccepted']);
    expect(await alarms(house)).toHaveLength(1);
    const since = house.server.written.slice(before);
    expect(since.filter((each) => isOfWatch(each) && each.from !== other.pid)).toEqual([]);
    expect(since.filter(({ pk, ids }) => pk === next && isTick(ids)).map(({ from }) => from)).toEqual([other.pid]);
  } catch (fault) {
    throw new Error(house.processes.map((each) => `${each.complaint()} ${each.said.join()}`).join('\n'), {
      cause: fault,
    });
  } finally {
    await house.close();
  }
});

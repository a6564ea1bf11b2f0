import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { addressKey, type AlertLine, lineId } from '../../src/application/ports/alert-ledger.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import { actorOf } from '../../src/application/ports/directory.ts';
import type { Leases } from '../../src/application/ports/leases.ts';
import type { Core } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import { instantOf, millisecondsOf, type PersonActor, type TicketId } from '../../src/domain/values.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import type { Stores } from '../../src/stores.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { monday } from '../support/given.ts';
import { coreOver, storesOver } from '../support/open-core.ts';

/** Two processes over one database do everything at the same moment, each as if it were alone. */

const MINUTE = 60_000;
const FAR = instantOf(Date.UTC(2100, 0, 1));

const READ = readDeskConfig('config/desk.json');
const every = { subject: '*', team: '*', priority: '*', type: '*', delivery: 'card' } as const;
const waits = { ...every, condition: 'NOT_ASSIGNED', level: 1 } as const;
/** What nobody takes is told after five minutes, and three times again. */
const CONFIG: DeskConfig = {
  ...READ,
  alerts: {
    ...READ.alerts,
    matrix: { defaults: true, rules: [{ ...waits, thresholdMinutes: 5, repeatEveryMinutes: 5, maxRepeats: 3 }] },
  },
};
const [anna, ben] = CONFIG.directory.people().map(actorOf) as [PersonActor, PersonActor];

/** Who has the lease may be wrong about it: here both always believe that they have it. */
const everybodysLease = (leases: Leases): Leases => ({
  ...leases,
  take: (name, { holder, ttlSeconds }) => Promise.resolve({ name, holder, ttlSeconds, etag: 'any' }),
  renew: (lease) => Promise.resolve(lease),
  release: () => Promise.resolve(),
});

interface House {
  readonly cores: readonly [Core, Core];
  readonly stores: Stores;
  readonly tickets: TicketId[];
  pass(milliseconds: number): void;
  close(): Promise<void>;
}

const openHouse = async (): Promise<House> => {
  const { folder, remove } = await temporaryFolder();
  let time = millisecondsOf(monday);
  const clock: Clock = { now: () => instantOf(time), sleep: () => Promise.resolve() };
  const store = guardOwners(await openSqliteStore({ folder, containers: CONTAINERS, now: () => time }));
  const search = await openTicketSearch({ folder });
  const shelves = { store, search, blobs: await openBlobFiles({ folder }), clock };
  const process = (): Core => {
    const stores = storesOver(shelves);
    return coreOver({ ...stores, leases: everybodysLease(stores.leases) }, { clock, config: CONFIG });
  };
  return {
    cores: [process(), process()],
    stores: storesOver(shelves),
    tickets: [],
    pass: (milliseconds) => {
      time += milliseconds;
    },
    close: async () => {
      await search.close();
      await store.close();
      await remove();
    },
  };
};

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const opened = async (by: PersonActor): Promise<TicketId> => {
  const about = { subject: 'The lamp is dark', text: 'Please come.', caller: 'Carla <carla@customer.example>' };
  const from = `chat ${house.tickets.length}`;
  const outcome = await house.cores[0].service.openOnBehalf({ by, from, ...about });
  if (isRefusal(outcome)) throw new TypeError(outcome.refused);
  house.tickets.push(outcome.ticket.id);
  return outcome.ticket.id;
};

const bothAtOnce = async (work: (core: Core) => Promise<unknown>): Promise<void> => {
  await Promise.all(house.cores.map(work));
};
/** The loops of a core, as its documentation has them: the relays first, then the sweeper. */
const sweeps = (): Promise<void> =>
  bothAtOnce(({ loops: [, , sweeper] }) => sweeper?.once() ?? Promise.reject(new TypeError('nobody sweeps')));
const relays = (): Promise<void> => bothAtOnce(({ relay }) => relay.drain());

const eventsOf = async (id: TicketId, type: string): Promise<number> =>
  (await house.stores.tickets.history(id, { limit: 1_000 })).filter(({ event }) => event.type === type).length;
const linesOf = (id: TicketId): Promise<readonly AlertLine[]> => house.stores.alerts.ofTicket(id);
const postsOf = async (id: TicketId): Promise<readonly string[]> =>
  (await house.stores.deliveries.due('teams', { at: FAR, limit: 1_000 })).flatMap(({ job }) =>
    job.channel === 'teams' && job.kind === 'alert' && job.ticketId === id
      ? [`${job.episode}~${job.repeat}~${addressKey(job.address)}`]
      : [],
  );

test('each alert is raised once, and of it each person has one line and one card, whoever sweeps and relays', async () => {
  for (let count = 0; count < 12; count += 1) await opened(count % 2 === 0 ? anna : ben);
  await relays();
  house.pass(6 * MINUTE);
  await sweeps();
  await sweeps();
  await relays();
  await relays();
  for (const id of house.tickets) {
    expect(await eventsOf(id, 'AlertRaised')).toBe(1);
    const lines = await linesOf(id);
    expect(new Set(lines.map(lineId)).size).toBe(lines.length);
    expect(lines.map(({ recipient }) => recipient.id).sort()).toEqual([anna.id, ben.id].sort());
    const posts = await postsOf(id);
    expect(new Set(posts).size).toBe(posts.length);
    const ticket = (await house.stores.tickets.load(id))?.ticket;
    expect(ticket && ownerOf(ticket)).toBeUndefined();
  }
});

test('level by level, through repeats, to the last, none is left out and none told twice', async () => {
  const id = await opened(anna);
  await relays();
  for (let minute = 0; minute < 600; minute += 5) {
    house.pass(5 * MINUTE);
    await sweeps();
    await relays();
  }
  const lines = await linesOf(id);
  const told = lines
    .filter(({ condition, recipient }) => condition === 'NOT_ASSIGNED' && recipient.id === anna.id)
    .map(({ level, repeat }) => `${level}.${repeat}`)
    .reverse();
  expect(told).toEqual(['1.0', '1.1', '1.2', '1.3', '2.0', '3.0']);
  expect(new Set(lines.map(lineId)).size).toBe(lines.length);
  expect(await eventsOf(id, 'AlertRaised')).toBe(new Set(lines.map(({ rev }) => rev)).size);
});

test('somebody accepts while both sweep: either it was raised and ended, or it never was', async () => {
  for (let count = 0; count < 8; count += 1) await opened(ben);
  await relays();
  house.pass(6 * MINUTE);
  const accepting = house.tickets.map((id, index) =>
    house.cores[index % 2 === 0 ? 0 : 1].service.act(id, { type: 'accept', by: anna }),
  );
  await Promise.all([...accepting, sweeps()]);
  await sweeps();
  await relays();
  for (const id of house.tickets) {
    const ticket = (await house.stores.tickets.load(id))?.ticket;
    expect(ticket && ownerOf(ticket)?.id).toBe(anna.id);
    expect(ticket?.alerts ?? []).toEqual([]);
    const [raised, ended] = [await eventsOf(id, 'AlertRaised'), await eventsOf(id, 'AlertEnded')];
    expect(ended).toBe(raised);
    expect(raised).toBeLessThanOrEqual(1);
    expect(await eventsOf(id, 'TicketAccepted')).toBe(1);
    expect(await linesOf(id)).toHaveLength(raised * 2);
  }
});

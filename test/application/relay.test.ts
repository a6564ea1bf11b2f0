import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bookmarks } from '../../src/application/ports/bookmarks.ts';
import type { QueueLists } from '../../src/application/ports/queue-lists.ts';
import type { TicketSearch } from '../../src/application/ports/ticket-search.ts';
import type { TicketStore } from '../../src/application/ports/ticket-store.ts';
import { type Beyond, relay, type RelayParts } from '../../src/application/relay.ts';
import { runCommand } from '../../src/application/run-command.ts';
import { teamId, ticketNumber, type TicketId } from '../../src/domain/values.ts';
import { deliveryDocuments } from '../../src/store/delivery-documents.ts';
import { coverDocuments } from '../../src/store/people-documents.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { reportDocuments } from '../../src/store/report-documents.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import { bookmarkDocuments } from '../../src/store/system-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { timerDocuments } from '../../src/store/timer-documents.ts';
import { ticketOf } from '../store/delivery-jobs.ts';
import { allDue, anotherTicket, deskStore, keep } from '../store/desk-store.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  carla,
  customerWrites,
  type Deed,
  deskMailbox,
  lea,
  replies,
  resolves,
} from '../support/deeds.ts';
import { aDesk, after, days, monday } from '../support/given.ts';
import { assigns, merges, reserves } from '../support/ownership-deeds.ts';
import { dies, handClock, listening } from './parts.ts';

const desk = deskStore();
let search: TicketSearch;
let end: () => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  const { folder, remove } = await temporaryFolder();
  const opened = await openTicketSearch({ folder });
  search = opened;
  end = () => opened.close().then(remove);
});
afterAll(() => end());

const tickets = (): TicketStore => ticketDocuments(desk.store);
const queues = (): QueueLists => queueDocuments(desk.store);

/** A relay with a bookmark of its own, so that each test reads the feed from its beginning. */
let readers = 0;
const ownBookmark = (): Bookmarks => {
  const name = `reader-${(readers += 1)}`;
  const kept = bookmarkDocuments(desk.store);
  return { read: () => kept.read(name), save: (_reader, token) => kept.save(name, token) };
};

/** What the relay is to do outside the tickets, by ticket: it may be done more than once. */
const done = new Map<TicketId, Set<string>>();
const heardOf =
  (what: string) =>
  (_effect: unknown, id: TicketId): Promise<void> => {
    done.set(id, (done.get(id) ?? new Set()).add(what));
    return Promise.resolve();
  };
const beyond: Beyond = {
  contactSeen: heardOf('contact'),
  associate: heardOf('association'),
  tellChildren: heardOf('children'),
  alike: heardOf('alike'),
  acted: () => Promise.resolve(),
};

const alertDesk = { raised: heardOf('alert'), changed: heardOf('alert-changed') };

const parts = (changed: Partial<RelayParts> = {}): RelayParts => ({
  tickets: tickets(),
  queues: queues(),
  alertDesk,
  deliveries: deliveryDocuments(desk.store),
  search,
  bookmarks: ownBookmark(),
  clock: handClock(),
  log: listening(),
  timers: timerDocuments(desk.store),
  reports: reportDocuments(desk.store),
  run: runCommand({ tickets: tickets(), covers: coverDocuments(desk.store), desk: aDesk, committed: () => undefined }),
  beyond,
  enqueued: () => undefined,
  ...changed,
});

/** A ticket with a team, a number and a thread of its own, so that its traces can be told from others'. */
const aTicket = async (...deeds: readonly Deed[]): Promise<TicketId> => {
  const id = anotherTicket();
  const opened = arrives({
    ticketId: id,
    number: ticketNumber(`INC-${id}`),
    teamId: teamId(`team-${id}`),
    subject: `Printers stand still ${id.replace('-', '')}`,
    thread: { mailbox: deskMailbox, messageId: id, internetMessageId: `<${id}@customer.example>` },
  });
  await keep(tickets(), id, opened, ...deeds);
  return id;
};

/** Everything the desk shows and owes of a ticket once its effects are carried out. */
const tracesOf = async (id: TicketId): Promise<object> => {
  const sends = async (channel: 'mail' | 'teams'): Promise<unknown[]> =>
    (await deliveryDocuments(desk.store).due(channel, { at: after(monday, days(9)), limit: 1_000 }))
      .filter(({ job }) => ticketOf(job) === id)
      .map(({ id: key, attempts }) => [key, attempts])
      .sort();
  const listed = async (bucket: 'waiting' | 'open'): Promise<unknown[]> =>
    (await queues().page({ team: teamId(`team-${id}`) }, { bucket, limit: 10 })).entries.map(({ rev, status }) => [
      rev,
      status,
    ]);
  const mine = (await queues().page({ owner: ana.id }, { bucket: 'open', limit: 100 })).entries;
  return {
    mails: await sends('mail'),
    teams: await sends('teams'),
    waiting: await listed('waiting'),
    open: await listed('open'),
    owned: mine.filter(({ ticketId }) => ticketId === id).map(({ rev }) => rev),
    number: await queues().byNumber(ticketNumber(`INC-${id}`)),
    thread: await queues().byThread(`<${id}@customer.example>`),
    beyond: [...(done.get(id) ?? [])].sort(),
    found: (await search.find(`Printers stand still ${id.replace('-', '')}`, { limit: 5 })).map(({ rev, text }) => [
      rev,
      text.split('We are on it.').length - 1,
    ]),
  };
};

const life = [accepts(ana), replies(ana), customerWrites('Still dark.')];
const traces = (id: TicketId): object => ({
  mails: [
    [`mail:${id}:1`, 0],
    [`mail:${id}:3`, 0],
  ],
  teams: [
    [`card:${id}:team`, 0],
    [`notice:${id}:4:${ana.id}`, 0],
  ],
  waiting: [],
  open: [[4, 'in_progress']],
  owned: [4],
  number: id,
  thread: id,
  beyond: ['alike', 'contact'],
  found: [[4, 1]],
});
const waitingFor = async (id: TicketId): Promise<number> => {
  const { entries } = await tickets().outbox(null, 1_000);
  return entries.filter(({ ticketId }) => ticketId === id).length;
};

test('carries out all that must follow, and then forgets it', async () => {
  const id = await aTicket(...life);
  expect(await waitingFor(id)).toBe(4);
  await relay(parts()).drain();
  expect(await tracesOf(id)).toEqual(traces(id));
  expect(await waitingFor(id)).toBe(0);
});

describe('a kill', () => {
  /** The places where a kill can hit: the n-th thing the relay does to anything but to read. */
  const killedAt = (n: number, bookmarks: Bookmarks): RelayParts => {
    let acts = 0;
    const mortal =
      <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        acts += 1;
        if (acts >= n) dies();
        return act(...args);
      };
    const whole = parts({ bookmarks });
    return {
      ...whole,
      queues: {
        ...whole.queues,
        apply: mortal(whole.queues.apply),
        rememberThread: mortal(whole.queues.rememberThread),
      },
      search: { ...whole.search, index: mortal((entry) => search.index(entry)) },
      deliveries: { ...whole.deliveries, enqueue: mortal(whole.deliveries.enqueue) },
      timers: { set: mortal(whole.timers.set) },
      reports: { add: mortal(whole.reports.add) },
      run: mortal(whole.run),
      beyond: {
        ...whole.beyond,
        contactSeen: mortal(whole.beyond.contactSeen),
        associate: mortal(whole.beyond.associate),
        alike: mortal(whole.beyond.alike),
      },
      tickets: { ...whole.tickets, discharge: mortal(whole.tickets.discharge) },
      bookmarks: { read: bookmarks.read, save: mortal(bookmarks.save) },
    };
  };

  /** The end of the feed: a relay that begins there meets only what comes after. */
  const endOfFeed = async (): Promise<string> => {
    let page = await tickets().outbox(null, 1_000);
    while (page.seen > 0) page = await tickets().outbox(page.token, 1_000);
    return page.token;
  };

  interface Killed {
    readonly id: TicketId;
    readonly killed: boolean;
  }

  /** Kills the relay at the n-th thing it does with this ticket, and lets the next one go on. Not killed: it did less. */
  const killingAt = async (n: number, ...deeds: readonly Deed[]): Promise<Killed> => {
    const bookmarks = ownBookmark();
    await bookmarks.save('', await endOfFeed());
    const id = await aTicket(...deeds);
    const fault: unknown = await relay(killedAt(n, bookmarks))
      .drain()
      .catch((each: unknown) => each);
    if (fault) expect(fault).toMatchObject({ message: 'killed' });
    await relay(parts({ bookmarks })).drain();
    expect([n, await waitingFor(id)]).toEqual([n, 0]);
    return { id, killed: fault !== undefined };
  };

  test('at any point loses nothing and doubles nothing: the next process goes on', async () => {
    let n = 0;
    for (let goesOn = true; goesOn;) {
      const { id, killed } = await killingAt((n += 1), ...life);
      goesOn = killed;
      expect([n, await tracesOf(id)]).toEqual([n, traces(id)]);
    }
    expect(n).toBeGreaterThan(22);
  });

  test('at any point leaves the other ticket told once, and the report written once', async () => {
    const reports = reportDocuments(desk.store);
    let n = 0;
    for (let goesOn = true; goesOn;) {
      const other = await aTicket(accepts(ana));
      const into = { id: other, number: ticketNumber(`INC-${other}`), requesterId: carla.id, ended: false };
      const merging = merges(ana, { ...into, ownerId: ana.id });
      const { id, killed } = await killingAt((n += 1), accepts(ana), assigns(lea, ben), merging);
      goesOn = killed;
      const told = (await tickets().history(other, { limit: 9 })).filter(
        ({ event }) => event.type === 'TicketAbsorbed',
      );
      expect([n, told]).toMatchObject([n, [{ event: { other: { id } } }]]);
      const { rows } = await reports.page('owner-change-refused', { limit: 100 });
      expect([n, rows.filter(({ ticketId }) => ticketId === id)]).toMatchObject([n, [{ rev: 3, to: ben.name }]]);
      expect([n, done.get(id)]).toEqual([n, new Set(['contact', 'alike', 'association'])]);
    }
    expect(n).toBeGreaterThan(20);
  });

  test('at any point leaves the timer set', async () => {
    for (let n = 1, goesOn = true; goesOn; n += 1) {
      const { id, killed } = await killingAt(n, reserves(ana));
      goesOn = killed;
      const timers = await allDue(timerDocuments(desk.store), after(monday, days(1)));
      expect([n, timers.filter(({ subject }) => subject === id)]).toMatchObject([n, [{ rev: 2 }]]);
    }
  });
});

test('effects of one ticket are carried out in their order, whatever else is under way', async () => {
  const ids = [await aTicket(...life), await aTicket(...life), await aTicket(...life)];
  const order = new Map<string, number[]>();
  const whole = queues();
  let turn = 0;
  const slowly: QueueLists = {
    ...whole,
    apply: async (effect) => {
      turn += 1;
      for (let rest = turn % 3; rest > 0; rest -= 1) await whole.byNumber(ticketNumber('INC-0'));
      await whole.apply(effect);
      const { ticketId, rev } = effect.entry;
      order.set(ticketId, [...(order.get(ticketId) ?? []), rev]);
    },
  };
  await relay(parts({ queues: slowly })).drain();
  expect(ids.map((id) => order.get(id))).toEqual(ids.map(() => [1, 2, 3, 4]));
});

test('reading the whole feed anew changes nothing, also when old effects come after new ones', async () => {
  const id = await aTicket(...life, resolves(ana));
  const keeping: TicketStore = { ...tickets(), discharge: () => Promise.resolve() };
  await relay(parts({ tickets: keeping })).drain();
  const before = await tracesOf(id);
  expect(before).toMatchObject({ waiting: [], open: [], owned: [], found: [[5, 1]] });
  const meanwhile: object[] = [];
  const watched: QueueLists = {
    ...queues(),
    apply: async (effect) => {
      await queues().apply(effect);
      if (effect.entry.ticketId === id) meanwhile.push(await tracesOf(id));
    },
  };
  await relay(parts({ tickets: keeping, queues: watched })).drain();
  expect(meanwhile).toEqual([before, before, before, before, before]);
  await relay(parts()).drain();
  expect(await tracesOf(id)).toEqual(before);
  expect(await waitingFor(id)).toBe(0);
});

test('a ticket whose effects cannot be carried out stays in the outbox, and the fault is seen', async () => {
  const id = await aTicket();
  const bookmarks = ownBookmark();
  const broken: QueueLists = { ...queues(), apply: () => Promise.reject(new TypeError('no room for the list')) };
  await expect(relay(parts({ queues: broken, bookmarks })).drain()).rejects.toThrow('no room for the list');
  expect(await waitingFor(id)).toBe(1);
  await relay(parts({ bookmarks })).drain();
  expect(await tracesOf(id)).toMatchObject({ waiting: [[1, 'new']] });
});

test('tells the delivery worker when there is something to send', async () => {
  await relay(parts()).drain();
  let told = 0;
  const hearing = parts({ enqueued: () => (told += 1) });
  await aTicket();
  await relay(hearing).drain();
  expect(told).toBeGreaterThan(0);
});

test('a search that is damaged holds up no mail, and is said to need a refill', async () => {
  const id = await aTicket(accepts(ana), replies(ana));
  const own = ownBookmark();
  const said: string[] = [];
  const bookmarks: Bookmarks = {
    read: own.read,
    save: async (reader, token) => {
      if (reader === 'search-rebuild') said.push(token);
      else await own.save(reader, token);
    },
  };
  const damaged: TicketSearch = { ...search, index: () => Promise.reject(new TypeError('malformed database')) };
  await relay(parts({ search: damaged, bookmarks })).drain();
  expect(await tracesOf(id)).toMatchObject({
    mails: [
      [`mail:${id}:1`, 0],
      [`mail:${id}:3`, 0],
    ],
    owned: [3],
  });
  expect(new Set(said)).toEqual(new Set(['incomplete']));
});

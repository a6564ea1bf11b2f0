import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bookmarks } from '../../src/application/ports/bookmarks.ts';
import type { QueueLists } from '../../src/application/ports/queue-lists.ts';
import type { TicketSearch } from '../../src/application/ports/ticket-search.ts';
import type { TicketStore } from '../../src/application/ports/ticket-store.ts';
import { relay, type RelayParts } from '../../src/application/relay.ts';
import { teamId, ticketNumber, type TicketId } from '../../src/domain/values.ts';
import { deliveryDocuments } from '../../src/store/delivery-documents.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import { bookmarkDocuments } from '../../src/store/system-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { anotherTicket, deskStore, keep } from '../store/desk-store.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { accepts, ana, arrives, customerWrites, deskMailbox, replies, resolves, type Deed } from '../support/deeds.ts';
import { days, after, monday } from '../support/given.ts';
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

const parts = (changed: Partial<RelayParts> = {}): RelayParts => ({
  tickets: tickets(),
  queues: queues(),
  deliveries: deliveryDocuments(desk.store),
  search,
  bookmarks: ownBookmark(),
  clock: handClock(),
  log: listening(),
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
    subject: `subject ${id.replace('-', '')}`,
    thread: { mailbox: deskMailbox, messageId: id, internetMessageId: `<${id}@customer.example>` },
  });
  await keep(tickets(), id, opened, ...deeds);
  return id;
};

/** Everything the desk shows and owes of a ticket once its effects are carried out. */
const tracesOf = async (id: TicketId): Promise<object> => {
  const sends = async (channel: 'mail' | 'teams'): Promise<unknown[]> =>
    (await deliveryDocuments(desk.store).due(channel, { at: after(monday, days(9)), limit: 1_000 }))
      .filter(({ job }) => (job.channel === 'mail' ? job.mail.ticketId : job.ticketId) === id)
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
    found: (await search.find(`subject ${id.replace('-', '')}`, { limit: 5 })).map(({ rev, text }) => [
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
  /** The places where a kill can hit: the n-th thing the relay does to lists, search, deliveries, outbox or bookmark. */
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
      tickets: { ...whole.tickets, discharge: mortal(whole.tickets.discharge) },
      bookmarks: { read: bookmarks.read, save: mortal(bookmarks.save) },
    };
  };

  test('at any point loses nothing and doubles nothing: the next process goes on', async () => {
    for (let n = 1; n <= 22; n += 1) {
      const id = await aTicket(...life);
      const bookmarks = ownBookmark();
      await bookmarks.save('', (await feedBefore(id)) ?? '');
      await expect(relay(killedAt(n, bookmarks)).drain()).rejects.toMatchObject({ message: 'killed' });
      await relay(parts({ bookmarks })).drain();
      expect([n, await tracesOf(id), await waitingFor(id)]).toEqual([n, traces(id), 0]);
    }
  });

  /** The place in the feed right before this ticket, so that the relay meets this ticket only. */
  const feedBefore = async (id: TicketId): Promise<string | null> => {
    let token: string | null = null;
    for (;;) {
      const page = await tickets().outbox(token, 1);
      if (page.seen === 0 || page.entries.some(({ ticketId }) => ticketId === id)) return token;
      ({ token } = page);
    }
  };
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

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { actorOf } from '../../src/application/ports/directory.ts';
import type { Core } from '../../src/core.ts';
import { readDeskConfig } from '../../src/desk-config.ts';
import type { Recorded, TicketEvent } from '../../src/domain/events.ts';
import { fold } from '../../src/domain/evolve.ts';
import { isRefusal } from '../../src/domain/refusals.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { type PersonId, personId } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { openStores, type Stores } from '../../src/stores.ts';
import { jobCard } from '../../src/views/job-card.ts';
import { type LeavingProcess, startLeaving } from '../crash/leaving-process.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { coreOver } from '../support/open-core.ts';
import { testClock } from '../support/test-clock.ts';

/** The people of config/desk.json, and one more who can take over. */
const person = (n: number): PersonId => personId(`a0000000-0000-4000-8000-00000000000${n}`);
const [anna, ben, sam, mara, ole] = [person(1), person(2), person(4), person(5), person(8)];
const TICKETS = 500;
/** Tickets of other people, and tickets of nobody that Anna may accept while hers are moved. */
const BENS = 10;
const LATE = 20;

interface Book {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly folded: Ticket | undefined;
}

const bookOf = (history: readonly Recorded[], ticket: Ticket): Book => {
  const recorded = [...history].sort((a, b) => a.rev - b.rev);
  return { ticket, events: recorded.map(({ event }) => event), folded: fold(recorded) };
};

let folder: string;
let config: string;
let remove: () => Promise<void>;
const processes: LeavingProcess[] = [];
const start = (options: Readonly<Record<string, string>>): LeavingProcess => {
  const started = startLeaving({ folder: path.join(folder, 'desk'), config, ...options });
  processes.push(started);
  return started;
};

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  config = path.join(folder, 'desk.json');
  const desk = JSON.parse(readFileSync('config/desk.json', 'utf8')) as { people: object[] };
  const [first] = desk.people;
  desk.people.push({ ...first, id: ole, name: 'Ole Olsen', mail: 'ole@desk.example' });
  writeFileSync(config, JSON.stringify(desk));
});
afterAll(async () => {
  for (const each of processes) await each.kill();
  await remove();
});

interface Desk {
  readonly stores: Stores;
  readonly core: Core;
  books(): Promise<readonly Book[]>;
}

/** Looks at what is on the disk; nothing of it runs by itself. */
const looking = async <Found>(look: (desk: Desk) => Promise<Found>): Promise<Found> => {
  const clock = testClock();
  clock.advance({ minutes: 5 });
  const stores = await openStores({ folder: path.join(folder, 'desk'), clock });
  const bookAt = async (id: Ticket['id']): Promise<Book[]> => {
    const loaded = await stores.tickets.load(id);
    return loaded ? [bookOf(await stores.tickets.history(id, { limit: 100 }), loaded.ticket)] : [];
  };
  const books = async (): Promise<readonly Book[]> => {
    const found: Book[] = [];
    let continuation: string | undefined;
    do {
      const some = await stores.tickets.some(continuation);
      for (const id of some.ids) found.push(...(await bookAt(id)));
      continuation = some.continuation;
    } while (continuation !== undefined);
    return found;
  };
  try {
    return await look({ stores, core: coreOver(stores, { clock, config }), books });
  } finally {
    await stores.close();
  }
};

const plain = (ticket: Ticket | undefined): unknown => JSON.parse(JSON.stringify(ticket));
/** All but what a transfer is about. */
const apart = (ticket: Ticket | undefined): object => {
  const { ownerId, ownerName, ownerAcceptedAt, rev, changedAt, ...rest } = plain(ticket) as Record<string, unknown>;
  return rest;
};
const acceptedBy = (owner: PersonId, books: readonly Book[]): readonly Book[] =>
  books.filter(({ events }) =>
    events.some(({ type, by }) => type === 'TicketAccepted' && 'id' in by && by.id === owner),
  );
const moved = (book: Book): boolean => ownerOf(book.ticket)?.id !== anna;
const numbered = (from: string, count: number): ReadonlySet<string> =>
  new Set(Array.from({ length: count }, (_each, n) => machineIdentity.named(`chat|${from}-${n}`)));

/** Everything on the ticket is what its events say, and a transfer is there as a whole or not at all. */
const isSound = ({ ticket, events, folded }: Book): void => {
  expect(plain(folded)).toEqual(plain(ticket));
  const transfers = events.filter(({ type }) => type === 'TransferProposed' || type === 'OwnershipTransferred');
  expect([0, 2]).toContain(transfers.length);
};

const wasMovedOnce = ({ ticket, events }: Book): void => {
  expect(events.slice(-2)).toMatchObject([
    { type: 'TransferProposed', by: { id: sam }, reason: 'termination', text: 'Letter of June 3rd.' },
    {
      type: 'OwnershipTransferred',
      by: { id: mara },
      proposedBy: { id: sam },
      from: { id: anna },
      reason: 'termination',
    },
  ]);
  const before = events.slice(0, -2);
  expect(before.filter(({ type }) => type.includes('Transfer'))).toEqual([]);
  expect(apart(fold(before.map((event, n) => ({ rev: n + 1, event }))))).toEqual(apart(ticket));
  expect([ben, ole]).toContain(ownerOf(ticket)?.id);
};

const named = (id: PersonId): ReturnType<typeof actorOf> => {
  const found = readDeskConfig(config).directory.person(id);
  if (!found) throw new TypeError('nobody');
  return actorOf(found);
};

const killedHalfway = async (): Promise<string> => {
  const first = start({ tickets: String(TICKETS), late: '0-4' });
  const asked = await first.says((line) => line.case !== undefined);
  expect(asked.alone).toMatchObject({ refused: 'four-eyes' });
  expect(asked.confirmed).toEqual([asked.case, asked.case]);
  await first.says(({ done }) => done !== undefined && done >= TICKETS / 2);
  await first.kill();
  return asked.case ?? '';
};

test('one who leaves had 500 tickets: the desk is killed halfway, starts again by itself, and each is moved once', async () => {
  const caseId = await killedHalfway();
  await looking(async ({ stores, books }) => {
    const all = await books();
    all.forEach(isSound);
    const gone = acceptedBy(anna, all).filter(moved);
    expect(gone.length).toBeGreaterThanOrEqual(TICKETS / 2);
    expect(gone.length).toBeLessThan(TICKETS);
    expect((await stores.jobs.find(caseId))?.job.state).toBe('running');
  });

  const second = start({ case: caseId, later: '2', late: '4-8' });
  await second.says(({ ended }) => ended === true);
  await second.gone;

  await looking(async ({ stores, core, books }) => {
    const all = await books();
    expect(all).toHaveLength(TICKETS + BENS + LATE);
    all.forEach(isSound);
    const hers = acceptedBy(anna, all);
    hers.forEach(wasMovedOnce);
    const first = numbered('hers', TICKETS);
    expect(hers.filter(({ ticket }) => first.has(ticket.id))).toHaveLength(TICKETS);
    const late = hers.length - TICKETS;
    expect(late).toBeGreaterThan(1);
    const byState = Map.groupBy(hers, ({ ticket }) => ticket.status);
    expect(byState.get('resolved')).toHaveLength(TICKETS / 5);
    expect(byState.get('pending_customer')?.length).toBeGreaterThan(20);
    for (const taker of [ben, ole])
      expect(hers.filter(({ ticket }) => ownerOf(ticket)?.id === taker).length).toBeGreaterThan(TICKETS * 0.4);
    const others = all.filter((book) => !hers.includes(book));
    expect(others.flatMap(({ events }) => events).filter(({ type }) => type.includes('Transfer'))).toEqual([]);
    expect(acceptedBy(ben, others)).toHaveLength(BENS);

    for (const bucket of ['open', 'done'] as const)
      expect((await stores.queues.page({ owner: anna }, { bucket, limit: 10 })).entries).toEqual([]);
    const story = await core.queries.job(caseId);
    if (!story) throw new TypeError('no job');
    expect(story.job).toMatchObject({ state: 'done', done: TICKETS, total: TICKETS, skipped: 0, refusalCount: 0 });
    const card = JSON.stringify(jobCard({ ...story, reader: { language: 'en', zone: 'Europe/Berlin' } }));
    expect(card).toContain('500 of 500');
    const rounds = await Promise.all([2, 3, 4].map((round) => stores.jobs.find(`${caseId}-${round}`)));
    expect(rounds.reduce((sum, held) => sum + (held?.job.done ?? 0), 0)).toBe(late);

    const again = await core.leavers.confirm(caseId, named(mara));
    expect(again).toMatchObject({ id: caseId, state: 'done' });
    expect(isRefusal(await core.leavers.confirm(caseId, named(sam)))).toBe(true);
    await core.settle();
    const revs = (some: readonly Book[]): number => some.reduce((sum, { ticket }) => sum + ticket.rev, 0);
    expect(revs(await books())).toBe(revs(all));
  });
});

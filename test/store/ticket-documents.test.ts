import { describe, expect, test } from '@jest/globals';
import type { TicketCommit, TicketStore } from '../../src/application/ports/ticket-store.ts';
import { fold } from '../../src/domain/evolve.ts';
import { OwnershipError, ownerOf } from '../../src/domain/ticket.ts';
import { commandId, type TicketId } from '../../src/domain/values.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  customerWrites,
  notes,
  replies,
  repliesAndResolves,
  resolves,
} from '../support/deeds.ts';
import { anotherTicket, arrivesAs, commitOf, deskStore, keep } from './desk-store.ts';

const desk = deskStore();
const tickets = (): TicketStore => ticketDocuments(desk.store);

describe('a ticket that is kept', () => {
  test('comes back as it was, in every state of its life, and sealed', async () => {
    const id = anotherTicket();
    for (const deed of [
      arrivesAs(id),
      accepts(ana),
      asks(ana),
      customerWrites('Left.'),
      resolves(ana),
      customerWrites('No!'),
    ]) {
      const commit = await commitOf(tickets(), id, deed);
      expect(await tickets().commit(commit)).toBe('done');
      const loaded = await tickets().load(id);
      expect(JSON.parse(JSON.stringify(loaded?.ticket))).toEqual(JSON.parse(JSON.stringify(commit.ticket)));
      expect(loaded && ownerOf(loaded.ticket)).toEqual(ownerOf(commit.ticket));
      expect(() => Object.assign(loaded?.ticket ?? {}, { ownerId: ben.id })).toThrow(OwnershipError);
      expect(Object.isFrozen(loaded?.ticket.requester)).toBe(true);
    }
  });

  test('is the fold of its kept events', async () => {
    const id = anotherTicket();
    await keep(tickets(), id, arrivesAs(id), repliesAndResolves(ana), customerWrites('No!'), notes(ben));
    const history = await tickets().history(id, { limit: 50 });
    expect(JSON.stringify(fold(history.toReversed()))).toBe(JSON.stringify((await tickets().load(id))?.ticket));
  });

  test('is not there before it is kept', async () => {
    expect(await tickets().load(anotherTicket())).toBeUndefined();
    expect(await tickets().history(anotherTicket(), { limit: 5 })).toEqual([]);
  });

  test('holds facts only: 48 KB fit, one that grew beyond is refused, and nothing of it is written', async () => {
    const grown = async (bytes: number): Promise<{ id: TicketId; commit: TicketCommit }> => {
      const id = anotherTicket();
      const commit = await commitOf(tickets(), id, arrivesAs(id));
      const facts = JSON.parse(JSON.stringify(commit.ticket)) as typeof commit.ticket & { subject: string };
      const room = bytes - JSON.stringify(facts).length + facts.subject.length;
      return { id, commit: { ...commit, ticket: Object.assign(facts, { subject: 'x'.repeat(room) }) } };
    };
    const fits = await grown(48 * 1_024);
    expect(await tickets().commit(fits.commit)).toBe('done');
    const beyond = await grown(48 * 1_024 + 1);
    await expect(tickets().commit(beyond.commit)).rejects.toMatchObject({ kind: 'tooLarge' });
    expect(await tickets().load(beyond.id)).toBeUndefined();
  });
});

describe('a command', () => {
  test('is applied once: its id again is "repeated" and changes nothing, also at the newest version', async () => {
    const id = anotherTicket();
    await keep(tickets(), id, arrivesAs(id));
    const accept = await commitOf(tickets(), id, accepts(ana));
    expect(await tickets().commit(accept)).toBe('done');
    expect(await tickets().commit(accept)).toBe('repeated');
    const later = await commitOf(tickets(), id, notes(ana, 'twice'));
    expect(await tickets().commit({ ...later, commandId: accept.commandId })).toBe('repeated');
    expect((await tickets().load(id))?.ticket.rev).toBe(2);
    expect(await tickets().history(id, { limit: 50 })).toHaveLength(2);
  });

  test('on a version that has passed is "stale" and writes nothing', async () => {
    const id = anotherTicket();
    await keep(tickets(), id, arrivesAs(id));
    const [first, second] = [await commitOf(tickets(), id, accepts(ana)), await commitOf(tickets(), id, accepts(ben))];
    expect(await tickets().commit(first)).toBe('done');
    expect(await tickets().commit(second)).toBe('stale');
    expect((await tickets().load(id))?.ticket).toMatchObject({ rev: 2, ownerId: ana.id });
    expect(await tickets().history(id, { limit: 50 })).toHaveLength(2);
  });

  test('two at once: one is done, one is stale', async () => {
    const id = anotherTicket();
    await keep(tickets(), id, arrivesAs(id));
    const both = [await commitOf(tickets(), id, accepts(ana)), await commitOf(tickets(), id, accepts(ben))];
    const outcomes = await Promise.all(both.map((commit) => tickets().commit(commit)));
    expect([...outcomes].sort()).toEqual(['done', 'stale']);
  });

  test('opening a ticket that another command opened meanwhile is "stale"', async () => {
    const id = anotherTicket();
    const opening = await commitOf(tickets(), id, arrivesAs(id));
    await keep(tickets(), id, arrivesAs(id));
    expect(await tickets().commit(opening)).toBe('stale');
    expect(await tickets().commit({ ...opening, commandId: commandId('another') })).toBe('stale');
  });
});

test('the history comes newest first, in pages', async () => {
  const id = anotherTicket();
  await keep(tickets(), id, arrivesAs(id), repliesAndResolves(ana), notes(ana, 'fifth'), notes(ana, 'sixth'));
  const first = await tickets().history(id, { limit: 4 });
  const second = await tickets().history(id, { limit: 4, before: first.at(-1)?.rev ?? 0 });
  expect(first.map(({ rev }) => rev)).toEqual([6, 5, 4, 3]);
  expect(second.map(({ rev, event }) => [rev, event.type])).toEqual([
    [2, 'TicketAccepted'],
    [1, 'TicketOpened'],
  ]);
  expect(first[0]?.event).toMatchObject({ type: 'NoteAdded', text: 'sixth', by: ana });
});

describe('what must follow', () => {
  const waiting = async (): Promise<{ ticketId: string; rev: number; kinds: string[] }[]> => {
    const found = [];
    for (let token: string | null = null, seen = 1; seen > 0;) {
      const page: Awaited<ReturnType<TicketStore['outbox']>> = await tickets().outbox(token, 3);
      found.push(...page.entries);
      ({ token, seen } = page);
    }
    return found.map(({ ticketId, rev, effects }) => ({ ticketId, rev, kinds: effects.map(({ kind }) => kind) }));
  };

  test('is kept with the change, read in order, and forgotten when it is done', async () => {
    const id = anotherTicket();
    await keep(tickets(), id, arrivesAs(id), accepts(ana), replies(ana));
    const mine = async (): Promise<object[]> => (await waiting()).filter(({ ticketId }) => ticketId === id);
    expect(await mine()).toEqual([
      { ticketId: id, rev: 1, kinds: ['project', 'search', 'thread', 'mail', 'card', 'contact', 'alike', 'timer'] },
      { ticketId: id, rev: 2, kinds: ['project', 'search', 'card'] },
      { ticketId: id, rev: 3, kinds: ['project', 'search', 'mail', 'card', 'timer'] },
    ]);
    await tickets().discharge({ ticketId: id, rev: 2 });
    expect(await mine()).toMatchObject([{ rev: 1 }, { rev: 3 }]);
    await tickets().discharge({ ticketId: id, rev: 2 });
  });

  test('goes on after a bookmark, and says when the reader has caught up', async () => {
    const { token } = await tickets().outbox(null, 1_000);
    expect(await tickets().outbox(token, 10)).toMatchObject({ entries: [], seen: 0 });
    const id = anotherTicket();
    await keep(tickets(), id, arrivesAs(id));
    const page = await tickets().outbox(token, 10);
    expect(page.entries.map((entry) => [entry.ticketId, entry.rev])).toEqual([[id, 1]]);
    expect(page.seen).toBeGreaterThan(0);
    expect(await tickets().outbox(page.token, 10)).toMatchObject({ entries: [], seen: 0 });
  });
});

test('a document of a newer release is refused, not misread', async () => {
  const id = anotherTicket();
  await desk.store.commit('tickets', id, [
    { op: 'create', doc: { id: 'ticket', v: 2, ticket: { status: 'dreaming' } } },
  ]);
  await expect(tickets().load(id)).rejects.toMatchObject({ kind: 'newerVersion' });
});

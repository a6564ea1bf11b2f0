import { describe, expect, test } from '@jest/globals';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { type AlertLedger, type AlertLine, lineId } from '../../src/application/ports/alert-ledger.ts';
import { type PersonActor, personId } from '../../src/domain/values.ts';
import { alertDocuments } from '../../src/store/alert-documents.ts';
import { dies, killedAfter } from '../application/parts.ts';
import { ana, ben, lea } from '../support/deeds.ts';
import { lineOf, namesOf } from './alert-lines.ts';
import { at } from './delivery-jobs.ts';
import { anotherTicket, deskStore, inOwnRoom } from './desk-store.ts';

const desk = deskStore();
const room = (): DocumentStore => inOwnRoom(desk.store);
const ledgerOfOneDay = (): AlertLedger => alertDocuments(room());
const told = (ledger: AlertLedger, who: PersonActor, { since = at(0), limit = 100 } = {}) =>
  ledger.ofPerson(who.id, { since, limit });

describe('a line', () => {
  test('is read back whole, by its ticket and by whoever is told', async () => {
    const ledger = ledgerOfOneDay();
    const line = lineOf(anotherTicket(), {
      envelope: 2,
      heldUntil: at(90),
      tried: [
        { address: { kind: 'channel', teamId: lineOf(anotherTicket()).teamId }, at: at(1), why: '403: größer ✓' },
      ],
    });
    expect(await ledger.intend(line)).toEqual(line);
    expect(await ledger.ofTicket(line.ticketId)).toEqual([line]);
    expect(await told(ledger, ana)).toEqual([line]);
    expect(await told(ledger, ben)).toEqual([]);
  });

  test('intended twice is there once: the first stands, with what became of it, and is answered', async () => {
    const ledger = ledgerOfOneDay();
    const line = lineOf(anotherTicket());
    await ledger.intend(line);
    await ledger.change(line.ticketId, lineId(line), (now) => ({ ...now, state: 'sent', sentAt: at(1) }));
    const answered = await ledger.intend({ ...line, rev: 9, at: at(5), state: 'held' });
    expect(answered).toEqual({ ...line, state: 'sent', sentAt: at(1) });
    expect(await ledger.ofTicket(line.ticketId)).toEqual([answered]);
    expect(await told(ledger, ana)).toEqual([answered]);
  });

  test('intended by two at the same moment is one, and both hear the same', async () => {
    const ledger = ledgerOfOneDay();
    const line = lineOf(anotherTicket());
    const answers = await Promise.all([at(1), at(2)].map((moment) => ledger.intend({ ...line, at: moment })));
    expect(answers[0]).toEqual(answers[1]);
    expect(await told(ledger, ana)).toEqual(answers.slice(0, 1));
  });

  test('is of its own for each episode, level, repeat and person', async () => {
    const ledger = ledgerOfOneDay();
    const id = anotherTicket();
    const first = lineOf(id);
    const others = [{ episode: 2 }, { level: 2 as const }, { repeat: 1 }, { to: ben }].map((each) => lineOf(id, each));
    for (const line of [first, ...others]) await ledger.intend(line);
    expect(await ledger.ofTicket(id)).toHaveLength(5);
    expect(await told(ledger, ana)).toHaveLength(4);
    expect(await told(ledger, ben)).toHaveLength(1);
  });

  test('may be of somebody whose id no document could be called by', async () => {
    const ledger = ledgerOfOneDay();
    const id = anotherTicket();
    const odd = ['a/b', 'a\\b', 'a?b', 'a#b', 'a%2fb', 'Bén ✓'].map((each) => ({ ...ana, id: personId(each) }));
    for (const who of odd) await ledger.intend(lineOf(id, { to: who }));
    expect(await ledger.ofTicket(id)).toHaveLength(odd.length);
    for (const who of odd) {
      await ledger.change(id, lineId(lineOf(id, { to: who })), (now) => ({ ...now, state: 'accepted' }));
      expect(await told(ledger, who)).toEqual([lineOf(id, { to: who, state: 'accepted' })]);
    }
  });
});

test('a kill between the line and the person who is told: intended again, the person has it too', async () => {
  const store = room();
  const line = lineOf(anotherTicket());
  await expect(alertDocuments(killedAfter(store, 1)).intend(line)).rejects.toThrow('killed');
  const ledger = alertDocuments(store);
  expect(await ledger.ofTicket(line.ticketId)).toEqual([line]);
  expect(await told(ledger, ana)).toEqual([]);
  expect(await ledger.intend({ ...line, at: at(3) })).toEqual(line);
  expect(await told(ledger, ana)).toEqual([line]);
});

describe('a change', () => {
  test('of what is not there changes nothing', async () => {
    const ledger = ledgerOfOneDay();
    expect(await ledger.change(anotherTicket(), '1~1~0~nobody', dies)).toBeUndefined();
  });

  test('that wants none leaves the line, and answers it', async () => {
    const ledger = ledgerOfOneDay();
    const line = await ledger.intend(lineOf(anotherTicket()));
    expect(await ledger.change(line.ticketId, lineId(line), () => undefined)).toEqual(line);
    expect(await ledger.ofTicket(line.ticketId)).toEqual([line]);
  });

  test('by several at once loses nothing: each is made on what is stored by then', async () => {
    const ledger = ledgerOfOneDay();
    const line = await ledger.intend(lineOf(anotherTicket()));
    const once = (now: AlertLine): AlertLine => ({
      ...now,
      tried: [...(now.tried ?? []), { address: line.address, at: at(1), why: '403' }],
    });
    await Promise.all(Array.from({ length: 8 }, () => ledger.change(line.ticketId, lineId(line), once)));
    const [only] = await ledger.ofTicket(line.ticketId);
    expect(only?.tried).toHaveLength(8);
  });

  test('shows wherever the line is read', async () => {
    const ledger = ledgerOfOneDay();
    const line = await ledger.intend(lineOf(anotherTicket()));
    const changed = await ledger.change(line.ticketId, lineId(line), (now) => ({ ...now, seenAt: at(4) }));
    expect(changed).toEqual({ ...line, seenAt: at(4) });
    expect([await ledger.ofTicket(line.ticketId), await told(ledger, ana)]).toEqual([[changed], [changed]]);
  });
});

describe('what a person was told', () => {
  test('comes newest first, over all tickets, from a moment on, and no more than was asked for', async () => {
    const ledger = ledgerOfOneDay();
    const lines = [3, 1, 5, 2, 4].map((minute) => lineOf(anotherTicket(), { minute }));
    for (const line of lines) await ledger.intend(line);
    const newest = [...lines].sort((a, b) => (a.at < b.at ? 1 : -1));
    expect(namesOf(await told(ledger, ana, { since: at(2) }))).toEqual(namesOf(newest.slice(0, 4)));
    expect(namesOf(await told(ledger, ana, { limit: 2 }))).toEqual(namesOf(newest.slice(0, 2)));
  });

  test('is whole also where it is much', async () => {
    const ledger = ledgerOfOneDay();
    const id = anotherTicket();
    const lines = Array.from({ length: 60 }, (_, repeat) => lineOf(id, { repeat, minute: repeat }));
    for (const line of lines) await ledger.intend(line);
    expect(namesOf(await told(ledger, ana))).toEqual(namesOf(lines.toReversed()));
  });

  test('is gone after forty days; the ticket keeps its lines', async () => {
    const ledger = ledgerOfOneDay();
    const line = await ledger.intend(lineOf(anotherTicket(), { to: lea }));
    desk.passes(40 * 86_400 - 60);
    expect(await told(ledger, lea)).toEqual([line]);
    desk.passes(120);
    expect(await told(ledger, lea)).toEqual([]);
    expect(await ledger.ofTicket(line.ticketId)).toEqual([line]);
  });
});

test('a ticket tells all of many, the newest first', async () => {
  const ledger = ledgerOfOneDay();
  const id = anotherTicket();
  for (let minute = 0; minute < 510; minute += 30)
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        ledger.intend(lineOf(id, { repeat: minute + index, minute: minute + index })),
      ),
    );
  const lines = await ledger.ofTicket(id);
  expect([lines.length, lines[0]?.repeat, lines.at(-1)?.repeat]).toEqual([510, 509, 0]);
});

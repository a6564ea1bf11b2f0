import { describe, expect, test } from '@jest/globals';
import { alertsOn } from '../../src/domain/alert-explain.ts';
import { responseDueOf } from '../../src/domain/sla.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import { ticketCard, type TicketCard } from '../../src/views/ticket-card.ts';
import { acknowledges, moment, type Watched } from '../support/alert-deeds.ts';
import { faultsOf, ofType } from '../support/cards.ts';
import { accepts, ana, asks, ben, inPlaceOf, lea, replies, vera } from '../support/deeds.ts';
import { asksForHelp } from '../support/envelope-deeds.ts';
import { triages } from '../support/ownership-deeds.ts';
import { desk, type Minuted, queued, sortedAs } from './alert-cases.ts';
import { readerOf, teamNameOf } from './cases.ts';

/** What burns stands on the ticket's own card. P3: the first answer is due at 11:00, the resolution on Tuesday at nine. */
const cardOf = ({ ticket }: Watched, now: number, details: Partial<TicketCard> = {}) =>
  ticketCard({
    ticket,
    entries: [],
    teamName: 'Service',
    teamNameOf,
    reader: readerOf(),
    now: moment(now),
    ...details,
  });
const burning = (card: object): { text?: unknown; color?: unknown }[] =>
  ofType(card, 'TextRun')
    .filter(({ color }) => color === 'Warning' || color === 'Attention')
    .map(({ text, color }) => ({ text, color }));

describe('a promise to the customer', () => {
  test.each([
    [89, []],
    [91, [{ text: 'First response due Mon 5 Jan, 11:00: 75 % of the time has passed', color: 'Warning' }]],
    [109, [{ text: 'First response due Mon 5 Jan, 11:00: 90 % of the time has passed', color: 'Attention' }]],
    [121, [{ text: 'First response was due Mon 5 Jan, 11:00', color: 'Attention' }]],
  ])('after %d minutes of two hours is told on the card of the ticket', (minute, said) => {
    expect(burning(cardOf(queued(minute), minute))).toEqual(said);
  });

  test('that was kept is silent; the resolution speaks for itself', () => {
    const answered = queued(1_090, [1, accepts(ana)], [109, replies(ana)]);
    expect(burning(cardOf(answered, 1_090))).toEqual([
      { text: 'Resolution due Tue 6 Jan, 09:00: 75 % of the time has passed', color: 'Warning' },
    ]);
  });

  test('is silent while the customer is waited for', () => {
    expect(burning(cardOf(queued(1_100, [1_089, accepts(ana)], [1_095, asks(ana)]), 1_100))).toEqual([]);
  });

  test('of another moment than the one that counts now is not told', () => {
    const seen = queued(92, [91, triages(ben, { impact: 'low', urgency: 'low' })]);
    expect(seen.ticket.warned?.response).toBeDefined();
    const responseDueAt = responseDueOf(seen.ticket, desk);
    expect(burning(cardOf(seen, 92, { responseDueAt }))).toEqual([]);
    const moved = { ...seen.ticket.warned, resolution: { percent: 75, dueAt: moment(1) } };
    const ticket = { ...seen.ticket, warned: moved } as typeof seen.ticket;
    expect(burning(cardOf({ ...seen, ticket }, 92, { responseDueAt }))).toEqual([]);
  });
});

describe('an alert that is on', () => {
  const seen = queued(250);
  const line = (who?: PersonActor, details: Partial<TicketCard> = {}): string =>
    ofType(cardOf(seen, 250, { reader: readerOf(who), ...details }), 'TextRun')
      .map(({ text }) => String(text))
      .filter((text) => /Alert level|^ \(/u.test(text))
      .join('');

  test('is told to who looks after the ticket, and to nobody else', () => {
    expect(line(lea)).toBe('Alert level 2: Sitting in the queue');
    for (const other of [undefined, ana, vera]) expect(line(other)).toBe('');
    const owned = queued(300, sortedAs('P2'), [1, accepts(ana)]);
    const told = (who: PersonActor): boolean =>
      JSON.stringify(cardOf(owned, 300, { reader: readerOf(who) })).includes('Alert level');
    expect([ana, ben, inPlaceOf(ana, ben), lea].map(told)).toEqual([true, false, true, true]);
  });

  test('says when it comes next, and who is on it until when', () => {
    const alerts = alertsOn({ ticket: seen.ticket, desk, at: moment(250) });
    expect(line(lea, { alerts })).toBe('Alert level 2: Sitting in the queue (next 17:00)');
    const held = queued(250, [249, acknowledges(ben, 'NOT_ASSIGNED')]);
    expect(JSON.stringify(cardOf(held, 250, { reader: readerOf(lea) }))).toContain(' (Ben Berg is on it until 15:09)');
    expect(JSON.stringify(cardOf(held, 400, { reader: readerOf(lea) }))).not.toContain('is on it');
  });

  test('about help says whose; of many the three highest stand there', () => {
    const asked = queued(
      200,
      sortedAs('P1'),
      [1, accepts(ana)],
      ...[3, 4, 5, 190].map((minute): Minuted => [minute, asksForHelp(ana)]),
    );
    const card = cardOf(asked, 200, { reader: readerOf(ana) });
    const said = ofType(card, 'TextRun').flatMap(({ text }) => (/^Alert/u.test(String(text)) ? [String(text)] : []));
    expect(asked.ticket.alerts?.some(({ level }) => level === 2)).toBe(true);
    expect(said.map((text) => text.slice(0, 'Alert level n'.length))).toEqual(Array(3).fill('Alert level 3'));
    expect(said.join()).toMatch(/Help \d \(Network\): Sitting in the queue/u);
    expect(faultsOf(card)).toEqual([]);
  });
});

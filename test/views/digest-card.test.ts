import { describe, expect, test } from '@jest/globals';
import type { AlertLine } from '../../src/application/ports/alert-ledger.ts';
import type { DigestStory } from '../../src/application/ports/stories.ts';
import { teamId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { type DigestCard, digestCard } from '../../src/views/digest-card.ts';
import { faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import { lea, max, network, service } from '../support/deeds.ts';
import { after, hours, monday } from '../support/given.ts';
import { readerOf, teamNameOf, verbsOf } from './cases.ts';
import { staysSmall, staysText } from './hostile.ts';

const oldest = {
  ticketId: ticketId('ticket-7'),
  number: ticketNumber('INC-7'),
  subject: 'The printer is on fire',
  dueAt: after(monday, hours(-1)),
};
const busy: DigestStory['teams'][number] = {
  teamId: service,
  waiting: 3,
  open: 12,
  overdue: 2,
  byPriority: { P1: 1, P2: 4, P3: 10, P4: 0 },
  oldest,
  more: false,
};
const idle: DigestStory['teams'][number] = {
  teamId: network,
  waiting: 0,
  open: 0,
  overdue: 0,
  byPriority: { P1: 0, P2: 0, P3: 0, P4: 0 },
  more: false,
};
const line: AlertLine = {
  ticketId: ticketId('ticket-8'),
  number: ticketNumber('INC-8'),
  rev: 4,
  condition: 'NOT_UPDATED',
  episode: 1,
  level: 3,
  repeat: 0,
  teamId: service,
  priority: 'P3',
  recipient: { id: max.id, name: max.name, as: 'manager', because: 'manager', delivery: 'digest' },
  address: { kind: 'personal', person: max.id },
  state: 'digest',
  dueAt: monday,
  at: monday,
};
const day: DigestStory = { from: after(monday, hours(-24)), until: monday, teams: [busy, idle], lines: [line] };
const cardOf = (story: Partial<DigestStory> = {}, card: Partial<DigestCard> = {}) =>
  digestCard({ story: { ...day, ...story }, teamNameOf, reader: readerOf(max), ...card });

/** The bars of the card: their priority, their number and how wide they are; without a width nothing is drawn. */
const barsOf = (card: object): (readonly [string, string, unknown])[] =>
  ofType(card, 'ColumnSet').map(({ columns }) => {
    const [label = {}, number = {}, bar] = columns as { width?: unknown; style?: unknown }[];
    return [textRunsOf(label).join(), textRunsOf(number).join(), bar?.style === undefined ? undefined : bar.width];
  });

describe('the daily digest', () => {
  test('says of each team how many wait, are in work and are late, and what is due first', () => {
    const said = textRunsOf(cardOf());
    expect(said).toEqual(expect.arrayContaining(['Service', '3 waiting · 12 in work', ' · 2 overdue']));
    expect(said.join('')).toContain('Due first: INC-7 The printer is on fire · OVERDUE since Mon 5 Jan, 08:00');
    expect(said.slice(said.indexOf('Network'))).toContain('Nothing is open.');
  });

  test('says when something is due that is not late', () => {
    const later = { ...busy, overdue: 0, oldest: { ...oldest, dueAt: after(monday, hours(1)) } };
    const said = textRunsOf(cardOf({ teams: [later] })).join('');
    expect(said).toContain('due Mon 5 Jan, 10:00');
    expect(said.toLowerCase()).not.toContain('overdue');
  });

  test('draws a bar a priority, each with its number as text; none has no bar', () => {
    expect(barsOf(cardOf())).toEqual([
      ['P1 critical', '1', 1],
      ['P2 high', '4', 4],
      ['P3 normal', '10', 10],
      ['P4 low', '0', undefined],
    ]);
  });

  test('lists what the matrix kept for it, each once, and what was on one card with others', () => {
    const again = { ...line, repeat: 1 };
    const together = {
      ...line,
      number: ticketNumber('INC-9'),
      ticketId: ticketId('ticket-9'),
      state: 'rolled-up',
    } as const;
    const said = textRunsOf(cardOf({ lines: [again, line, together] })).join('\n');
    expect(said).toContain('Alerts kept for this digest: 2');
    expect(said).toContain(
      'INC-8 \nP3 \nGoing stale, level 3\nINC-9 \nP3 \nGoing stale, level 3 · was on one card with others',
    );
  });

  test('opens every ticket it names, and the desk', () => {
    const acts = ofType(cardOf(), 'Action.Execute');
    expect(acts.map(({ title, verb, data }) => [title, verb, data])).toEqual([
      ['Open INC-7', 'open', { ticketId: 'ticket-7' }],
      ['Open INC-8', 'open', { ticketId: 'ticket-8' }],
      ['Desk', 'desk', {}],
    ]);
  });

  test('of a day without anything says so, and still leads to the desk', () => {
    for (const [language, said] of [
      ['en', 'Nothing waits. Nothing was due.'],
      ['de', 'Nichts wartet. Nichts war fällig.'],
    ] as const) {
      const card = cardOf({ teams: [idle], lines: [] }, { reader: readerOf(lea, language) });
      expect(ofType(card, 'TextBlock').map(({ text }) => text)).toContain(said);
      expect(textRunsOf(card)).toEqual([]);
      expect(verbsOf(card)).toEqual(['desk']);
    }
    expect(JSON.stringify(cardOf({ teams: [idle] }))).not.toContain('Nothing waits.');
    for (const some of [{ waiting: 1 }, { open: 1 }])
      expect(JSON.stringify(cardOf({ teams: [{ ...idle, ...some }], lines: [] }))).not.toContain('Nothing waits.');
  });

  test('admits that there are more than were counted, and more teams than it shows', () => {
    expect(JSON.stringify(cardOf())).not.toContain('only the first 500');
    expect(JSON.stringify(cardOf({ teams: [{ ...busy, more: true }] }))).toContain('only the first 500');
    const teams = Array.from({ length: 15 }, (_each, index) => ({ ...idle, teamId: teamId(`team-${index}`) }));
    expect(textRunsOf(cardOf({ teams }))).toContain('+ 3');
  });

  test('in German has its words, its numbers and its times', () => {
    const said = textRunsOf(cardOf({}, { reader: readerOf(max, 'de') })).join('\n');
    expect(said).toContain('3 warten · 12 in Arbeit');
    expect(said).toContain('Zuerst fällig: INC-7');
    expect(said).toContain('Bleibt liegen, Stufe 3');
    expect(textRunsOf(cardOf({ teams: [{ ...busy, waiting: 1 }] }, { reader: readerOf(max, 'de') }))).toContain(
      '1 wartet · 12 in Arbeit',
    );
  });

  const saying = (written: string, count = 2) => {
    const many = { ...busy, more: true, oldest: { ...oldest, subject: written } };
    return cardOf(
      {
        teams: Array.from({ length: count }, () => many),
        lines: Array.from({ length: count * 10 }, (_each, index) => ({
          ...line,
          ticketId: ticketId(`ticket-${index}`),
        })),
      },
      { teamNameOf: () => written },
    );
  };
  test('shows what people write as text, and is one that Teams draws', () => {
    expect(faultsOf(cardOf())).toEqual([]);
    staysText(saying);
  });
  test('is small enough, and keeps its numbers where its bars do not fit', () => {
    staysSmall((written) => saying(written, 30));
    const card = saying('x', 30);
    expect(barsOf(card)).toEqual([]);
    expect(textRunsOf(card)).toContain('P1 critical: 1 · P2 high: 4 · P3 normal: 10');
  });
});

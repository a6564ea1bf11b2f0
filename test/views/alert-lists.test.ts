import { describe, expect, test } from '@jest/globals';
import type { AlertLine } from '../../src/application/ports/alert-ledger.ts';
import { responseDueOf } from '../../src/domain/sla.ts';
import { type TicketId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { alertsCard } from '../../src/views/alerts-card.ts';
import { explainCard } from '../../src/views/explain-card.ts';
import { ledgerCard } from '../../src/views/ledger-card.ts';
import { pingFailedCard } from '../../src/views/ping-failed-card.ts';
import { acknowledges, alertDesk, moment } from '../support/alert-deeds.ts';
import { faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import { accepts, ana, asks, ben, lea, network, replies, resolves } from '../support/deeds.ts';
import { asksForHelp } from '../support/envelope-deeds.ts';
import { peopleWith } from '../support/desk-roster.ts';
import {
  alertCardOf,
  alertStoryOf,
  desk,
  factOf,
  type Minuted,
  queued,
  sortedAs,
  ticketAlertsOf,
} from './alert-cases.ts';
import { readerOf, teamNameOf, verbsOf } from './cases.ts';
import { staysSmall, staysText } from './hostile.ts';

const common = { reader: readerOf(ana), now: moment(130), teamNameOf };
const german = { ...common, reader: readerOf(ana, 'de') };
const [line] = alertStoryOf(queued(121), 130).lines as [AlertLine];
const ofTicket = (index: number): AlertLine => ({
  ...line,
  ticketId: ticketId(`ticket-${index}`),
  number: ticketNumber(`INC-${index}`),
});
const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_each, index) => make(index));
const titleOf = (card: object): unknown => ofType(card, 'TextBlock')[0]?.['text'];
const named = (each: AlertLine, name: string): AlertLine => ({ ...each, recipient: { ...each.recipient, name } });

describe('many alerts alike', () => {
  test('are one card: how many of what, at which level, and a row each that opens its ticket', () => {
    const card = alertsCard({ ...common, story: { lines: times(8, ofTicket), over: [] } });
    expect(titleOf(card)).toBe('8 tickets wait in the queue (level 1)');
    const rows = textRunsOf(card).join('').split('INC-').slice(1);
    expect(rows[0]).toBe('0 P3 · Service · since 11:00');
    expect(ofType(card, 'Action.Execute').map(({ verb, data }) => [verb, data])[7]).toEqual([
      'alert-open',
      { ticketId: 'ticket-7', episode: 1 },
    ]);
    expect(titleOf(alertsCard({ ...german, story: { lines: times(8, ofTicket), over: [] } }))).toBe(
      '8 Tickets liegen in der Warteschlange (Stufe 1)',
    );
  });

  test('about requests for help say so, and the same of one ticket is said once', () => {
    const lines = times(9, (index) => ({ ...ofTicket(index % 7), envelope: 1, teamId: network }));
    const card = alertsCard({ ...common, story: { lines, over: [] } });
    expect(titleOf(card)).toBe('7 requests for help wait to be taken (level 1)');
    expect(textRunsOf(card).join('')).toContain('Network');
  });

  test('beyond fifteen are counted, and none is nothing', () => {
    const card = alertsCard({ ...common, story: { lines: times(22, ofTicket), over: [] } });
    expect(verbsOf(card)).toHaveLength(15);
    expect(textRunsOf(card)).toContain('+ 7');
    expect(titleOf(alertsCard({ ...common, story: { lines: [], over: [] } }))).toBe('Nothing is left of it.');
  });
});

describe('who could not be told', () => {
  const { ticket } = alertStoryOf(queued(121), 130);
  const blocked = {
    address: { kind: 'personal', person: ana.id },
    at: moment(121),
    why: 'Teams answered 403',
  } as const;
  const cardOf = (details: Partial<AlertLine>) => pingFailedCard({ ...common, ticket, line: { ...line, ...details } });

  test('is named to the level above, with why, and where it went instead', () => {
    const card = cardOf({ tried: [blocked], address: { kind: 'channel', teamId: network } });
    expect(titleOf(card)).toBe(`${line.recipient.name} could not be told of INC-1001 (level 1)`);
    const said = textRunsOf(card);
    expect(said).toContain('Not taken by: own chat, 11:01: Teams answered 403');
    expect(said.at(-1)).toBe('It went on to: channel of Network.');
    expect(said.join()).toContain('Carla Costa <carla@customer.example>');
    expect(verbsOf(card)).toEqual(['alert-open']);
  });

  test('by mail, or by nobody at all', () => {
    const mailed = cardOf({ tried: [blocked], address: { kind: 'mail', person: ana.id }, state: 'sent' });
    expect(textRunsOf(mailed).at(-1)).toBe('It went on to: mail.');
    expect(textRunsOf(cardOf({ tried: [blocked], state: 'failed' })).at(-1)).toMatch(/^It went to nobody: /u);
  });
});

describe('explaining a ticket', () => {
  const alerts = (until: number, ...deeds: Minuted[]) => ticketAlertsOf(queued(until, ...deeds), until);

  test('says of each alert what its own card says', () => {
    const seen = queued(250, [130, acknowledges(ben, 'NOT_ASSIGNED')]);
    const card = explainCard({ ...common, alerts: ticketAlertsOf(seen, 250), now: moment(250) });
    const own = alertCardOf(alertStoryOf(seen, 250), 250);
    for (const label of ['Threshold', 'Time passed', 'Next', 'What stops it', 'Told (techs)', 'Told (supervisors)']) {
      expect(factOf(own, label)).toBeDefined();
      expect(factOf(card, label)).toBe(factOf(own, label));
    }
    expect(textRunsOf(card)).toContain('Sitting in the queue (level 2)');
  });

  test('says of each alert who was told of that one', () => {
    const asked: Minuted = [10, asksForHelp(ana)];
    const card = explainCard({
      ...common,
      alerts: alerts(480, sortedAs('P2'), [1, accepts(ana)], [2, replies(ana)], asked),
    });
    const told = textRunsOf(card).flatMap((text, index, all) => (text === 'Told (techs): ' ? [all[index + 1]] : []));
    expect(told).toContain('Ana Alves');
    expect(told).toContain('Eve Ek, Emil Elm');
  });

  test('says which clock fires next, and what was promised', () => {
    const seen = queued(10);
    const { ticket } = seen;
    const card = explainCard({
      ...common,
      now: moment(10),
      alerts: { ...ticketAlertsOf(seen, 10), responseDueAt: responseDueOf(ticket, desk) },
    });
    expect(factOf(card, 'Sitting in the queue')).toBe('level 1 tells the techs at 11:00');
    expect(factOf(card, 'Approaching or past due')).toBe('level 1 tells the techs on Tue 6 Jan, 05:00');
    expect(factOf(card, 'First response')).toBe('due Mon 5 Jan, 11:00');
    expect(factOf(card, 'Resolution')).toBe('due Tue 6 Jan, 09:00');
  });

  test('says how much of a promise has passed, and when one was kept', () => {
    const seen = queued(1_090, [1, accepts(ana)], [2, replies(ana)]);
    const card = explainCard({ ...common, alerts: ticketAlertsOf(seen, 1_090) });
    expect(factOf(card, 'First response')).toBe('given Mon 5 Jan, 09:02');
    expect(factOf(card, 'Resolution')).toBe('due Tue 6 Jan, 09:00: 75 % of the time has passed');
  });

  test('of a ticket without clocks says that, in both languages', () => {
    const solved = alerts(5, [1, accepts(ana)], [2, resolves(ana)]);
    for (const [parts, said] of [
      [common, 'No alert is on, and no clock runs.'],
      [german, 'Es läuft kein Alarm und keine Uhr.'],
    ] as const) {
      const card = explainCard({ ...parts, alerts: solved });
      expect(ofType(card, 'TextBlock').map(({ text }) => text)).toContain(said);
      expect(factOf(card, 'Resolution')).toBeUndefined();
    }
    const waits = explainCard({ ...common, alerts: alerts(5, [1, accepts(ana)], [2, asks(ana)]) });
    expect(factOf(waits, 'Resolution')).toBeUndefined();
  });

  test('counts what there is no room for', () => {
    const asked = times(14, (index): Minuted => [3 + index, asksForHelp(ana)]);
    const many = alerts(200, sortedAs('P1'), [1, accepts(ana)], [2, replies(ana)], ...asked);
    expect(many.on.length).toBeGreaterThan(8);
    const card = explainCard({ ...common, alerts: many });
    expect(textRunsOf(card)).toContain(`+ ${many.on.length - 8}`);
  });
});

describe('the ledger of a ticket', () => {
  const { ticket } = queued(121);
  const cardOf = (...lines: AlertLine[]) => ledgerCard({ ...common, alerts: { ticket, lines } });
  const saidOf = (details: Partial<AlertLine>): string =>
    textRunsOf(cardOf({ ...named(line, 'Ana Alves'), ...details }))
      .slice(4)
      .join('');

  test('says to whom, as what, where, of what, and every moment that is known', () => {
    expect(saidOf({ acceptedAt: moment(122) })).toBe(
      'Ana Alves · on duty in the team · own chat · deliveredSitting in the queue (level 1)decided Mon 5 Jan, 11:00 · sent 11:00 · delivered 11:02 · seen: unknown',
    );
    expect(saidOf({ seenAt: moment(123), actedAt: moment(124) })).toMatch(/seen: 11:03 · acted 11:04$/u);
    expect(saidOf({ repeat: 2 })).toContain('Sitting in the queue (level 1) · again 2');
  });

  test.each([
    ['held until 19:00', { state: 'held', heldUntil: moment(600) }],
    ['kept for the daily digest', { state: 'digest' }],
    ['on one card with others', { state: 'rolled-up' }],
    ['not shown: it was over before', { state: 'spared' }],
    ['could not be told', { state: 'failed' }],
    ['decided', { state: 'intended' }],
    ['sent', { state: 'sent' }],
  ] as const)('says what is not as usual: %s', (said, details) => {
    const { sentAt: _sentAt, acceptedAt: _acceptedAt, ...unsent } = line;
    const [, , state] = textRunsOf(cardOf({ ...unsent, ...details } as AlertLine)).slice(4);
    expect(state).toBe(` · ${said}`);
    expect(textRunsOf(cardOf({ ...unsent, ...details } as AlertLine)).join('')).not.toContain('seen');
  });

  test('says which channels did not take it', () => {
    const tried = [{ address: { kind: 'chat', id: '19:x' }, at: moment(121), why: 'Teams answered 404' }] as const;
    expect(saidOf({ tried, address: { kind: 'channel', teamId: network } })).toMatch(
      /channel of Network.*Not taken by: group chat, 11:01: Teams answered 404$/u,
    );
  });

  test('shows twenty, counts the others, and says where there are none', () => {
    const card = cardOf(...times(25, ofTicket));
    expect(textRunsOf(card)).toContain('+ 5');
    expect(textRunsOf(card).filter((text) => text.startsWith(' · on duty'))).toHaveLength(20);
    expect(JSON.stringify(cardOf())).toContain('Nobody was told of any alert of this ticket yet.');
    expect(verbsOf(card)).toEqual(['open']);
  });
});

describe('whatever is written and however much there is', () => {
  const people = peopleWith(lea, { name: 'Lea' });
  const story = queued(
    500,
    sortedAs('P1'),
    [1, accepts(ana)],
    ...times(8, (index): Minuted => [3 + index, asksForHelp(ana)]),
  );
  const all = ticketAlertsOf(story, 500, alertDesk({ people }));
  const cardsOf = (written: string, count = 2) => {
    const lines = all.lines.slice(0, count * 10).map((each, index) => ({
      ...named(each, written),
      ticketId: `${ticketId('a0000000-0000-4000-8000-0000000000')}${index}` as TicketId,
      tried: times(3, () => ({ address: each.address, at: each.at, why: written })),
    }));
    const [first = line] = lines;
    const ticket = {
      ...all.ticket,
      subject: written,
      requester: { ...all.ticket.requester, name: written },
    } as typeof all.ticket;
    const parts = { ...german, teamNameOf: () => written };
    return {
      alerts: alertsCard({ ...parts, story: { lines, over: [] } }),
      ping: pingFailedCard({ ...parts, ticket, line: first }),
      explain: explainCard({ ...parts, alerts: { ...all, ticket, lines } }),
      ledger: ledgerCard({ ...parts, alerts: { ticket, lines } }),
    };
  };

  test.each(['alerts', 'ping', 'explain', 'ledger'] as const)(
    'the card "%s" shows text as text, and is small enough',
    (which) => {
      staysText((written) => cardsOf(written)[which]);
      staysSmall((written) => cardsOf(written, 10)[which]);
      expect(faultsOf(cardsOf('Ana', 10)[which])).toEqual([]);
      expect(JSON.stringify(cardsOf('Ana')[which])).not.toMatch(/\$\{|undefined|null|\[object/u);
    },
  );
});

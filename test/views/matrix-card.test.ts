import { describe, expect, test } from '@jest/globals';
import type { MatrixChange, MatrixFacts } from '../../src/application/matrix-facts.ts';
import { type AlertRule, CONDITIONS, defaultRule, LEVELS } from '../../src/domain/alert-rules.ts';
import type { Language } from '../../src/domain/values.ts';
import { type MatrixCard, matrixCard, type MatrixCell } from '../../src/views/matrix-card.ts';
import { matrixFaultsCard } from '../../src/views/matrix-faults.ts';
import { type MatrixForm, matrixForm } from '../../src/views/matrix-form.ts';
import { type MatrixHistory, matrixHistoryCard } from '../../src/views/matrix-history.ts';
import { type Element, faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import { max, network, otto } from '../support/deeds.ts';
import { after, hours, monday } from '../support/given.ts';
import { readerOf, teamNameOf, verbsOf } from './cases.ts';
import { staysSmall, staysText } from './hostile.ts';

const scope = { subject: 'ticket', team: network, priority: 'P1', type: '*' } as const;
const SCOPE = { subject: 'ticket', team: 'network', priority: 'P1', ticketType: '*' };
const rule = (details: Partial<AlertRule> = {}): AlertRule => ({
  ...scope,
  condition: 'NOT_ASSIGNED',
  level: 1,
  thresholdMinutes: 150,
  delivery: 'card',
  ...details,
});
const edit = (given: AlertRule) => ({ cell: given, rule: given, by: otto, at: monday, from: after(monday, hours(1)) });
const defaults = CONDITIONS.flatMap((condition) =>
  LEVELS.map((level): MatrixCell => {
    const found = defaultRule({ ...scope, type: 'incident', condition }, level);
    return { condition, level, ...(found ? { rule: found } : {}), source: 'default', planned: [] };
  }),
);
const facts: MatrixFacts = { scope, cells: defaults, version: 3, from: monday };
const teams = [
  { id: 'service', name: 'Service' },
  { id: 'network', name: 'Network' },
];
/** The card where the first cell, and the part of the matrix that is shown, are like this. */
const cardOf = (first: Partial<MatrixCell> = {}, about: Partial<MatrixFacts> = {}, card: Partial<MatrixCard> = {}) =>
  matrixCard({
    facts: { ...facts, cells: defaults.map((cell, index) => (index === 0 ? { ...cell, ...first } : cell)), ...about },
    teams,
    teamNameOf,
    reader: readerOf(otto),
    ...card,
  });
const columnsOf = (card: object): string[][] => ofType(card, 'Column').map((column) => textRunsOf(column));
const inputs = (card: object): Record<string, Element> =>
  Object.fromEntries(ofType(card, 'Input.Text', 'Input.ChoiceSet').map((each) => [String(each['id']), each]));
const actOf = (card: object, verb: string): Element | undefined =>
  ofType(card, 'Action.Execute').find((each) => each['verb'] === verb);

describe('the matrix', () => {
  test('shows three conditions by three levels: when, how, and whose rule it is', () => {
    const card = cardOf();
    expect(columnsOf(card)).toEqual([
      ['1 · tech', 'after 5 min', 'a card at once', 'default'],
      ['2 · and supervisor', 'after 10 min', 'a card at once', 'default'],
      ['3 · and manager', 'after 15 min', 'a card at once', 'default'],
      ['1 · tech', 'after 30 min', 'a card at once', 'default'],
      ['2 · and supervisor', 'after 1 h', 'a card at once', 'default'],
      ['3 · and manager', 'after 2 h', 'a card at once', 'default'],
      ['1 · tech', '30 min before it is due', 'a card at once', 'default'],
      ['2 · and supervisor', 'when it is due', 'a card at once', 'default'],
      ['3 · and manager', '30 min after it was due', 'a card at once', 'default'],
    ]);
    expect(textRunsOf(card)[0]).toBe('Tickets · Network · P1 critical · all types');
    expect(textRunsOf(card)).toEqual(
      expect.arrayContaining(['Sitting in the queue', 'Going stale', 'Approaching or past due']),
    );
    expect(ofType(card, 'TextBlock')[1]?.['text']).toBe(
      'Version 3, in force from Mon 5 Jan, 09:00. Tap a cell to change it.',
    );
  });

  test('says of an edited rule who edited it, when and for whom, how often it repeats and by which calendar', () => {
    const edited = rule({ team: '*', repeatEveryMinutes: 30, maxRepeats: 4, calendar: 'office', delivery: 'digest' });
    expect(columnsOf(cardOf({ rule: edited, source: 'edited', by: otto, at: monday }))[0]).toEqual([
      '1 · tech',
      'after 2 h 30 min',
      'in the daily digest',
      'again every 30 min, 4× at most',
      'calendar office',
      'Otto Orth, Mon 5 Jan, 09:00: Tickets · P1 critical',
    ]);
    const everybodys = rule({ subject: '*', team: '*', priority: '*', repeatEveryMinutes: 60 });
    expect(columnsOf(cardOf({ rule: everybodys, source: 'configured' }))[0]?.slice(2)).toEqual([
      'a card at once',
      'again every 1 h',
      'configuration: everywhere',
    ]);
  });

  test.each([
    ['NOT_ASSIGNED', 0, 'at once'],
    ['NOT_UPDATED', -20, '20 min before the first answer is due'],
    ['NOT_UPDATED', 1_440, 'after 24 h'],
    ['NOT_COMPLETED', -61, '1 h 1 min before it is due'],
    ['NOT_COMPLETED', 0, 'when it is due'],
    ['NOT_COMPLETED', 1, '1 min after it was due'],
  ] as const)('%s at %d minutes is told as "%s"', (condition, thresholdMinutes, said) => {
    const cell = { condition, level: 1, source: 'configured', planned: [] } as const;
    const card = cardOf({}, { cells: [{ ...cell, rule: rule({ condition, thresholdMinutes }) }] });
    expect(columnsOf(card)[0]?.[1]).toBe(said);
  });

  test('a level without a rule is off, and so is one that is switched off; for all priorities each has its own', () => {
    const bare = { condition: 'NOT_ASSIGNED', level: 1, source: 'default', planned: [] } as const;
    expect(columnsOf(cardOf({}, { cells: [bare] }))).toEqual([['1 · tech', 'off', 'default']]);
    const off = { ...bare, source: 'configured', rule: rule({ delivery: 'off', repeatEveryMinutes: 5 }) } as const;
    expect(columnsOf(cardOf({}, { cells: [off] }))).toEqual([
      ['1 · tech', 'off', 'configuration: Tickets · Network · P1 critical'],
    ]);
    const all = cardOf({}, { cells: [bare], scope: { ...scope, priority: '*' } });
    expect(columnsOf(all)[0]?.[1]).toBe('by priority: choose one');
  });

  test('says what will hold later', () => {
    const planned = [edit(rule({ thresholdMinutes: 20 })), { ...edit(rule()), from: after(monday, hours(2)) }];
    expect(columnsOf(cardOf({ planned }))[0]).toEqual(
      expect.arrayContaining(['from Mon 5 Jan, 10:00: after 20 min, a card at once', '+ 1']),
    );
    const { rule: _rule, ...back } = edit(rule());
    expect(columnsOf(cardOf({ planned: [back] }))[0]).toContain('from Mon 5 Jan, 10:00: configuration');
  });

  test('of approvals shows only that they wait', () => {
    const card = cardOf({}, { scope: { ...scope, subject: 'approval' } });
    expect(columnsOf(card)).toHaveLength(3);
    expect(textRunsOf(card)).toContain('Counts from the moment somebody was asked to decide.');
    expect(textRunsOf(card)).not.toContain('Going stale');
  });

  test('opens the form of each cell for an admin, under its name; others only read', () => {
    const edits = ofType(cardOf(), 'Action.Execute').filter(({ verb }) => verb === 'matrix-edit');
    expect(edits).toHaveLength(9);
    expect(edits[5]).toMatchObject({
      title: 'Change: Going stale, level 3',
      associatedInputs: 'none',
      data: { ...SCOPE, condition: 'NOT_UPDATED', level: 3 },
    });
    const read = cardOf({}, {}, { reader: readerOf(max) });
    expect(verbsOf(read)).toEqual(['matrix', 'matrix-history']);
    expect(JSON.stringify(read)).toContain('An administrator can change it.');
  });

  test('lets one choose another part of it, beginning with the one that is shown', () => {
    const card = cardOf();
    const fields = inputs(card);
    expect(Object.entries(fields).map(([id, { value }]) => [id, value])).toEqual(Object.entries(SCOPE));
    for (const { label } of Object.values(fields)) expect(label).toMatch(/\p{L}{4}/u);
    expect(fields['team']?.['choices']).toEqual([
      { title: 'all teams', value: '*' },
      { title: 'Network', value: 'network' },
      { title: 'Service', value: 'service' },
    ]);
    expect(actOf(card, 'matrix')).toMatchObject({ title: 'Show', data: {} });
    expect(actOf(card, 'matrix')).not.toHaveProperty('associatedInputs');
    expect(actOf(card, 'matrix-history')).toMatchObject({ data: SCOPE });
  });

  test('in German has its words', () => {
    const card = cardOf({ rule: rule({ repeatEveryMinutes: 30 }) }, {}, { reader: readerOf(otto, 'de') });
    expect(columnsOf(card)[0]).toEqual([
      '1 · Bearbeitung',
      'nach 2 h 30 min',
      'sofort eine Karte',
      'wieder alle 30 min',
      'Vorgabe',
    ]);
    expect(textRunsOf(card)[0]).toBe('Tickets · Network · P1 kritisch · alle Arten');
  });

  const saying = (written: string, count = 2) => {
    const planned = Array.from({ length: count }, () => edit(rule({ calendar: written })));
    const cell = { source: 'edited', by: { ...otto, name: written }, at: monday, planned } as const;
    return cardOf(
      {},
      { cells: defaults.map((each) => ({ ...each, ...cell, rule: rule({ ...each, calendar: written }) })) },
      {
        teams: Array.from({ length: count * 5 }, (_each, index) => ({ id: `team-${index}`, name: written })),
        teamNameOf: () => written,
      },
    );
  };
  test('shows what people write as text, is one that Teams draws, and small enough', () => {
    expect(faultsOf(cardOf())).toEqual([]);
    staysText(saying);
    staysSmall((written) => saying(written, 30));
  });
});

describe('the form of a cell', () => {
  const edited: MatrixCell = {
    condition: 'NOT_ASSIGNED',
    level: 1,
    rule: rule({ repeatEveryMinutes: 30, maxRepeats: 4 }),
    source: 'edited',
    by: otto,
    at: monday,
    planned: [],
  };
  const formOf = (form: Partial<MatrixForm> = {}) =>
    matrixForm({ scope, cell: edited, teamNameOf, reader: readerOf(otto), ...form });
  const valuesOf = (card: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(inputs(card)).map(([id, { value }]) => [id, value]));

  test('says for whom it changes what, and begins with the rule as it stands', () => {
    const card = formOf();
    expect(ofType(card, 'TextBlock')[0]?.['text']).toBe('Sitting in the queue, level 1');
    expect(textRunsOf(card).slice(0, 2)).toEqual([
      'Tickets · Network · P1 critical · all types',
      'after 2 h 30 min, a card at once, again every 30 min, 4× at most',
    ]);
    expect(valuesOf(card)).toEqual({
      thresholdMinutes: '150',
      delivery: 'card',
      repeatEveryMinutes: '30',
      maxRepeats: '4',
    });
    expect(inputs(card)['effectiveFrom']).toMatchObject({ placeholder: expect.stringContaining('next full minute') });
    expect(inputs(card)['thresholdMinutes']).toMatchObject({ isRequired: true });
    for (const { label } of Object.values(inputs(card))) expect(label).toMatch(/\p{L}{4}/u);
  });

  test('saves, takes back and leads back, each for this cell', () => {
    const card = formOf();
    const data = { ...SCOPE, condition: 'NOT_ASSIGNED', level: 1 };
    expect(actOf(card, 'matrix-save')).toMatchObject({ title: 'Save', data });
    expect(actOf(card, 'matrix-save')).not.toHaveProperty('associatedInputs');
    expect(actOf(card, 'matrix-reset')).toMatchObject({ associatedInputs: 'none', data });
    expect(actOf(card, 'matrix')).toMatchObject({ associatedInputs: 'none', data: SCOPE });
  });

  test('takes back only what was edited for this very cell, now or for later', () => {
    const resets = (cell: Partial<MatrixCell>): boolean =>
      verbsOf(formOf({ cell: { ...edited, ...cell } })).includes('matrix-reset');
    expect(resets({})).toBe(true);
    expect(resets({ source: 'configured' })).toBe(false);
    expect(resets({ rule: rule({ team: '*' }) })).toBe(false);
    expect(resets({ source: 'default', planned: [edit(rule())] })).toBe(true);
  });

  test('of a level that is off asks for everything', () => {
    const cell: MatrixCell = { condition: 'NOT_UPDATED', level: 2, source: 'default', planned: [] };
    expect(valuesOf(formOf({ cell }))).toEqual({ delivery: 'card' });
    expect(textRunsOf(formOf({ cell }))).toContain('off');
  });

  test('keeps what was typed when it was refused, and says every fault', () => {
    const typed = { thresholdMinutes: 'soon', delivery: 'digest', effectiveFrom: 'tomorrow' };
    const card = formOf({ typed, faults: ['It is no number.', 'It is no moment.'] });
    expect(valuesOf(card)).toMatchObject({ ...typed, repeatEveryMinutes: '30' });
    expect(textRunsOf(card)).toEqual(
      expect.arrayContaining(['The old rules stay in force. What is wrong:', 'It is no number.', 'It is no moment.']),
    );
  });

  const saying = (written: string, count = 2) =>
    formOf({
      teamNameOf: () => written,
      faults: Array.from({ length: count }, () => written),
      typed: { thresholdMinutes: written.repeat(count), effectiveFrom: written.repeat(count) },
    });
  test('shows what people write as text, is one that Teams draws, and small enough', () => {
    expect(faultsOf(formOf())).toEqual([]);
    staysText(saying);
    staysSmall((written) => saying(written, 30));
  });
});

describe('the last changes', () => {
  const change: MatrixChange = {
    version: 3,
    at: monday,
    from: after(monday, hours(-1)),
    by: otto,
    edit: edit(rule()),
    before: rule({ thresholdMinutes: 5 }),
  };
  const anew: MatrixChange = { version: 2, at: monday, from: monday };
  const historyOf = (changes: readonly MatrixChange[], history: Partial<MatrixHistory> = {}) =>
    matrixHistoryCard({ changes, teamNameOf, reader: readerOf(otto), ...history });
  const said = (...changes: MatrixChange[]): string => textRunsOf(historyOf(changes)).join('\n');

  test('say who changed what, when, and from when on it counts', () => {
    expect(said(change)).toBe(
      [
        '3 · Otto Orth',
        ' · Mon 5 Jan, 09:00 · in force from Mon 5 Jan, 10:00',
        'Sitting in the queue, level 1 (Tickets · Network · P1 critical): after 5 min, a card at once → after 2 h 30 min, a card at once',
      ].join('\n'),
    );
  });

  test('say what stood there before, and what goes back to the configuration', () => {
    const { before: _before, ...first } = change;
    expect(said(first)).toContain('P1 critical): off → after');
    const wide = { ...first, edit: edit(rule({ priority: '*' })) };
    expect(said(wide)).toContain('(Tickets · Network): default → after');
    const { rule: _rule, ...back } = edit(rule());
    expect(said({ ...change, edit: back })).toContain(': after 5 min, a card at once → configuration');
  });

  test('tell a configuration from a person, and name every edit that could not stand over it', () => {
    expect(said(anew)).toContain('2 · The configuration\n');
    expect(said(anew)).toContain('The configuration was read anew.');
    expect(said({ ...anew, by: otto })).toContain('2 · Otto Orth');
    const dropped = { ...anew, dropped: [{ edit: edit(rule()), faults: ['It names no team.'] }] };
    expect(said(dropped)).toContain(
      'No longer stands: Sitting in the queue, level 1 (Tickets · Network · P1 critical). It names no team.',
    );
  });

  test('lead back, and say where there are none', () => {
    expect(actOf(historyOf([change], { scope }), 'matrix')).toMatchObject({ data: SCOPE });
    expect(JSON.stringify(historyOf([]))).toContain('Nothing was ever changed.');
    expect(JSON.stringify(historyOf([change]))).not.toContain('Nothing was ever changed.');
    expect(textRunsOf(historyOf(Array.from({ length: 22 }, () => anew)))).toContain('+ 2');
  });

  const saying = (written: string, count = 2) =>
    historyOf(
      Array.from({ length: count }, () => ({
        ...change,
        by: { ...otto, name: written },
        dropped: Array.from({ length: count }, () => ({ edit: edit(rule()), faults: [written] })),
      })),
      { teamNameOf: () => written },
    );
  test('show what people write as text, are a card that Teams draws, and small enough', () => {
    expect(faultsOf(historyOf([change, anew]))).toEqual([]);
    staysText(saying);
    staysSmall((written) => saying(written, 30));
  });
});

describe('faults', () => {
  const faultsCard = (faults: readonly string[], language: Language = 'en') =>
    matrixFaultsCard({ faults, reader: readerOf(otto, language) });

  test('are all said, and that the old rules stay in force', () => {
    const card = faultsCard(['One.', 'Two.']);
    expect(textRunsOf(card)).toEqual(['One.', 'Two.']);
    expect(JSON.stringify(card)).toContain('The old rules stay in force.');
    expect(JSON.stringify(faultsCard(['One.'], 'de'))).toContain('Die alten Regeln bleiben in Kraft.');
    expect(verbsOf(card)).toEqual(['matrix']);
    expect(textRunsOf(faultsCard(Array.from({ length: 23 }, () => 'x')))).toContain('+ 3');
  });

  test('quote what somebody typed as text', () => {
    staysText((written) => faultsCard([written, written]));
    staysSmall((written) => faultsCard(Array.from({ length: 100 }, () => written)));
  });
});

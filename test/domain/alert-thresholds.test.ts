import { describe, expect, test } from '@jest/globals';
import {
  type AlertCell,
  type AlertLevel,
  type AlertRule,
  type Condition,
  CONDITIONS,
  DEFAULT_MATRIX,
  LEVELS,
  ruleOf,
} from '../../src/domain/alert-rules.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import type { Priority } from '../../src/domain/values.ts';
import { accepts, ana, arrives, network, service, ticks } from '../support/deeds.ts';
import {
  alertDesk,
  alertsIn,
  aRule,
  at,
  minuteOf,
  moment,
  officeHours,
  only,
  raisedIn,
  SORTED,
  unwatched,
  watched,
} from '../support/alert-deeds.ts';

const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const satisfies readonly Priority[];

const cell = (details: Partial<AlertCell> = {}): AlertCell => ({
  subject: 'ticket',
  team: service,
  priority: 'P3',
  type: 'incident',
  condition: 'NOT_ASSIGNED',
  ...details,
});

/** The table as the desk's handbook prints it. */
const TABLE: Readonly<Record<Priority, Readonly<Record<Condition, string>>>> = {
  P1: { NOT_ASSIGNED: '5/10/15', NOT_UPDATED: '30/60/120', NOT_COMPLETED: '-30/0/30' },
  P2: { NOT_ASSIGNED: '30/60/120', NOT_UPDATED: '120/240/480', NOT_COMPLETED: '-60/0/60' },
  P3: { NOT_ASSIGNED: '120/240/480', NOT_UPDATED: '480/960/1440', NOT_COMPLETED: '-240/0/240' },
  P4: { NOT_ASSIGNED: '240/480/960', NOT_UPDATED: '960/1440/2400', NOT_COMPLETED: '-480/0/480' },
};
const RESPONSE: Readonly<Record<Priority, number>> = { P1: 15, P2: 60, P3: 120, P4: 240 };
const DUE: Readonly<Record<Priority, number>> = { P1: 240, P2: 480, P3: 1_440, P4: 2_400 };

const rows = PRIORITIES.flatMap((priority) =>
  CONDITIONS.map((condition) => [priority, condition, TABLE[priority][condition]] as const),
);

describe('without a word of the desk', () => {
  test.each(rows)('%s %s alerts after %s minutes', (priority, condition, thresholds) => {
    const rules = LEVELS.map((level) => ruleOf(DEFAULT_MATRIX, cell({ priority, condition }), level));
    expect(rules.map((rule) => rule?.thresholdMinutes).join('/')).toBe(thresholds);
    expect(rules.map((rule) => rule?.repeatEveryMinutes)).toEqual([undefined, undefined, undefined]);
  });

  test.each(PRIORITIES)('a %s ticket in which nothing happens alerts at those very minutes', (priority) => {
    const inQueue = watched(alertDesk(), 6_000, at(0, arrives(SORTED[priority])));
    const owned = watched(alertDesk(), 6_000, at(0, arrives(SORTED[priority])), at(0, accepts(ana)));
    const minutesOf = ({ events }: typeof owned, condition: Condition): string =>
      raisedIn(events)
        .filter((each) => each.condition === condition)
        .map((each) => {
          expect(each.at).toBe(each.dueAt);
          return minuteOf(each.at);
        })
        .join('/');
    const after = (from: number, condition: Condition): string =>
      TABLE[priority][condition]
        .split('/')
        .map((threshold) => from + Number(threshold))
        .join('/');
    expect(minutesOf(inQueue, 'NOT_ASSIGNED')).toBe(TABLE[priority].NOT_ASSIGNED);
    expect(minutesOf(inQueue, 'NOT_COMPLETED')).toBe(after(DUE[priority], 'NOT_COMPLETED'));
    expect(minutesOf(owned, 'NOT_UPDATED')).toBe(after(RESPONSE[priority], 'NOT_UPDATED'));
    expect(minutesOf(owned, 'NOT_COMPLETED')).toBe(after(DUE[priority], 'NOT_COMPLETED'));
    expect(minutesOf(inQueue, 'NOT_UPDATED')).toBe('');
    expect(minutesOf(owned, 'NOT_ASSIGNED')).toBe('');
  });

  test('a waiting approval alerts after 60/240/480 minutes, whatever its priority, and knows no other condition', () => {
    for (const priority of PRIORITIES) {
      const of = (condition: Condition) =>
        LEVELS.map((level) => ruleOf(DEFAULT_MATRIX, cell({ subject: 'approval', priority, condition }), level));
      expect(of('NOT_ASSIGNED').map((rule) => rule?.thresholdMinutes)).toEqual([60, 240, 480]);
      expect([...of('NOT_UPDATED'), ...of('NOT_COMPLETED')].every((rule) => rule === undefined)).toBe(true);
    }
  });

  test('a card for everybody, but what is not urgent reaches the manager in the digest', () => {
    for (const [priority, condition] of rows)
      expect(LEVELS.map((level) => ruleOf(DEFAULT_MATRIX, cell({ priority, condition }), level)?.delivery)).toEqual([
        'card',
        'card',
        priority === 'P3' || priority === 'P4' ? 'digest' : 'card',
      ]);
  });

  test('a desk that wants no defaults has none', () => {
    for (const level of LEVELS) expect(ruleOf({ rules: [], defaults: false }, cell(), level)).toBeUndefined();
  });
});

describe('the most specific rule wins', () => {
  const ofTeam = { team: service };
  const rule = (thresholdMinutes: number, details: Partial<AlertRule>): AlertRule =>
    aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes, ...details });
  const winner = (rules: readonly AlertRule[], level: AlertLevel = 1): number | undefined =>
    ruleOf({ rules, defaults: true }, cell(), level)?.thresholdMinutes;

  test.each<[string, Partial<AlertRule>, Partial<AlertRule>]>([
    [
      'a team stands before one for a type, a priority and a subject',
      ofTeam,
      { type: 'incident', priority: 'P3', subject: 'ticket' },
    ],
    [
      'a type stands before one for a priority and a subject',
      { type: 'incident' },
      { priority: 'P3', subject: 'ticket' },
    ],
    ['a priority stands before one for a subject', { priority: 'P3' }, { subject: 'ticket' }],
    ['a subject stands before one for everything', { subject: 'ticket' }, {}],
    ['a team and a priority stands before one for a team', { ...ofTeam, priority: 'P3' }, ofTeam],
  ])('one for %s', (_what, specific, general) => {
    expect(winner([rule(7, specific), rule(9, general)])).toBe(7);
    expect(winner([rule(9, general), rule(7, specific)])).toBe(7);
  });

  test('of two alike the later one', () => {
    expect(winner([rule(7, { team: service }), rule(9, { team: service })])).toBe(9);
  });

  test.each<[string, Partial<AlertRule>]>([
    ['team', { team: network }],
    ['type', { type: 'service_request' }],
    ['priority', { priority: 'P2' }],
    ['subject', { subject: 'envelope' }],
    ['condition', { condition: 'NOT_UPDATED' }],
    ['level', { level: 2 }],
  ])('one for another %s says nothing', (_what, details) => {
    expect(winner([rule(7, details)])).toBe(120);
  });

  test('the desk’s own stands before the default, and only in its cell', () => {
    expect(winner([rule(7, {})])).toBe(7);
    expect(winner([rule(7, {})], 2)).toBe(240);
  });

  test('“off” disables a level: the more specific one says so, and no default comes in its place', () => {
    expect(winner([rule(7, { team: service, delivery: 'off' }), rule(9, {})])).toBeUndefined();
    expect(winner([rule(7, { delivery: 'off' }), rule(9, { team: service })])).toBe(9);
  });

  test('a disabled level is left out, and those above it come at their time', () => {
    const desk = alertDesk({ rules: [rule(0, { level: 2, delivery: 'off' })] });
    const { events } = watched(desk, 600, at(0, arrives()));
    expect(alertsIn(events)).toEqual(['120 NOT_ASSIGNED 1', '480 NOT_ASSIGNED 3']);
    expect(raisedIn(events).at(-1)).toMatchObject({ superseded: [] });
  });

  test('a missing cell is a disabled level', () => {
    const desk = alertDesk(only(rule(10, { level: 3 })));
    expect(alertsIn(watched(desk, 600, at(0, arrives())).events)).toEqual(['10 NOT_ASSIGNED 3']);
  });
});

describe('time is working time', () => {
  /** Until 17:00 there are 480 minutes; Tuesday 8:00 is minute 1380. */
  const office = { desk: officeHours };

  test('of the team’s calendar: the night does not count', () => {
    const { events } = watched(alertDesk({ calendars: office }), 1_440, at(420, arrives()));
    expect(alertsIn(events)).toEqual(['1440 NOT_ASSIGNED 1']);
    expect(raisedIn(events)[0]).toMatchObject({ dueAt: moment(1_440), thresholdMinutes: 120 });
  });

  test('the most urgent count around the clock where somebody is on call, and only there', () => {
    const desk = alertDesk({ calendars: office });
    const night = { ...SORTED.P1 };
    expect(alertsIn(unwatched(desk, at(600, arrives(night)), at(605, ticks())).events)).toEqual(['605 NOT_ASSIGNED 1']);
    const noRota = { ...night, teamId: network };
    expect(alertsIn(unwatched(desk, at(600, arrives(noRota)), at(1_384, ticks())).events)).toEqual([]);
    expect(alertsIn(unwatched(desk, at(600, arrives(noRota)), at(1_385, ticks())).events)).toEqual([
      '1385 NOT_ASSIGNED 1',
    ]);
    const notUrgent = { ...SORTED.P2 };
    expect(alertsIn(unwatched(desk, at(600, arrives(notUrgent)), at(1_409, ticks())).events)).toEqual([]);
  });

  test('a rule may name another calendar: its level counts by that one, the others by the team’s', () => {
    const rules = [aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 120, calendar: 'office' })];
    const desk = alertDesk({ rules, calendars: { office: officeHours } });
    const { events } = watched(desk, 1_440, at(420, arrives()));
    expect(alertsIn(events)).toEqual(['660 NOT_ASSIGNED 2', '900 NOT_ASSIGNED 3']);
    const early = alertDesk({ rules, calendars: { desk: officeHours, office: alwaysOpen } });
    expect(alertsIn(watched(early, 600, at(420, arrives())).events)).toEqual(['540 NOT_ASSIGNED 1']);
  });

  test('before a due moment it is counted backwards through the hours', () => {
    /** 24 working hours from Monday 9:00 end on Wednesday 15:00; four before that it is 11:00. */
    const { ticket, events } = watched(alertDesk({ calendars: office }), 4_000, at(0, arrives()), at(0, accepts(ana)));
    expect(minuteOf(ticket.dueAt)).toBe(2 * 1_440 + 360);
    expect(raisedIn(events).find(({ condition }) => condition === 'NOT_COMPLETED')).toMatchObject({
      at: moment(2 * 1_440 + 120),
      thresholdMinutes: -240,
      level: 1,
    });
  });
});

test('the rules of the moment count: what changes from a time on does not change what was told before', () => {
  const from = moment(100);
  const strict = { rules: [aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 30 })], defaults: true };
  const desk = alertDesk({ matrix: (now) => (now >= from ? strict : DEFAULT_MATRIX) });
  expect(alertsIn(unwatched(desk, at(0, arrives()), at(99, ticks())).events)).toEqual([]);
  const { events } = unwatched(desk, at(0, arrives()), at(100, ticks()));
  expect(alertsIn(events)).toEqual(['100 NOT_ASSIGNED 1']);
  expect(raisedIn(events)[0]).toMatchObject({ dueAt: moment(30), thresholdMinutes: 30 });
});

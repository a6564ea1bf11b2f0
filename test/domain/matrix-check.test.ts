import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AlertRule, CONDITIONS, LEVELS, ruleOf } from '../../src/domain/alert-rules.ts';
import { faultsOfMatrix, nameOfCell } from '../../src/domain/matrix-check.ts';
import { type Priority, teamId, type TicketType } from '../../src/domain/values.ts';

const service = teamId('service');
/** Everybody's level 1 of a ticket that waits, unless said otherwise. */
const rule = (more: Partial<AlertRule> = {}): AlertRule => ({
  ...{ subject: '*', team: '*', priority: '*', type: '*' },
  ...{ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 20, delivery: 'card' },
  ...more,
});
const faultsOf = (rules: readonly AlertRule[], defaults = false): readonly string[] =>
  faultsOfMatrix(rules, { teams: ['service', 'network'], calendars: ['office'], defaults });

test('rules without a fault may stand, and so may none', () => {
  expect(faultsOf([])).toEqual([]);
  expect(faultsOf([], true)).toEqual([]);
  const rules = [
    rule({ team: service, calendar: 'office', repeatEveryMinutes: 30, maxRepeats: 50 }),
    rule({ team: service, level: 2, thresholdMinutes: 20.5, calendar: 'office' }),
    rule({ priority: 'P1', calendar: '24x7', thresholdMinutes: 0 }),
    rule({ condition: 'NOT_COMPLETED', thresholdMinutes: -525_600 }),
    rule({ condition: 'NOT_UPDATED', thresholdMinutes: -15 }),
    rule({ subject: 'approval', thresholdMinutes: 60, delivery: 'digest' }),
    rule({ type: 'change', delivery: 'off', level: 3, thresholdMinutes: 600 }),
  ];
  expect(faultsOf(rules)).toEqual([]);
});

describe('a rule is refused that', () => {
  test.each<[string, Partial<AlertRule>, string]>([
    [
      'names a team that is not there',
      { team: teamId('Service') },
      'NOT_ASSIGNED level 1 (team Service) names team Service, which does not exist',
    ],
    [
      'names a calendar that is not there',
      { calendar: 'night' },
      'NOT_ASSIGNED level 1 (all) names calendar night, which does not exist',
    ],
    [
      'has no number as a threshold',
      { thresholdMinutes: Number.NaN },
      'NOT_ASSIGNED level 1 (all) has a threshold that is no number of minutes',
    ],
    [
      'has an endless threshold',
      { thresholdMinutes: Infinity },
      'NOT_ASSIGNED level 1 (all) has a threshold that is no number of minutes',
    ],
    [
      'is due in years',
      { thresholdMinutes: 527_041 },
      'NOT_ASSIGNED level 1 (all) has a threshold of 527041 minutes: more than a year',
    ],
    [
      'was due years ago',
      { condition: 'NOT_COMPLETED', thresholdMinutes: -527_041 },
      'NOT_COMPLETED level 1 (all) has a threshold of -527041 minutes: more than a year',
    ],
    [
      'tells before anything waits',
      { thresholdMinutes: -1 },
      'NOT_ASSIGNED level 1 (all) has a threshold of -1 minutes, before anything waits: take 0 or more',
    ],
    [
      'repeats without a pause',
      { repeatEveryMinutes: 0 },
      'NOT_ASSIGNED level 1 (all) repeats every 0 minutes: take at least 1, at most a year',
    ],
    [
      'repeats backwards',
      { repeatEveryMinutes: -5, maxRepeats: 2 },
      'NOT_ASSIGNED level 1 (all) repeats every -5 minutes: take at least 1, at most a year',
    ],
    [
      'repeats after no number',
      { repeatEveryMinutes: Number.NaN },
      'NOT_ASSIGNED level 1 (all) repeats every ? minutes: take at least 1, at most a year',
    ],
    [
      'says how often, but not when',
      { maxRepeats: 3 },
      'NOT_ASSIGNED level 1 (all) says how often it repeats, but not after how many minutes: name repeatEveryMinutes',
    ],
    [
      'repeats half',
      { repeatEveryMinutes: 5, maxRepeats: 0.5 },
      'NOT_ASSIGNED level 1 (all) repeats 0.5 times: take a whole number from 1 to 50',
    ],
    [
      'never repeats',
      { repeatEveryMinutes: 5, maxRepeats: 0 },
      'NOT_ASSIGNED level 1 (all) repeats 0 times: take a whole number from 1 to 50',
    ],
    [
      'repeats without an end',
      { repeatEveryMinutes: 5, maxRepeats: 51 },
      'NOT_ASSIGNED level 1 (all) repeats 51 times: take a whole number from 1 to 50',
    ],
    [
      'waits for news of an approval',
      { subject: 'approval', condition: 'NOT_UPDATED' },
      'NOT_UPDATED level 1 (approval) is about an approval, which only waits to be decided: take NOT_ASSIGNED',
    ],
  ])('%s', (_name, more, fault) => {
    expect(faultsOf([rule(more)])).toEqual([fault]);
  });

  test('stands there twice, told once however often', () => {
    const twice = rule({ team: service, priority: 'P1', type: 'incident', subject: 'ticket' });
    expect(faultsOf([twice, rule(), { ...twice, thresholdMinutes: 7 }, { ...twice, delivery: 'off' }])).toEqual([
      'NOT_ASSIGNED level 1 (ticket, team service, P1, incident) stands there twice: remove one',
    ]);
  });
});

test('all faults are told at once, in the order of the rules', () => {
  const rules = [
    rule({ team: teamId('nowhere'), maxRepeats: 3, thresholdMinutes: -4 }),
    rule({ level: 2, repeatEveryMinutes: 0, thresholdMinutes: 30 }),
    rule({ level: 2, calendar: 'night', thresholdMinutes: 31 }),
  ];
  expect(faultsOf(rules).map((fault) => fault.replace(/^.*?\) /u, ''))).toEqual([
    'names team nowhere, which does not exist',
    expect.stringMatching(/^has a threshold of -4/u),
    expect.stringMatching(/^says how often/u),
    expect.stringMatching(/^repeats every 0/u),
    'names calendar night, which does not exist',
    'stands there twice: remove one',
  ]);
});

describe('thresholds rise with the level', () => {
  const second = (more: Partial<AlertRule>) => rule({ level: 2, ...more });

  test.each([20, 19, -1_000])('a second level at %i after a first at 20 is refused', (thresholdMinutes) => {
    const condition = 'NOT_COMPLETED';
    expect(faultsOf([rule({ condition }), second({ condition, thresholdMinutes })])).toEqual([
      `NOT_COMPLETED level 2 (all) is due at ${thresholdMinutes} minutes, which is not after the 20 of NOT_COMPLETED level 1 (all)`,
    ]);
  });

  test('also over a level that is switched off or not there', () => {
    const third = rule({ level: 3, thresholdMinutes: 5 });
    const fault = [expect.stringMatching(/^NOT_ASSIGNED level 3 .* not after the 20 of NOT_ASSIGNED level 1/u)];
    expect(faultsOf([rule(), third])).toEqual(fault);
    expect(faultsOf([rule(), second({ delivery: 'off', thresholdMinutes: 7 }), third])).toEqual(fault);
  });

  test('wherever both hold, whichever rule they come from', () => {
    const own = second({ team: service, thresholdMinutes: 10 });
    expect(faultsOf([rule(), own])).toEqual([
      'NOT_ASSIGNED level 2 (team service) is due at 10 minutes, which is not after the 20 of NOT_ASSIGNED level 1 (all)',
    ]);
    expect(faultsOf([rule(), own, rule({ team: service, thresholdMinutes: 9 })])).toEqual([]);
    expect(faultsOf([rule({ team: teamId('network') }), own])).toEqual([]);
  });

  test('against the defaults, where they stand below', () => {
    const first = rule({ subject: 'ticket', priority: 'P1', thresholdMinutes: 10 });
    expect(faultsOf([first], false)).toEqual([]);
    expect(faultsOf([first], true)).toEqual([
      'the default of NOT_ASSIGNED level 2 (ticket, P1) is due at 10 minutes, which is not after the 10 of NOT_ASSIGNED level 1 (ticket, P1)',
    ]);
    expect(faultsOf([{ ...first, thresholdMinutes: 9 }], true)).toEqual([]);
  });

  test('and says nothing of two calendars, whose minutes are not alike', () => {
    expect(faultsOf([rule(), second({ thresholdMinutes: 5, calendar: 'office' })])).toEqual([]);
    expect(faultsOf([rule({ calendar: 'office' }), second({ thresholdMinutes: 5, calendar: 'office' })])).toHaveLength(
      1,
    );
  });
});

test('what may stand never lets a level pass the one above it, whoever it is for', () => {
  const either = <Value>(...values: Value[]) => fc.constantFrom(...values);
  const anyRule = fc.record<AlertRule>({
    subject: either<AlertRule['subject']>('*', 'ticket', 'approval'),
    team: either<AlertRule['team']>('*', service),
    priority: either<AlertRule['priority']>('*', 'P1', 'P4'),
    type: either<AlertRule['type']>('*', 'change'),
    condition: either('NOT_ASSIGNED', 'NOT_COMPLETED'),
    level: either(1, 2, 3),
    thresholdMinutes: either(0, 10, 20, 30, 1_000),
    delivery: either('card', 'off'),
  });
  const stands = fc.uniqueArray(anyRule, { minLength: 1, maxLength: 6, selector: nameOfCell });
  let sound = 0;
  fc.assert(
    fc.property(stands, fc.boolean(), (rules, defaults) => {
      if (faultsOf(rules, defaults).length > 0) return;
      sound += 1;
      for (const team of [service, teamId('network')])
        for (const priority of ['P1', 'P2', 'P3', 'P4'] as const satisfies readonly Priority[])
          for (const type of ['incident', 'change'] as const satisfies readonly TicketType[])
            for (const condition of CONDITIONS) {
              const cell = { subject: 'ticket', team, priority, type, condition } as const;
              const due = LEVELS.flatMap((level) => ruleOf({ rules, defaults }, cell, level)?.thresholdMinutes ?? []);
              expect(due).toEqual([...new Set(due)].sort((a, b) => a - b));
            }
    }),
    { numRuns: 400 },
  );
  expect(sound).toBeGreaterThan(40);
});

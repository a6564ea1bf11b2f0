import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DeskConfig, readAlertRules, readDeskConfig } from '../../src/desk-config.ts';
import { DEFAULT_MATRIX } from '../../src/domain/alert-rules.ts';
import { personId, teamId } from '../../src/domain/values.ts';
import { faultsOf } from './faults-of.ts';

/** What desk.json says of alerts and promises. Whoever writes it is told all that cannot be, and what to do. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-alerts-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ANNA = 'a0000000-0000-4000-8000-000000000001';
const SAM = 'a0000000-0000-4000-8000-000000000004';
const NOBODY = 'a0000000-0000-4000-8000-0000000000ff';
const anna = { id: ANNA, name: 'Anna Arndt', mail: 'anna@desk.example', roles: ['agent'], teams: ['support'] };
const sam = { id: SAM, name: 'Sam Sommer', mail: 'sam@desk.example', roles: ['agent'] };
const support = {
  id: 'support',
  name: 'Support',
  mailbox: 'support@desk.example',
  mailboxStartsAt: '2026-01-01T00:00:00Z',
  channel: { id: '19:tickets@thread.tacv2', name: 'Tickets' },
};
const led = { ...support, lead: SAM, manager: ANNA };
const office = { id: 'office', weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }] };
const bare = { zone: 'UTC', people: [anna, sam], teams: [led], calendars: [office] };

const fileWith = (changed: object): string => {
  const file = path.join(folder, 'desk.json');
  writeFileSync(file, JSON.stringify({ ...bare, ...changed }));
  return file;
};
const read = (changed: object): DeskConfig => readDeskConfig(fileWith(changed));
const short = (fault: string): string => fault.slice(fault.indexOf('desk.json: ') + 'desk.json: '.length);
const faults = (changed: object): string[] => faultsOf(() => read(changed)).map(short);

const rule = { condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 3 };
const written = { subject: '*', team: '*', priority: '*', type: '*', delivery: 'card' };
const ofRules = (...rules: readonly object[]): object => ({ alerts: { rules } });

describe('what is configured', () => {
  test('nothing: the thresholds of every desk, and its targets', () => {
    const { alerts, sla } = read({});
    expect(alerts).toMatchObject({ matrix: DEFAULT_MATRIX, fallback: [], digestAt: '08:00' });
    expect(sla).toEqual([]);
  });

  test('a rule that says little is for all, and a card', () => {
    expect(read(ofRules(rule)).alerts.matrix).toStrictEqual({ rules: [{ ...written, ...rule }], defaults: true });
  });

  test('a rule that says everything', () => {
    const full = {
      ...{ subject: 'envelope', team: 'support', priority: 'P1', type: 'incident' },
      ...{ condition: 'NOT_UPDATED', level: 2, thresholdMinutes: 45, delivery: 'digest' },
      ...{ repeatEveryMinutes: 15, maxRepeats: 4, calendar: 'office' },
    };
    expect(read(ofRules(full)).alerts.matrix.rules).toStrictEqual([full]);
  });

  test.each(['NOT_COMPLETED', 'NOT_UPDATED'])('%s may be told before something is due', (condition) => {
    const early = { ...rule, condition, thresholdMinutes: -600 };
    expect(read(ofRules(early)).alerts.matrix.rules).toMatchObject([{ condition, thresholdMinutes: -600 }]);
  });

  test('a calendar that never closes may be named without being there', () => {
    expect(faults(ofRules({ ...rule, calendar: '24x7' }))).toEqual([]);
  });

  test('a desk that wants no thresholds but its own', () => {
    const { matrix } = read({ alerts: { defaults: false, rules: [{ ...rule, thresholdMinutes: 9999 }] } }).alerts;
    expect(matrix).toMatchObject({ defaults: false, rules: [{ thresholdMinutes: 9999 }] });
  });

  test('who is told at last, each once, and when a day is told', () => {
    const { alerts } = read({ alerts: { fallback: [SAM.toUpperCase(), ANNA, SAM], digestAt: '07:15' } });
    expect(alerts.fallback).toEqual([SAM, ANNA]);
    expect(alerts.digestAt).toBe('07:15');
  });

  test('what rules may name', () => {
    expect(read({}).alerts.known).toEqual({ teams: ['support'], calendars: ['office'] });
  });

  test('targets of some tickets', () => {
    const sla = [{ team: 'support', priority: 'P2', type: 'incident', dueMinutes: 240 }, { responseMinutes: 90 }];
    expect(read({ sla }).sla).toStrictEqual([
      { team: 'support', priority: 'P2', type: 'incident', dueMinutes: 240 },
      { team: '*', priority: '*', type: '*', responseMinutes: 90 },
    ]);
    expect(read({ sla: [{ olaMinutes: 30 }] }).sla).toMatchObject([{ olaMinutes: 30 }]);
  });

  test('where alerts reach people, and when they wait', () => {
    const quiet = { days: [1, 2, 3], from: '18:00', to: '07:00', zone: 'Europe/Berlin' };
    const { directory } = read({
      people: [
        { ...anna, alertsTo: { kind: 'chat', id: '19:night@thread.v2' }, quiet },
        { ...sam, alertsTo: { kind: 'personal' } },
      ],
      teams: [{ ...led, alertsTo: { supervisor: { kind: 'channel' } } }],
    });
    expect(directory.person(personId(ANNA))).toMatchObject({
      alertsTo: { kind: 'chat', id: '19:night@thread.v2' },
      quiet,
    });
    expect(directory.person(personId(SAM))?.alertsTo).toEqual({ kind: 'personal' });
    expect(directory.team(teamId('support'))?.alertsTo).toStrictEqual({ supervisor: { kind: 'channel' } });
  });

  test('who says nothing of it has nothing of it', () => {
    const { directory } = read({});
    expect(directory.person(personId(ANNA))).not.toHaveProperty('alertsTo');
    expect(directory.person(personId(ANNA))).not.toHaveProperty('quiet');
    expect(directory.team(teamId('support'))).not.toHaveProperty('alertsTo');
  });

  test('whole days may be quiet, as long as one is not', () => {
    const weekend = { days: [6, 7], from: '00:00', to: '00:00', zone: 'UTC' };
    expect(faults({ people: [{ ...anna, quiet: weekend }, sam] })).toEqual([]);
  });
});

describe('the hash of the rules', () => {
  const hashOf = (changed: object): string => read(changed).alerts.hash;
  const other = { condition: 'NOT_COMPLETED', level: 3, thresholdMinutes: 600, team: 'support', repeatEveryMinutes: 5 };

  test('is the same in whatever order they are written, and whether or not a default is', () => {
    const turned = Object.fromEntries(Object.entries(other).toReversed());
    expect(hashOf(ofRules(turned, { ...rule, priority: '*', delivery: 'card' }))).toBe(hashOf(ofRules(rule, other)));
    expect(hashOf({ alerts: { defaults: true, digestAt: '09:00', fallback: [SAM] } })).toBe(hashOf({}));
  });

  test.each([
    ['a threshold', ofRules({ ...rule, thresholdMinutes: 4 })],
    ['a delivery', ofRules({ ...rule, delivery: 'off' })],
    ['a repeat', ofRules({ ...rule, repeatEveryMinutes: 60 })],
    ['a calendar', ofRules({ ...rule, calendar: 'office' })],
    ['a priority', ofRules({ ...rule, priority: 'P1' })],
    ['one rule more', ofRules(rule, other)],
    ['no rule', {}],
    ['the defaults', { alerts: { rules: [rule], defaults: false } }],
    ['hours', { ...ofRules(rule), calendars: [{ ...office, closed: ['2026-12-24'] }] }],
    ['calendar of a team', { ...ofRules(rule), teams: [{ ...support, lead: SAM, calendar: 'office' }] }],
    ['person on call', { ...ofRules(rule), teams: [{ ...support, lead: SAM, onCall: [ANNA] }] }],
    ['target', { ...ofRules(rule), sla: [{ priority: 'P1', dueMinutes: 90 }] }],
  ])('is another one with another %s', (_what, changed) => {
    expect(hashOf(changed)).not.toBe(hashOf(ofRules(rule)));
  });
});

describe('what cannot be, one cause at a time', () => {
  const place = (alertsTo: unknown): object => ({ people: [{ ...anna, alertsTo }, sam] });

  test.each<[string, object, string]>([
    [
      'a rule of an unknown team',
      ofRules({ ...rule, team: 'suport' }),
      'alerts: NOT_ASSIGNED level 1 (team suport) names team suport, which does not exist',
    ],
    [
      'a rule by an unknown calendar',
      ofRules({ ...rule, calendar: 'ofice' }),
      'alerts: NOT_ASSIGNED level 1 (all) names calendar ofice, which does not exist',
    ],
    ['a rule by no calendar', ofRules({ ...rule, calendar: ' ' }), 'alerts.rules.0.calendar: '],
    [
      'a wait before anything waits',
      ofRules({ ...rule, thresholdMinutes: -1 }),
      'alerts: NOT_ASSIGNED level 1 (all) has a threshold of -1 minutes',
    ],
    [
      'a threshold beyond a year',
      ofRules({ ...rule, level: 3, thresholdMinutes: 600_000 }),
      'alerts: NOT_ASSIGNED level 3 (all) has a threshold of 600000 minutes: more than a year',
    ],
    ['half a minute', ofRules({ ...rule, thresholdMinutes: 0.5 }), 'alerts.rules.0.thresholdMinutes: '],
    ['no threshold', ofRules({ condition: 'NOT_ASSIGNED', level: 1 }), 'alerts.rules.0.thresholdMinutes: '],
    ['a negative repeat', ofRules({ ...rule, repeatEveryMinutes: -5 }), 'alerts: NOT_ASSIGNED level 1 (all) repeats'],
    ['a repeat without a pause', ofRules({ ...rule, repeatEveryMinutes: 0 }), 'alerts: NOT_ASSIGNED level 1 (all)'],
    ['an end of repeats that never begin', ofRules({ ...rule, maxRepeats: 2 }), 'name repeatEveryMinutes'],
    ['a negative number of repeats', ofRules({ ...rule, repeatEveryMinutes: 5, maxRepeats: -1 }), 'repeats -1 times'],
    ['a rule twice', ofRules(rule, rule), 'alerts: NOT_ASSIGNED level 1 (all) stands there twice: remove one'],
    [
      'a level that is due before the one below it',
      ofRules({ ...rule, thresholdMinutes: 20, priority: 'P1' }, { ...rule, level: 2, priority: 'P1' }),
      'alerts: NOT_ASSIGNED level 2 (P1) is due at 3 minutes, which is not after the 20',
    ],
    [
      'a level that is due before a default below it',
      ofRules({ ...rule, subject: 'ticket', level: 2, priority: 'P1' }),
      'alerts: NOT_ASSIGNED level 2 (ticket, P1) is due at 3 minutes, which is not after the 5 of the default',
    ],
    [
      'an approval that goes stale',
      ofRules({ ...rule, subject: 'approval', condition: 'NOT_UPDATED' }),
      'is about an approval, which only waits to be decided',
    ],
    ['a fourth level', ofRules({ ...rule, level: 4 }), 'alerts.rules.0.level: '],
    ['an unknown condition', ofRules({ ...rule, condition: 'BORED' }), 'alerts.rules.0.condition: '],
    ['an unknown priority', ofRules({ ...rule, priority: 'P5' }), 'alerts.rules.0.priority: '],
    ['an unknown type', ofRules({ ...rule, type: 'wish' }), 'alerts.rules.0.type: '],
    ['an unknown subject', ofRules({ ...rule, subject: 'task' }), 'alerts.rules.0.subject: '],
    ['an unknown delivery', ofRules({ ...rule, delivery: 'sms' }), 'alerts.rules.0.delivery: '],
    ['an unknown key', ofRules({ ...rule, treshold: 3 }), 'alerts.rules.0: '],
    [
      'somebody unknown as the last resort',
      { alerts: { fallback: [NOBODY] } },
      `alerts: the fallback names ${NOBODY}, who is not among people`,
    ],
    ['nobody’s id', { alerts: { fallback: ['sam'] } }, 'alerts.fallback.0: '],
    ['an hour that is none', { alerts: { digestAt: '8:00' } }, 'alerts.digestAt: is no time of day, e.g. 08:30'],
    ['defaults that are no answer', { alerts: { defaults: 'no' } }, 'alerts.defaults: '],
    ['alerts of a wrong shape', { alerts: [] }, 'alerts: '],
    ['rules of a wrong shape', { alerts: { rules: {} } }, 'alerts.rules: '],
    ['a rule of a wrong shape', ofRules(null as never), 'alerts.rules.0: '],
    ['an unknown key of alerts', { alerts: { rule: [] } }, 'alerts: '],
    ['a promise to an unknown team', { sla: [{ team: 'suport', dueMinutes: 5 }] }, 'sla: names team suport, which'],
    [
      'two promises for the same',
      {
        sla: [
          { priority: 'P1', dueMinutes: 5 },
          { priority: 'P1', responseMinutes: 5 },
        ],
      },
      'sla: P1 stands there twice: make it one row',
    ],
    [
      'two promises for all',
      { sla: [{ dueMinutes: 5 }, { dueMinutes: 6 }] },
      'sla: the row for all stands there twice',
    ],
    ['a promise of nothing', { sla: [{ priority: 'P1' }] }, 'sla.0: promises nothing: name responseMinutes'],
    ['a promise at once', { sla: [{ dueMinutes: 0 }] }, 'sla.0.dueMinutes: '],
    ['a promise for after a year', { sla: [{ dueMinutes: 600_000 }] }, 'sla.0.dueMinutes: '],
    ['promises of a wrong shape', { sla: { P1: 5 } }, 'sla: '],
    ['an unknown place', place({ kind: 'mail' }), 'people.0.alertsTo'],
    ['a chat without its id', place({ kind: 'chat' }), 'people.0.alertsTo.id: '],
    ['a channel of one’s own', place({ kind: 'channel', id: '19:x' }), 'people.0.alertsTo'],
    [
      'a place for an unknown part',
      { teams: [{ ...led, alertsTo: { boss: { kind: 'personal' } } }] },
      'teams.0.alertsTo: ',
    ],
    [
      'hours that are quiet for ever',
      { people: [{ ...anna, quiet: { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '08:00', zone: 'UTC' } }, sam] },
      'people.0.quiet: never ends, so nothing ever arrives: leave some hours',
    ],
    [
      'quiet hours in no zone',
      { people: [{ ...anna, quiet: { days: [1], from: '18:00', to: '08:00', zone: 'Berlin' } }, sam] },
      'people.0.quiet.zone: is no IANA time zone',
    ],
  ])('%s', (_what, changed, said) => {
    expect(faults(changed)).toEqual([expect.stringContaining(said)]);
  });

  test('a rule that cannot be read is not blamed on the levels above it', () => {
    const levels = ofRules({ ...rule, thresholdMinutes: 'soon' }, { ...rule, level: 2 });
    expect(faults(levels)).toEqual([expect.stringContaining('alerts.rules.0.thresholdMinutes: ')]);
  });
});

describe('somebody must be told when a level rises', () => {
  const nobody = 'teams: nobody can be told of alerts of level 2 and 3 in support';
  const lonely = { teams: [support] };
  const off = ['NOT_ASSIGNED', 'NOT_UPDATED', 'NOT_COMPLETED'].flatMap((condition) =>
    [2, 3].map((level) => ({ ...rule, condition, level, thresholdMinutes: 9_999, delivery: 'off' })),
  );

  test('a team without anybody above it', () => {
    expect(faults(lonely)).toEqual([`${nobody}: name a lead, a manager or alerts.fallback`]);
  });

  test.each<[string, object]>([
    ['its lead', { teams: [{ ...support, lead: SAM }] }],
    ['its manager', { teams: [{ ...support, manager: SAM }] }],
    ['the fallback', { ...lonely, alerts: { fallback: [SAM] } }],
    ['the supervisor of one of its people', { ...lonely, people: [{ ...anna, supervisor: SAM }, sam] }],
    [
      'the supervisor of who is on call',
      { teams: [{ ...support, onCall: [SAM] }], people: [anna, { ...sam, supervisor: ANNA }] },
    ],
    ['an admin of the desk', { ...lonely, people: [anna, { ...sam, roles: ['admin'] }] }],
    ['a manager of the desk', { ...lonely, people: [anna, { ...sam, roles: ['manager'] }] }],
    ['a lead of the desk', { ...lonely, people: [anna, { ...sam, roles: ['team_lead'] }] }],
  ])('%s is enough', (_who, changed) => {
    expect(faults(changed)).toEqual([]);
  });

  test('somebody’s supervisor in another team is not', () => {
    const strangers = [anna, { ...sam, supervisor: ANNA }];
    expect(faults({ ...lonely, people: strangers })).toEqual([expect.stringContaining(nobody)]);
  });

  test('nor is anybody needed where no level rises', () => {
    expect(faults({ ...lonely, alerts: { rules: off } })).toEqual([]);
    expect(faults({ ...lonely, alerts: { defaults: false, rules: [rule] } })).toEqual([]);
  });

  test('where one level still rises, somebody is', () => {
    expect(faults({ ...lonely, alerts: { rules: off.slice(1) } })).toEqual([expect.stringContaining(nobody)]);
    const one = { ...rule, level: 3, team: 'support' };
    expect(faults({ ...lonely, alerts: { defaults: false, rules: [one] } })).toEqual([expect.stringContaining(nobody)]);
    expect(faults({ ...lonely, alerts: { defaults: false, rules: [{ ...one, delivery: 'off' }] } })).toEqual([]);
  });

  test('one cause is one fault: whoever is named wrongly is named', () => {
    expect(faults({ teams: [{ ...support, lead: NOBODY }] })).toEqual([expect.stringContaining(`names ${NOBODY}`)]);
    expect(faults({ ...lonely, alerts: { fallback: ['sam'] } })).toEqual([expect.stringContaining('alerts.fallback')]);
    expect(faults({ ...lonely, people: [] })).toEqual([expect.stringContaining('people: ')]);
  });
});

describe('advice', () => {
  const adviceWith = (changed: object): string => read(changed).advice.join('\n');
  const hours = /team support has nobody on call, so P1 counts by the hours of calendar office/u;

  test('P1 sleeps at night where nobody is on call', () => {
    expect(adviceWith({ calendar: 'office' })).toMatch(hours);
    expect(adviceWith({ teams: [{ ...led, calendar: 'office' }] })).toMatch(hours);
  });

  test.each<[string, object]>([
    ['somebody is on call', { calendar: 'office', teams: [{ ...led, onCall: [ANNA] }] }],
    ['the desk never closes', {}],
    ['the team never closes', { calendar: 'office', teams: [{ ...led, calendar: '24x7' }] }],
  ])('none where %s', (_what, changed) => {
    expect(adviceWith(changed)).not.toContain('P1');
  });

  test('who stands in for a manager', () => {
    const teams = [{ ...support, lead: SAM }];
    expect(adviceWith({ teams })).toContain('managers above its people, or else to every admin, manager or lead');
    expect(adviceWith({ teams, alerts: { fallback: [SAM] } })).toContain('or else to the fallback');
  });
});

describe('rules that are read anew', () => {
  const running = { known: { teams: ['support'], calendars: ['office'] }, moments: '' };
  beforeAll(() => {
    running.moments = read({}).alerts.moments;
  });
  const reload = (changed: object) => readAlertRules(fileWith(changed), running);

  test('are what the desk would start with', () => {
    const { matrix, hash } = read(ofRules(rule)).alerts;
    expect(reload(ofRules(rule))).toEqual({ matrix, hash });
  });

  test('are the same rules where only the hours are others: those count when the desk is started anew', () => {
    const evening = { calendars: [{ ...office, weekly: [{ days: [1, 2, 3, 4, 5], from: '12:00', to: '20:00' }] }] };
    const before = read(ofRules(rule)).alerts.hash;
    expect(reload({ ...ofRules(rule), ...evening })).toMatchObject({ hash: before });
    expect(read({ ...ofRules(rule), ...evening }).alerts.hash).not.toBe(before);
  });

  test('any fault of the file stands against them, and none is thrown', () => {
    const answer = reload({ ...ofRules({ ...rule, team: 'suport' }), zone: 'Mars' });
    expect(answer).toEqual({ faults: [expect.stringContaining('zone'), expect.stringContaining('suport')] });
    expect(readAlertRules(path.join(folder, 'nowhere.json'), running)).toEqual({
      faults: [expect.stringContaining('cannot be read')],
    });
  });

  test('name only what the running desk knows', () => {
    const night = { ...office, id: 'night' };
    const answer = reload({ ...ofRules({ ...rule, calendar: 'night' }), calendars: [office, night] });
    expect(answer).toEqual({
      faults: [
        expect.stringMatching(/desk\.json: alerts: .* names calendar night, .* until the desk is started anew/u),
      ],
    });
  });
});

test('all that cannot be is told at once: within an entry, between entries, and of people', () => {
  const found = faults({
    people: [{ ...anna, roles: ['boss'], quiet: { days: [], from: '18:00', to: '08:00', zone: 'UTC' } }, sam],
    teams: [support],
    alerts: {
      rules: [
        { ...rule, team: 'suport', calendar: 'ofice', repeatEveryMinutes: -5 },
        { ...rule, level: 7 },
        { ...rule, thresholdMinutes: -3 },
      ],
      fallback: [],
      digestAt: 'noon',
    },
    sla: [{ team: 'nowhere', dueMinutes: 5 }, { priority: 'P9', dueMinutes: 5 }, { type: 'incident' }],
  });
  for (const said of [
    /^people\.0\.roles\.0: /u,
    /^people\.0\.quiet\.days: /u,
    /^alerts\.rules\.1\.level: /u,
    /^alerts\.digestAt: /u,
    /^alerts: .* names team suport/u,
    /^alerts: .* names calendar ofice/u,
    /^alerts: .* repeats every -5 minutes/u,
    /^alerts: .* has a threshold of -3 minutes/u,
    /^sla: names team nowhere/u,
    /^sla\.1\.priority: /u,
    /^sla\.2: promises nothing/u,
    /^teams: nobody can be told/u,
  ])
    expect(found).toContainEqual(expect.stringMatching(said));
  expect(found).toHaveLength(12);
});

test('the desk of the repository keeps to the defaults', () => {
  const { alerts, sla } = readDeskConfig('config/desk.json');
  expect(alerts.matrix).toEqual(DEFAULT_MATRIX);
  expect(sla).toEqual([]);
  expect(readFileSync('config/desk.json', 'utf8')).not.toContain('alertsTo');
});

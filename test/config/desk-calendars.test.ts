import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readDeskConfig } from '../../src/desk-config.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import { instantOf, personId, teamId } from '../../src/domain/values.ts';
import { faultsOf } from './faults-of.ts';

/** What desk.json says of working hours. Whoever writes it is told all that cannot be, and what to do. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-calendars-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ANNA = 'a0000000-0000-4000-8000-000000000001';
const anna = { id: ANNA, name: 'Anna Arndt', mail: 'anna@desk.example', roles: ['agent'], teams: ['support'] };
const support = {
  id: 'support',
  name: 'Support',
  mailbox: 'support@desk.example',
  mailboxStartsAt: '2026-01-01T00:00:00Z',
  channel: { id: '19:tickets@thread.tacv2', name: 'Tickets' },
  lead: ANNA,
};
const bare = { zone: 'UTC', people: [anna], teams: [support] };

const read = (changed: object) => {
  const file = path.join(folder, 'desk.json');
  writeFileSync(file, JSON.stringify({ ...bare, ...changed }));
  return readDeskConfig(file);
};
const faults = (changed: object): string[] =>
  faultsOf(() => read(changed)).map((fault) => fault.slice(fault.indexOf('desk.json: ') + 'desk.json: '.length));

const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' };
const office = { id: 'office', weekly: [hours] };
const whole = { id: 'office', weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] };

/** Hours that are open on a day of the desk's zone. */
const openOn = (calendar: object, day: string): number => {
  const from = Date.parse(day);
  const { calendars } = read({ calendars: [calendar] });
  return calendars.of('office').between(instantOf(from), instantOf(from + 86_400_000)) / 60;
};

describe('what is configured', () => {
  test('nothing: every minute counts', () => {
    const { calendars } = read({});
    expect(calendars.of(undefined)).toBe(alwaysOpen);
    expect(calendars.of('24x7')).toBe(alwaysOpen);
  });

  test('a calendar of the desk counts for whoever names none', () => {
    const { calendars } = read({ calendar: 'office', calendars: [office] });
    expect(calendars.of(undefined)).toBe(calendars.of('office'));
    expect(calendars.of('24x7')).toBe(alwaysOpen);
  });

  test('a team and a person name theirs', () => {
    const { directory } = read({
      calendars: [office],
      people: [{ ...anna, calendar: 'office' }],
      teams: [{ ...support, calendar: '24x7' }],
    });
    expect(directory.person(personId(ANNA))?.calendar).toBe('office');
    expect(directory.team(teamId('support'))?.calendar).toBe('24x7');
    expect(read({}).directory.team(teamId('support'))).not.toHaveProperty('calendar');
    expect(read({}).directory.person(personId(ANNA))).not.toHaveProperty('calendar');
  });

  test('hours are those of the desk’s zone, or of the own one', () => {
    expect(openOn(office, '2026-03-02')).toBe(9);
    expect(openOn({ ...office, zone: 'Asia/Tokyo' }, '2026-03-01T15:00:00Z')).toBe(9);
    expect(openOn({ ...office, zone: 'America/Los_Angeles' }, '2026-03-01')).toBe(0);
    expect(openOn({ ...office, zone: 'America/Los_Angeles' }, '2026-03-02')).toBe(8);
  });

  test('hours that touch, also at midnight and at the end of the week, are apart', () => {
    const weekly = [
      { days: [1, 7], from: '00:00', to: '08:00' },
      { days: [1, 7], from: '08:00', to: '22:00' },
      { days: [7], from: '22:00', to: '00:00' },
    ];
    expect(faults({ calendars: [{ id: 'office', weekly }] })).toEqual([]);
  });
});

describe('holidays', () => {
  const berlin = { ...whole, holidays: { country: 'DE', state: 'BE' } };
  const bavaria = { ...whole, holidays: { country: 'DE', state: 'BY' } };
  const california = { ...whole, holidays: { country: 'US', state: 'CA' } };

  test.each([
    ['New Year in Berlin', berlin, '2026-01-01'],
    ['Women’s Day in Berlin', berlin, '2027-03-08'],
    ['Easter Monday in Berlin', berlin, '2026-04-06'],
    ['Epiphany in Bavaria', bavaria, '2026-01-06'],
    [
      'the Assumption in Catholic Bavaria',
      { ...bavaria, holidays: { ...bavaria.holidays, region: 'KATH' } },
      '2026-08-15',
    ],
    ['Thanksgiving in California', california, '2026-11-26'],
    ['the day in lieu of Independence Day', california, '2026-07-03'],
    ['César Chávez Day in California', california, '2026-03-31'],
    ['the day before a New Year on a Saturday', california, '2027-12-31'],
    ['the second day of one that lasts three', { ...whole, holidays: { country: 'KR' } }, '2026-02-18'],
    ['the last day of one that lasts into the new year', { ...whole, holidays: { country: 'SZ' } }, '2027-01-02'],
    ['the third day of one in which the clocks change', { ...whole, holidays: { country: 'BA' } }, '2025-04-01'],
    ['one that begins at sunset, on its day', { ...whole, holidays: { country: 'AE' } }, '2026-03-22'],
  ])('closed on %s', (_what, calendar, day) => {
    expect(openOn(calendar, day)).toBe(0);
  });

  test.each([
    ['Women’s Day in Bavaria', bavaria, '2026-03-08'],
    ['Epiphany in Berlin', berlin, '2026-01-06'],
    ['the Assumption in the rest of Bavaria', bavaria, '2026-08-15'],
    ['Christmas Eve, which is observed but not public', berlin, '2026-12-24'],
    ['César Chávez Day in the United States', { ...whole, holidays: { country: 'US' } }, '2026-03-31'],
    ['the eve of a holiday that begins at sunset', { ...whole, holidays: { country: 'AE' } }, '2026-03-18'],
    ['a holiday that begins at noon', { ...whole, holidays: { country: 'GT' } }, '2026-12-24'],
    ['a holiday of nobody', whole, '2026-01-01'],
  ])('open on %s', (_what, calendar, day) => {
    expect(openOn(calendar, day)).toBe(24);
  });

  test('more days can be closed, and holidays kept open', () => {
    const own = { ...berlin, closed: ['2026-12-24'], open: ['2026-04-06'] };
    expect(openOn(own, '2026-12-24')).toBe(0);
    expect(openOn(own, '2026-12-23')).toBe(24);
    expect(openOn(own, '2026-04-06')).toBe(24);
    expect(openOn(own, '2026-04-03')).toBe(0);
  });
});

describe('what cannot be, one cause at a time', () => {
  const of = (changed: object): object => ({ calendars: [{ ...office, ...changed }] });
  const weekly = (...all: object[]): object => of({ weekly: all });

  test.each<[string, object, string]>([
    [
      'the desk names no calendar',
      { calendar: 'gone' },
      'calendar: the desk names calendar gone, which does not exist',
    ],
    [
      'a team names no calendar',
      { teams: [{ ...support, calendar: 'gone' }] },
      'teams: support names calendar gone, which does not exist',
    ],
    [
      'a person names no calendar',
      { people: [{ ...anna, calendar: 'gone' }] },
      'people: Anna Arndt names calendar gone, which does not exist',
    ],
    ['an id twice', { calendars: [office, office] }, 'calendars: office stands there twice: rename one'],
    [
      'the id that every desk has',
      of({ id: '24x7' }),
      'calendars: 24x7 is there without being named: choose another id',
    ],
    ['an id with a space', of({ id: 'the office' }), 'calendars.0.id: is no id: small letters, digits and dashes'],
    ['a zone that is none', of({ zone: 'Berlin' }), 'calendars.0.zone: is no IANA time zone, e.g. Europe/Berlin'],
    ['hours that never begin', weekly(), 'calendars.0.weekly: is empty, so it never opens: name days and hours'],
    ['hours on no day', weekly({ ...hours, days: [] }), 'calendars.0.weekly.0.days: names no day'],
    [
      'hours that end as they begin',
      weekly({ ...hours, to: '08:00' }),
      'calendars.0.weekly.0.to: is the same as from, so nothing is open: a whole day is 00:00 to 24:00',
    ],
    ['hours from 24:00', weekly({ ...hours, from: '24:00' }), 'calendars.0.weekly.0.from: is no time of day'],
    ['hours to 24:01', weekly({ ...hours, to: '24:01' }), 'calendars.0.weekly.0.to: is no time of day'],
    [
      'hours that overlap, on five days',
      weekly(hours, { ...hours, from: '16:00', to: '20:00' }),
      'calendars: office is open twice at a time: Monday 08:00 to 17:00 and Monday 16:00 to 20:00: make them one, or apart',
    ],
    [
      'hours within others',
      weekly({ ...hours, from: '10:00', to: '11:00' }, hours),
      'office is open twice at a time: Monday 10:00 to 11:00 and Monday 08:00 to 17:00',
    ],
    [
      'a day twice',
      weekly({ ...hours, days: [3, 3] }),
      'office is open twice at a time: Wednesday 08:00 to 17:00 and Wednesday 08:00 to 17:00',
    ],
    [
      'a night that reaches into the morning',
      weekly({ days: [2], from: '22:00', to: '06:00' }, { days: [3], from: '05:00', to: '12:00' }),
      'office is open twice at a time: Tuesday 22:00 to 06:00 and Wednesday 05:00 to 12:00',
    ],
    [
      'Sunday night that reaches into Monday',
      weekly({ days: [1], from: '05:00', to: '12:00' }, { days: [7], from: '22:00', to: '06:00' }),
      'office is open twice at a time: Monday 05:00 to 12:00 and Sunday 22:00 to 06:00',
    ],
    [
      'the holidays of no country',
      of({ holidays: { country: 'Germany' } }),
      'calendars: office keeps the holidays of Germany, which is not known: take a code of ISO 3166, e.g. DE',
    ],
    [
      'the holidays of no state',
      of({ holidays: { country: 'DE', state: 'Berlin' } }),
      'calendars: office keeps the holidays of state Berlin of DE, which is not known: take one of BB, BE, BW',
    ],
    [
      'a state of a country without states',
      of({ holidays: { country: 'LU', state: 'X' } }),
      'office keeps the holidays of state X of LU, which is not known: leave it out',
    ],
    [
      'the holidays of no region',
      of({ holidays: { country: 'US', state: 'LA', region: 'X' } }),
      'office keeps the holidays of region X of US-LA, which is not known: take one of NO',
    ],
    [
      'a region of a state without regions',
      of({ holidays: { country: 'DE', state: 'BE', region: 'X' } }),
      'office keeps the holidays of region X of DE-BE, which is not known: leave it out',
    ],
    [
      'a region without its state',
      of({ holidays: { country: 'US', region: 'NO' } }),
      'office keeps the holidays of region NO without its state: name the state too',
    ],
    ['holidays of nowhere', of({ holidays: {} }), 'calendars.0.holidays.country: '],
    ['a closed day that is none', of({ closed: ['2026-02-30'] }), 'calendars.0.closed.0: is no date, e.g. 2026-12-24'],
    ['an open day that is none', of({ open: ['24.12.2026'] }), 'calendars.0.open.0: is no date, e.g. 2026-12-24'],
    [
      'a day closed and open',
      of({ closed: ['2026-12-24', '2026-12-24'], open: ['2026-12-24'] }),
      'calendars: office is both closed and open on 2026-12-24: remove one',
    ],
    ['calendars of a wrong shape', { calendars: 'office' }, 'calendars: '],
    ['a calendar of a wrong shape', { calendars: [null] }, 'calendars.0: '],
  ])('%s', (_what, changed, said) => {
    expect(faults(changed)).toEqual([expect.stringContaining(said)]);
  });
});

test('all that cannot be is told at once: within an entry, between entries, and of who names them', () => {
  const found = faults({
    calendar: 'gone',
    calendars: [
      { ...office, weekly: [hours, hours, { ...hours, from: 'eight' }], holidays: { country: 'XX' }, zone: 'Berlin' },
      { ...office, closed: ['2026-12-24', 'soon'], open: ['2026-12-24'] },
      { id: '24x7', weekly: [] },
    ],
    people: [{ ...anna, calendar: 'hers', teams: ['none'] }],
    teams: [{ ...support, calendar: 'theirs' }],
  }).join('\n');
  for (const said of [
    /calendars\.0\.zone/u,
    /calendars\.0\.weekly\.2\.from/u,
    /calendars\.1\.closed\.1: is no date/u,
    /calendars\.2\.weekly: is empty/u,
    /office stands there twice/u,
    /24x7 is there without being named/u,
    /office is open twice at a time/u,
    /holidays of XX/u,
    /both closed and open on 2026-12-24/u,
    /Anna Arndt names calendar hers/u,
    /support names calendar theirs/u,
    /the desk names calendar gone/u,
    /Anna Arndt is in team none/u,
  ])
    expect(found).toMatch(said);
});

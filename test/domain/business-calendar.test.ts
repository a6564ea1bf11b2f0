import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type BusinessHours, businessCalendar, type WeeklyHours } from '../../src/domain/business-calendar.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import { ALWAYS_OPEN, calendarsOf } from '../../src/domain/calendars.ts';
import type { Weekday } from '../../src/domain/roster.ts';
import { type Instant, instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { momentOf, shownAt } from '../../src/domain/zone.ts';

/** Promises are counted in working time. What clocks and weeks do to it is compared with Temporal, which decides nothing here. */
const BERLIN = 'Europe/Berlin';
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];
const EVERY_DAY: readonly Weekday[] = [...WEEKDAYS, 6, 7];
const HOUR = 60;

const on = (days: readonly Weekday[], from: string, to: string): WeeklyHours => ({ days, from, to });
const openIn = (zone: string, ...weekly: readonly WeeklyHours[]): BusinessHours => ({
  zone,
  weekly,
  isHoliday: () => false,
});
const without = (hours: BusinessHours, ...dates: readonly string[]): BusinessHours => ({
  ...hours,
  isHoliday: (date) => dates.includes(date),
});
const wallIn =
  (zone: string) =>
  (text: string): Instant =>
    instantOf(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds);
const berlin = wallIn(BERLIN);

const nineHours = openIn(BERLIN, on(WEEKDAYS, '08:00', '17:00'));
const sevenHours = openIn(BERLIN, on(WEEKDAYS, '09:00', '16:00'));

/** 2 March 2026 is a Monday. */
describe('adding working time', () => {
  const office = businessCalendar(nineHours);

  test.each([
    [
      'Monday 16:00 and 8 hours of 08 to 17',
      { hours: nineHours, from: '2026-03-02T16:00', minutes: 8 * HOUR, to: '2026-03-03T15:00' },
    ],
    [
      'Monday 11:30 and 20 hours of 09 to 16',
      { hours: sevenHours, from: '2026-03-02T11:30', minutes: 20 * HOUR, to: '2026-03-05T10:30' },
    ],
    ['within a day', { hours: nineHours, from: '2026-03-02T09:00', minutes: HOUR, to: '2026-03-02T10:00' }],
    ['over a weekend', { hours: nineHours, from: '2026-03-06T16:00', minutes: 2 * HOUR, to: '2026-03-09T09:00' }],
    ['from before the opening', { hours: nineHours, from: '2026-03-02T06:00', minutes: HOUR, to: '2026-03-02T09:00' }],
    ['from after the closing', { hours: nineHours, from: '2026-03-02T20:00', minutes: HOUR, to: '2026-03-03T09:00' }],
    ['from a closed day', { hours: nineHours, from: '2026-03-07T12:00', minutes: HOUR, to: '2026-03-09T09:00' }],
    [
      'what fills a day ends with it',
      { hours: nineHours, from: '2026-03-02T16:00', minutes: HOUR, to: '2026-03-02T17:00' },
    ],
    ['from the closing', { hours: nineHours, from: '2026-03-02T17:00', minutes: HOUR, to: '2026-03-03T09:00' }],
    ['nothing', { hours: nineHours, from: '2026-03-07T12:00', minutes: 0, to: '2026-03-07T12:00' }],
  ])('%s', (_what, { hours, from, minutes, to }) => {
    expect(businessCalendar(hours).add(berlin(from), minutes)).toBe(berlin(to));
  });

  test.each([
    ['within a day', { from: '2026-03-02T10:00', minutes: HOUR, to: '2026-03-02T09:00' }],
    ['over a night', { from: '2026-03-03T09:00', minutes: 2 * HOUR, to: '2026-03-02T16:00' }],
    ['over a weekend', { from: '2026-03-09T08:30', minutes: HOUR, to: '2026-03-06T16:30' }],
    ['from after the closing', { from: '2026-03-02T20:00', minutes: HOUR, to: '2026-03-02T16:00' }],
    ['from before the opening', { from: '2026-03-02T06:00', minutes: HOUR, to: '2026-02-27T16:00' }],
    ['from a closed day', { from: '2026-03-07T12:00', minutes: HOUR, to: '2026-03-06T16:00' }],
    ['what fills a day ends at its opening', { from: '2026-03-02T09:00', minutes: HOUR, to: '2026-03-02T08:00' }],
    ['from the opening', { from: '2026-03-02T08:00', minutes: HOUR, to: '2026-02-27T16:00' }],
  ])('before a moment: %s', (_what, { from, minutes, to }) => {
    expect(office.add(berlin(from), -minutes)).toBe(berlin(to));
  });

  test('a pause of 3 business hours shifts due by exactly 3, however long it lasts on the clock', () => {
    const due = berlin('2026-03-10T10:00');
    const paused = office.between(berlin('2026-03-06T15:00'), berlin('2026-03-09T09:00'));
    expect(paused).toBe(3 * HOUR);
    expect(office.add(due, paused)).toBe(berlin('2026-03-10T13:00'));
  });

  test('is exact to the millisecond', () => {
    const from = berlin('2026-03-02T16:59:59.999');
    expect(office.between(from, berlin('2026-03-03T08:00:00.001'))).toBe(2 / 60_000);
    expect(office.add(from, 2 / 60_000)).toBe(berlin('2026-03-03T08:00:00.001'));
    expect(office.add(from, -0.5)).toBe(berlin('2026-03-02T16:59:29.999'));
  });
});

describe('the hours of a week', () => {
  test('a break at noon counts nothing', () => {
    const halves = businessCalendar(openIn(BERLIN, on(WEEKDAYS, '08:00', '12:00'), on(WEEKDAYS, '13:00', '17:00')));
    expect(halves.between(berlin('2026-03-02T11:30'), berlin('2026-03-02T13:30'))).toBe(HOUR);
    expect(halves.add(berlin('2026-03-02T11:30'), HOUR)).toBe(berlin('2026-03-02T13:30'));
    expect(halves.add(berlin('2026-03-02T11:30'), HOUR / 2)).toBe(berlin('2026-03-02T12:00'));
  });

  test('a night belongs to the day on which it began', () => {
    const fridayNight = businessCalendar(openIn(BERLIN, on([5], '22:00', '06:00')));
    expect(fridayNight.between(berlin('2026-03-02T00:00'), berlin('2026-03-09T00:00'))).toBe(8 * HOUR);
    expect(fridayNight.add(berlin('2026-03-06T23:00'), 3 * HOUR)).toBe(berlin('2026-03-07T02:00'));
    expect(fridayNight.add(berlin('2026-03-07T02:00'), -3 * HOUR)).toBe(berlin('2026-03-06T23:00'));
  });

  test('a night that begins on a holiday falls away to its end; one that reaches into it stays', () => {
    const nights = businessCalendar(without(openIn(BERLIN, on(EVERY_DAY, '22:00', '06:00')), '2026-03-04'));
    expect(nights.between(berlin('2026-03-04T00:00'), berlin('2026-03-04T12:00'))).toBe(6 * HOUR);
    expect(nights.between(berlin('2026-03-04T12:00'), berlin('2026-03-05T12:00'))).toBe(0);
  });

  test('until 24:00 and from 00:00 on nothing is lost at midnight', () => {
    const whole = businessCalendar(openIn(BERLIN, on(EVERY_DAY, '00:00', '24:00')));
    expect(whole.between(berlin('2026-03-02T00:00'), berlin('2026-03-04T00:00'))).toBe(48 * HOUR);
    expect(whole.add(berlin('2026-03-02T23:30'), HOUR)).toBe(berlin('2026-03-03T00:30'));
  });

  test('hours that overlap count once', () => {
    const monday = [berlin('2026-03-02T00:00'), berlin('2026-03-03T00:00')] as const;
    const twice = businessCalendar(openIn(BERLIN, on([1], '08:00', '12:00'), on([1], '10:00', '14:00')));
    expect(twice.between(...monday)).toBe(6 * HOUR);
    const within = businessCalendar(openIn(BERLIN, on([1], '08:00', '14:00'), on([1], '10:00', '12:00')));
    expect(within.between(...monday)).toBe(6 * HOUR);
  });

  test('from eight to eight is a whole day', () => {
    const monday = businessCalendar(openIn(BERLIN, on([1], '08:00', '08:00')));
    expect(monday.between(berlin('2026-03-02T00:00'), berlin('2026-03-09T00:00'))).toBe(24 * HOUR);
  });

  test('hours that never begin are not sought for ever', () => {
    const never = businessCalendar(openIn(BERLIN));
    const from = berlin('2026-03-02T10:00');
    expect(never.add(from, 1) > '2046').toBe(true);
    expect(never.add(from, -1) < '2007').toBe(true);
    expect(never.addDays(from, 1) > '2046').toBe(true);
    expect(never.addDays(from, -1) < '2007').toBe(true);
    expect(never.between(from, instantOf(Date.UTC(2100, 0)))).toBe(0);
    expect(businessCalendar(nineHours).add(from, Number.MAX_SAFE_INTEGER) > '2046').toBe(true);
  });
});

describe('a holiday', () => {
  /** Good Friday and Easter Monday. */
  const easter = businessCalendar(without(nineHours, '2026-04-03', '2026-04-06'));

  test('counts nothing, in both directions', () => {
    expect(easter.between(berlin('2026-03-30T00:00'), berlin('2026-04-11T00:00'))).toBe(8 * 9 * HOUR);
    expect(easter.add(berlin('2026-04-02T16:00'), 2 * HOUR)).toBe(berlin('2026-04-07T09:00'));
    expect(easter.add(berlin('2026-04-07T09:00'), -2 * HOUR)).toBe(berlin('2026-04-02T16:00'));
  });

  test('is a day of the zone, not of UTC', () => {
    const tokyo = wallIn('Asia/Tokyo');
    const office = businessCalendar(without(openIn('Asia/Tokyo', on(WEEKDAYS, '08:00', '17:00')), '2026-03-03'));
    expect(office.between(tokyo('2026-03-03T00:00'), tokyo('2026-03-04T00:00'))).toBe(0);
    expect(office.between(tokyo('2026-03-02T00:00'), tokyo('2026-03-03T00:00'))).toBe(9 * HOUR);
  });
});

describe('a week in which the clocks change', () => {
  test.each([
    ['spring', '2026-03-27T16:00', '2026-03-30T15:00'],
    ['autumn', '2026-10-23T16:00', '2026-10-26T15:00'],
  ])('in %s the office opens at its hour', (_season, friday, monday) => {
    const office = businessCalendar(nineHours);
    expect(office.add(berlin(friday), 8 * HOUR)).toBe(berlin(monday));
    expect(office.between(berlin(friday), berlin(monday))).toBe(8 * HOUR);
    expect(office.add(berlin(monday), -8 * HOUR)).toBe(berlin(friday));
  });

  test.each([
    ['shorter', { before: '2026-03-28', after: '2026-03-29', hours: 7 }],
    ['longer', { before: '2026-10-24', after: '2026-10-25', hours: 9 }],
  ])('the night is an hour %s', (_what, { before, after, hours }) => {
    const nights = businessCalendar(openIn(BERLIN, on(EVERY_DAY, '22:00', '06:00')));
    expect(nights.between(berlin(`${before}T12:00`), berlin(`${after}T12:00`))).toBe(hours * HOUR);
    expect(nights.add(berlin(`${before}T22:00`), hours * HOUR)).toBe(berlin(`${after}T06:00`));
  });

  test('hours that lie in the skipped hour come as late as the skip is long, and count once', () => {
    const early = businessCalendar(openIn(BERLIN, on([7], '01:00', '02:30'), on([7], '03:00', '05:00')));
    expect(early.between(berlin('2026-03-29T00:00'), berlin('2026-03-30T00:00'))).toBe(3 * HOUR);
  });

  test('hours that the skip turns round are none, and their day is no working day', () => {
    const early = businessCalendar(openIn(BERLIN, on([7], '02:45', '03:15')));
    expect(early.between(berlin('2026-03-29T00:00'), berlin('2026-03-30T00:00'))).toBe(0);
    expect(early.addDays(berlin('2026-03-22T03:00'), 1)).toBe(berlin('2026-04-05T03:00'));
  });

  test('a day that a clock shows again after midnight goes on in the next one', () => {
    /** One minute after midnight it was 23:01 again. */
    const sunday = wallIn('America/St_Johns')('2010-11-07T00:00');
    const office = businessCalendar(openIn('America/St_Johns', on([7], '00:00', '24:00')));
    const again = instantOf(millisecondsOf(sunday) + 30 * 60_000);
    expect(office.between(sunday, again)).toBe(30);
    expect(office.add(again, -30)).toBe(sunday);
    expect(office.add(again, HOUR)).toBe(instantOf(millisecondsOf(sunday) + 90 * 60_000));
  });

  test('a day that a zone skips has no hours, and is no working day', () => {
    const apia = wallIn('Pacific/Apia');
    const office = businessCalendar(openIn('Pacific/Apia', on(EVERY_DAY, '08:00', '17:00')));
    expect(office.between(apia('2011-12-29T00:00'), apia('2012-01-01T00:00'))).toBe(18 * HOUR);
    expect(office.add(apia('2011-12-29T16:00'), 2 * HOUR)).toBe(apia('2011-12-31T09:00'));
    expect(office.addDays(apia('2011-12-29T10:00'), 1)).toBe(apia('2011-12-31T10:00'));
    const fridays = businessCalendar(openIn('Pacific/Apia', on([5], '08:00', '17:00')));
    expect(fridays.between(apia('2011-12-29T00:00'), apia('2012-01-01T00:00'))).toBe(0);
    const nights = businessCalendar(openIn('Pacific/Apia', on([4], '22:00', '06:00')));
    expect(nights.between(apia('2011-12-29T00:00'), apia('2012-01-01T00:00'))).toBe(8 * HOUR);
  });
});

describe('adding working days', () => {
  const office = businessCalendar(without(nineHours, '2026-03-11'));

  test.each([
    ['one', { from: '2026-03-02T10:00', days: 1, to: '2026-03-03T10:00' }],
    ['five are a week', { from: '2026-03-02T10:00', days: 5, to: '2026-03-09T10:00' }],
    ['over a weekend and a holiday', { from: '2026-03-05T10:00', days: 4, to: '2026-03-12T10:00' }],
    ['none', { from: '2026-03-07T10:00', days: 0, to: '2026-03-07T10:00' }],
    ['from a closed day as from the next open one', { from: '2026-03-07T15:00', days: 1, to: '2026-03-10T15:00' }],
    [
      'the time of day stays, also outside the hours',
      { from: '2026-03-02T22:15:07.008', days: 1, to: '2026-03-03T22:15:07.008' },
    ],
    ['backwards', { from: '2026-03-09T10:00', days: -1, to: '2026-03-06T10:00' }],
    [
      'backwards from a closed day as from the one before',
      { from: '2026-03-08T10:00', days: -1, to: '2026-03-05T10:00' },
    ],
    ['into summer time', { from: '2026-03-27T10:00', days: 1, to: '2026-03-30T10:00' }],
  ])('%s', (_what, { from, days, to }) => {
    expect(office.addDays(berlin(from), days)).toBe(berlin(to));
  });
});

describe('the calendars of a desk', () => {
  const office = businessCalendar(nineHours);
  const named = new Map([['office', office]]);

  test('are found by name; without one, or for one that is gone, it is the desk’s own', () => {
    expect(calendarsOf(named).of('office')).toBe(office);
    expect(calendarsOf(named).of(undefined)).toBe(alwaysOpen);
    expect(calendarsOf(named, 'office').of(undefined)).toBe(office);
    expect(calendarsOf(named, 'office').of('gone')).toBe(office);
    expect(calendarsOf(named, 'gone').of(undefined)).toBe(alwaysOpen);
  });

  test('one is always there', () => {
    expect(calendarsOf(named, 'office').of(ALWAYS_OPEN)).toBe(alwaysOpen);
    expect(calendarsOf(new Map([[ALWAYS_OPEN, office]])).of(ALWAYS_OPEN)).toBe(alwaysOpen);
  });

  test('the one that never closes counts backwards too', () => {
    const from = berlin('2026-03-29T12:00');
    expect(alwaysOpen.add(from, -90.5)).toBe(berlin('2026-03-29T10:29:30'));
    expect(alwaysOpen.add(from, 1 / 3)).toBe(berlin('2026-03-29T12:00:20'));
  });
});

const ZONES = [
  BERLIN,
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Pacific/Apia',
  'UTC',
];
const MINUTES_OF_A_DAY = 1_440;
const DAY = MINUTES_OF_A_DAY * 60_000;
const time = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((each) => String(each).padStart(2, '0')).join(':');
const aDay = fc.constantFrom<Weekday[]>(...EVERY_DAY);
const someHours = fc.record({
  days: fc.uniqueArray(aDay, { minLength: 1 }),
  from: fc.integer({ min: 0, max: MINUTES_OF_A_DAY - 1 }).map(time),
  to: fc.integer({ min: 0, max: MINUTES_OF_A_DAY }).map(time),
});
/** Half of the moments lie near one at which the clocks of the zone change. */
const momentIn = (zone: string) =>
  fc
    .record({
      at: fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2037, 0) }),
      near: fc.boolean(),
      beside: fc.integer({ min: -3 * DAY, max: 3 * DAY }),
    })
    .map(({ at, near, beside }) => {
      const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      return ((near ? there.getTimeZoneTransition('next')?.epochMilliseconds : undefined) ?? at) + beside;
    });
/** Some hours in some zone, with a holiday on each date whose day of the month is among `closed`. */
const someWeek = fc.constantFrom(...ZONES).chain((zone) =>
  fc.record({
    zone: fc.constant(zone),
    weekly: fc.array(someHours, { minLength: 1, maxLength: 3 }),
    closed: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { maxLength: 5 }),
    from: momentIn(zone).map(instantOf),
  }),
);
type Week = typeof someWeek extends fc.Arbitrary<infer Value> ? Value : never;
const calendarOf = ({ zone, weekly, closed }: Week) =>
  businessCalendar({ zone, weekly, isHoliday: (date) => closed.includes(Number(date.slice(8))) });
const someMinutes = fc.integer({ min: 1, max: 4 * DAY }).map((each) => each / 60_000);
const moved = (at: Instant, milliseconds: number): Instant => instantOf(millisecondsOf(at) + milliseconds);

/** When the hours that begin on a date are open, as Temporal says. */
const spansOn = ({ zone, weekly, closed }: Week, date: Temporal.PlainDate): readonly (readonly [number, number])[] => {
  const isThere = date.toZonedDateTime(zone).toPlainDate().equals(date);
  if (!isThere || closed.includes(date.day)) return [];
  return weekly
    .filter(({ days }) => days.some((each) => each === date.dayOfWeek))
    .map(({ from, to }) => {
      const [end, last] =
        to === '24:00' ? ['00:00', date.add({ days: 1 })] : [to, to > from ? date : date.add({ days: 1 })];
      return [
        date.toPlainDateTime(Temporal.PlainTime.from(from)).toZonedDateTime(zone).epochMilliseconds,
        last.toPlainDateTime(Temporal.PlainTime.from(end)).toZonedDateTime(zone).epochMilliseconds,
      ] as const;
    });
};

/** Milliseconds from one moment to another at which it is open: a point further than all before it counts. */
const openBetween = (week: Week, from: number, to: number): number => {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(week.zone).toPlainDate();
  const days = Math.ceil((to - from) / DAY) + 5;
  const spans = Array.from({ length: days }, (_each, index) => spansOn(week, first.add({ days: index - 3 }))).flat();
  let [sum, counted] = [0, from];
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    sum += Math.max(0, Math.min(end, to) - Math.max(start, counted));
    counted = Math.max(counted, end);
  }
  return sum;
};

describe('at any moment, in any zone, by any hours', () => {
  test('working time is what Temporal’s clocks make of the hours', () => {
    fc.assert(
      fc.property(someWeek, fc.integer({ min: 1, max: 12 * DAY }), (week, length) => {
        const from = millisecondsOf(week.from);
        const counted = calendarOf(week).between(week.from, instantOf(from + length));
        expect(Math.round(counted * 60_000)).toBe(openBetween(week, from, from + length));
      }),
      { numRuns: 300 },
    );
  });

  test('what is added lies between, and no later than it must', () => {
    fc.assert(
      fc.property(someWeek, someMinutes, (week, minutes) => {
        const calendar = calendarOf(week);
        const to = calendar.add(week.from, minutes);
        fc.pre(to < moved(week.from, 5_000 * DAY));
        expect(calendar.between(week.from, to)).toBe(minutes);
        expect(calendar.between(week.from, moved(to, -1))).toBeLessThan(minutes);
      }),
    );
  });

  test('what is taken away lies between, and no earlier than it must', () => {
    fc.assert(
      fc.property(someWeek, someMinutes, (week, minutes) => {
        const calendar = calendarOf(week);
        const to = calendar.add(week.from, -minutes);
        fc.pre(to > moved(week.from, -5_000 * DAY));
        expect(calendar.between(to, week.from)).toBe(minutes);
        expect(calendar.between(moved(to, 1), week.from)).toBeLessThan(minutes);
      }),
    );
  });

  test('there and back is the same working moment', () => {
    fc.assert(
      fc.property(someWeek, someMinutes, fc.constantFrom(1, -1), (week, minutes, sign) => {
        const calendar = calendarOf(week);
        const there = calendar.add(week.from, sign * minutes);
        fc.pre(there < moved(week.from, 5_000 * DAY) && there > moved(week.from, -5_000 * DAY));
        const back = calendar.add(there, -sign * minutes);
        expect(calendar.between(back, week.from)).toBe(0);
        expect(calendar.between(week.from, back)).toBe(0);
      }),
    );
  });

  test('parts add up, and more is never earlier', () => {
    fc.assert(
      fc.property(someWeek, someMinutes, someMinutes, (week, one, other) => {
        const calendar = calendarOf(week);
        const middle = calendar.add(week.from, one);
        const both = calendar.add(week.from, one + other);
        fc.pre(both < moved(week.from, 5_000 * DAY));
        expect(calendar.add(middle, other)).toBe(both);
        expect(both > middle).toBe(true);
        expect(Math.round((calendar.between(week.from, middle) + calendar.between(middle, both)) * 60_000)).toBe(
          Math.round((one + other) * 60_000),
        );
        expect(calendar.add(moved(week.from, 1), one) >= middle).toBe(true);
      }),
    );
  });

  test('working days are counted on the wall, and leave the time of day as Temporal has it', () => {
    fc.assert(
      fc.property(someWeek, fc.integer({ min: 1, max: 15 }), fc.constantFrom(1, -1), (week, count, sign) => {
        fc.pre(week.closed.length < 3);
        const from = Temporal.Instant.from(week.from).toZonedDateTimeISO(week.zone);
        const works = (date: Temporal.PlainDate): boolean => spansOn(week, date).some(([start, end]) => start < end);
        let date = from.toPlainDate();
        for (let left = count + (works(date) ? 0 : 1); left > 0; left -= works(date) ? 1 : 0)
          date = date.add({ days: sign });
        const expected = date.toPlainDateTime(from.toPlainTime()).toZonedDateTime(week.zone).epochMilliseconds;
        expect(calendarOf(week).addDays(week.from, sign * count)).toBe(instantOf(expected));
      }),
    );
  });
});

test('a moment is found by what a clock shows, as Temporal finds it, in every zone there is', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(
      zone.chain((each) => fc.tuple(fc.constant(each), momentIn(each), fc.integer({ min: -DAY / 4, max: DAY / 4 }))),
      ([each, at, beside]) => {
        const shown = shownAt(at, each) + beside;
        const plain = Temporal.PlainDateTime.from(new Date(shown).toISOString().slice(0, -1));
        const expected = plain.toZonedDateTime(each, { disambiguation: 'compatible' }).epochMilliseconds;
        expect(momentOf(shown, each)).toBe(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});

import type { Calendar } from './calendar.ts';
import type { Weekday } from './roster.ts';
import { instantOf, millisecondsOf } from './values.ts';
import { momentOf, shownAt } from './zone.ts';

/**
 * Hours that come back every week; `from` and `to` are `HH:MM` on the wall clock, `to` is the first minute after and may be `24:00`.
 * Hours whose end is not after their beginning end on the next day and belong to the day on which they began, as a Shift does.
 */
export interface WeeklyHours {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

export interface BusinessHours {
  /** IANA. The edges of the hours are read on its clocks, so that a desk opens at its hour also after the clocks have changed. */
  readonly zone: string;
  readonly weekly: readonly WeeklyHours[];
  /** Whether the hours that begin on a day (`YYYY-MM-DD` on those clocks) fall away; asked once a day, more or less. */
  isHoliday(date: string): boolean;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** So far a calendar is followed, in days. Nobody waits for longer; a calendar that never opens comes to an end too. */
const HORIZON = 20 * 366;
const MOST_REMEMBERED = 2_000;

/**
 * Working time by weekly hours and holidays. Hours that overlap count once. `add` and `addDays` go no further than 20 years, and
 * answer with the day at that distance when the time asked for is not found; `between` counts no more than the first 20 years.
 */
export const businessCalendar = (hours: BusinessHours): Calendar => {
  const days = daysOf(hours);
  return {
    add: (from, minutes) => {
      const length = Math.round(minutes * MINUTE);
      if (length === 0) return from;
      const at = millisecondsOf(from);
      return instantOf(length > 0 ? forwards(days, at, length) : backwards(days, at, -length));
    },
    between: (from, to) => openBetween(days, millisecondsOf(from), millisecondsOf(to)) / MINUTE,
    addDays: (from, count) => {
      if (count === 0) return from;
      const shown = shownAt(millisecondsOf(from), hours.zone);
      const day = Math.floor(shown / DAY);
      return instantOf(momentOf(shown + (workdayAfter(days, day, count) - day) * DAY, hours.zone));
    },
  };
};

/** Moments in milliseconds; `end` is the first one after. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Days on the clocks of the zone, counted from 1 January 1970; the time between two beginnings belongs to the first. */
interface Days {
  /** Where clocks are put back over midnight, they show a day again after the next has begun. */
  shownAt(at: number): number;
  startOf(day: number): number;
  /** When it is open within that day: in order, and apart. */
  open(day: number): readonly Span[];
  /** Hours begin on it. */
  isWorkday(day: number): boolean;
}

const daysOf = (hours: BusinessHours): Days => {
  const startOf = remembered((day) => momentOf(day * DAY, hours.zone));
  /** A day that a zone skips (Samoa in 2011) has no length, so no hours. */
  const begun = remembered((day) => (startOf(day) === startOf(day + 1) ? [] : spansOf(hours, day)));
  /** Hours of the night reach into the next day, over a skipped one into the day after. */
  const open = remembered((day) => {
    const [start, end] = [startOf(day), startOf(day + 1)];
    return joined([...begun(day - 2), ...begun(day - 1), ...begun(day)].map((span) => within(span, { start, end })));
  });
  return {
    shownAt: (at) => Math.floor(shownAt(at, hours.zone) / DAY),
    startOf,
    open,
    isWorkday: (day) => begun(day).length > 0,
  };
};

const spansOf = ({ zone, weekly, isHoliday }: BusinessHours, day: number): readonly Span[] => {
  const today = weekly.filter(({ days }) => days.some((each) => each === weekdayOf(day)));
  if (today.length === 0 || isHoliday(new Date(day * DAY).toISOString().slice(0, 10))) return [];
  return today
    .map(({ from, to }) => {
      const [begins, ends] = [minuteOf(from), minuteOf(to)];
      const moment = (minute: number): number => momentOf(day * DAY + minute * MINUTE, zone);
      return { start: moment(begins), end: moment(ends > begins ? ends : ends + DAY / MINUTE) };
    })
    .filter(({ start, end }) => end > start);
};

/** `HH:MM` as minutes since midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const within = ({ start, end }: Span, bounds: Span): Span => ({
  start: Math.max(start, bounds.start),
  end: Math.min(end, bounds.end),
});

/** In order; what overlaps or touches is one. */
const joined = (spans: readonly Span[]): readonly Span[] => {
  const sorted = spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  return sorted.reduce<readonly Span[]>((all, span) => {
    const last = all.at(-1);
    if (!last || last.end < span.start) return [...all, span];
    return [...all.slice(0, -1), { start: last.start, end: Math.max(last.end, span.end) }];
  }, []);
};

const lengthOf = ({ start, end }: Span): number => Math.max(0, end - start);

const forwards = (days: Days, from: number, length: number): number => {
  const first = days.shownAt(from);
  let left = length;
  for (let day = first; day < first + HORIZON; day += 1)
    for (const each of days.open(day)) {
      const span = within(each, { start: from, end: Infinity });
      if (left <= lengthOf(span)) return span.start + left;
      left -= lengthOf(span);
    }
  return days.startOf(first + HORIZON);
};

const backwards = (days: Days, from: number, length: number): number => {
  const last = days.shownAt(from) + 1;
  let left = length;
  for (let day = last; day > last - HORIZON; day -= 1)
    for (const each of days.open(day).toReversed()) {
      const span = within(each, { start: -Infinity, end: from });
      if (left <= lengthOf(span)) return span.end - left;
      left -= lengthOf(span);
    }
  return days.startOf(last - HORIZON);
};

const openBetween = (days: Days, start: number, end: number): number => {
  const first = days.shownAt(start);
  let sum = 0;
  for (let day = first; day < first + HORIZON && days.startOf(day) < end; day += 1)
    for (const span of days.open(day)) sum += lengthOf(within(span, { start, end }));
  return sum;
};

const workdayAfter = (days: Days, from: number, count: number): number => {
  let left = Math.abs(count) + (days.isWorkday(from) ? 0 : 1);
  let day = from;
  for (; left > 0 && Math.abs(day - from) < HORIZON; day += Math.sign(count))
    if (days.isWorkday(day + Math.sign(count))) left -= 1;
  return day;
};

/** Asking a clock is slow, and the same days are asked for again and again. */
const remembered = <Value>(made: (day: number) => Value): ((day: number) => Value) => {
  const known = new Map<number, Value>();
  return (day) => {
    const found = known.get(day);
    if (found !== undefined) return found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const value = made(day);
    known.set(day, value);
    return value;
  };
};

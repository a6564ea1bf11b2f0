import { type Instant, instantOf, millisecondsOf } from './values.ts';

/**
 * Counts the time that matters to a promise. Working time is real time elapsed within the hours of the calendar; minutes may be
 * fractions, exact to the millisecond.
 */
export interface Calendar {
  /**
   * The moment after `minutes` of working time have passed since `from`; for negative minutes the moment before `from` with so
   * much between. 0 gives `from`. From outside the hours it counts from the next opening on, backwards from the last closing.
   * What fills an interval to its end is that end, not the next opening; backwards its beginning, not the closing before.
   */
  add(from: Instant, minutes: number): Instant;
  /** Minutes of working time from `from` to `to`; 0 when `to` is not later. */
  between(from: Instant, to: Instant): number;
  /**
   * The same time of day after so many working days (whole; negative: before). 0 gives `from`. A start on a day that is none
   * counts as one on the next working day, backwards on the one before.
   */
  addDays(from: Instant, days: number): Instant;
}

/** Every minute counts: 24 hours on 7 days. A day is 24 hours. */
export const alwaysOpen: Calendar = {
  add: (from, minutes) => instantOf(millisecondsOf(from) + Math.round(minutes * 60_000)),
  between: (from, to) => Math.max(0, (millisecondsOf(to) - millisecondsOf(from)) / 60_000),
  addDays: (from, days) => instantOf(millisecondsOf(from) + days * 86_400_000),
};

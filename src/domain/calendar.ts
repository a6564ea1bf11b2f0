import { type Instant, instantOf, millisecondsOf } from './values.ts';

/** Counts the minutes that matter to a promise. Business calendars with zones and holidays implement the same port. */
export interface Calendar {
  /** The moment after `minutes` of working time have passed since `from`. */
  add(from: Instant, minutes: number): Instant;
  /** Minutes of working time from `from` to `to`; 0 when `to` is not later. */
  between(from: Instant, to: Instant): number;
  /** The same time of day after so many working days. */
  addDays(from: Instant, days: number): Instant;
}

/** Every minute counts: 24 hours on 7 days. */
export const alwaysOpen: Calendar = {
  add: (from, minutes) => instantOf(millisecondsOf(from) + minutes * 60_000),
  between: (from, to) => Math.max(0, (millisecondsOf(to) - millisecondsOf(from)) / 60_000),
  addDays: (from, days) => instantOf(millisecondsOf(from) + days * 86_400_000),
};

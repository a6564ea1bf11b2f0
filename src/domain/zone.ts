import { wallTime } from './values.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What a clock in that zone shows at that moment, to the millisecond, read as if it were UTC. Zones are offset by whole minutes. */
export const shownAt = (at: number, zone: string): number => wallTime(at, zone) + at - Math.floor(at / MINUTE) * MINUTE;

/**
 * The moment at which a clock in that zone shows `shown` (as `shownAt` gives it). Where clocks show it twice it is the earlier one;
 * a time they skip is as long after the skip as it would have been without it. RFC 5545 and Temporal ("compatible") say the same.
 */
export const momentOf = (shown: number, zone: string): number => {
  const before = shown - offsetAt(shown - DAY, zone);
  const after = shown - offsetAt(shown + DAY, zone);
  const found = [Math.min(before, after), Math.max(before, after)].find((at) => shownAt(at, zone) === shown);
  return found ?? before;
};

const offsetAt = (at: number, zone: string): number => shownAt(at, zone) - at;

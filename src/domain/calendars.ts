import { alwaysOpen, type Calendar } from './calendar.ts';
import type { Calendars } from './policy.ts';

/** The calendar every desk has. */
export const ALWAYS_OPEN = '24x7';

/**
 * `named` by their ids, beside the calendar that never closes, whose id nobody else can take. `own` is the id of the desk's own,
 * which answers where no name, or one that is gone, is given.
 */
export const calendarsOf = (named: ReadonlyMap<string, Calendar> = new Map(), own = ALWAYS_OPEN): Calendars => {
  const known = new Map([...named, [ALWAYS_OPEN, alwaysOpen]]);
  const desks = known.get(own) ?? alwaysOpen;
  return { of: (name) => (name === undefined ? desks : (known.get(name) ?? desks)) };
};

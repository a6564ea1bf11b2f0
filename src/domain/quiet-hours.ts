import { isWithin, type Person, type Shift } from './roster.ts';
import { type Instant, instantOf, millisecondsOf, wallTime } from './values.ts';

const MINUTE = 60_000;
const DAY = 1_440;
/** One quiet day may follow another, but not for ever. */
const MOST_DAYS = 7;

/** The next moment at which the clocks of these hours show their end. */
const endOf = ({ to, zone }: Shift, at: Instant): Instant => {
  const now = millisecondsOf(at);
  const shown = wallTime(now, zone);
  const minuteOfDay = Math.floor(shown / MINUTE) % DAY;
  const left = (Number(to.slice(0, 2)) * 60 + Number(to.slice(3, 5)) - minuteOfDay + DAY) % DAY || DAY;
  const wanted = shown + left * MINUTE;
  const guess = now - (now % MINUTE) + left * MINUTE;
  return instantOf(guess - (wallTime(guess, zone) - wanted));
};

/** Until when this person is not to be disturbed; undefined outside their quiet hours. */
export const quietUntil = ({ quiet }: Person, at: Instant): Instant | undefined => {
  if (!quiet || !isWithin(quiet, at)) return undefined;
  let end = endOf(quiet, at);
  for (let days = 0; days < MOST_DAYS && isWithin(quiet, end); days += 1) end = endOf(quiet, end);
  return end;
};

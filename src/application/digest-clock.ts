import type { Desk } from '../domain/policy.ts';
import {
  endOfDay,
  type Instant,
  instantOf,
  later,
  millisecondsOf,
  parseInstant,
  personId,
  type PersonId,
  startOfDay,
  wallTime,
} from '../domain/values.ts';
import { digestSubject, ledBy } from './desk-overview.ts';
import type { Person } from '../domain/roster.ts';
import type { AlertLedger } from './ports/alert-ledger.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Directory } from './ports/directory.ts';
import type { Timers } from './ports/timers.ts';

export interface DigestParts {
  readonly timers: Pick<Timers, 'set'>;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly alerts: Pick<AlertLedger, 'ofPerson'>;
  readonly directory: Directory;
  readonly bookmarks: Bookmarks;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly zone: string;
  /** `HH:MM` in that zone. */
  readonly digestAt: string;
  readonly enqueued: () => void;
}

/** A card a day for each who leads, or is told of something by it, at the same hour of every working day. */
export interface DigestClock {
  /** Sets the timers of those who have none. */
  start(): Promise<void>;
  /** Sends the day's digest; answers when the next is due. */
  fire(person: PersonId, now: Instant): Promise<Instant | undefined>;
}

const PREFIX = 'digest:';

/** Whose digest a timer is for; undefined for another timer. */
export const digestOf = (subject: string): PersonId | undefined =>
  subject.startsWith(PREFIX) ? personId(subject.slice(PREFIX.length)) : undefined;

const dayIn = (zone: string, at: Instant): string => instantOf(wallTime(millisecondsOf(at), zone)).slice(0, 10);

/** The last time the zone's clocks showed that hour: a digest that comes late still ends there. */
const lastBefore = (parts: DigestParts, at: Instant): Instant => {
  const next = nextAfter(parts, at);
  return nextAfter(parts, instantOf(millisecondsOf(next) - LONGEST_DAY_MS));
};
/** A day on which clocks are put back, and a little more. */
const LONGEST_DAY_MS = 25 * 3_600_000 + 60_000;

/** The next time the zone's clocks show that hour. */
const nextAfter = ({ zone, digestAt }: DigestParts, at: Instant): Instant => {
  const shown = wallTime(millisecondsOf(at), zone);
  const today = Date.parse(`${dayIn(zone, at)}T${digestAt}:00Z`);
  const wanted = today > shown ? today : today + 86_400_000;
  const guess = millisecondsOf(at) - (millisecondsOf(at) % 60_000) + (wanted - shown);
  return instantOf(guess - (wallTime(guess, zone) - wanted));
};

export const digestClock = (parts: DigestParts): DigestClock => ({
  start: async () => {
    const dueAt = nextAfter(parts, parts.clock.now());
    for (const { id } of parts.directory.people()) await parts.timers.set({ subject: `${PREFIX}${id}`, dueAt, rev: 1 });
  },
  fire: async (id, now) => {
    const person = parts.directory.person(id);
    if (!person) return undefined;
    const until = lastBefore(parts, now);
    const from = await toldUntil(parts, id, until);
    if (isWorkingDay(parts, dayIn(parts.zone, until)) && from < until) {
      if (leads(parts, person) || (await hasLines(parts, id, { from, until }))) {
        await parts.deliveries.enqueue(
          {
            channel: 'teams',
            kind: 'person-card',
            to: id,
            card: 'digest',
            subject: digestSubject({ id, from, until }),
            rev: 1,
          },
          now,
        );
        parts.enqueued();
      }
      await parts.bookmarks.save(`${PREFIX}${id}`, until);
    }
    return nextAfter(parts, now);
  },
});

const leads = ({ directory }: DigestParts, person: Person): boolean => ledBy(directory, person).length > 0;

interface Told {
  readonly from: Instant;
  readonly until: Instant;
}

/** Whoever leads nobody has a digest only where something was told to them by it. */
const hasLines = async ({ alerts }: DigestParts, id: PersonId, { from, until }: Told): Promise<boolean> =>
  (await alerts.ofPerson(id, { since: from, limit: 500 })).some(({ state, at }) => state === 'digest' && at < until);

const DAY_MS = 86_400_000;
const MOST_DAYS = 14;

/** One goes on where the one before ended, however late or long ago that was; nothing is told twice and nothing left out. */
const toldUntil = async ({ bookmarks }: DigestParts, id: PersonId, until: Instant): Promise<Instant> => {
  const known = parseInstant((await bookmarks.read(`${PREFIX}${id}`)) ?? '');
  const first = instantOf(millisecondsOf(until) - DAY_MS);
  const oldest = instantOf(millisecondsOf(until) - MOST_DAYS * DAY_MS);
  return known === undefined ? first : later(known, oldest);
};

const isWorkingDay = ({ desk, zone }: DigestParts, day: string): boolean => {
  const [from, to] = [startOfDay(day, zone), endOfDay(day, zone)];
  return from !== undefined && to !== undefined && desk.calendars.of(undefined).between(from, to) > 0;
};

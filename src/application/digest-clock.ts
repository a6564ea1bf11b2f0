import type { Desk } from '../domain/policy.ts';
import { isLead } from '../domain/roles.ts';
import {
  endOfDay,
  type Instant,
  instantOf,
  millisecondsOf,
  personId,
  type PersonId,
  startOfDay,
  wallTime,
} from '../domain/values.ts';
import { ledBy } from './desk-overview.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Directory } from './ports/directory.ts';
import type { Timers } from './ports/timers.ts';

export interface DigestParts {
  readonly timers: Pick<Timers, 'set'>;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly directory: Directory;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly zone: string;
  /** `HH:MM` in that zone. */
  readonly digestAt: string;
  readonly enqueued: () => void;
}

/** A card a day for each who leads, at the same hour of every working day. */
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
    for (const person of parts.directory.people())
      if (isLead(person) && ledBy(parts.directory, person).length > 0)
        await parts.timers.set({ subject: `${PREFIX}${person.id}`, dueAt, rev: 1 });
  },
  fire: async (id, now) => {
    const person = parts.directory.person(id);
    if (!person || ledBy(parts.directory, person).length === 0) return undefined;
    const day = dayIn(parts.zone, now);
    if (isWorkingDay(parts, day)) {
      const subject = `${id}~${day}`;
      await parts.deliveries.enqueue(
        { channel: 'teams', kind: 'person-card', to: id, card: 'digest', subject, rev: 1 },
        now,
      );
      parts.enqueued();
    }
    return nextAfter(parts, now);
  },
});

const isWorkingDay = ({ desk, zone }: DigestParts, day: string): boolean => {
  const [from, to] = [startOfDay(day, zone), endOfDay(day, zone)];
  return from !== undefined && to !== undefined && desk.calendars.of(undefined).between(from, to) > 0;
};

import { type Cover, coverBySelf, type CoverWish, mayEndCover, startCover } from '../domain/cover.ts';
import type { Desk } from '../domain/policy.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import { isOnShift, type Person } from '../domain/roster.ts';
import { type Instant, instantOf, millisecondsOf, type PersonActor, type PersonId, refOf } from '../domain/values.ts';
import type { Clock } from './ports/clock.ts';
import type { Covers } from './ports/covers.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Identity } from './ports/identity.ts';
import type { Timers } from './ports/timers.ts';

export interface CoverParts {
  readonly covers: Covers;
  readonly timers: Pick<Timers, 'set'>;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly enqueued: () => void;
}

/** Acting cover as people use it: begun, ended, and told to the owner who comes back. */
export interface CoverService {
  start(wish: CoverWish, by: PersonActor): Promise<Cover | Refusal>;
  /** Ends all that stands in for the owner, said by themself, by whoever stands in, or by a lead; answers how many there were. */
  back(owner: PersonId, by: PersonActor): Promise<number | Refusal>;
  /** Somebody acted in the owner's place; as the one on call they had no cover until now. */
  acted(owner: PersonId, deputy: PersonId, at: Instant): Promise<void>;
  /** Whoever is away and has a backup is covered by them; twice is harmless. */
  coverAbsent(): Promise<void>;
  /** Tells of covers that are over; answers when the next one ends. */
  ended(owner: PersonId, now: Instant): Promise<Instant | undefined>;
}

const SUBJECT = 'cover:';

export const coveredBy = (subject: string): PersonId | undefined =>
  subject.startsWith(SUBJECT) ? (subject.slice(SUBJECT.length) as PersonId) : undefined;

const soonest = (moments: readonly Instant[]): Instant | undefined => [...moments].sort()[0];

/** The timer first: without its cover it finds nothing to do, but a cover without its timer would never be told. */
const keep = async ({ covers, timers, clock }: CoverParts, owner: PersonId, cover: Cover): Promise<void> => {
  const now = clock.now();
  const others = (await covers.of(owner)).flatMap(({ until, told }) => (told ? [] : [until]));
  const dueAt = soonest([...others, cover.until]) ?? cover.until;
  await timers.set({ subject: `${SUBJECT}${owner}`, dueAt, rev: millisecondsOf(now) });
  await covers.change(owner, (all) => (all.some(({ id }) => id === cover.id) ? undefined : [...all, cover]));
};

export const coverService = (parts: CoverParts): CoverService => ({
  start: async (wish, by) => {
    if (!mayRole(by, 'start-cover')) return refuse('role-may-not');
    const earlier = await parts.covers.of(wish.owner);
    const asked = { wish, by, at: parts.clock.now(), earlier };
    const cover = startCover(asked, parts.desk, parts.identity.random());
    if (!isRefusal(cover)) await keep(parts, wish.owner, cover);
    return cover;
  },
  back: async (owner, by) => {
    const now = parts.clock.now();
    const active = (await parts.covers.of(owner)).filter(({ until }) => until > now);
    for (const { id } of active) {
      const ended = await end(parts, { owner, coverId: id, by });
      if (isRefusal(ended)) return ended;
    }
    return active.length;
  },
  acted: (owner, deputy, at) => acted(parts, { owner, deputy, at }),
  coverAbsent: async () => {
    const now = parts.clock.now();
    for (const person of parts.desk.roster.people()) {
      const backup = person.backup === undefined ? undefined : parts.desk.roster.person(person.backup);
      if (!backup || !person.absentUntil || person.absentUntil <= now) continue;
      const between = { owner: refOf(person), deputy: refOf(backup), from: now, until: person.absentUntil };
      await keep(parts, person.id, coverBySelf({ ...between, ground: 'absence' }));
    }
  },
  ended: (owner, now) => tellEnded(parts, owner, now),
});

interface Ending {
  readonly owner: PersonId;
  readonly coverId: string;
  readonly by: PersonActor;
}

const end = async (parts: CoverParts, { owner, coverId, by }: Ending): Promise<Cover | Refusal> => {
  const cover = (await parts.covers.of(owner)).find(({ id }) => id === coverId);
  if (!cover) return refuse('not-found');
  const refused = mayRole(by, 'end-cover') ? mayEndCover(cover, by) : refuse('role-may-not');
  if (refused) return refused;
  const now = parts.clock.now();
  if (cover.until <= now) return cover;
  await parts.timers.set({ subject: `${SUBJECT}${owner}`, dueAt: now, rev: millisecondsOf(now) });
  const stopped = { ...cover, until: now };
  await parts.covers.change(owner, (all) => all.map((each) => (each.id === coverId ? stopped : each)));
  return stopped;
};

const QUARTER_HOUR = 15 * 60_000;
const LONGEST_BREAK = 14 * 86_400_000;

/** When the owner is back at their desk. */
const shiftStart = (person: Person, after: Instant): Instant => {
  const from = millisecondsOf(after);
  for (let at = from - (from % QUARTER_HOUR) + QUARTER_HOUR; at < from + LONGEST_BREAK; at += QUARTER_HOUR)
    if (isOnShift(person, instantOf(at))) return instantOf(at);
  return instantOf(from + LONGEST_BREAK);
};

const acted = async (
  parts: CoverParts,
  { owner, deputy, at }: { owner: PersonId; deputy: PersonId; at: Instant },
): Promise<void> => {
  const { roster } = parts.desk;
  const [absent, standIn] = [roster.person(owner), roster.person(deputy)];
  const known = (await parts.covers.of(owner)).some(
    (each) => each.deputy.id === deputy && each.from <= at && at < each.until,
  );
  if (known || !absent || !standIn || isOnShift(absent, at)) return;
  const until = shiftStart(absent, at);
  const between = { owner: refOf(absent), deputy: refOf(standIn), from: at, until };
  await keep(parts, owner, coverBySelf({ ...between, ground: 'on-call' }));
};

/** One card for each cover that is over. Said first and noted then: the card's key keeps it from being said twice. */
const tellEnded = async (parts: CoverParts, owner: PersonId, now: Instant): Promise<Instant | undefined> => {
  const covers = await parts.covers.of(owner);
  const over = covers.filter(({ until, told }) => until <= now && !told);
  for (const { id } of over)
    await parts.deliveries.enqueue(
      { channel: 'teams', kind: 'person-card', to: owner, card: 'cover-return', subject: id, rev: 1 },
      now,
    );
  if (over.length > 0) {
    parts.enqueued();
    const ids = new Set(over.map(({ id }) => id));
    await parts.covers.change(owner, (all) => all.map((each) => (ids.has(each.id) ? { ...each, told: true } : each)));
  }
  return soonest(covers.flatMap(({ until }) => (until > now ? [until] : [])));
};

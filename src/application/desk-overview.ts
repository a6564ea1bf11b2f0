import type { QueueEntry } from '../domain/effects.ts';
import { type Refusal, refuse } from '../domain/refusals.ts';
import { isLead, mayOwn } from '../domain/roles.ts';
import { membersOf, type Person, type Team } from '../domain/roster.ts';
import {
  type Instant,
  instantOf,
  millisecondsOf,
  type PersonId,
  personId,
  type Priority,
  refOf,
} from '../domain/values.ts';
import type { AlertLedger } from './ports/alert-ledger.ts';
import type { Clock } from './ports/clock.ts';
import type { Directory } from './ports/directory.ts';
import type { Bucket, ListName, QueueLists } from './ports/queue-lists.ts';
import type { DeskStory, DigestStory } from './ports/stories.ts';

export interface OverviewParts {
  readonly queues: Pick<QueueLists, 'page'>;
  readonly alerts: Pick<AlertLedger, 'ofPerson'>;
  readonly directory: Directory;
  readonly clock: Clock;
}

/** The teams somebody leads or manages; for those who lead without a team of their own, the teams they are in. */
export const ledBy = (directory: Directory, person: Person): readonly Team[] => {
  const own = directory.teams().filter(({ lead, manager }) => lead === person.id || manager === person.id);
  return own.length > 0 || !isLead(person) ? own : directory.teams().filter(({ id }) => person.teams.includes(id));
};

const PAGE = 100;
const MOST_PAGES = 5;

/** Of a long list only the first five hundred are counted; `more` says so. */
const entriesOf = async (
  { queues }: OverviewParts,
  list: ListName,
  bucket: Bucket,
): Promise<{ readonly entries: readonly QueueEntry[]; readonly more: boolean }> => {
  const entries: QueueEntry[] = [];
  let from: { continuation?: string } | undefined = {};
  for (let page = 0; from && page < MOST_PAGES; page += 1) {
    const found = await queues.page(list, { bucket, limit: PAGE, by: 'due', ...from });
    entries.push(...found.entries);
    from = found.continuation === undefined ? undefined : { continuation: found.continuation };
  }
  return { entries, more: from !== undefined };
};

const overdueIn = (entries: readonly QueueEntry[], now: Instant): number =>
  entries.filter(({ dueAt }) => dueAt < now).length;

const sooner = (a: QueueEntry, b: QueueEntry): number => Number(a.dueAt > b.dueAt) - Number(a.dueAt < b.dueAt);
const moreUrgent = (a: QueueEntry, b: QueueEntry): number =>
  a.priority === b.priority ? sooner(a, b) : Number(a.priority > b.priority) - Number(a.priority < b.priority);

const SHOWN = 10;

/** What a lead sees of their teams now: who has what, what waits, what burns next. */
export const deskStory = async (parts: OverviewParts, lead: Person): Promise<DeskStory | Refusal> => {
  if (!isLead(lead)) return refuse('role-may-not');
  const now = parts.clock.now();
  const teams = ledBy(parts.directory, lead);
  const members = new Map(
    teams.flatMap(({ id }) => membersOf(parts.directory, id)).map((person) => [person.id, person]),
  );
  const people = await Promise.all(
    [...members.values()].map(async (person) => {
      const { entries } = await entriesOf(parts, { owner: person.id }, 'open');
      const [next] = entries;
      return {
        person: refOf(person),
        open: entries.length,
        overdue: overdueIn(entries, now),
        away: person.absentUntil !== undefined && person.absentUntil > now,
        ...(next ? { next } : {}),
      };
    }),
  );
  const lists = await Promise.all(
    teams.flatMap(({ id }) =>
      (['waiting', 'open'] as const).map(async (bucket) => (await entriesOf(parts, { team: id }, bucket)).entries),
    ),
  );
  const all = lists.flat();
  return {
    mayTake: [...members.values()].filter(mayOwn).map(({ id }) => id),
    people: people.sort((a, b) => b.overdue - a.overdue || b.open - a.open),
    waiting: all
      .filter(({ bucket }) => bucket === 'waiting')
      .sort(moreUrgent)
      .slice(0, SHOWN),
    burning: all.sort(sooner).slice(0, SHOWN),
  };
};

const NONE: Readonly<Record<Priority, number>> = { P1: 0, P2: 0, P3: 0, P4: 0 };

interface Digested {
  readonly id: PersonId;
  readonly from: Instant;
  readonly until: Instant;
}

/** Whose digest, of what time: the same however late it is drawn. Milliseconds since 1970. */
export const digestSubject = ({ id, from, until }: Digested): string =>
  `${id}~${millisecondsOf(from)}~${millisecondsOf(until)}`;

/** Undefined for somebody who is not of the desk. */
export const digestStory = async (parts: OverviewParts, subject: string): Promise<DigestStory | undefined> => {
  const [who = '', begins, ends] = subject.split('~');
  const person = parts.directory.person(personId(who));
  const [began, ended] = [Number(begins), Number(ends)];
  if (!person || !Number.isSafeInteger(began) || !Number.isSafeInteger(ended)) return undefined;
  const [from, until] = [instantOf(began), instantOf(ended)];
  const lines = (await parts.alerts.ofPerson(person.id, { since: from, limit: 500 })).filter(({ at }) => at < until);
  return {
    from,
    until,
    teams: await Promise.all(ledBy(parts.directory, person).map((team) => teamDay(parts, team, parts.clock.now()))),
    lines: lines.filter(({ state }) => state === 'digest' || state === 'rolled-up'),
  };
};

const teamDay = async (parts: OverviewParts, { id }: Team, now: Instant): Promise<DigestStory['teams'][number]> => {
  const [waiting, open] = await Promise.all([
    entriesOf(parts, { team: id }, 'waiting'),
    entriesOf(parts, { team: id }, 'open'),
  ]);
  const all = [...waiting.entries, ...open.entries].sort(sooner);
  const [oldest] = all;
  const byPriority = { ...NONE };
  for (const { priority } of all) byPriority[priority] += 1;
  return {
    teamId: id,
    waiting: waiting.entries.length,
    open: open.entries.length,
    overdue: overdueIn(all, now),
    byPriority,
    ...(oldest
      ? { oldest: { ticketId: oldest.ticketId, number: oldest.number, subject: oldest.subject, dueAt: oldest.dueAt } }
      : {}),
    more: waiting.more || open.more,
  };
};

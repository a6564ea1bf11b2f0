import { alertsOn } from '../domain/alert-explain.ts';
import type { QueueEntry } from '../domain/effects.ts';
import type { Desk } from '../domain/policy.ts';
import { responseDueOf } from '../domain/sla.ts';
import type { Ticket } from '../domain/ticket.ts';
import { entryOf } from '../domain/timeline.ts';
import { type PersonId, type TeamId, ticketId, type TicketId, ticketNumber } from '../domain/values.ts';
import type { Clock } from './ports/clock.ts';
import type { QueueLists, QueuePage } from './ports/queue-lists.ts';
import type { TicketClocks, TicketWithStory } from './ports/stories.ts';
import type { SearchEntry, TicketSearch } from './ports/ticket-search.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface TicketQueries {
  ticket(id: TicketId): Promise<TicketWithStory | undefined>;
  /** The newest part of the story of a ticket that is at hand already. */
  story(ticket: Ticket): Promise<TicketWithStory>;
  byNumber(number: string): Promise<TicketWithStory | undefined>;
  queue(team: TeamId | '*', continuation?: string, limit?: number): Promise<QueuePage>;
  mine(person: PersonId, continuation?: string, limit?: number): Promise<QueuePage>;
  /** The most urgent waiting ticket of these teams. */
  next(teams: readonly TeamId[]): Promise<QueueEntry | undefined>;
  find(words: string, limit: number): Promise<readonly SearchEntry[]>;
}

export interface QueryParts {
  readonly tickets: TicketStore;
  readonly queues: QueueLists;
  readonly search: TicketSearch;
  readonly desk: Desk;
  readonly clock: Clock;
}

const STORY = 12;
const PAGE = 10;

const storyOf = async (parts: QueryParts, id: TicketId): Promise<TicketWithStory | undefined> => {
  const { tickets } = parts;
  const [loaded, recorded] = await Promise.all([tickets.load(id), tickets.history(id, { limit: STORY })]);
  return loaded && { ticket: loaded.ticket, entries: recorded.map(entryOf), clocks: clocksOn(parts, loaded.ticket) };
};

const clocksOn = ({ desk, clock }: QueryParts, ticket: Ticket): TicketClocks => ({
  on: alertsOn({ ticket, desk, at: clock.now() }),
  ...(ticket.firstResponseAt === undefined ? { responseDueAt: responseDueOf(ticket, desk) } : {}),
});

const more = (continuation: string | undefined): { continuation?: string } =>
  continuation === undefined ? {} : { continuation };

export const ticketQueries = (parts: QueryParts): TicketQueries => ({
  ticket: (id) => storyOf(parts, id),
  story: async (ticket) => ({
    ticket,
    entries: (await parts.tickets.history(ticket.id, { limit: STORY })).map(entryOf),
    clocks: clocksOn(parts, ticket),
  }),
  byNumber: async (number) => {
    const id = await parts.queues.byNumber(ticketNumber(number));
    return id === undefined ? undefined : storyOf(parts, ticketId(id));
  },
  queue: (team, continuation, limit = PAGE) =>
    parts.queues.page({ team }, { bucket: 'waiting', limit, ...more(continuation) }),
  mine: (person, continuation, limit = PAGE) =>
    parts.queues.page({ owner: person }, { bucket: 'open', limit, by: 'priority', ...more(continuation) }),
  next: (teams) => mostUrgent(parts, teams),
  find: (words, limit) => parts.search.find(words, { limit }),
});

const mostUrgent = async ({ queues }: QueryParts, teams: readonly TeamId[]): Promise<QueueEntry | undefined> => {
  const pages = await Promise.all(
    teams.map((team) => queues.page({ team }, { bucket: 'waiting', limit: 1, by: 'priority' })),
  );
  const first = pages.flatMap(({ entries }) => entries);
  return first.sort((a, b) => `${a.priority}${a.dueAt}`.localeCompare(`${b.priority}${b.dueAt}`))[0];
};

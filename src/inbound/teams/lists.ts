import type { Person } from '../../domain/roster.ts';
import { ticketId, type TicketId } from '../../domain/values.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { listCard } from '../../views/list-card.ts';
import { envelopeListCard, taskListCard } from '../../views/work-lists.ts';
import { type CardParts, readerOf, teamIn, wordsOf } from './cards.ts';

interface Asked {
  readonly person: Person;
  readonly continuation?: string;
  /** Has just ended, and the list, a moment behind, may still show it. */
  readonly ended?: { readonly ticketId: TicketId; readonly task: number };
}

const next = (list: string, continuation: string | undefined): { next?: { list: string; continuation: string } } =>
  continuation === undefined ? {} : { next: { list, continuation } };

/**
 * Lists are named so that "More" can ask for the next page: `queue:<team>`, `help:<team>`, `envelopes`, `tasks`; everything
 * else, `mine` too, is the person's own.
 */
export const listOf = async (parts: CardParts, name: string, asked: Asked): Promise<AdaptiveCard> => {
  if (name === 'envelopes') return myEnvelopes(parts, asked.person);
  if (name === 'tasks') return myTasks(parts, asked);
  const helping = teamIn(parts, name, 'help:');
  if (helping) {
    const page = await parts.queries.helpQueue(helping.id, asked.continuation);
    const reader = readerOf(parts, asked.person);
    return envelopeListCard({ rows: page.rows, reader, teamName: helping.name, ...next(name, page.continuation) });
  }
  return ticketsOn(parts, name, asked);
};

const myEnvelopes = async (parts: CardParts, person: Person): Promise<AdaptiveCard> =>
  envelopeListCard({ rows: await parts.queries.envelopesOf(person.id), reader: readerOf(parts, person) });

const myTasks = async (parts: CardParts, { person, continuation, ended }: Asked): Promise<AdaptiveCard> => {
  const page = await parts.queries.tasksOf(person.id, continuation);
  const rows = page.rows.filter((row) => row.ticketId !== ended?.ticketId || row.task !== ended.task);
  const now = parts.clock.now();
  return taskListCard({ rows, reader: readerOf(parts, person), now, ...next('tasks', page.continuation) });
};

const ticketsOn = async (parts: CardParts, name: string, { person, continuation }: Asked): Promise<AdaptiveCard> => {
  const words = wordsOf(person).list;
  const team = teamIn(parts, name, 'queue:');
  const page =
    team === undefined
      ? await parts.queries.mine(person.id, continuation)
      : await parts.queries.queue(team.id, continuation);
  return listCard({
    title: team === undefined ? words.mineTitle : words.queueTitle(team.name),
    empty: team === undefined ? words.mineEmpty : words.queueEmpty,
    rows: page.entries,
    reader: readerOf(parts, person),
    ...next(name, page.continuation),
  });
};

/** Tickets that have the words, newest first. */
export const foundList = async (parts: CardParts, words: string, person: Person): Promise<AdaptiveCard> => {
  const said = wordsOf(person).list;
  const found = await parts.queries.find(words, 10);
  const stories = await Promise.all(found.map(({ ticketId: id }) => parts.queries.ticket(ticketId(id))));
  return listCard({
    title: said.foundTitle(words),
    empty: said.foundEmpty,
    reader: readerOf(parts, person),
    rows: stories.flatMap((story) => {
      if (!story) return [];
      const { id, number, subject, priority, dueAt, requester } = story.ticket;
      return [{ ticketId: id, number, subject, priority, dueAt, requester: requester.name }];
    }),
  });
};

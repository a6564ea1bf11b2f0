import type { Directory, Person } from '../../application/ports/directory.ts';
import type { TicketQueries, TicketWithStory } from '../../application/ticket-queries.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { teamId, type TicketId } from '../../domain/values.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { listCard } from '../../views/list-card.ts';
import { ticketCard, type TicketCard } from '../../views/ticket-card.ts';
import { wordsIn } from '../../views/words/language.ts';
import type { Words } from '../../views/words/words.ts';

export interface CardParts {
  readonly queries: TicketQueries;
  readonly directory: Directory;
  /** The desk's IANA time zone. */
  readonly zone: string;
}

export interface Shown {
  readonly person: Person;
  readonly headline?: string;
  /** What the person had typed when they were refused: it is in the field again. */
  readonly drafts?: NonNullable<TicketCard['drafts']>;
}

export const wordsOf = (person: Person): Words => wordsIn(person.language);

export const refusalText = (refusal: Refusal, person: Person): string =>
  wordsOf(person).refusal[refusal.refused](refusal);

const drawn = (
  { directory, zone }: CardParts,
  { ticket, entries }: TicketWithStory,
  { person, headline, drafts }: Shown,
): AdaptiveCard =>
  ticketCard({
    ticket,
    entries,
    teamName: directory.team(ticket.teamId)?.name ?? ticket.teamId,
    reader: { language: person.language, zone },
    ...(headline === undefined ? {} : { headline: { text: headline, style: 'warning' } }),
    ...(drafts ? { drafts } : {}),
  });

/** The ticket as it stands now; undefined when there is none. */
export const cardOf = async (parts: CardParts, id: TicketId, shown: Shown): Promise<AdaptiveCard | undefined> => {
  const found = await parts.queries.ticket(id);
  return found && drawn(parts, found, shown);
};

/** The card of a ticket that an act has just returned. */
export const cardFor = async (
  parts: CardParts,
  ticket: TicketWithStory['ticket'],
  shown: Shown,
): Promise<AdaptiveCard> => drawn(parts, await parts.queries.story(ticket), shown);

export const cardByNumber = async (
  parts: CardParts,
  number: string,
  shown: Shown,
): Promise<AdaptiveCard | undefined> => {
  const found = await parts.queries.byNumber(number);
  return found && drawn(parts, found, shown);
};

/** Lists are named so that "More" can ask for the next page: `queue:<team>`; everything else, `mine` too, is the person's own. */
export const listOf = async (
  parts: CardParts,
  name: string,
  { person, continuation }: { person: Person; continuation?: string },
): Promise<AdaptiveCard> => {
  const words = wordsOf(person).list;
  const team = name.startsWith('queue:') ? parts.directory.team(teamId(name.slice('queue:'.length))) : undefined;
  const page =
    team === undefined
      ? await parts.queries.mine(person.id, continuation)
      : await parts.queries.queue(team.id, continuation);
  return listCard({
    title: team === undefined ? words.mineTitle : words.queueTitle(team.name),
    empty: team === undefined ? words.mineEmpty : words.queueEmpty,
    rows: page.entries,
    reader: { language: person.language, zone: parts.zone },
    ...(page.continuation === undefined ? {} : { next: { list: name, continuation: page.continuation } }),
  });
};

/** Tickets that have the words, newest first. */
export const foundList = async (parts: CardParts, words: string, person: Person): Promise<AdaptiveCard> => {
  const said = wordsOf(person).list;
  const found = await parts.queries.find(words, 10);
  const stories = await Promise.all(found.map(({ ticketId: id }) => parts.queries.ticket(id as TicketId)));
  return listCard({
    title: said.foundTitle(words),
    empty: said.foundEmpty,
    reader: { language: person.language, zone: parts.zone },
    rows: stories.flatMap((story) => (story ? [{ ...pick(story), requester: story.ticket.requester.name }] : [])),
  });
};

const pick = ({ ticket }: TicketWithStory) => ({
  ticketId: ticket.id,
  number: ticket.number,
  subject: ticket.subject,
  priority: ticket.priority,
  dueAt: ticket.dueAt,
});

import type { DeskQueries } from '../../application/desk-queries.ts';
import type { Clock } from '../../application/ports/clock.ts';
import { actorOf, type Directory } from '../../application/ports/directory.ts';
import type { TicketWithStory } from '../../application/ports/stories.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import { teamId, type TeamId, type TicketId } from '../../domain/values.ts';
import { envelopeFacts, ticketFacts } from '../../views/case-facts.ts';
import { type EnvelopeCard, envelopeCard } from '../../views/envelope-card.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { type Reader, readerPerson } from '../../views/ticket-acts.ts';
import { ticketCard, type TicketCard } from '../../views/ticket-card.ts';
import { wordsIn } from '../../views/words/language.ts';
import type { Words } from '../../views/words/words.ts';

export interface CardParts {
  readonly queries: DeskQueries;
  readonly directory: Directory;
  readonly clock: Clock;
  /** The desk's IANA time zone. */
  readonly zone: string;
}

export interface Shown {
  readonly person: Person;
  readonly headline?: string;
  /** The refusal the headline tells of: its way out stands below. */
  readonly refusal?: Refusal;
  /** What the person had typed when they were refused: it is in the field again. */
  readonly drafts?: NonNullable<TicketCard['drafts']>;
}

export const wordsOf = (person: Person): Words => wordsIn(person.language);

export const refusalText = (refusal: Refusal, person: Person): string =>
  wordsOf(person).refusal[refusal.refused](refusal);

export const readerOf = ({ directory, zone }: CardParts, person: Person, acting = false): Reader => ({
  language: person.language,
  zone,
  person: readerPerson(directory, person, acting),
});

/** Who can be chosen for something: the reader first, then the colleagues of their teams, then everybody else. */
export const choicesFor = ({ directory }: CardParts, person: Person): { id: string; name: string }[] => {
  const near = ({ id, teams }: Person): number =>
    id === person.id ? 0 : teams.some((each) => person.teams.includes(each)) ? 1 : 2;
  return [...directory.people()]
    .filter(({ shared }) => !shared)
    .sort((a, b) => near(a) - near(b) || a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ id, name }));
};

const drawn = async (parts: CardParts, story: TicketWithStory, shown: Shown): Promise<AdaptiveCard> => {
  const { person, headline, refusal, drafts } = shown;
  const [acting, similar] = await Promise.all([
    parts.queries.actsFor(story.ticket, actorOf(person)),
    parts.queries.solvedAlike(story),
  ]);
  return ticketCard({
    ...ticketFacts(parts.directory, story, { help: parts.queries.help(story), now: parts.clock.now() }),
    reader: readerOf(parts, person, acting),
    people: choicesFor(parts, person),
    similar,
    ...(headline === undefined ? {} : { headline: { text: headline, style: 'warning' } }),
    ...(refusal ? { refusal } : {}),
    ...(drafts ? { drafts } : {}),
  });
};

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

export interface ShownEnvelope extends Pick<Shown, 'person' | 'headline'> {
  readonly ticketId: TicketId;
  readonly seq: number;
  readonly drafts?: NonNullable<EnvelopeCard['drafts']>;
}

/** The envelope as it stands now; undefined when there is none. */
export const envelopeCardOf = async (
  parts: CardParts,
  { person, headline, ticketId, seq, drafts }: ShownEnvelope,
): Promise<AdaptiveCard | undefined> => {
  const story = await parts.queries.envelope(ticketId, seq);
  if (!story) return undefined;
  const acting = await parts.queries.actsFor(story.ticket, actorOf(person));
  return envelopeCard({
    ...envelopeFacts(parts.directory, story),
    reader: readerOf(parts, person, acting),
    ...(headline === undefined ? {} : { headline: { text: headline, style: 'warning' } }),
    ...(drafts ? { drafts } : {}),
  });
};

/** Teams by their names; one that is gone by its id. */
export const teamNamesIn =
  ({ directory }: CardParts) =>
  (id: TeamId): string =>
    directory.team(id)?.name ?? id;

export const teamIn = ({ directory }: CardParts, name: string, prefix: string) =>
  name.startsWith(prefix) ? directory.team(teamId(name.slice(prefix.length))) : undefined;

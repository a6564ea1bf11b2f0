import type { EnvelopeRow } from '../../src/domain/envelope.ts';
import type { Recorded } from '../../src/domain/events.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import type { Language, PersonActor, TeamId } from '../../src/domain/values.ts';
import { type EnvelopeCard, envelopeCard } from '../../src/views/envelope-card.ts';
import type { AdaptiveCard } from '../../src/views/expand.ts';
import type { Reader, ReaderPerson } from '../../src/views/ticket-acts.ts';
import { type TicketCard, ticketCard } from '../../src/views/ticket-card.ts';
import { ofType } from '../support/cards.ts';
import { aDesk, type Step, storyOf } from '../support/given.ts';

const { roster } = aDesk;

/** The people of the tests as readers of cards, and the cards they read. */
export const readerOf = (person?: PersonActor, language: Language = 'en'): Reader => ({
  language,
  zone: 'UTC',
  ...(person ? { person: readerPerson(person) } : {}),
});

const readerPerson = ({ id, roles, actingFor }: PersonActor): ReaderPerson => ({
  id,
  roles,
  teams: roster.person(id)?.teams ?? [],
  leads: roster
    .teams()
    .filter(({ lead }) => lead === id)
    .map((team) => team.id),
  ...(actingFor ? { actingFor: true } : {}),
});

export const teamNameOf = (id: TeamId): string => roster.team(id)?.name ?? id;
const teams = roster.teams().map(({ id, name }) => ({ id, name }));
export const people = roster.people().map(({ id, name }) => ({ id, name }));

/** The card of a ticket to which this has happened, as this person reads it; nobody: the base card. */
export const ticketCardOf = (step: Step, person?: PersonActor, details: Partial<TicketCard> = {}): AdaptiveCard => {
  const { ticket, recorded, now } = storyOf(step);
  return ticketCard({
    ticket,
    entries: recorded.map(entryOf).toReversed(),
    teamName: 'Service',
    reader: readerOf(person),
    now,
    teamNameOf,
    teams,
    people,
    ...details,
  });
};

const proseOf = (
  recorded: readonly Recorded[],
  row: EnvelopeRow,
): Pick<EnvelopeCard, 'contract' | 'result' | 'query'> => {
  const eventAt = (rev: number | undefined): Recorded['event'] | undefined =>
    recorded.find((each) => each.rev === rev)?.event;
  const asked = eventAt(row.contractRev);
  const answered = eventAt(row.resultRev);
  const query = recorded.findLast(({ event }) => event.type === 'OwnerQueried')?.event;
  return {
    contract: asked?.type === 'EnvelopeRequested' || asked?.type === 'EnvelopeEdited' ? asked : { question: '' },
    ...(answered?.type === 'EnvelopeCompleted' ? { result: answered.text } : {}),
    ...(row.state === 'waiting_on_owner' && query?.type === 'OwnerQueried' ? { query: query.text } : {}),
  };
};

/** The card of the first envelope of a ticket. */
export const envelopeCardOf = (step: Step, person?: PersonActor, details: Partial<EnvelopeCard> = {}): AdaptiveCard => {
  const { ticket, recorded } = storyOf(step);
  const row = ticket.envelopes?.[0];
  if (!row) throw new TypeError('the story has no envelope: begin with asksForHelp()');
  return envelopeCard({
    ticket,
    row,
    ...proseOf(recorded, row),
    entries: recorded
      .map(entryOf)
      .filter(({ envelope }) => envelope === row.seq)
      .toReversed(),
    teamNameOf,
    teams,
    reader: readerOf(person),
    ...details,
  });
};

/** What the card's buttons do, in their order. */
export const verbsOf = (card: object): string[] => ofType(card, 'Action.Execute').map(({ verb }) => String(verb));

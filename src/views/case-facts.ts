import type { AlertFacts } from '../domain/alert-explain.ts';
import type { EnvelopeRow } from '../domain/envelope.ts';
import type { Roster, Team } from '../domain/roster.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import type { Instant, TeamId } from '../domain/values.ts';
import type { HelpOffer } from './ask-help.ts';
import type { Choice } from './elements.ts';

/** What a card of a case is drawn with, whoever reads it and wherever it is drawn. */

const teamNames =
  (roster: Roster) =>
  (id: TeamId): string =>
    roster.team(id)?.name ?? id;

const teamChoices = (roster: Roster): readonly Choice[] => roster.teams().map(({ id, name }) => ({ id, name }));

interface TicketStory {
  readonly ticket: Ticket;
  readonly entries: readonly TimelineEntry[];
  readonly clocks: { readonly on: readonly AlertFacts[]; readonly responseDueAt?: Instant };
}

interface Suggested {
  readonly teams: readonly Team[];
  readonly question: string;
}

export const ticketFacts = (
  roster: Roster,
  story: TicketStory,
  known: { readonly help: Suggested; readonly now: Instant },
) => {
  const help: HelpOffer = {
    suggestions: known.help.teams.map(({ id, name }) => ({ teamId: id, name })),
    question: known.help.question,
  };
  const { clocks, ...told } = story;
  return {
    ...told,
    alerts: clocks.on,
    ...(clocks.responseDueAt ? { responseDueAt: clocks.responseDueAt } : {}),
    teamName: teamNames(roster)(story.ticket.teamId),
    teamNameOf: teamNames(roster),
    teams: teamChoices(roster),
    now: known.now,
    help,
  };
};

/** The expert's last question stands on the card as long as it waits for an answer. */
export const envelopeFacts = <Story extends { readonly row: EnvelopeRow; readonly entries: readonly TimelineEntry[] }>(
  roster: Roster,
  story: Story,
) => {
  const query = story.entries.find(({ event }) => event === 'OwnerQueried')?.text;
  return {
    ...story,
    teamNameOf: teamNames(roster),
    teams: teamChoices(roster),
    ...(story.row.state === 'waiting_on_owner' && query !== undefined ? { query } : {}),
  };
};

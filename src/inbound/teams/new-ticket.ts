import type { Identity } from '../../application/ports/identity.ts';
import { actorOf } from '../../application/ports/directory.ts';
import type { TicketService } from '../../application/ticket-service.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import { teamId } from '../../domain/values.ts';
import { newTicketCard } from '../../views/desk-cards.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { type CardAction, textOf } from './activity.ts';
import { cardFor, type CardParts, refusalText } from './cards.ts';

export interface NewTicketParts extends CardParts {
  readonly service: TicketService;
  readonly identity: Identity;
}

/** The form sends once: its key names the ticket. A refusal gives the form back with what was typed. */
export const openNew = async (
  parts: NewTicketParts,
  { action, person }: { readonly action: CardAction; readonly person: Person },
): Promise<{ readonly card: AdaptiveCard }> => {
  const { data } = action;
  const typed = { caller: textOf(data, 'caller'), subject: textOf(data, 'subject'), text: textOf(data, 'text') };
  const team = textOf(data, 'teamId');
  const key = textOf(data, 'key') || parts.identity.random();
  const outcome = await parts.service.openOnBehalf({
    ...typed,
    by: actorOf(person),
    from: `${person.id}|${key}|${parts.identity.sha256(JSON.stringify([typed, team]))}`,
    ...(team ? { teamId: teamId(team) } : {}),
  });
  if (!isRefusal(outcome)) return { card: await cardFor(parts, outcome.ticket, { person }) };
  return { card: newTicketForm(parts, person, { key, typed, teamId: team, fault: refusalText(outcome, person) }) };
};

interface FormState {
  readonly key: string;
  readonly teamId?: string;
  readonly typed?: { readonly caller: string; readonly subject: string; readonly text: string };
  readonly fault?: string;
}

export const newTicketForm = ({ directory }: CardParts, person: Person, state: FormState): AdaptiveCard =>
  newTicketCard({
    language: person.language,
    teams: directory.teams().map(({ id, name }) => ({ id, name })),
    ...state,
    teamId: state.teamId ?? person.teams[0] ?? '',
  });

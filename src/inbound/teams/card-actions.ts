import type { Identity } from '../../application/ports/identity.ts';
import type { Person } from '../../application/ports/directory.ts';
import { actorOf } from '../../application/ports/directory.ts';
import type { Log } from '../../application/ports/log.ts';
import { REFUSAL_STATUS } from '../../application/refusal-status.ts';
import type { TicketService } from '../../application/ticket-service.ts';
import { isRefusal, refuse } from '../../domain/refusals.ts';
import { commandId, teamId, ticketId } from '../../domain/values.ts';
import { newTicketCard } from '../../views/desk-cards.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { type CardAction, textOf } from './activity.ts';
import { askOf, typedText } from './ask.ts';
import { cardOf, type CardParts, listOf, refusalText } from './cards.ts';

export interface ActionParts extends CardParts {
  readonly service: TicketService;
  readonly identity: Identity;
  readonly log: Log;
}

/** One tap by one person; `key` names the activity, so that the same tap delivered twice is one act. */
export interface Tapped {
  readonly person: Person;
  readonly action: CardAction;
  readonly key: string;
}

/** A card that takes the old one's place, or words where there is nothing to show. */
export type ActionAnswer = { readonly card: AdaptiveCard } | { readonly text: string };

/** Whatever is tapped, the answer is a current card: after the act, or with the reason why not above it. */
export const answerAction = async (parts: ActionParts, tapped: Tapped): Promise<ActionAnswer> => {
  const { action, person } = tapped;
  if (action.verb === 'new') return openNew(parts, tapped);
  if (action.verb === 'more') {
    const continuation = textOf(action.data, 'continuation');
    return {
      card: await listOf(parts, textOf(action.data, 'list'), { person, ...(continuation ? { continuation } : {}) }),
    };
  }
  const id = ticketId(textOf(action.data, 'ticketId'));
  if (action.verb === 'open') return show(parts, id, { person });
  const by = actorOf(person);
  const ask = askOf({ action, by, id: commandId(`tap:${parts.identity.sha256(`${tapped.key}|${by.id}`)}`) });
  const outcome = ask ? await parts.service.act(id, ask) : refuse('unknown-command');
  if (!isRefusal(outcome)) return show(parts, id, { person });
  parts.log[REFUSAL_STATUS[outcome.refused].level]('refused', { code: outcome.refused, verb: action.verb, ticket: id });
  return show(parts, id, { person, headline: refusalText(outcome, person), draft: typedText(action) });
};

const show = async (
  parts: ActionParts,
  id: ReturnType<typeof ticketId>,
  shown: Parameters<typeof cardOf>[2],
): Promise<ActionAnswer> => {
  const card = id === '' ? undefined : await cardOf(parts, id, shown);
  return card ? { card } : { text: refusalText(refuse('not-found'), shown.person) };
};

/** The form sends once: its key names the ticket. A refusal gives the form back with what was typed. */
const openNew = async (parts: ActionParts, { action, person }: Tapped): Promise<ActionAnswer> => {
  const { data } = action;
  const typed = { caller: textOf(data, 'caller'), subject: textOf(data, 'subject'), text: textOf(data, 'text') };
  const team = textOf(data, 'teamId');
  const key = textOf(data, 'key') || parts.identity.random();
  const outcome = await parts.service.openOnBehalf({
    ...typed,
    by: actorOf(person),
    from: `${person.id}|${key}`,
    ...(team ? { teamId: teamId(team) } : {}),
  });
  if (!isRefusal(outcome)) return show(parts, outcome.ticket.id, { person });
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

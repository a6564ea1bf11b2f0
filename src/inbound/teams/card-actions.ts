import { StoreError } from '../../application/errors.ts';
import type { Identity } from '../../application/ports/identity.ts';
import type { Person } from '../../application/ports/directory.ts';
import { actorOf } from '../../application/ports/directory.ts';
import type { Log } from '../../application/ports/log.ts';
import { REFUSAL_STATUS } from '../../application/refusal-status.ts';
import type { TicketService } from '../../application/ticket-service.ts';
import { isRefusal, refuse } from '../../domain/refusals.ts';
import { commandId, teamId, ticketId, type TicketId } from '../../domain/values.ts';
import { newTicketCard } from '../../views/desk-cards.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { type CardAction, textOf } from './activity.ts';
import { askOf, typedTexts } from './ask.ts';
import { cardFor, cardOf, type CardParts, listOf, refusalText } from './cards.ts';

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
  if (action.verb === 'more') return { card: await nextPage(parts, tapped) };
  const id = ticketIdIn(action);
  if (id === undefined) return { text: refusalText(refuse('not-found'), person) };
  if (action.verb === 'open') return show(parts, id, { person });
  const by = actorOf(person);
  const ask = askOf({
    action,
    by,
    id: commandId(`tap:${parts.identity.sha256(`${tapped.key}|${by.id}`)}`),
    zone: parts.zone,
  });
  const outcome = ask ? await parts.service.act(id, ask) : refuse('unknown-command');
  if (!isRefusal(outcome)) return { card: await cardFor(parts, outcome.ticket, { person }) };
  parts.log[REFUSAL_STATUS[outcome.refused].level]('refused', { code: outcome.refused, verb: action.verb, ticket: id });
  return show(parts, id, { person, headline: refusalText(outcome, person), drafts: typedTexts(action) });
};

const TICKET_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** A ticket's id is a UUID; what else a client sends is no key that a store may be asked for. */
const ticketIdIn = ({ data }: CardAction): TicketId | undefined => {
  const text = textOf(data, 'ticketId');
  return TICKET_ID.test(text) ? ticketId(text) : undefined;
};

/** Where the list goes on; from its beginning when nobody knows the place any more. */
const nextPage = async (parts: ActionParts, { action: { data }, person }: Tapped): Promise<AdaptiveCard> => {
  const list = textOf(data, 'list');
  const continuation = textOf(data, 'continuation');
  if (continuation === '') return listOf(parts, list, { person });
  try {
    return await listOf(parts, list, { person, continuation });
  } catch (fault) {
    if (!(fault instanceof StoreError) || fault.kind !== 'invalid') throw fault;
    return listOf(parts, list, { person });
  }
};

const show = async (parts: ActionParts, id: TicketId, shown: Parameters<typeof cardOf>[2]): Promise<ActionAnswer> => {
  const card = await cardOf(parts, id, shown);
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

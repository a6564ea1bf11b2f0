import { StoreError } from '../../application/errors.ts';
import { actorOf } from '../../application/ports/directory.ts';
import type { Identity } from '../../application/ports/identity.ts';
import type { Log } from '../../application/ports/log.ts';
import { REFUSAL_STATUS } from '../../application/refusal-status.ts';
import type { TicketService } from '../../application/ticket-service.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import { commandId, type TicketId } from '../../domain/values.ts';
import { leaverForm } from '../../views/cover-cards.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { deskOverview } from './alert-acts.ts';
import { asTicketId, type CardAction, numberOf, textOf } from './activity.ts';
import { askOf, typedElsewhere, typedTexts } from './ask.ts';
import { sortAsks } from './ask-ownership.ts';
import { cardOf, type CardParts, choicesFor, envelopeCardOf, readerOf, refusalText, type Shown } from './cards.ts';
import { contactAct, type ContactParts } from './contact.ts';
import type { DeskActParts } from './desk-act.ts';
import { deskAct } from './desk-acts.ts';
import { listOf } from './lists.ts';
import { openNew } from './new-ticket.ts';
import type { Tap } from './tap.ts';
import { timelineOf } from './timeline.ts';

export interface ActionParts extends CardParts, DeskActParts, ContactParts {
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
  const done = (await deskAct(parts, tapped)) ?? (await contactAct(parts, tapped));
  if (done) return done;
  const id = asTicketId(textOf(action.data, 'ticketId'));
  if (id === undefined) return { text: refusalText(refuse('not-found'), person) };
  return (await look(parts, id, tapped)) ?? act(parts, id, tapped);
};

/** Taps that only show something. */
const look = async (
  parts: ActionParts,
  id: TicketId,
  { action, person }: Tapped,
): Promise<ActionAnswer | undefined> => {
  switch (action.verb) {
    case 'open':
      return show(parts, id, { person });
    case 'open-envelope':
      return showEnvelope(parts, id, { person, seq: numberOf(action.data, 'envelope') ?? 0 });
    case 'timeline': {
      const card = await timelineOf(parts, id, { person, data: action.data });
      return card ? { card } : { text: refusalText(refuse('not-found'), person) };
    }
    case 'use-answer': {
      const similar = asTicketId(textOf(action.data, 'similarId'));
      const solved = similar && (await parts.queries.solution(similar));
      return show(parts, id, { person, ...(solved ? { drafts: { reply: solved.answer } } : {}) });
    }
    default:
      return undefined;
  }
};

const act = async (parts: ActionParts, id: TicketId, tapped: Tapped): Promise<ActionAnswer> => {
  const { action, person } = tapped;
  const by = actorOf(person);
  const tap: Tap = {
    action,
    by,
    ticketId: id,
    id: commandId(`tap:${parts.identity.sha256(`${tapped.key}|${by.id}`)}`),
    zone: parts.zone,
    roster: parts.directory,
  };
  const asks = action.verb === 'sort' ? sortAsks(tap) : [askOf(tap)];
  let refusal: Refusal | undefined;
  for (const ask of asks) {
    const outcome = ask ? await parts.service.act(id, ask) : refuse('unknown-command');
    if (isRefusal(outcome)) {
      refusal = outcome;
      parts.log[REFUSAL_STATUS[outcome.refused].level]('refused', {
        code: outcome.refused,
        verb: action.verb,
        ticket: id,
      });
      break;
    }
  }
  return after(parts, { id, tapped, refusal });
};

/** The verbs of those who help: what comes back is the envelope they work on. */
const HELPERS: ReadonlySet<string> = new Set([
  'accept-envelope',
  'decline-envelope',
  'release-envelope',
  'query-owner',
  'complete-envelope',
]);

interface Done {
  readonly id: TicketId;
  readonly tapped: Tapped;
  readonly refusal: Refusal | undefined;
}

const after = async (parts: ActionParts, { id, tapped, refusal }: Done): Promise<ActionAnswer> => {
  const { person, action } = tapped;
  const headline = refusal ? { headline: refusalText(refusal, person) } : {};
  const ofEnvelope = HELPERS.has(action.verb) || (action.verb === 'add-task' && 'envelope' in action.data);
  if (ofEnvelope && !(refusal && isPast(refusal) && typedElsewhere(action) !== '')) {
    const drafts = refusal ? { drafts: envelopeDrafts(action) } : {};
    return showEnvelope(parts, id, { person, seq: numberOf(action.data, 'envelope') ?? 0, ...headline, ...drafts });
  }
  if (refusal && action.verb === 'propose-transfer') {
    const form = {
      reader: readerOf(parts, person),
      people: choicesFor(parts, person),
      evidence: textOf(action.data, 'evidence'),
    };
    const story = await parts.queries.ticket(id);
    if (story) return { card: leaverForm({ ...form, ticket: story.ticket, fault: refusalText(refusal, person) }) };
  }
  if (textOf(action.data, 'list') === 'tasks' && !refusal) {
    const ended = { ticketId: id, task: numberOf(action.data, 'task') ?? 0 };
    return { card: await listOf(parts, 'tasks', { person, ended }) };
  }
  if (textOf(action.data, 'list') === 'desk' && !refusal) return deskOverview(parts, tapped);
  return show(parts, id, { person, ...headline, ...(refusal ? { refusal, drafts: typedTexts(action) } : {}) });
};

/** The envelope has no field for these words any more: on the ticket they stand in the note. */
const isPast = ({ refused }: Refusal): boolean =>
  refused === 'envelope-not-now' || refused === 'only-the-expert' || refused === 'envelope-unknown';

const envelopeDrafts = ({ data }: CardAction): Record<'result' | 'query' | 'reason', string> => ({
  result: textOf(data, 'result'),
  query: textOf(data, 'query'),
  reason: textOf(data, 'declineReason'),
});

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

const show = async (parts: ActionParts, id: TicketId, shown: Shown): Promise<ActionAnswer> => {
  const card = await cardOf(parts, id, shown);
  return card ? { card } : { text: refusalText(refuse('not-found'), shown.person) };
};

type ShownHere = Omit<Parameters<typeof envelopeCardOf>[1], 'ticketId'>;

const showEnvelope = async (parts: ActionParts, id: TicketId, shown: ShownHere): Promise<ActionAnswer> => {
  const card = await envelopeCardOf(parts, { ...shown, ticketId: id });
  return card ? { card } : show(parts, id, { person: shown.person });
};

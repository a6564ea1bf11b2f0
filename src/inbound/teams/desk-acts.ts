import type { BulkWish } from '../../application/bulk-service.ts';
import { actorOf } from '../../application/ports/directory.ts';
import { isRefusal, refuse } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import { commandId, endOfDay, type TicketId } from '../../domain/values.ts';
import { bulkPickCard, type PickedAct } from '../../views/bulk-card.ts';
import { coverForm } from '../../views/cover-cards.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { acknowledge, askFromAlert, deskOverview, openFromAlert } from './alert-acts.ts';
import { MATRIX_ACTS } from './matrix-acts.ts';
import { asTicketId, type CardAction, nameOf, textOf } from './activity.ts';
import { cardOf, choicesFor, readerOf, refusalText, wordsOf } from './cards.ts';
import {
  type Answer,
  type DeskAct,
  type DeskActParts,
  jobShown,
  namedIn,
  said,
  storyIn,
  type Tapped,
} from './desk-act.ts';
import { confirmLeaver, moveLeaver, transferForm } from './leaver-acts.ts';

const listed = (text: string): TicketId[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .flatMap((each) => asTicketId(each) ?? []);

const wishIn = ({ data }: CardAction): BulkWish | undefined => {
  switch (textOf(data, 'act')) {
    case 'accept':
      return { kind: 'accept' };
    case 'cancel':
      return { kind: 'cancel', reason: textOf(data, 'cancelReason') === 'spam' ? 'spam' : 'mistake' };
    case 'link':
      return { kind: 'link', parent: textOf(data, 'parentNumber') };
    case 'answer':
      return { kind: 'answer', text: textOf(data, 'answerText') };
    default:
      return undefined;
  }
};

/** As many of each list as a card has room for. */
const MOST_CHOSEN = 30;

/** What can be chosen: the person's own tickets, and what waits for their teams. */
export const pickCard = async (
  parts: DeskActParts,
  person: Person,
  again?: { fault: string; data: CardAction['data'] },
): Promise<AdaptiveCard> => {
  const pages = await Promise.all([
    parts.queries.mine(person.id, undefined, MOST_CHOSEN),
    ...person.teams.slice(0, 3).map((team) => parts.queries.queue(team, undefined, MOST_CHOSEN)),
  ]);
  const rows = pages.flatMap(({ entries }) => entries);
  if (!again) return bulkPickCard({ rows, reader: readerOf(parts, person) });
  const { fault, data } = again;
  const typed = {
    tickets: listed(textOf(data, 'tickets')),
    act: textOf(data, 'act') as PickedAct,
    cancelReason: textOf(data, 'cancelReason'),
    parentNumber: textOf(data, 'parentNumber'),
    answerText: textOf(data, 'answerText'),
  };
  return bulkPickCard({ rows, reader: readerOf(parts, person), fault, typed });
};

const preview: DeskAct = async (parts, { person, action, key }) => {
  const wish = wishIn(action);
  const by = actorOf(person);
  const job = wish && (await parts.bulk.preview(wish, listed(textOf(action.data, 'tickets')), { by, key }));
  if (job && !isRefusal(job)) return jobShown(parts, job, person);
  const fault = job ? refusalText(job, person) : wordsOf(person).job.pickNeeded;
  return { card: await pickCard(parts, person, { fault, data: action.data }) };
};

const orders =
  (what: 'confirm' | 'cancel' | 'undo'): DeskAct =>
  async (parts, { person, action }) => {
    const job = await parts.jobs[what](nameOf(action.data, 'jobId'), actorOf(person));
    return isRefusal(job) ? said(job, person) : jobShown(parts, job, person);
  };

/** The lead's answer to a storm: a preview, like every act on many. */
const stormLink: DeskAct = async (parts, { person, action, key }) => {
  const parent = await storyIn(parts, action);
  const children = listed(textOf(action.data, 'children'));
  const wish = { kind: 'link', parent: parent?.ticket.number ?? '' } as const;
  const job = await parts.bulk.preview(wish, children, { by: actorOf(person), key });
  return isRefusal(job) ? said(job, person) : jobShown(parts, job, person);
};

/** From a ticket's card a teammate steps in on this ticket; from the form, one person stands in for another. */
const startCover: DeskAct = async (parts, { person, action }) => {
  const { data } = action;
  const until = endOfDay(textOf(data, 'coverUntil'), parts.zone);
  const ticket = (await storyIn(parts, action))?.ticket;
  const owner = ticket && 'ownerId' in ticket && ticket.ownerId ? ticket.ownerId : namedIn(parts, action, 'owner');
  const reason = textOf(data, 'coverReason');
  const wish = {
    owner,
    deputy: ticket ? person.id : namedIn(parts, action, 'deputy'),
    until: until ?? parts.clock.now(),
    ...(reason === '' ? {} : { reason }),
    ...(ticket ? { ticketId: ticket.id } : {}),
  };
  const cover = await parts.covers.start(wish, actorOf(person));
  const fault = isRefusal(cover) ? refusalText(cover, person) : undefined;
  if (ticket) {
    const card = await cardOf(parts, ticket.id, { person, ...(fault ? { headline: fault } : {}) });
    return card ? { card } : { text: fault ?? '' };
  }
  if (isRefusal(cover)) {
    const form = { reader: readerOf(parts, person), people: choicesFor(parts, person), fault: fault ?? '' };
    return { card: coverForm({ ...form, ownerId: owner, deputyId: wish.deputy }) };
  }
  return { text: wordsOf(person).cover.started(cover.deputy.name, cover.owner.name) };
};

/** From the card of the part: what decides is the ticket it was split from. */
const takeBack: DeskAct = async (parts, { person, action, key }) => {
  const part = (await storyIn(parts, action))?.ticket;
  if (!part?.splitFrom) return said(refuse('not-split'), person);
  const id = commandId(`take-back:${part.id}:${parts.identity.sha256(key).slice(0, 16)}`);
  const ask = { type: 'take-back', by: actorOf(person), id, number: part.number } as const;
  const outcome = await parts.service.act(part.splitFrom.id, ask);
  const refused = isRefusal(outcome) ? { headline: refusalText(outcome, person) } : {};
  const card = await cardOf(parts, isRefusal(outcome) ? part.id : part.splitFrom.id, { person, ...refused });
  return card ? { card } : said(refuse('not-found'), person);
};

const DESK_ACTS: Readonly<Record<string, DeskAct>> = {
  'bulk-preview': preview,
  'job-confirm': orders('confirm'),
  'job-cancel': orders('cancel'),
  'job-undo': orders('undo'),
  'storm-link': stormLink,
  'start-cover': startCover,
  'move-leaver': moveLeaver,
  'leaver-confirm': confirmLeaver,
  'transfer-form': transferForm,
  'undo-split': takeBack,
  'acknowledge-alert': acknowledge,
  'alert-help': askFromAlert,
  'alert-open': openFromAlert,
  desk: deskOverview,
  ...MATRIX_ACTS,
};

/** What is asked of the desk itself; undefined for a verb that belongs to a ticket. */
export const deskAct = async (parts: DeskActParts, tapped: Tapped): Promise<Answer | undefined> =>
  Object.hasOwn(DESK_ACTS, tapped.action.verb) ? DESK_ACTS[tapped.action.verb]?.(parts, tapped) : undefined;

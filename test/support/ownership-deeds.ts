import type { Door, TransferProposal } from '../../src/domain/ownership-commands.ts';
import type { DeclareMajor, Link, MergeTarget, Split } from '../../src/domain/relation-commands.ts';
import type { Triage } from '../../src/domain/sorting-commands.ts';
import {
  type Actor,
  type Instant,
  instantOf,
  millisecondsOf,
  type PersonActor,
  type PersonRef,
  type Priority,
  refOf,
  type TeamId,
  ticketId,
  ticketNumber,
  type TicketRef,
  type TicketType,
} from '../../src/domain/values.ts';
import { carla, type Deed, does, frame, theDesk } from './deeds.ts';

/** Whose ticket it is to be: reserving, offering, routing, and what is asked for in vain. */
export const reserves = (by: PersonActor): Deed => does({ type: 'reserve', by });
export const undoesReserve = (by: PersonActor): Deed => does({ type: 'undo-reserve', by });
export const assigns = (by: Actor, to: PersonRef, door: Door = 'card'): Deed =>
  does({ type: 'assign', by, to: refOf(to), door });
export const offers = (by: PersonActor, to: PersonRef): Deed => does({ type: 'offer', by, to: refOf(to) });
export const declinesOffer = (by: PersonActor, reason = 'I am on the road.'): Deed =>
  does({ type: 'decline-offer', by, reason });
export const routes = (by: PersonActor, teamId: TeamId, reason?: string): Deed =>
  does({ type: 'route', by, teamId, ...(reason === undefined ? {} : { reason }) });

const DAY = 86_400_000;

/** `days`: how long the owner will be away, from the deed on. */
interface Leave {
  readonly reason?: TransferProposal['reason'] | 'none';
  readonly days?: number;
  readonly evidence?: string;
}

const proposal = (at: Instant, to: PersonRef, { reason = 'extended_leave', days = 31, evidence }: Leave) => ({
  to: refOf(to),
  ...(reason === 'none' ? {} : { reason }),
  from: at,
  until: instantOf(millisecondsOf(at) + days * DAY),
  evidence: evidence ?? 'Parental leave, letter of January 2nd.',
});

export const proposesTransfer =
  (by: PersonActor, to: PersonRef, leave: Leave = {}): Deed =>
  (at) => ({ ...frame(at), type: 'propose-transfer', by, ...proposal(at, to, leave) });
export const confirmsTransfer = (by: PersonActor): Deed => does({ type: 'confirm-transfer', by });
export const rejectsTransfer = (by: PersonActor, reason = 'They are back on Monday.'): Deed =>
  does({ type: 'reject-transfer', by, reason });
/** One ticket of a leaver: `proposer` made the case, `by` confirms it. */
export const movesLeaver =
  (
    by: PersonActor,
    proposer: PersonActor,
    { owner, to, ...leave }: Leave & { owner: PersonRef; to: PersonRef },
  ): Deed =>
  (at) => ({
    ...frame(at),
    type: 'transfer',
    by,
    owner: refOf(owner),
    proposal: { ...proposal(at, to, { reason: 'termination', ...leave }), by: proposer },
  });

/** What a ticket is sorted by. */
export const triages = (by: PersonActor, { impact, urgency }: Pick<Triage, 'impact' | 'urgency'>): Deed =>
  does({ type: 'triage', by, ...(impact ? { impact } : {}), ...(urgency ? { urgency } : {}) });
export const overrides = (by: PersonActor, priority: Priority, reason = 'The board waits.'): Deed =>
  does({ type: 'override-priority', by, priority, reason });
export const setsType = (by: PersonActor, ticketType: TicketType): Deed => does({ type: 'set-type', by, ticketType });
export const tags = (by: PersonActor, ...names: readonly string[]): Deed => does({ type: 'tag', by, tags: names });

/** Other tickets, as they stood when they were looked up. */
export const another: MergeTarget = {
  id: ticketId('ticket-2'),
  number: ticketNumber('INC-1002'),
  requesterId: carla.id,
  ended: false,
};
export const part: TicketRef = { id: ticketId('ticket-3'), number: ticketNumber('INC-1003') };
export const parent: Link['parent'] = {
  id: ticketId('ticket-4'),
  number: ticketNumber('INC-1004'),
  isChild: false,
  ended: false,
};

export const proposesMerge = (by: PersonActor, into: MergeTarget = another): Deed =>
  does({ type: 'propose-merge', by, into });
export const merges = (by: PersonActor, into: MergeTarget = another): Deed => does({ type: 'merge', by, into });
export const refusesMerge = (by: PersonActor, reason = 'Mine is about the scanner.'): Deed =>
  does({ type: 'refuse-merge', by, reason });
export const undoesMerge = (by: PersonActor): Deed => does({ type: 'undo-merge', by });
export const splits = (by: PersonActor, words: Partial<Pick<Split, 'subject' | 'text'>> = {}): Deed =>
  does({ type: 'split', by, into: part, subject: 'The scanner', text: 'And the scanner is slow.', ...words });
/** `splitDaysAgo`: as the part that was looked up says. */
export const undoesSplit =
  (by: PersonActor, splitDaysAgo = 0): Deed =>
  (at) => ({
    ...frame(at),
    type: 'undo-split',
    by,
    into: part,
    splitAt: instantOf(millisecondsOf(at) - splitDaysAgo * DAY),
  });
export const links = (
  by: PersonActor,
  to: Link['parent'] = parent,
  { hasChildren = false }: { hasChildren?: boolean } = {},
): Deed => does({ type: 'link', by, parent: to, hasChildren });
export const unlinks = (by: PersonActor): Deed => does({ type: 'unlink', by });
export const declaresMajor = (
  by: PersonActor,
  coordinator: PersonRef,
  cadence: Pick<DeclareMajor, 'cadenceMinutes'> = {},
): Deed => does({ type: 'declare-major', by, coordinator: refOf(coordinator), ...cadence });
export const updatesMajor = (by: PersonActor, text = 'We found the cause.'): Deed =>
  does({ type: 'major-update', by, text });
export const hearsFromParent = (
  by: PersonActor,
  { text = 'We found the cause.', mail = true, from = parent as TicketRef } = {},
): Deed => does({ type: 'parent-update', by, text, mail, parent: { id: from.id, number: from.number } });

/** What another ticket reports. */
export const isTold =
  (what: 'absorbed' | 'absorption-undone' | 'split-undone', from: TicketRef): Deed =>
  (at) => ({ ...frame(at), type: 'told', by: theDesk, what, from: { id: from.id, number: from.number } });

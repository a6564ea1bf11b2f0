import type {
  Change,
  CustomerAnswered,
  CustomerWroteIn,
  EventOf,
  NoteAdded,
  Recorded,
  TicketAccepted,
  TicketEvent,
  TicketOpened,
  TicketResolved,
} from './events.ts';
import type { EnvelopeEvent } from './envelope-events.ts';
import type { AlertEvent } from './alert-events.ts';
import { isWork } from './evolve-alert.ts';
import { evolveBeside } from './evolve-beside.ts';
import type { evolveRelation } from './evolve-desk.ts';
import type { OwnershipEvent } from './ownership-events.ts';
import { canBeMailed, seal, type Ticket, type TicketFacts } from './ticket.ts';
import type { MailThread } from './values.ts';

/** The next ticket. Every ticket comes from here (or from the store's mapper), so every ticket is sealed. */
export const evolve = (ticket: Ticket | undefined, event: TicketEvent): Ticket | undefined => {
  if (event.type === 'TicketOpened') return ticket ?? seal(opened(event));
  if (!ticket) return undefined;
  const worked = isWork(event) ? { workedAt: event.at } : {};
  return seal({ ...plain(next(ticket, event)), ...worked, rev: ticket.rev + 1, changedAt: event.at } as TicketFacts);
};

/** A ticket is the fold of its events. */
export const fold = (history: readonly Recorded[]): Ticket | undefined =>
  history.reduce<Ticket | undefined>((ticket, { event }) => evolve(ticket, event), undefined);

/** Fields that belong to one state only and end with it. */
const base = (ticket: Ticket): Record<string, unknown> => {
  const {
    pausedAt: _p,
    followUpAt: _f,
    resolvedAt: _r,
    closedAt: _c,
    cancelledAt: _x,
    cancelReason: _y,
    duplicateOf: _d,
    mergedInto: _m,
    reserved: _v,
    offered: _o,
    ...rest
  } = ticket as Ticket & Record<string, unknown>;
  return rest;
};

const owned = (ticket: Ticket): boolean => 'ownerId' in ticket && ticket.ownerId !== undefined;

type Next = Record<string, unknown>;

/** What is undefined leaves the ticket: a field exists only where it means something. */
const plain = (facts: Next): Next =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

type OnMainPath = Exclude<
  Change,
  { type: OwnershipEvent['type'] | EnvelopeEvent['type'] | AlertEvent['type'] | Beside }
>;
type Beside =
  'TicketTriaged' | 'PriorityOverridden' | 'TypeSet' | 'TicketTagged' | Parameters<typeof evolveRelation>[1]['type'];

const next = (ticket: Ticket, event: Change): Next => {
  const beside = evolveBeside(ticket, event);
  return beside ? { ...ticket, ...beside } : onMainPath(ticket, event as OnMainPath);
};

const onMainPath = (ticket: Ticket, event: OnMainPath): Next => {
  switch (event.type) {
    case 'NoteAdded':
      return event.engagement === 'call' && !canBeMailed(ticket) ? answered(ticket, event) : { ...ticket };
    case 'CustomerAnswered':
      return answered(ticket, event);
    case 'CustomerWroteIn':
      return wroteIn(ticket, event);
    case 'TicketAccepted':
      return { ...base(ticket), ...acceptance(event) };
    case 'TicketPaused':
      return { ...base(ticket), status: 'pending_customer', pausedAt: event.at };
    case 'TicketPended': {
      const status = event.for === 'vendor' ? 'pending_vendor' : 'pending_change';
      return { ...base(ticket), status, followUpAt: event.followUpAt };
    }
    case 'TicketResumed':
      return { ...base(ticket), status: 'in_progress', dueAt: event.dueAt };
    case 'TicketResolved':
      return resolved(ticket, event);
    case 'TicketReopened':
      return { ...base(ticket), status: 'in_progress', dueAt: event.dueAt, reopenCount: ticket.reopenCount + 1 };
    case 'TicketClosed': {
      const resolvedAt = 'resolvedAt' in ticket ? ticket.resolvedAt : event.at;
      return { ...base(ticket), status: 'closed', resolvedAt, closedAt: event.at };
    }
    case 'TicketCancelled':
    case 'TicketMerged':
    case 'PartTakenBack':
      return cancelled(ticket, event);
    case 'CancelUndone':
    case 'MergeUndone':
      return { ...base(ticket), status: owned(ticket) ? 'in_progress' : 'new', dueAt: event.dueAt };
  }
};

/** Ended without an answer: cancelled by a person, gone into another ticket, or taken back into the one it was split from. */
const cancelled = (ticket: Ticket, event: EventOf<'TicketCancelled' | 'TicketMerged' | 'PartTakenBack'>): Next => {
  const ended = { ...base(ticket), mergeProposed: undefined, status: 'cancelled', cancelledAt: event.at };
  if (event.type === 'PartTakenBack') return { ...ended, cancelReason: 'mistake' };
  const dueAt = event.dueAt ?? ticket.dueAt;
  return event.type === 'TicketMerged'
    ? { ...ended, dueAt, cancelReason: 'merged', mergedInto: event.into }
    : { ...ended, dueAt, cancelReason: event.reason, duplicateOf: event.duplicateOf };
};

const acceptance = ({ by, at }: TicketAccepted): Next => ({
  status: 'in_progress',
  ownerId: by.id,
  ownerName: by.name,
  ownerAcceptedAt: at,
});

/** The resolved mail is an answer too; where an answer resolved it, that one counted already. */
const resolved = (ticket: Ticket, { at, mail, dueAt = ticket.dueAt }: TicketResolved): Next => ({
  ...base(withoutWaiting(ticket)),
  dueAt,
  ...(mail ? { firstResponseAt: ticket.firstResponseAt ?? at } : {}),
  status: 'resolved',
  resolvedAt: at,
});

const withoutWaiting = (ticket: Ticket): Ticket => {
  const { unansweredSince: _since, ...rest } = ticket;
  return rest as Ticket;
};

/** Whoever cannot be reached by mail is answered by a call. */
const answered = (ticket: Ticket, event: CustomerAnswered | NoteAdded): Record<string, unknown> => ({
  ...withoutWaiting(ticket),
  firstResponseAt: ticket.firstResponseAt ?? event.at,
});

const wroteIn = (ticket: Ticket, event: CustomerWroteIn): Record<string, unknown> => {
  const attachments = ticket.attachments + event.prose.attachments.length;
  const counts = event.verdict === 'reply' && !event.unverified;
  return counts
    ? { ...ticket, attachments, ...threadAfter(ticket, event), unansweredSince: ticket.unansweredSince ?? event.at }
    : { ...ticket, attachments };
};

/** A copy that reached another mailbox of the desk does not move the conversation there: answers leave from where they left. */
const threadAfter = ({ thread }: Ticket, event: CustomerWroteIn): { thread?: MailThread } =>
  thread === undefined || thread.mailbox === event.thread.mailbox ? { thread: event.thread } : {};

const opened = (event: TicketOpened): TicketFacts => {
  const { ticketType, prose, ticketId, by: _by, at, acknowledge: _acknowledge, type: _type, ...facts } = event;
  return {
    ...facts,
    id: ticketId,
    type: ticketType,
    status: 'new',
    rev: 1,
    createdAt: at,
    queuedAt: at,
    changedAt: at,
    unansweredSince: at,
    attachments: prose.attachments.length,
    reopenCount: 0,
    queueHops: 0,
  };
};

import type { AlertRow, SlaMarks } from './alert-row.ts';
import type { EnvelopeRow } from './envelope.ts';
import type { TaskRow } from './task.ts';
import type {
  Attachment,
  Channel,
  ContactId,
  Instant,
  Language,
  Level,
  MailAddress,
  MailThread,
  PersonId,
  PersonRef,
  Priority,
  Role,
  TeamId,
  TicketId,
  TicketNumber,
  TicketRef,
  TicketType,
} from './values.ts';

/** Marks a value made by `seal()`: a copy of it loses the guard, so copies are refused by a lint rule. */
declare const sealed: unique symbol;

export interface Requester {
  readonly contactId: ContactId;
  readonly name: string;
  /** Missing when the mail had no sender: such a ticket cannot be answered by mail. */
  readonly address?: MailAddress;
}

/** What a ticket is opened with; the command says it, the event keeps it. */
export interface Opening {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly ticketType: TicketType;
  readonly subject: string;
  readonly requester: Requester;
  readonly teamId: TeamId;
  readonly channel: Channel;
  readonly language: Language;
  readonly impact?: Level;
  readonly urgency?: Level;
  /** The latest message of the customer's thread, to be answered. */
  readonly thread?: MailThread;
  readonly follows?: TicketId;
  /** The ticket this one was split from. */
  readonly splitFrom?: TicketRef;
  /** The original could not be read; it is attached. */
  readonly unreadable?: true;
  /** Whether an acknowledgement is owed: never to automatic or unreadable mail. */
  readonly acknowledge: boolean;
}

interface Facts extends Omit<Opening, 'ticketId' | 'ticketType' | 'acknowledge'> {
  readonly [sealed]?: true;
  readonly id: TicketId;
  /** Counts the ticket's events; `fold(events)` of that many gives this ticket. */
  readonly rev: number;
  readonly type: TicketType;
  readonly priority: Priority;
  readonly createdAt: Instant;
  readonly queuedAt: Instant;
  readonly changedAt: Instant;
  readonly dueAt: Instant;
  readonly firstResponseAt?: Instant;
  /** The oldest customer mail without an answer. */
  readonly unansweredSince?: Instant;
  /** When somebody last did something that moved it. */
  readonly workedAt?: Instant;
  /** Alerts whose condition holds, and how many there ever were. */
  readonly alerts?: readonly AlertRow[];
  readonly alertsEver?: number;
  readonly warned?: SlaMarks;
  readonly attachments: number;
  readonly reopenCount: number;
  readonly queueHops: number;
  /** The priority a lead has set, whatever impact and urgency say. */
  readonly overridden?: Priority;
  readonly tags?: readonly string[];
  readonly envelopes?: readonly EnvelopeRow[];
  readonly envelopesEver?: number;
  readonly tasks?: readonly TaskRow[];
  readonly tasksEver?: number;
  /** Who answered envelopes that were confirmed, and how many. */
  readonly credit?: readonly (PersonRef & { readonly answers: number })[];
  readonly transfer?: ProposedTransfer;
  readonly mergeProposed?: TicketRef & { readonly ownerId: PersonId; readonly by: PersonRef };
  readonly parent?: TicketRef;
  readonly major?: MajorIncident;
}

/** Exceptional: the owner leaves, or is away for more than 30 days. Proposed by one person, confirmed by another. */
export interface ProposedTransfer {
  readonly to: PersonRef;
  readonly reason: TransferReason;
  readonly proposedBy: PersonRef;
  readonly proposedAt: Instant;
}

export type TransferReason = 'termination' | 'extended_leave';

/** One cause, many customers: children hang on it, and a coordinator keeps everybody told. */
export interface MajorIncident {
  readonly coordinator: PersonRef;
  readonly cadenceMinutes: number;
  readonly nextUpdateAt: Instant;
}

/** Someone tapped Accept a moment ago and may still undo it. */
export interface Reservation extends PersonRef {
  readonly roles: readonly Role[];
  readonly until: Instant;
}

interface Ownership {
  readonly ownerId: PersonId;
  readonly ownerName: string;
  readonly ownerAcceptedAt: Instant;
}

export type NewTicket = Facts & {
  readonly status: 'new';
  readonly reserved?: Reservation;
  /** A lead asked this person to take it. */
  readonly offered?: PersonRef & { readonly by: PersonRef; readonly until: Instant };
};
export type InProgressTicket = Facts & Ownership & { readonly status: 'in_progress' };
export type PendingCustomerTicket = Facts &
  Ownership & { readonly status: 'pending_customer'; readonly pausedAt: Instant };
export type PendingOtherTicket = Facts &
  Ownership & { readonly status: 'pending_vendor' | 'pending_change'; readonly followUpAt: Instant };
export type OwnedTicket = InProgressTicket | PendingCustomerTicket | PendingOtherTicket;
export type ResolvedTicket = Facts & Ownership & { readonly status: 'resolved'; readonly resolvedAt: Instant };
export type ClosedTicket = Facts &
  Ownership & { readonly status: 'closed'; readonly resolvedAt: Instant; readonly closedAt: Instant };
export type CancelledTicket = Facts &
  Partial<Ownership> & {
    readonly status: 'cancelled';
    readonly cancelledAt: Instant;
    readonly cancelReason: CancelReason;
    readonly duplicateOf?: TicketNumber;
    readonly mergedInto?: TicketRef;
  };

export type Ticket = NewTicket | OwnedTicket | ResolvedTicket | ClosedTicket | CancelledTicket;
export type Status = Ticket['status'];
export type CancelReason = 'spam' | 'duplicate' | 'mistake' | 'merged';

/** What a file is worth on a card and in a mail: never the bytes. */
export type FileFacts = Pick<Attachment, 'name' | 'size'>;

export const isOpen = (ticket: Ticket): boolean =>
  ticket.status !== 'resolved' && ticket.status !== 'closed' && ticket.status !== 'cancelled';

/** Whether a mail would reach the customer: an answer that goes nowhere must not look like one. */
export const canBeMailed = ({ requester, thread }: Ticket): boolean =>
  requester.address !== undefined && thread !== undefined;

export const ownerOf = (ticket: Ticket): PersonRef | undefined =>
  'ownerId' in ticket && ticket.ownerId !== undefined && ticket.ownerName !== undefined
    ? { id: ticket.ownerId, name: ticket.ownerName }
    : undefined;

/** Someone assigned `ownerId`. Ownership changes only by events, and after accept only by an exceptional transfer. */
export class OwnershipError extends Error {
  override readonly name = 'OwnershipError' as const;
  constructor(number: string) {
    super(`${number}: the owner is set once, by accept. Ask for help with the ticket instead of handing it over.`);
  }
}

const deepFreeze = (value: unknown): void => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  for (const key of Object.keys(value)) deepFreeze(Reflect.get(value, key));
  Object.freeze(value);
};

/** What a ticket is made of before it is sealed: only evolve() and the store's document mapper hold one. */
export type TicketFacts<T extends Ticket = Ticket> = T extends Ticket ? Omit<T, typeof sealed> : never;

/**
 * Freezes the whole ticket; its `ownerId` is a property that can be read but throws OwnershipError when assigned, in every
 * state, also where nobody owns it yet.
 */
export const seal = (facts: TicketFacts): Ticket => {
  const { ownerId, ...rest } = facts as TicketFacts & { ownerId?: PersonId };
  const ticket = Object.defineProperty({ ...rest }, 'ownerId', {
    enumerable: ownerId !== undefined,
    configurable: false,
    get: () => ownerId,
    set: () => {
      throw new OwnershipError(facts.number);
    },
  });
  deepFreeze(ticket);
  return ticket as unknown as Ticket;
};

import type { AlertEvent } from './alert-events.ts';
import type { MailVerdict } from './arrival.ts';
import type { EnvelopeEvent } from './envelope-events.ts';
import type { Happened } from './frame.ts';
import type { OwnershipEvent } from './ownership-events.ts';
import type { RelationEvent } from './relation-events.ts';
import type { SortingEvent } from './sorting-events.ts';
import type { CancelReason, Opening } from './ticket.ts';
import type { Actor, Instant, MailThread, Priority, Prose, TicketNumber } from './values.ts';

/** Everything that ever happened to a ticket; each is a timeline entry of its own. Prose lives here and nowhere else. */
export interface TicketOpened extends Happened<Actor>, Opening {
  readonly type: 'TicketOpened';
  readonly priority: Priority;
  readonly dueAt: Instant;
  readonly prose: Prose;
}

export type TicketAccepted = Happened & { readonly type: 'TicketAccepted' };
export type NoteAdded = Happened & {
  readonly type: 'NoteAdded';
  readonly text: string;
  readonly engagement?: 'call' | 'meeting';
};
/** `intent` decides which mail the customer gets: an answer, a question, or an answer that resolves. */
export type CustomerAnswered = Happened & {
  readonly type: 'CustomerAnswered';
  readonly text: string;
  readonly intent: 'answer' | 'question' | 'solution';
};
export type CustomerWroteIn = Happened<Actor> & {
  readonly type: 'CustomerWroteIn';
  readonly verdict: MailVerdict;
  readonly prose: Prose;
  readonly thread: MailThread;
  readonly unverified?: true;
};
export type TicketPaused = Happened & { readonly type: 'TicketPaused' };
export type TicketPended = Happened & {
  readonly type: 'TicketPended';
  readonly for: 'vendor' | 'change';
  readonly followUpAt: Instant;
  readonly text?: string;
};
export type TicketResumed = Happened<Actor> & { readonly type: 'TicketResumed'; readonly dueAt: Instant };
/** `text` is what the customer reads in the one resolved mail; absent when an answer resolved it. */
export type TicketResolved = Happened & {
  readonly type: 'TicketResolved';
  readonly text?: string;
  readonly mail: boolean;
  /** Set when it ended a pause. */
  readonly dueAt?: Instant;
};
export type TicketReopened = Happened<Actor> & {
  readonly type: 'TicketReopened';
  readonly dueAt: Instant;
  readonly text?: string;
};
export type TicketClosed = Happened<Actor> & { readonly type: 'TicketClosed' };
export type TicketCancelled = Happened & {
  readonly type: 'TicketCancelled';
  readonly reason: CancelReason;
  readonly duplicateOf?: TicketNumber;
  readonly dueAt?: Instant;
};
export type CancelUndone = Happened & {
  readonly type: 'CancelUndone';
  readonly dueAt: Instant;
  /** What it was cancelled as a duplicate of. */
  readonly duplicateOf?: TicketNumber;
};

export type TicketEvent =
  | TicketOpened
  | TicketAccepted
  | NoteAdded
  | CustomerAnswered
  | CustomerWroteIn
  | TicketPaused
  | TicketPended
  | TicketResumed
  | TicketResolved
  | TicketReopened
  | TicketClosed
  | TicketCancelled
  | CancelUndone
  | OwnershipEvent
  | EnvelopeEvent
  | SortingEvent
  | RelationEvent
  | AlertEvent;

/** One event of a kind, e.g. `EventOf<'TicketAccepted'>`. */
export type EventOf<T extends TicketEvent['type']> = Extract<TicketEvent, { type: T }>;

/** Everything but the opening. */
export type Change = Exclude<TicketEvent, TicketOpened>;

/** An event with its place in the ticket's history: the first is 1. */
export interface Recorded {
  readonly rev: number;
  readonly event: TicketEvent;
}

/** What some events mean to one part of the desk; to the others it means nothing. */
export type ForEvents<Rest extends unknown[], Result> = {
  readonly [T in TicketEvent['type']]?: (event: EventOf<T>, ...rest: Rest) => Result;
};

/** Asks a table what it makes of an event; undefined where the event means nothing to it. */
export const toldBy = <Rest extends unknown[], Result>(
  table: ForEvents<Rest, Result>,
  event: TicketEvent,
  ...rest: Rest
): Result | undefined => {
  const tell = table[event.type] as ((event: TicketEvent, ...rest: Rest) => Result) | undefined;
  return tell?.(event, ...rest);
};

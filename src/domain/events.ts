import type { MailVerdict } from './arrival.ts';
import type { CancelReason, Opening } from './ticket.ts';
import type { Actor, Instant, MailThread, PersonActor, Priority, Prose, TicketNumber } from './values.ts';

/** Everything that ever happened to a ticket; each is a timeline entry of its own. Prose lives here and nowhere else. */
interface Happened<By extends Actor = Actor> {
  readonly at: Instant;
  readonly by: By;
}

export interface TicketOpened extends Happened, Opening {
  readonly type: 'TicketOpened';
  readonly priority: Priority;
  readonly dueAt: Instant;
  readonly prose: Prose;
}

export type TicketAccepted = Happened<PersonActor> & { readonly type: 'TicketAccepted' };
export type NoteAdded = Happened<PersonActor> & { readonly type: 'NoteAdded'; readonly text: string };
/** `intent` decides which mail the customer gets: an answer, a question, or an answer that resolves. */
export type CustomerAnswered = Happened<PersonActor> & {
  readonly type: 'CustomerAnswered';
  readonly text: string;
  readonly intent: 'answer' | 'question' | 'solution';
};
export type CustomerWroteIn = Happened & {
  readonly type: 'CustomerWroteIn';
  readonly verdict: MailVerdict;
  readonly prose: Prose;
  readonly thread: MailThread;
  readonly unverified?: true;
};
export type TicketPaused = Happened<PersonActor> & { readonly type: 'TicketPaused' };
export type TicketPended = Happened<PersonActor> & {
  readonly type: 'TicketPended';
  readonly for: 'vendor' | 'change';
  readonly followUpAt: Instant;
  readonly text?: string;
};
export type TicketResumed = Happened & { readonly type: 'TicketResumed'; readonly dueAt: Instant };
/** `text` is what the customer reads in the one resolved mail; absent when an answer resolved it. */
export type TicketResolved = Happened<PersonActor> & {
  readonly type: 'TicketResolved';
  readonly text?: string;
  readonly mail: boolean;
  /** Set when it ended a pause. */
  readonly dueAt?: Instant;
};
export type TicketReopened = Happened & {
  readonly type: 'TicketReopened';
  readonly dueAt: Instant;
  readonly text?: string;
};
export type TicketClosed = Happened & { readonly type: 'TicketClosed' };
export type TicketCancelled = Happened<PersonActor> & {
  readonly type: 'TicketCancelled';
  readonly reason: CancelReason;
  readonly duplicateOf?: TicketNumber;
  readonly dueAt?: Instant;
};
export type CancelUndone = Happened<PersonActor> & { readonly type: 'CancelUndone'; readonly dueAt: Instant };

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
  | CancelUndone;

/** An event with its place in the ticket's history: the first is 1. */
export interface Recorded {
  readonly rev: number;
  readonly event: TicketEvent;
}

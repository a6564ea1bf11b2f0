import type { MailVerdict } from './arrival.ts';
import type { CancelReason, Opening } from './ticket.ts';
import type { Actor, CommandId, Instant, MailThread, PersonActor, Prose, TicketNumber } from './values.ts';

/** `id` makes a command repeatable: the same id is applied once. `at` is now, as data. */
interface Envelope<By extends Actor> {
  readonly id: CommandId;
  readonly at: Instant;
  readonly by: By;
}

export interface OpenTicket extends Envelope<Actor>, Opening {
  readonly type: 'open';
  readonly description: Prose;
}

export interface CustomerWrote extends Envelope<Actor> {
  readonly type: 'customer-wrote';
  readonly verdict: MailVerdict;
  readonly prose: Prose;
  readonly thread: MailThread;
  /** The sender is nobody this ticket knows: shown as unverified, never answered by itself. */
  readonly unverified?: true;
}

export type AcceptTicket = Envelope<PersonActor> & { readonly type: 'accept' };
export type AddNote = Envelope<PersonActor> & { readonly type: 'note'; readonly text: string };
export type Reply = Envelope<PersonActor> & { readonly type: 'reply'; readonly text: string };
export type ReplyAndResolve = Envelope<PersonActor> & { readonly type: 'reply-resolve'; readonly text: string };
export type AskAndWait = Envelope<PersonActor> & { readonly type: 'ask'; readonly text: string };
export type Pend = Envelope<PersonActor> & {
  readonly type: 'pend';
  readonly for: 'vendor' | 'change';
  readonly followUpAt?: Instant;
  readonly text?: string;
};
export type Resume = Envelope<PersonActor> & { readonly type: 'resume' };
export type Resolve = Envelope<PersonActor> & { readonly type: 'resolve'; readonly text?: string };
export type Reopen = Envelope<PersonActor> & { readonly type: 'reopen'; readonly text?: string };
export type Close = Envelope<Actor> & { readonly type: 'close' };
export type Cancel = Envelope<PersonActor> & {
  readonly type: 'cancel';
  readonly reason?: CancelReason;
  readonly duplicateOf?: TicketNumber;
};
export type UndoCancel = Envelope<PersonActor> & { readonly type: 'undo-cancel' };

export type TicketCommand =
  | OpenTicket
  | CustomerWrote
  | AcceptTicket
  | AddNote
  | Reply
  | ReplyAndResolve
  | AskAndWait
  | Pend
  | Resume
  | Resolve
  | Reopen
  | Close
  | Cancel
  | UndoCancel;

/** The commands a person gives on a ticket that exists. */
export type PersonCommand = Exclude<TicketCommand, OpenTicket | CustomerWrote>;

import type { MailVerdict } from './arrival.ts';
import type { CancelReason, Requester } from './ticket.ts';
import type {
  Actor,
  Channel,
  CommandId,
  Instant,
  Language,
  Level,
  MailThread,
  PersonActor,
  Prose,
  TeamId,
  TicketId,
  TicketNumber,
  TicketType,
} from './values.ts';

/** `id` makes a command repeatable: the same id is applied once. `at` is now, as data. */
interface Envelope<By extends Actor> {
  readonly id: CommandId;
  readonly at: Instant;
  readonly by: By;
}

export interface OpenTicket extends Envelope<Actor> {
  readonly type: 'open';
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
  readonly description: Prose;
  readonly thread?: MailThread;
  readonly follows?: TicketId;
  readonly unreadable?: true;
  /** Whether an acknowledgement is owed: never to automatic or unreadable mail. */
  readonly acknowledge: boolean;
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

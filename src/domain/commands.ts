import type { AlertLevel, Condition } from './alert-rules.ts';
import type { Frame } from './frame.ts';
import type { MailVerdict } from './arrival.ts';
import type { CancelReason, Opening } from './ticket.ts';
import type { EnvelopeCommand } from './envelope-commands.ts';
import type { OwnershipCommand } from './ownership-commands.ts';
import type { RelationCommand } from './relation-commands.ts';
import type { SortingCommand } from './sorting-commands.ts';
import type { Actor, Instant, MailThread, PersonId, Prose, TicketNumber, TicketRef } from './values.ts';

export interface OpenTicket extends Frame<Actor>, Opening {
  readonly type: 'open';
  readonly description: Prose;
}

export interface CustomerWrote extends Frame<Actor> {
  readonly type: 'customer-wrote';
  readonly verdict: MailVerdict;
  readonly prose: Prose;
  readonly thread: MailThread;
  /** The sender is nobody this ticket knows: shown as unverified, never answered by itself. */
  readonly unverified?: true;
}

export type AcceptTicket = Frame & { readonly type: 'accept' };
/** `engagement`: the note tells of a call or a meeting. */
export type AddNote = Frame & {
  readonly type: 'note';
  readonly text: string;
  readonly engagement?: 'call' | 'meeting';
};
export type Reply = Frame & { readonly type: 'reply'; readonly text: string };
export type ReplyAndResolve = Frame & { readonly type: 'reply-resolve'; readonly text: string };
export type AskAndWait = Frame & { readonly type: 'ask'; readonly text: string };
export type Pend = Frame & {
  readonly type: 'pend';
  readonly for: 'vendor' | 'change';
  readonly followUpAt?: Instant;
  readonly text?: string;
};
export type Resume = Frame & { readonly type: 'resume' };
export type Resolve = Frame & { readonly type: 'resolve'; readonly text?: string };
export type Reopen = Frame & { readonly type: 'reopen'; readonly text?: string };
export type Close = Frame<Actor> & { readonly type: 'close' };
export type Cancel = Frame & {
  readonly type: 'cancel';
  readonly reason?: Exclude<CancelReason, 'merged'>;
  readonly duplicateOf?: TicketNumber;
};
export type UndoCancel = Frame & { readonly type: 'undo-cancel' };

/** Whoever presses it is on it: the next level of the alert waits. */
export type AcknowledgeAlert = Frame & {
  readonly type: 'acknowledge-alert';
  readonly condition: Condition;
  readonly envelope?: number;
  /** What the card showed that was tapped: another one has another level to hold. */
  readonly shown?: { readonly episode: number; readonly level: AlertLevel };
};

/** The clock: whatever has come due on this ticket happens now. `deputies`: who stands in for its owner now. */
export type Tick = Frame<Actor> & { readonly type: 'tick'; readonly deputies?: readonly PersonId[] };

/** What one ticket tells another, carried by the relay. */
export type TicketTold = Frame<Actor> & {
  readonly type: 'told';
  readonly what: 'absorbed' | 'absorption-undone' | 'split-undone';
  readonly from: TicketRef;
};

export type TicketCommand = OpenTicket | CustomerWrote | Tick | TicketTold | PersonCommand;

/** The commands a person gives on a ticket that exists. */
export type PersonCommand =
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
  | UndoCancel
  | AcknowledgeAlert
  | OwnershipCommand
  | EnvelopeCommand
  | SortingCommand
  | RelationCommand;

/** One command of a kind, e.g. `CommandOf<'reply'>`. */
export type CommandOf<T extends TicketCommand['type']> = Extract<TicketCommand, { type: T }>;

import type { PersonCommand } from './commands.ts';
import type { EnvelopeAction } from './envelope.ts';
import type { Instant, PersonRef, TeamId, TicketRef } from './values.ts';

/** What may be asked of a ticket; the same words name the card's buttons and the bot's commands. */
export type Action = PersonCommand['type'];

/** Every way the desk says no. A closed list: a table gives each an HTTP status, docs/refusals.md explains each. */
export type RefusalCode =
  | 'owner-is-set'
  | 'owner-stays'
  | 'only-by-accept'
  | 'no-owner-yet'
  | 'only-the-owner'
  | 'reserved'
  | 'not-reserved'
  | 'not-offered'
  | 'needs-a-lead'
  | 'same-team'
  | 'not-allowed-now'
  | 'not-found'
  | 'text-missing'
  | 'text-too-long'
  | 'reason-missing'
  | 'follow-up-date-missing'
  | 'follow-up-date-past'
  | 'due-date-past'
  | 'duplicate-target-missing'
  | 'undo-too-late'
  | 'reopen-too-late'
  | 'role-may-not'
  | 'no-address'
  | 'team-unknown'
  | 'person-unknown'
  | 'may-not-own'
  | 'transfer-not-exceptional'
  | 'leave-too-short'
  | 'evidence-missing'
  | 'no-transfer-proposed'
  | 'not-in-line'
  | 'four-eyes'
  | 'cover-too-long'
  | 'cover-once'
  | 'envelope-unknown'
  | 'envelope-not-now'
  | 'envelope-taken'
  | 'envelope-offered'
  | 'envelopes-still-open'
  | 'expert-is-owner'
  | 'only-the-expert'
  | 'not-a-member'
  | 'nobody-to-ask'
  | 'too-many'
  | 'task-unknown'
  | 'task-not-now'
  | 'merge-target-missing'
  | 'merge-cycle'
  | 'merge-ended'
  | 'merge-other-customer'
  | 'merge-needs-yes'
  | 'no-merge-proposed'
  | 'parent-unknown'
  | 'parent-is-child'
  | 'not-linked'
  | 'already-major'
  | 'not-major'
  | 'not-split'
  | 'alert-over'
  | 'alert-held'
  | 'no-preview'
  | 'not-your-preview'
  | 'busy-try-again'
  | 'unknown-command';

/** The way to help instead of a new owner: an envelope that needs one tap to be sent. */
export interface ReadyEnvelope {
  readonly teamId?: TeamId;
  readonly expert?: PersonRef;
}

/** A refusal is a value; its details let the words say what to do next. */
export interface Refusal {
  readonly refused: RefusalCode;
  /** The owner, or whoever else holds what was asked for. */
  readonly owner?: PersonRef;
  readonly allowed?: readonly Action[];
  readonly steps?: readonly EnvelopeAction[];
  readonly envelopes?: readonly { readonly seq: number; readonly teamId: TeamId; readonly expert?: PersonRef }[];
  readonly ready?: ReadyEnvelope;
  readonly other?: TicketRef;
  readonly limit?: number;
  readonly until?: Instant;
  readonly text?: string;
}

export const refuse = (refused: RefusalCode, details: Omit<Refusal, 'refused'> = {}): Refusal => ({
  refused,
  ...details,
});

export const isRefusal = (value: object): value is Refusal => 'refused' in value;

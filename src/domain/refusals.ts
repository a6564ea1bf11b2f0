import type { Instant, PersonId } from './values.ts';

/** What may be asked of a ticket; the same words name the card's buttons and the bot's commands. */
export type Action =
  | 'accept'
  | 'note'
  | 'reply'
  | 'reply-resolve'
  | 'ask'
  | 'pend'
  | 'resume'
  | 'resolve'
  | 'reopen'
  | 'close'
  | 'cancel'
  | 'undo-cancel';

/** Every way the desk says no. A closed list: a table gives each an HTTP status, docs/refusals.md explains each. */
export type RefusalCode =
  | 'owner-is-set'
  | 'no-owner-yet'
  | 'only-the-owner'
  | 'not-allowed-now'
  | 'not-found'
  | 'text-missing'
  | 'text-too-long'
  | 'reason-missing'
  | 'follow-up-date-missing'
  | 'follow-up-date-past'
  | 'duplicate-target-missing'
  | 'undo-too-late'
  | 'reopen-too-late'
  | 'role-may-not'
  | 'no-address'
  | 'team-unknown'
  | 'busy-try-again'
  | 'unknown-command';

/** A refusal is a value; its details let the words say what to do next. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly owner?: { readonly id: PersonId; readonly name: string };
  readonly allowed?: readonly Action[];
  readonly limit?: number;
  readonly until?: Instant;
  readonly text?: string;
}

export const refuse = (refused: RefusalCode, details: Omit<Refusal, 'refused'> = {}): Refusal => ({
  refused,
  ...details,
});

export const isRefusal = (value: object): value is Refusal => 'refused' in value;

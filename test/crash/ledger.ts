/** What the world outside did to the desk, and what it was told: the other half of the audit. */

/** A mail that SMTP took with 250: from then on nobody but the desk answers for it. */
export interface MailedIn {
  readonly messageId: string;
  /** The ticket whose mail it answers; none for a new matter. */
  readonly answers?: string;
}

/** `told`: the person saw it done · `refused`: the person saw why not · `lost`: the kill took the answer. */
export type Told = 'told' | 'refused' | 'lost';

export interface Tap {
  readonly verb: 'reserve' | 'reply' | 'reply-resolve';
  readonly ticketId: string;
  readonly person: { readonly id: string; readonly name: string };
  /** Words that stand in this act and in no other; a tap on Accept has none of its own and is known by its person. */
  readonly sign: string;
  told: Told;
  /** How often the person tapped: once more where the kill took the answer and nothing was kept. */
  times: number;
}

export interface Ledger {
  readonly mails: MailedIn[];
  readonly taps: Tap[];
  /** Milliseconds since 1970, one a kill. */
  readonly kills: number[];
}

export const emptyLedger = (): Ledger => ({ mails: [], taps: [], kills: [] });

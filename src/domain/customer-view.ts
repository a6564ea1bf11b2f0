import type { Instant, Language, MailAddress, MailThread, TicketNumber } from './values.ts';

/**
 * What a customer may ever learn. These types have no place for a note, a helper or a count, so that a leak does not compile.
 * The rule of one voice: code that writes to a customer sees this file and values, and nothing else of the domain.
 */
export interface CustomerEntry {
  readonly at: Instant;
  readonly from: 'customer' | 'desk';
  /** The owner's name, or the customer's own. */
  readonly name: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly size: number }[];
}

export interface CustomerView {
  readonly number: TicketNumber;
  readonly subject: string;
  readonly state: 'open' | 'waiting_for_you' | 'resolved' | 'closed';
  readonly entries: readonly CustomerEntry[];
}

/** The mails a customer gets: one acknowledgement, answers, questions, news of a disturbance, and one that says it is solved. */
export type CustomerMailKind = 'acknowledgement' | 'answer' | 'question' | 'update' | 'solution' | 'resolved';

/** A mail to a customer as frozen facts: it says tomorrow what it says today. */
export interface CustomerMail {
  readonly kind: CustomerMailKind;
  readonly ticketId: string;
  readonly rev: number;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly to: { readonly name: string; readonly address: MailAddress };
  readonly thread: MailThread;
  readonly language: Language;
  /** What the owner wrote; absent in mails that consist of the desk's words alone. */
  readonly text?: string;
  /** Who signs: the owner, or nobody before there is one; the team's name stands below. */
  readonly signedBy?: string;
}

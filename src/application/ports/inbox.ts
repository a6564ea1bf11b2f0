import type { MailAddress } from '../../domain/values.ts';

/** A mail found in a mailbox, as the mail service gave it. */
export interface FoundMail {
  /** The mailbox's own id of the message (Graph's immutable id). */
  readonly messageId: string;
  /** The service's JSON of the message, kept as it came: never parsed before it is durable. */
  readonly raw: string;
}

export interface InboxRow extends FoundMail {
  readonly key: string;
  /** How often it was tried in vain. */
  readonly attempts: number;
}

/** What became of a mail. */
export type InboxOutcome = { readonly ticketId: string; readonly outcome: string } | { readonly ignored: string };

/** Mails as they came in. A page and the link behind it are kept in one batch; a row is never forgotten, so nothing enters twice. */
export interface Inbox {
  link(mailbox: MailAddress): Promise<string | undefined>;
  /** Keeps new mails and the link; those already known are left as they are. Returns the rows that were new. */
  keep(mailbox: MailAddress, page: { mails: readonly FoundMail[]; link: string }): Promise<readonly InboxRow[]>;
  /** Starts over: the next read begins without a link. */
  reset(mailbox: MailAddress): Promise<void>;
  unworked(mailbox: MailAddress, limit: number): Promise<readonly InboxRow[]>;
  finish(mailbox: MailAddress, done: readonly { row: InboxRow; outcome: InboxOutcome }[]): Promise<void>;
  /** Puts rows that could not be worked behind the others, with one attempt more. */
  defer(mailbox: MailAddress, rows: readonly InboxRow[]): Promise<void>;
  /** Notes that the mailbox has news; cleared by whoever reads the mailbox afterwards. */
  wake(mailbox: MailAddress): Promise<void>;
  asleep(mailbox: MailAddress): Promise<void>;
}

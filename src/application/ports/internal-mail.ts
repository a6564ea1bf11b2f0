import type { Language, MailAddress } from '../../domain/values.ts';

/**
 * A mail to a person of the desk who cannot be reached in Teams: plain facts, their text frozen when it was decided. It
 * knows no ticket and no thread, so that nothing of it can take the way of a customer's mail.
 */
export interface InternalMail {
  /** The idempotency key: ASCII, without `/`, `\`, `?` and `#`. The same key is the same mail. */
  readonly id: string;
  /** A team's mailbox. */
  readonly from: MailAddress;
  readonly to: { readonly name: string; readonly address: MailAddress };
  /** The reader's. */
  readonly language: Language;
  readonly subject: string;
  /** What is to be read, a line each; shown as text, never as markup. */
  readonly lines: readonly string[];
}

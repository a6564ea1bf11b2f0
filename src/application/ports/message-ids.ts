import type { MailAddress, TicketId } from '../../domain/values.ts';

/**
 * Our own Message-IDs carry the ticket and a signature: an answer finds its ticket without a look-up, a guessed one finds
 * nothing. The same ticket and rev always give the same Message-ID, so a mail repeated after a crash is the same mail.
 */
export interface MessageIds {
  of(ticketId: string, rev: number, mailbox: MailAddress): string;
  /** Of a mail to a person of the desk, by its idempotency key: no ticket can be read from it, and ticketOf never knows it. */
  internal(id: string, mailbox: MailAddress): string;
  ticketOf(messageId: string): TicketId | undefined;
}

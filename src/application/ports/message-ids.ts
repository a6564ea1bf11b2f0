import type { MailAddress, TicketId } from '../../domain/values.ts';

/**
 * Our own Message-IDs carry the ticket and a signature: an answer finds its ticket without a look-up, a guessed one finds
 * nothing. The same ticket and rev always give the same Message-ID, so a mail repeated after a crash is the same mail.
 */
export interface MessageIds {
  of(ticketId: string, rev: number, mailbox: MailAddress): string;
  ticketOf(messageId: string): TicketId | undefined;
}

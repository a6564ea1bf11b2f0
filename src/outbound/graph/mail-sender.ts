import type { Directory } from '../../application/ports/directory.ts';
import type { MessageIds } from '../../application/ports/message-ids.ts';
import type { CustomerMail } from '../../domain/customer-view.ts';
import { customerMail } from '../../views/customer-mail.ts';
import type { GraphClient } from './graph-client.ts';
import { sendOnce } from './send-once.ts';
import { writingTeam } from './writing-team.ts';

export interface MailSenderParts {
  readonly client: GraphClient;
  readonly messageIds: MessageIds;
  readonly directory: Directory;
}

/** Two fixed names: each new one becomes a named property of the mailbox, of which it has only so many. */
const headersOf = ({ kind }: CustomerMail) => [
  { name: 'x-desk-mail', value: kind },
  ...(kind === 'acknowledgement' || kind === 'resolved' ? [{ name: 'x-auto-response-suppress', value: 'All' }] : []),
];

/** Sends customers' mails, each exactly once, as sendOnce does. Errors: DeliveryError. */
export const graphMailSender =
  ({ client, messageIds, directory }: MailSenderParts): ((mail: CustomerMail) => Promise<void>) =>
  async (mail) => {
    const { mailbox, messageId: answers } = mail.thread;
    const internetMessageId = messageIds.of(mail.ticketId, mail.rev, mailbox);
    const { name: teamName, signature } = writingTeam(directory, mailbox);
    const { subject, html } = customerMail(mail, { teamName, byOwner: signature === 'owner' });
    const headers = headersOf(mail);
    await sendOnce(client, { mailbox, internetMessageId, answers, headers, to: mail.to, subject, html });
  };

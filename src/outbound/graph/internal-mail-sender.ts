import { DeliveryError } from '../../application/errors.ts';
import type { Directory } from '../../application/ports/directory.ts';
import type { InternalMail } from '../../application/ports/internal-mail.ts';
import type { MailAddress } from '../../domain/values.ts';
import { internalMail } from '../../views/internal-mail.ts';
import type { MailSenderParts } from './mail-sender.ts';
import { sendOnce } from './send-once.ts';
import { writingTeam } from './writing-team.ts';

/** The names of customers' mails, for the same reason; no programme shall answer. */
const HEADERS = [
  { name: 'x-desk-mail', value: 'internal' },
  { name: 'x-auto-response-suppress', value: 'All' },
];

const isDeskMailbox = (directory: Directory, address: MailAddress): boolean =>
  directory.mailboxes().some((each) => each.address === address) ||
  directory.teams().some(({ mailbox }) => mailbox === address);

/**
 * Tells people of the desk by mail what they could not be told in Teams; each mail exactly once, as sendOnce does, in a
 * thread of its own. Errors: DeliveryError; `dead` as well for a mailbox of the desk, which would read it as a ticket.
 */
export const graphInternalMailSender =
  ({ client, messageIds, directory }: MailSenderParts): ((mail: InternalMail) => Promise<void>) =>
  async (mail) => {
    if (isDeskMailbox(directory, mail.to.address))
      throw new DeliveryError(
        'dead',
        'The person has the address of a mailbox of the desk: give them one of their own.',
      );
    const { subject, html } = internalMail(mail, writingTeam(directory, mail.from).name);
    const internetMessageId = messageIds.internal(mail.id, mail.from);
    const { from: mailbox, to } = mail;
    await sendOnce(client, { mailbox, internetMessageId, answers: undefined, headers: HEADERS, to, subject, html });
  };

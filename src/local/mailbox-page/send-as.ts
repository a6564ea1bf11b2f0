import { createTransport } from 'nodemailer';
import { newAttachmentId, newMessageId, type MailContent } from '../graph/mail-item.ts';
import type { GraphStandIn, MailboxView } from '../graph/open-graph-stand-in.ts';
import { writeMime } from '../graph/write-mime.ts';
import type { Problem } from './mail-form.ts';
import type { Reader } from './page.ts';
import type { MailFields } from './read-form.ts';
import { answerTo, type Thread } from './threads.ts';

export interface Sender {
  readonly standIn: GraphStandIn;
  readonly mailbox: MailboxView;
  readonly reader: Reader;
}

const addressed = (fields: MailFields, sender: MailboxView, thread: Thread | undefined) => {
  if (thread) {
    const { last } = thread;
    return {
      to: answerTo(thread, sender.address),
      subject: /^(re|aw):/i.test(last.subject) ? last.subject : `Re: ${last.subject}`,
      inReplyTo: last.internetMessageId,
      references: [...last.references, last.internetMessageId],
    };
  }
  const to = fields.to.split(/[,;\s]+/).filter((address) => address !== '');
  const addresses = to.map((address) => ({ name: address, address }));
  return { to: addresses, subject: fields.subject, inReplyTo: null, references: [] };
};

const problemOf = ({ standIn, reader: { words } }: Sender, mail: MailContent): Problem | undefined => {
  if (mail.to.length === 0) return { field: 'to', message: words.toMissing };
  const unknown = mail.to.find((one) => !standIn.mailbox(one.address));
  if (unknown) return { field: 'to', message: `${words.toUnknown} ${unknown.address}` };
  if (mail.body.content.trim() !== '' || mail.attachments.length > 0) return undefined;
  return { field: 'text', message: words.textMissing };
};

/**
 * Sends a mail as the mailbox's owner would: through the SMTP inlet, in its thread when it answers one.
 * Gives back why it was not sent, or undefined.
 */
export const sendAs = async (sender: Sender, fields: MailFields, thread?: Thread): Promise<Problem | undefined> => {
  const { standIn, mailbox, reader } = sender;
  const mail: MailContent = {
    ...addressed(fields, mailbox, thread),
    internetMessageId: newMessageId(mailbox.address),
    from: { name: mailbox.name, address: mailbox.address },
    cc: [],
    bcc: [],
    replyTo: [],
    headers: [],
    body: { contentType: 'text', content: fields.text },
    attachments: fields.files.map((file) => ({ ...file, id: newAttachmentId(), contentId: null, isInline: false })),
    importance: 'normal',
    sentAt: new Date().toISOString(),
  };
  const problem = problemOf(sender, mail);
  if (problem) return problem;
  const raw = await writeMime(mail);
  const smtp = createTransport({ host: '127.0.0.1', port: standIn.smtpPort, secure: false, ignoreTLS: true });
  try {
    await smtp.sendMail({ envelope: { from: mailbox.address, to: mail.to.map((one) => one.address) }, raw });
  } catch (cause) {
    const { responseCode, message } = cause as { responseCode?: number; message: string };
    if (responseCode === 552) return { field: undefined, message: reader.words.tooLarge };
    return { field: undefined, message: `${reader.words.refused} ${message}` };
  } finally {
    smtp.close();
  }
  await standIn.keepSent(mailbox.address, raw);
  return undefined;
};

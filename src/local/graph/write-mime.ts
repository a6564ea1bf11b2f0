import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAddress, MailAttachment, MailContent, MailHeader } from './mail-item.ts';

/** Fields MailComposer writes itself; a draft that came as MIME must not carry them twice. */
const STRUCTURAL = new Set([
  'from',
  'sender',
  'to',
  'cc',
  'bcc',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'importance',
  'priority',
  'x-priority',
  'x-msmail-priority',
]);

export const ownHeaders = (headers: readonly MailHeader[]): readonly MailHeader[] =>
  headers.filter((header) => !STRUCTURAL.has(header.name.toLowerCase()));

const recipients = (list: readonly MailAddress[]) => list.map(({ name, address }) => ({ name, address }));

const part = (attachment: MailAttachment) => ({
  filename: attachment.name,
  content: attachment.content,
  contentType: attachment.contentType,
  contentDisposition: attachment.isInline ? ('inline' as const) : ('attachment' as const),
  ...(attachment.contentId ? { cid: attachment.contentId } : {}),
});

/** The mail as MIME, ready to go out: without Bcc, with its own Message-ID, thread and extra headers. */
export const writeMime = (mail: MailContent): Promise<Buffer> => {
  const composer = new MailComposer({
    ...(mail.from ? { from: mail.from } : {}),
    to: recipients(mail.to),
    cc: recipients(mail.cc),
    replyTo: recipients(mail.replyTo),
    subject: mail.subject,
    messageId: mail.internetMessageId,
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    references: [...mail.references],
    date: new Date(mail.sentAt),
    headers: ownHeaders(mail.headers).map((header) => ({ key: header.name, value: header.value })),
    ...(mail.importance === 'normal' ? {} : { priority: mail.importance }),
    ...(mail.body.contentType === 'html' ? { html: mail.body.content } : { text: mail.body.content }),
    attachments: mail.attachments.map(part),
    // A draft's content is data: it must not make the composer read files or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
};

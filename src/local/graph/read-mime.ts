import { simpleParser, type AddressObject, type Attachment, type EmailAddress, type ParsedMail } from 'mailparser';
import {
  instant,
  newAttachmentId,
  newMessageId,
  type MailAddress,
  type MailAttachment,
  type MailContent,
  type MailHeader,
} from './mail-item.ts';

/** What the envelope knows when the message itself cannot be read. `at` is in milliseconds since 1970. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

const flat = (one: EmailAddress): readonly MailAddress[] =>
  one.group ? one.group.flatMap(flat) : one.address ? [{ name: one.name || one.address, address: one.address }] : [];

const addresses = (field: AddressObject | AddressObject[] | undefined): readonly MailAddress[] =>
  [field ?? []].flat().flatMap((list) => list.value.flatMap(flat));

const headerOf = (line: string): MailHeader => {
  const colon = line.indexOf(':');
  return {
    name: line.slice(0, colon).trim(),
    value: line
      .slice(colon + 1)
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .trim(),
  };
};

const nameOf = (part: Attachment): string =>
  part.filename ?? (part.contentType === 'message/rfc822' ? 'attached message.eml' : 'attachment');

const attachmentOf = (part: Attachment): MailAttachment => ({
  id: newAttachmentId(),
  name: nameOf(part),
  contentType: part.contentType,
  contentId: part.contentId?.replaceAll(/^<|>$/g, '') ?? null,
  isInline: part.related || (part.contentDisposition === 'inline' && part.contentId !== undefined),
  content: Buffer.from(part.content as Uint8Array),
});

const angled = (id: string): string => (id.startsWith('<') ? id : `<${id}>`);

const importanceOf = ({ headers }: ParsedMail): MailContent['importance'] => {
  const said = headers.get('priority');
  return said === 'high' || said === 'low' ? said : 'normal';
};

const readable = (mail: ParsedMail, envelope: Envelope): MailContent => ({
  internetMessageId: mail.messageId ? angled(mail.messageId) : newMessageId(envelope.to),
  inReplyTo: mail.inReplyTo ?? null,
  references: [mail.references ?? []].flat(),
  subject: mail.subject ?? '',
  from: addresses(mail.from)[0] ?? null,
  to: addresses(mail.to),
  cc: addresses(mail.cc),
  bcc: addresses(mail.bcc),
  replyTo: addresses(mail.replyTo),
  headers: mail.headerLines.map((header) => headerOf(header.line)),
  body: mail.html
    ? { contentType: 'html', content: mail.html }
    : { contentType: 'text', content: (mail.text ?? '').replaceAll(/\r?\n/g, '\r\n') },
  attachments: mail.attachments.filter((part) => part.contentType !== 'message/delivery-status').map(attachmentOf),
  importance: importanceOf(mail),
  sentAt: instant(mail.date?.getTime() || envelope.at),
});

const unreadable = (envelope: Envelope): MailContent => ({
  internetMessageId: newMessageId(envelope.to),
  inReplyTo: null,
  references: [],
  subject: '',
  from: envelope.from ? { name: envelope.from, address: envelope.from } : null,
  to: [{ name: envelope.to, address: envelope.to }],
  cc: [],
  bcc: [],
  replyTo: [],
  headers: [],
  body: { contentType: 'text', content: '' },
  attachments: [],
  importance: 'normal',
  sentAt: instant(envelope.at),
});

/** Reads MIME into what Graph shows of it. Never fails: what no parser understands is an empty mail from the envelope. */
export const readMime = async (raw: Buffer, envelope: Envelope): Promise<MailContent> => {
  try {
    const mail = await simpleParser(raw, {
      keepCidLinks: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      keepDeliveryStatus: true,
    });
    return readable(mail, envelope);
  } catch (cause) {
    console.warn(`A mail to ${envelope.to} could not be read and is kept as it came: ${String(cause)}`);
    return unreadable(envelope);
  }
};

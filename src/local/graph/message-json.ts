import { convert } from 'html-to-text';
import sanitizeHtml from 'sanitize-html';
import type { MailAddress, MailAttachment, MailBody, MailItem } from './mail-item.ts';
import type { Mailbox } from './mailbox.ts';
import type { Prefer } from './prefer.ts';

/** Above this many characters HTML is handed on as it came: cleaning deeply nested HTML takes the square of its size. */
const CLEANABLE = 200_000;
const ACTIVE = new Set(['script', 'iframe', 'object', 'embed', 'applet', 'form', 'base', 'link', 'meta']);

/** What Exchange does to HTML before it shows it: no active content, everything else as it was (quote markers too). */
const withoutActiveContent = (html: string): string =>
  html.length > CLEANABLE
    ? html
    : sanitizeHtml(html, {
        allowedTags: false,
        allowedAttributes: false,
        allowVulnerableTags: true,
        allowedSchemes: ['http', 'https', 'mailto', 'tel', 'cid', 'data'],
        exclusiveFilter: (frame) => ACTIVE.has(frame.tag),
        transformTags: {
          '*': (tagName, attribs) => ({
            tagName,
            attribs: Object.fromEntries(Object.entries(attribs).filter(([name]) => !/^on/i.test(name))),
          }),
        },
      });

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const textAsHtml = (text: string): string =>
  `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>` +
  `<div class="PlainText">${escaped(text).replaceAll(/\r?\n/g, '<br>\r\n')}</div></body></html>`;

const htmlAsText = (html: string): string =>
  convert(html, { wordwrap: false, limits: { maxInputLength: CLEANABLE, maxDepth: 100 } });

export const bodyJson = (body: MailBody, prefer: Prefer): MailBody => {
  if (prefer.body === 'text') {
    return body.contentType === 'text' ? body : { contentType: 'text', content: htmlAsText(body.content) };
  }
  if (body.contentType === 'text') return { contentType: 'html', content: textAsHtml(body.content) };
  return { contentType: 'html', content: prefer.unsafeHtml ? body.content : withoutActiveContent(body.content) };
};

const addressJson = (address: MailAddress | null) =>
  address === null ? null : { emailAddress: { name: address.name, address: address.address } };

export const hasAttachments = (item: MailItem): boolean => item.attachments.some((one) => !one.isInline);

export const idOf = (item: { id: string; immutableId: string }, prefer: Prefer): string =>
  prefer.immutableIds ? item.immutableId : item.id;

export const etagOf = (item: MailItem): string => `W/"${changeKeyOf(item)}"`;

const changeKeyOf = (item: MailItem): string => Buffer.from(`change-${item.seq}`).toString('base64');

/** Ids of folders are opaque and stay the same over restarts. */
export const folderId = (mailbox: Mailbox, folder: string): string =>
  `AQMkAD${Buffer.from(`${mailbox.id}/${folder}`).toString('base64url')}`;

type Property = (item: MailItem, mailbox: Mailbox, prefer: Prefer) => unknown;

/** Every property of a message; those in ON_REQUEST are given only when $select names them. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  createdDateTime: (item) => item.createdAt,
  lastModifiedDateTime: (item) => item.modifiedAt,
  changeKey: changeKeyOf,
  categories: (item) => item.categories,
  receivedDateTime: (item) => item.receivedAt,
  sentDateTime: (item) => item.sentAt,
  hasAttachments,
  internetMessageId: (item) => item.internetMessageId,
  subject: (item) => item.subject,
  bodyPreview: (item) => bodyJson(item.body, PREVIEW).content.replaceAll(/\s+/g, ' ').trim().slice(0, 255),
  importance: (item) => item.importance,
  parentFolderId: (item, mailbox) => folderId(mailbox, item.folder),
  conversationId: (item) => item.conversationId,
  conversationIndex: (item) => Buffer.from(item.conversationId.slice(6, 22)).toString('base64'),
  isDeliveryReceiptRequested: () => false,
  isReadReceiptRequested: () => false,
  isRead: (item) => item.isRead,
  isDraft: (item) => item.isDraft,
  webLink: (item) =>
    `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(item.id)}&viewmodel=ReadMessageItem`,
  inferenceClassification: () => 'focused',
  body: (item, _mailbox, prefer) => bodyJson(item.body, prefer),
  sender: (item) => addressJson(item.from),
  from: (item) => addressJson(item.from),
  toRecipients: (item) => item.to.map(addressJson),
  ccRecipients: (item) => item.cc.map(addressJson),
  bccRecipients: (item) => item.bcc.map(addressJson),
  replyTo: (item) => item.replyTo.map(addressJson),
  flag: () => ({ flagStatus: 'notFlagged' }),
  internetMessageHeaders: (item) => item.headers,
};

const PREVIEW: Prefer = { immutableIds: false, body: 'text', unsafeHtml: false, pageSize: undefined };
const ON_REQUEST = new Set(['internetMessageHeaders']);

export const isMessageProperty = (name: string): boolean => name === 'id' || Object.hasOwn(PROPERTIES, name);

/** @param select names of properties; undefined gives all but internetMessageHeaders */
export const messageJson = (
  item: MailItem,
  mailbox: Mailbox,
  { prefer, select }: { prefer: Prefer; select: readonly string[] | undefined },
): Readonly<Record<string, unknown>> => {
  const names = select ?? Object.keys(PROPERTIES).filter((name) => !ON_REQUEST.has(name));
  return {
    '@odata.etag': etagOf(item),
    id: idOf(item, prefer),
    ...Object.fromEntries(
      names.flatMap((name) => {
        const property = PROPERTIES[name];
        return property ? [[name, property(item, mailbox, prefer)]] : [];
      }),
    ),
  };
};

/** A mail inside a mail is an item attachment: its bytes come by /$value only. */
export const attachmentJson = (attachment: MailAttachment, item: MailItem): Readonly<Record<string, unknown>> => {
  const common = {
    id: attachment.id,
    lastModifiedDateTime: item.modifiedAt,
    name: attachment.name,
    contentType: attachment.contentType,
    size: attachment.content.length,
    isInline: attachment.isInline,
  };
  if (attachment.contentType === 'message/rfc822') {
    return { '@odata.type': '#microsoft.graph.itemAttachment', ...common };
  }
  const { contentId, content } = attachment;
  const contentBytes = content.toString('base64');
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    ...common,
    contentId,
    contentLocation: null,
    contentBytes,
  };
};

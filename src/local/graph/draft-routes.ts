import { z } from 'zod';
import { DRAFT, patchOf, type DraftFields } from './draft-fields.ts';
import { badRequest } from './failure.ts';
import { newMessageId, type MailContent, type MailItem } from './mail-item.ts';
import type { MailStore } from './mail-store.ts';
import type { Mailbox } from './mailbox.ts';
import { bodyJson } from './message-json.ts';
import { itemNamed, messageReply } from './message-routes.ts';
import { readJson } from './read-json.ts';
import { readMime } from './read-mime.ts';
import { mailboxRoute, type Call, type MailboxCall, type Reply, type Route } from './router.ts';
import type { Transport } from './transport.ts';
import { ownHeaders } from './write-mime.ts';

export interface DraftParts {
  readonly store: MailStore;
  readonly transport: Transport;
}

const blank = (mailbox: Mailbox, at: string): MailContent => ({
  internetMessageId: newMessageId(mailbox.address),
  inReplyTo: null,
  references: [],
  subject: '',
  from: { name: mailbox.name, address: mailbox.address },
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  headers: [],
  body: { contentType: 'text', content: '' },
  attachments: [],
  importance: 'normal',
  sentAt: at,
});

const isMime = (call: Call): boolean => call.contentType.startsWith('text/plain');

/** A whole message as base64 MIME, the one way to set headers that JSON refuses. */
const fromMime = async (call: MailboxCall, now: string): Promise<MailContent> => {
  const text = call.body.toString('latin1').replaceAll(/\s/g, '');
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw badRequest('Invalid base64 string for MIME content.', 'ErrorMimeContentInvalidBase64String');
  }
  const { address, name } = call.mailbox;
  const content = await readMime(Buffer.from(text, 'base64'), { from: address, to: address, at: Date.parse(now) });
  return { ...content, from: content.from ?? { name, address }, headers: ownHeaders(content.headers) };
};

const QUOTED = { immutableIds: false, body: 'html', unsafeHtml: false, pageSize: undefined } as const;

/** A reply: to whom the original asks for, in its thread, with it quoted below the comment. */
const replyTo = (original: MailItem, comment: string, base: MailContent): MailContent => {
  const whom = original.replyTo.length > 0 ? original.replyTo : original.from ? [original.from] : [];
  const quoted = bodyJson(original.body, QUOTED).content;
  const said = comment.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(/\r?\n/g, '<br>');
  return {
    ...base,
    subject: /^re:/i.test(original.subject) ? original.subject : `RE: ${original.subject}`,
    to: whom,
    inReplyTo: original.internetMessageId,
    references: [...original.references, original.internetMessageId],
    body: { contentType: 'html', content: `<div>${said}</div><hr><div id="divRplyFwdMsg"></div>${quoted}` },
  };
};

const REPLY = z.strictObject({ comment: z.string().optional(), message: DRAFT.optional() });
const SEND_MAIL = z.strictObject({ message: DRAFT, saveToSentItems: z.boolean().default(true) });

/** Writing mail: drafts, replies, sending. `send` and `sendMail` answer 202 before anything is delivered. */
export const draftRoutes = ({ store, transport }: DraftParts): readonly Route[] => {
  const on = mailboxRoute(store);
  const draft = (mailbox: Mailbox, mail: MailContent & { keepSent?: boolean }, fields: DraftFields = {}): MailItem => {
    const written = patchOf(fields, { isDraft: true });
    return store.add(mailbox, { ...mail, isRead: true, ...written, folder: 'drafts', isDraft: true });
  };
  const create = async (call: MailboxCall): Promise<MailItem> =>
    isMime(call)
      ? draft(call.mailbox, await fromMime(call, store.now))
      : draft(call.mailbox, blank(call.mailbox, store.now), readJson(call, DRAFT));
  const sendMail = async (call: MailboxCall): Promise<Reply> => {
    const { mailbox } = call;
    if (isMime(call)) await transport.submit(mailbox, draft(mailbox, await fromMime(call, store.now)));
    else {
      const { message, saveToSentItems: keepSent } = readJson(call, SEND_MAIL);
      await transport.submit(mailbox, draft(mailbox, { ...blank(mailbox, store.now), keepSent }, message));
    }
    return { status: 202 };
  };
  return [
    on('POST', '/messages', async (call) => messageReply(call, await create(call), 201)),
    on('POST', '/sendMail', sendMail),
    on('PATCH', '/messages/:id', (call) => {
      const item = itemNamed(call.mailbox, call.param('id'));
      return messageReply(call, store.change(call.mailbox, item, patchOf(readJson(call, DRAFT), item)));
    }),
    on('POST', '/messages/:id/createReply', (call) => {
      const original = itemNamed(call.mailbox, call.param('id'));
      const { comment, message } = readJson(call, REPLY);
      if (comment !== undefined && message?.body) throw badRequest('Specify either comment or message body, not both.');
      const reply = replyTo(original, comment ?? '', blank(call.mailbox, store.now));
      return messageReply(call, draft(call.mailbox, reply, message), 201);
    }),
    on('POST', '/messages/:id/send', async (call) => {
      await transport.submit(call.mailbox, itemNamed(call.mailbox, call.param('id')));
      return { status: 202 };
    }),
  ];
};

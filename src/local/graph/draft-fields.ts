import { z } from 'zod';
import { badRequest } from './failure.ts';
import { attachmentOf, ATTACHMENT } from './attachment-fields.ts';
import type { MailAddress, MailContent, MailHeader, MailItem } from './mail-item.ts';

const RECIPIENT = z.strictObject({
  emailAddress: z.strictObject({
    address: z.string().regex(/^[^\s@<>]+@[^\s@<>]+$/, 'is no mail address'),
    name: z.string().nullish(),
  }),
});

/** What a client may write of a message: always the first three, the rest while it is a draft. */
export const DRAFT = z.strictObject({
  isRead: z.boolean().optional(),
  categories: z.array(z.string()).optional(),
  flag: z.looseObject({}).optional(),
  subject: z.string().nullish(),
  body: z.strictObject({ contentType: z.string().optional(), content: z.string() }).optional(),
  from: RECIPIENT.optional(),
  sender: RECIPIENT.optional(),
  toRecipients: z.array(RECIPIENT).optional(),
  ccRecipients: z.array(RECIPIENT).optional(),
  bccRecipients: z.array(RECIPIENT).optional(),
  replyTo: z.array(RECIPIENT).optional(),
  importance: z.enum(['low', 'normal', 'high']).optional(),
  internetMessageId: z
    .string()
    .regex(/^<[^<>\s]+@[^<>\s]+>$/, 'is no Message-ID')
    .optional(),
  internetMessageHeaders: z.array(z.strictObject({ name: z.string(), value: z.string().max(995) })).optional(),
  attachments: z.array(ATTACHMENT).optional(),
});

export type DraftFields = z.output<typeof DRAFT>;

export type DraftPatch = Partial<MailContent & Pick<MailItem, 'isRead' | 'categories'>>;

const ALWAYS = new Set(['isRead', 'categories', 'flag']);
const MAX_HEADERS = 5;

const addressOf = ({ emailAddress: { address, name } }: z.output<typeof RECIPIENT>): MailAddress => ({
  address,
  name: name ?? address,
});

/** Only x- headers, five at most, each one line. Errors: 400 InvalidInternetMessageHeader. */
const checkedHeaders = (headers: readonly MailHeader[]): readonly MailHeader[] => {
  const wrong = headers.find(({ name, value }) => !/^x-[\x21-\x39\x3b-\x7e]*$/i.test(name) || /[\r\n]/.test(value));
  if (wrong) {
    const message = `The internet message header name '${wrong.name}' should start with 'x-' or 'X-'.`;
    throw badRequest(message, 'InvalidInternetMessageHeader');
  }
  if (headers.length <= MAX_HEADERS) return headers;
  throw badRequest(`At most ${MAX_HEADERS} internet message headers may be set.`, 'InvalidInternetMessageHeader');
};

const bodyOf = (body: NonNullable<DraftFields['body']>) => ({
  contentType: body.contentType?.toLowerCase() === 'html' ? ('html' as const) : ('text' as const),
  content: body.content,
});

/** The fields as a change of a stored message. Errors: 400 when a sent message would be rewritten. */
export const patchOf = (fields: DraftFields, { isDraft }: { isDraft: boolean }): DraftPatch => {
  const forbidden = Object.keys(fields).find((name) => !isDraft && !ALWAYS.has(name));
  if (forbidden !== undefined) {
    throw badRequest(
      `The property '${forbidden}' can be changed only while the message is a draft.`,
      'ErrorInvalidPropertySet',
    );
  }
  const { isRead, categories, subject, body, importance, internetMessageId } = fields;
  const sender = fields.from ?? fields.sender;
  return {
    ...(isRead === undefined ? {} : { isRead }),
    ...(categories ? { categories } : {}),
    ...(subject === undefined ? {} : { subject: subject ?? '' }),
    ...(body ? { body: bodyOf(body) } : {}),
    ...(sender ? { from: addressOf(sender) } : {}),
    ...(fields.toRecipients ? { to: fields.toRecipients.map(addressOf) } : {}),
    ...(fields.ccRecipients ? { cc: fields.ccRecipients.map(addressOf) } : {}),
    ...(fields.bccRecipients ? { bcc: fields.bccRecipients.map(addressOf) } : {}),
    ...(fields.replyTo ? { replyTo: fields.replyTo.map(addressOf) } : {}),
    ...(importance ? { importance } : {}),
    ...(internetMessageId ? { internetMessageId } : {}),
    ...(fields.internetMessageHeaders ? { headers: checkedHeaders(fields.internetMessageHeaders) } : {}),
    ...(fields.attachments ? { attachments: fields.attachments.map(attachmentOf) } : {}),
  };
};

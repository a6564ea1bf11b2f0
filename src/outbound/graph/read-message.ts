import { createHash } from 'node:crypto';
import { GraphError } from '../../application/errors.ts';
import type { FoundMail } from '../../application/ports/inbox.ts';
import type { MailArrival } from '../../domain/arrival.ts';
import {
  clip,
  instantOf,
  mailAddress,
  oneLine,
  parseInstant,
  type Attachment,
  type MailAddress,
  type Prose,
} from '../../domain/values.ts';
import { keepAttachments, type AttachmentParts } from './attachments.ts';
import { bodyText, type BodyText } from './body-text.ts';
import { messagePath } from './graph-client.ts';
import { mayPass } from './graph-failure.ts';
import {
  bodyIn,
  EMPTY_MESSAGE,
  headersIn,
  MESSAGE_FIELDS,
  messageIn,
  parseMessage,
  type MessageHeader,
  type MessageJson,
} from './message-json.ts';

export interface ReadParts extends AttachmentParts {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const MAX_HEADERS = 200;
const MAX_ANSWERS = 50;

const valuesOf = (headers: readonly MessageHeader[], name: string): readonly string[] =>
  headers.filter((each) => each.name.toLowerCase() === name).map((each) => each.value);

/** With angle brackets, as Message-IDs are compared; some programmes leave them out. */
const idsIn = (value: string): readonly string[] =>
  (value.match(/<[^<>\s]+>/gu) ?? value.match(/[^<>\s,;]+@[^<>\s,;]+/gu) ?? []).map((id) =>
    id.startsWith('<') ? id : `<${id}>`,
  );

/** What a mail answers: In-Reply-To first, then References from the youngest to the oldest. */
const answersIn = (headers: readonly MessageHeader[]): readonly string[] => {
  const answered = valuesOf(headers, 'in-reply-to').flatMap(idsIn);
  const references = valuesOf(headers, 'references').flatMap(idsIn).toReversed();
  return [...new Set([...answered, ...references])].slice(0, MAX_ANSWERS);
};

/** A forwarded mail is news as a whole: what it quotes is what the customer wants to show. */
const isReply = (subject: string, answers: readonly string[]): boolean =>
  !/^\s*(fwd?|wg|tr|i)\s*:/iu.test(subject) && (answers.length > 0 || /^\s*(re|aw|antw|sv)\s*:/iu.test(subject));

const senderOf = ({ from, sender }: MessageJson): Pick<MailArrival, 'from'> => {
  const { address, name } = (from ?? sender)?.emailAddress ?? {};
  if (!address?.includes('@')) return {};
  return { from: { name: oneLine(name ?? '', 200) || address, address: mailAddress(oneLine(address, 320)) } };
};

type Envelope = Omit<MailArrival, 'prose' | 'contentSha256' | 'unreadable'>;

const envelopeOf = (now: () => number, mailbox: MailAddress, found: FoundMail & { message: MessageJson }): Envelope => {
  const { message, messageId } = found;
  const headers = headersIn(message);
  const internetMessageId = message.internetMessageId?.trim();
  return {
    mailbox,
    messageId,
    ...(internetMessageId ? { internetMessageId } : {}),
    ...senderOf(message),
    subject: oneLine((message.subject ?? '').toWellFormed(), 500),
    receivedAt: parseInstant(message.receivedDateTime ?? '') ?? instantOf(now()),
    answers: answersIn(headers),
    headers: headers
      .slice(0, MAX_HEADERS)
      .map(({ name, value }) => ({ name, value: clip(value.toWellFormed(), 4_000) })),
  };
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const arrivalOf = (envelope: Envelope, prose: Prose): MailArrival => {
  const files = prose.attachments.map((each) => each.sha256).toSorted();
  return { ...envelope, prose, contentSha256: sha256(JSON.stringify([envelope.subject, prose.text, files])) };
};

/** The body's text; undefined when the body makes no sense or breaks what reads it. Touches nothing outside. */
const readBody = (message: MessageJson, reply: boolean): { said: BodyText; content: string } | undefined => {
  try {
    const body = bodyIn(message);
    return { said: bodyText(body, reply), content: body.content };
  } catch {
    return undefined; // whatever it was: the mail goes on as unreadable, with its original attached
  }
};

/** The mail as it came over the wire, else as Graph described it. Errors: GraphError that may pass. */
const originalOf = async ({ client, blobs }: ReadParts, mailbox: MailAddress, mail: FoundMail): Promise<Attachment> => {
  try {
    const bytes = await client.bytes(`${messagePath(mailbox, mail.messageId)}/$value`);
    return {
      name: 'original.eml',
      size: bytes.byteLength,
      contentType: 'message/rfc822',
      sha256: await blobs.put(bytes),
    };
  } catch (cause) {
    if (!(cause instanceof GraphError) || mayPass(cause)) throw cause;
    const bytes = Buffer.from(mail.raw);
    return {
      name: 'original.json',
      size: bytes.byteLength,
      contentType: 'application/json',
      sha256: await blobs.put(bytes),
    };
  }
};

/** A delta may name no more of a message than what changed of it: then the message is asked for whole. */
const completed = async ({ client }: ReadParts, path: string, message: MessageJson): Promise<MessageJson> => {
  if (message.body !== undefined) return message;
  try {
    return messageIn(await client.get(path, { query: { $select: MESSAGE_FIELDS } })) ?? message;
  } catch (cause) {
    if (cause instanceof GraphError && !mayPass(cause)) return message;
    throw cause;
  }
};

/** `hasAttachments` says nothing of pictures within the text. */
const mayHaveFiles = ({ hasAttachments }: MessageJson, content: string): boolean =>
  hasAttachments !== false || /\bcid:/iu.test(content);

const withNotes = (text: string, notes: readonly string[]): string =>
  [text, ...notes.map((note) => `[Not kept here: ${note}]`)].filter((part) => part !== '').join('\n\n');

/**
 * Reads a kept mail. A mail that cannot be read comes back as such, with its original attached; no mail is lost or refused.
 * Errors: GraphError that may pass, and those of the blob store: read again later.
 */
export const readMessage = async (parts: ReadParts, mailbox: MailAddress, mail: FoundMail): Promise<MailArrival> => {
  const kept = parseMessage(mail.raw);
  const message = kept && (await completed(parts, messagePath(mailbox, mail.messageId), kept));
  const envelope = envelopeOf(parts.now, mailbox, { ...mail, message: message ?? EMPTY_MESSAGE });
  const body = message && readBody(message, isReply(envelope.subject, envelope.answers));
  if (message === undefined || body === undefined) {
    const original = await originalOf(parts, mailbox, mail);
    return { ...arrivalOf(envelope, { text: '', attachments: [original] }), unreadable: true };
  }
  const files = mayHaveFiles(message, body.content)
    ? await keepAttachments(parts, { mailbox, messageId: mail.messageId })
    : { files: [], notes: [] };
  const { whole, text } = body.said;
  const bodySha256 = whole === undefined ? undefined : await parts.blobs.put(Buffer.from(whole));
  return arrivalOf(envelope, {
    text: withNotes(text, files.notes),
    ...(bodySha256 === undefined ? {} : { bodySha256 }),
    attachments: files.files,
  });
};

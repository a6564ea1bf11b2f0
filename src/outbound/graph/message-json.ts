import { z } from 'zod';

/** What is asked of a message; the headers come only when they are named. */
export const MESSAGE_FIELDS = [
  'id',
  'internetMessageId',
  'conversationId',
  'subject',
  'from',
  'sender',
  'toRecipients',
  'ccRecipients',
  'replyTo',
  'receivedDateTime',
  'hasAttachments',
  'body',
  'internetMessageHeaders',
  'isDraft',
].join(',');

/** Any field of a message may be missing, null or odd: it is then as if it were not there. */
const text = z.string().nullish().catch(undefined);
const address = z
  .object({ emailAddress: z.object({ name: text, address: text }) })
  .nullish()
  .catch(undefined);
const header = z.object({ name: z.string(), value: z.string() });

const MESSAGE = z.object({
  internetMessageId: text,
  subject: text,
  from: address,
  sender: address,
  receivedDateTime: text,
  hasAttachments: z.boolean().nullish().catch(undefined),
  internetMessageHeaders: z
    .array(header.or(z.unknown().transform(() => undefined)))
    .nullish()
    .catch(undefined),
  /** Judged apart: a mail whose body makes no sense is unreadable. */
  body: z.unknown().optional(),
});

const BODY = z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish();

export type MessageJson = z.output<typeof MESSAGE>;
export type MessageHeader = z.output<typeof header>;

/** A message as an answer of Graph holds it; undefined when it is none at all. */
export const messageIn = (answer: unknown): MessageJson | undefined => MESSAGE.safeParse(answer).data;

export const EMPTY_MESSAGE: MessageJson = MESSAGE.parse({});

/** A message as Graph gave it; undefined when it is none at all. */
export const parseMessage = (raw: string): MessageJson | undefined => {
  try {
    return messageIn(JSON.parse(raw));
  } catch {
    return undefined; // no JSON: the mail counts as unreadable, and its original is kept
  }
};

/** The body; empty when there is none. Errors: ZodError when it is something else. */
export const bodyIn = ({ body }: MessageJson): { contentType: 'html' | 'text'; content: string } => {
  const given = BODY.parse(body);
  return { contentType: given?.contentType?.toLowerCase() === 'text' ? 'text' : 'html', content: given?.content ?? '' };
};

/** In the order of the mail, the topmost first. */
export const headersIn = ({ internetMessageHeaders }: MessageJson): readonly MessageHeader[] =>
  (internetMessageHeaders ?? []).filter((each) => each !== undefined);

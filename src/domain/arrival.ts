import type { Instant, MailAddress, Prose } from './values.ts';
import { saysOnlyThanks } from './word-lists.ts';

/**
 * A mail that reached a mailbox, already read: what the rules need to know of it and nothing of how it came. Missing parts
 * are normal: mails without sender, subject or Message-ID exist and become tickets all the same.
 */
export interface MailArrival {
  readonly mailbox: MailAddress;
  /** The mailbox's own id of the message (Graph's immutable id). */
  readonly messageId: string;
  readonly internetMessageId?: string;
  readonly from?: { readonly name: string; readonly address: MailAddress };
  readonly subject: string;
  readonly receivedAt: Instant;
  readonly prose: Prose;
  /** Message-IDs this mail answers: In-Reply-To first, then References from right to left. */
  readonly answers: readonly string[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The text could not be read; the original is among the attachments. */
  readonly unreadable?: true;
  /** The sha-256 of subject, text and attachments: two mails with one Message-ID but different content stay two. */
  readonly contentSha256: string;
}

/** How a customer's mail counts: a thank-you does not reopen, an automatic mail changes no clock and gets no answer. */
export type MailVerdict = 'reply' | 'thanks' | 'automatic' | 'bounce';

const DAEMON = /^(mailer-daemon|postmaster|mail-daemon|double-bounce)@/u;
const BULK = /^(bulk|list|junk|auto_reply)$/iu;

type Headers = MailArrival['headers'];

const header = (headers: Headers, name: string): string | undefined =>
  headers.find((each) => each.name.toLowerCase() === name)?.value.trim();

const isBounce = ({ from, headers }: MailArrival): boolean =>
  (from !== undefined && DAEMON.test(from.address)) ||
  header(headers, 'x-failed-recipients') !== undefined ||
  /^multipart\/report\b/iu.test(header(headers, 'content-type') ?? '');

const isAutomatic = ({ headers }: MailArrival): boolean => {
  const submitted = header(headers, 'auto-submitted');
  return (
    (submitted !== undefined && !/^no\b/iu.test(submitted)) ||
    header(headers, 'x-autoreply') !== undefined ||
    header(headers, 'x-autorespond') !== undefined ||
    BULK.test(header(headers, 'precedence') ?? '')
  );
};

/** How the mail counts. Headers speak first; words only tell a thank-you from a reply. */
export const verdictOf = (arrival: MailArrival): MailVerdict => {
  if (isBounce(arrival)) return 'bounce';
  if (isAutomatic(arrival)) return 'automatic';
  return saysOnlyThanks(arrival.prose.text, arrival.from?.name) && arrival.prose.attachments.length === 0
    ? 'thanks'
    : 'reply';
};

/** A new ticket is acknowledged once; never to a programme, a list, a suppressing sender or where nothing could be read. */
export const owesAcknowledgement = (arrival: MailArrival): boolean => {
  const verdict = verdictOf(arrival);
  return (
    (verdict === 'reply' || verdict === 'thanks') &&
    arrival.from !== undefined &&
    arrival.unreadable === undefined &&
    header(arrival.headers, 'list-id') === undefined &&
    header(arrival.headers, 'list-unsubscribe') === undefined &&
    header(arrival.headers, 'x-auto-response-suppress') === undefined &&
    header(arrival.headers, 'return-path') !== '<>'
  );
};

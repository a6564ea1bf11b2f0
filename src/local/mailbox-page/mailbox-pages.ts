import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MailItem } from '../graph/mail-item.ts';
import type { GraphStandIn, MailboxView } from '../graph/open-graph-stand-in.ts';
import { CONTENT_SECURITY_POLICY, linkTo, type Reader } from './page.ts';
import {
  mailboxListPage,
  mailboxPage,
  mailboxPath,
  messagePage,
  newMailPage,
  threadPage,
  threadPath,
} from './pages.ts';
import { FormError, readMailForm } from './read-form.ts';
import { sendAs } from './send-as.ts';
import { threadsOf, type Thread } from './threads.ts';
import { languageOf, wordsOf } from './words.ts';

interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Visit {
  readonly standIn: GraphStandIn;
  readonly request: IncomingMessage;
  readonly reader: Reader;
  readonly url: URL;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1)(:\d+)?$/;
/** Shown in the page; any other file is only offered for saving. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

const redirect = (location: string): Answer => ({ status: 303, body: '', headers: { location } });

const notFound = (reader: Reader): Answer => ({ status: 404, body: messagePage(reader, reader.words.notFound) });

const download = (name: string, contentType: string, content: Buffer): Answer => {
  const shown = PICTURES.has(contentType);
  const star = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    status: 200,
    body: content,
    headers: {
      'content-type': shown ? contentType : 'application/octet-stream',
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${star}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
};

/** `attachments/{message}/{attachment}` or `raw/{message}` below a thread. */
const fileOf = (reader: Reader, thread: Thread, rest: readonly string[]): Answer => {
  const [kind, messageId, attachmentId] = rest;
  const item: MailItem | undefined = thread.messages.find((one) => one.immutableId === messageId);
  if (kind === 'raw' && item?.raw) return download('mail.eml', 'message/rfc822', item.raw);
  const file = kind === 'attachments' ? item?.attachments.find((one) => one.id === attachmentId) : undefined;
  return file ? download(file.name, file.contentType, file.content) : notFound(reader);
};

const answerNew = async ({ standIn, request, reader }: Visit, mailbox: MailboxView): Promise<Answer> => {
  if (request.method !== 'POST') return { status: 200, body: newMailPage(reader, mailbox) };
  const fields = await readMailForm(request);
  const problem = await sendAs({ standIn, mailbox, reader }, fields);
  if (!problem) return redirect(linkTo(reader, mailboxPath(mailbox.address), { sent: '1' }));
  return {
    status: problem.message === reader.words.tooLarge ? 413 : 422,
    body: newMailPage(reader, mailbox, { typed: fields, problem }),
  };
};

const answerThread = async (
  { standIn, request, reader }: Visit,
  mailbox: MailboxView,
  thread: Thread,
): Promise<Answer> => {
  if (request.method !== 'POST') return { status: 200, body: threadPage(reader, { mailbox, thread }) };
  const fields = await readMailForm(request);
  const problem = await sendAs({ standIn, mailbox, reader }, fields, thread);
  if (!problem) return redirect(linkTo(reader, threadPath(mailbox.address, thread.id)));
  const body = threadPage(reader, { mailbox, thread }, { typed: fields, problem });
  return { status: problem.message === reader.words.tooLarge ? 413 : 422, body };
};

const answer = async (visit: Visit): Promise<Answer> => {
  const { standIn, request, reader, url } = visit;
  const { words } = reader;
  const { host = '', origin } = request.headers;
  // Another site open in the same browser must neither read nor send anything here.
  const foreign = origin !== undefined && URL.parse(origin)?.host !== host;
  if (!LOOPBACK.test(host) || foreign) return { status: 403, body: messagePage(reader, words.forbidden) };
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? ''))
    return { status: 405, body: messagePage(reader, words.badMethod) };
  const [, , address, conversation, ...rest] = url.pathname.split('/').map(decodeSegment);
  if (!address) return { status: 200, body: mailboxListPage(reader, standIn.mailboxes()) };
  const mailbox = standIn.mailbox(address);
  if (!mailbox) return notFound(reader);
  if (!conversation) return { status: 200, body: mailboxPage(reader, mailbox, url.searchParams.has('sent')) };
  if (conversation === 'new' && rest.length === 0) return answerNew(visit, mailbox);
  const thread = threadsOf(mailbox).find((one) => one.id === conversation);
  if (!thread) return notFound(reader);
  return rest.length > 0 ? fileOf(reader, thread, rest) : answerThread(visit, mailbox, thread);
};

/** A segment that is not well encoded names nothing we have. */
const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const failed = (reader: Reader, cause: unknown): Answer => {
  if (!(cause instanceof FormError)) throw cause;
  if (cause.kind === 'tooLarge') return { status: 413, body: messagePage(reader, reader.words.tooLarge) };
  return { status: 400, body: messagePage(reader, reader.words.badForm) };
};

/**
 * The mailboxes as web pages under /mail, to be mounted in a plain http server on loopback: read as the mailbox's owner,
 * reply and write (both go out through the SMTP inlet). Resolves to false when the path is somebody else's.
 */
export const mailboxPages =
  (standIn: GraphStandIn) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!/^\/mail(\/|$)/.test(url.pathname)) return false;
    const asked = url.searchParams.get('lang');
    const language = languageOf(asked, request.headers['accept-language'] ?? '');
    const reader = {
      language,
      asked: asked === null ? undefined : language,
      words: wordsOf(language),
      path: url.pathname,
    };
    const { status, body, headers } = await answer({ standIn, request, reader, url }).catch((cause: unknown) =>
      failed(reader, cause),
    );
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      // With no-referrer a browser would send its forms under the origin "null", which is refused.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      vary: 'accept-language',
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  };

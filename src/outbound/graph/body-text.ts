import { convert, type HtmlToTextOptions } from 'html-to-text';
import { clip } from '../../domain/values.ts';
import { beforeOutlookQuote, withoutQuotedReply } from './quoted-reply.ts';
import { bodyDocument, HostileHtmlError, safeHtml, safeHtmlWithoutQuotes, textDocument } from './safe-html.ts';
import { strippedText } from './stripped-text.ts';

/** A body as Graph gives it. */
export interface MailBody {
  readonly contentType: 'html' | 'text';
  readonly content: string;
}

export interface BodyText {
  /** What the sender wrote, as plain text of at most 200,000 characters. */
  readonly text: string;
  /** The whole body as safe HTML; absent when `text` already says all of it. */
  readonly whole?: string;
}

/** In characters. */
const MAX_TEXT = 200_000;
/** A text up to this long is always shown in full, so that no second copy is needed. */
const SHORT_TEXT = 10_000;

const TO_TEXT: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: 250 },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: ' - ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
};

/** Control characters but tab and line feed have no business in prose. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/gu;

const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(UNPRINTABLE, '')
    .replace(/\u00a0/gu, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

const isSaid = (text: string): boolean => text.replace(/[\s>]/gu, '') !== '';

const spokenIn = (html: string): string => tidy(convert(html, TO_TEXT)).slice(0, MAX_TEXT * 2);

/** What was written in HTML: without the marked quotes when something remains, else with them. */
const saidInHtml = (html: string, safe: string, isReply: boolean): string => {
  if (!isReply) return spokenIn(safe);
  const own = spokenIn(safeHtmlWithoutQuotes(beforeOutlookQuote(html)));
  return withoutQuotedReply(isSaid(own) ? own : spokenIn(safe));
};

const fromText = (content: string, isReply: boolean): BodyText => {
  const whole = tidy(content.slice(0, MAX_TEXT * 2));
  const said = clip(isReply ? withoutQuotedReply(whole) : whole, MAX_TEXT);
  // What a ticket shows of a text is shorter still: anything that might be cut there is kept whole here.
  const isAll = said === whole && content.length <= SHORT_TEXT;
  return isAll ? { text: said } : { text: said, whole: textDocument(content.toWellFormed()) };
};

const fromHtml = (content: string, isReply: boolean): BodyText => {
  try {
    const safe = safeHtml(content);
    return { text: clip(saidInHtml(content, safe, isReply), MAX_TEXT), whole: bodyDocument(safe) };
  } catch (cause) {
    if (!(cause instanceof HostileHtmlError)) throw cause;
    const words = tidy(strippedText(content));
    return { text: fromText(words, isReply).text, whole: textDocument(words) };
  }
};

/**
 * The visible text of a mail and its whole body, safe to show. Limits come before every parser: HTML that is too large, too deep
 * or too much is only stripped of its tags.
 * @param isReply whether the mail answers another one, whose quotation is left out
 */
export const bodyText = ({ contentType, content }: MailBody, isReply: boolean): BodyText =>
  contentType === 'text' ? fromText(content, isReply) : fromHtml(content, isReply);

import sanitizeHtml from 'sanitize-html';
import type { MailItem } from '../graph/mail-item.ts';
import { html, Markup } from './markup.ts';
import type { Word } from './words.ts';

/** Sanitising takes the square of a nested mail's size; longer ones are offered as a file. */
const SHOWABLE = 200_000;

/** No headings, landmarks or ids: a mail must not disturb the page's own structure. */
const TAGS = [
  ...[
    'p',
    'div',
    'span',
    'br',
    'hr',
    'blockquote',
    'pre',
    'code',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'sub',
    'sup',
    'small',
  ],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a', 'img', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
];

const clean = (body: string, imageUrl: (contentId: string) => string | undefined): string =>
  sanitizeHtml(body, {
    allowedTags: TAGS,
    allowedAttributes: {
      a: ['href', 'rel', 'target'],
      img: ['src', 'alt'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((heading) => [heading, 'p'])),
      a: (tagName, { href = '' }) => ({ tagName, attribs: { href, rel: 'noreferrer noopener', target: '_blank' } }),
      img: (tagName, { src = '', alt = '' }) => {
        const local = src.startsWith('cid:') ? imageUrl(src.slice(4)) : undefined;
        return { tagName, attribs: { src: local ?? '', alt } };
      },
    },
    exclusiveFilter: (frame) => frame.tag === 'img' && !frame.attribs.src, // remote pictures tell the sender who reads
  });

/** The body as it may be shown. @param imageUrl where the picture with this content id is served */
export const bodyMarkup = (
  item: MailItem,
  words: Readonly<Record<Word, string>>,
  imageUrl: (contentId: string) => string | undefined,
): Markup => {
  const { contentType, content } = item.body;
  if (content.trim() === '') return html`<p class="quiet">${words.emptyBody}</p>`;
  if (content.length > SHOWABLE) return html`<p class="quiet">${words.tooLong}</p>`;
  if (contentType === 'text') return html`<div class="plain">${content}</div>`;
  return html`<div class="rich">${new Markup(clean(content, imageUrl))}</div>`;
};

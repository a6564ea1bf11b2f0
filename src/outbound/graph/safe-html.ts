import sanitizeHtml, { type IOptions } from 'sanitize-html';

/** HTML that is made to exhaust its reader: no parser goes on with it. */
export class HostileHtmlError extends Error {
  override name = 'HostileHtmlError' as const;
}

const MAX_DEPTH = 200;
const MAX_TAGS = 50_000;
/** In characters. */
const MAX_HTML = 1_000_000;

const FRAME = (
  'a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font ' +
  'footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q s samp section small span strike strong sub sup table tbody td ' +
  'tfoot th thead time tr tt u ul var wbr'
).split(' ');

/** Pictures come with the mail or not at all: a remote one tells its sender who reads, and SVG can hold scripts. */
const OWN_PICTURE = /^(cid:|data:image\/(png|jpe?g|gif|webp|bmp);base64,)/iu;

const ALLOWED: IOptions = {
  allowedTags: FRAME,
  allowedAttributes: {
    '*': ['dir', 'lang'],
    a: ['href', 'title', 'rel', 'target'],
    img: ['src', 'alt', 'width', 'height'],
    td: ['colspan', 'rowspan', 'align', 'valign'],
    th: ['colspan', 'rowspan', 'align', 'valign'],
    ol: ['start', 'type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data'] },
  allowProtocolRelative: false,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'xmp', 'iframe', 'object', 'svg', 'math'],
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
    img: (tagName, { src = '', ...attribs }) => ({
      tagName,
      attribs: OWN_PICTURE.test(src) ? { ...attribs, src } : attribs,
    }),
  },
};

/** Counts what the parser itself sees, so that nothing can be hidden from the count, and stops it at the limit. */
const watched = (): Pick<IOptions, 'onOpenTag' | 'onCloseTag'> => {
  let depth = 0;
  let tags = 0;
  return {
    onOpenTag: () => {
      depth += 1;
      tags += 1;
      if (depth > MAX_DEPTH || tags > MAX_TAGS) throw new HostileHtmlError(`HTML with ${tags} tags, ${depth} deep`);
    },
    onCloseTag: () => {
      depth -= 1;
    },
  };
};

const cleaned = (html: string, options: IOptions): string => {
  if (html.length > MAX_HTML) throw new HostileHtmlError(`HTML of ${html.length} characters`);
  return sanitizeHtml(html, { ...options, ...watched() });
};

/** What may be shown of a stranger's HTML. Errors: HostileHtmlError. */
export const safeHtml = (html: string): string => cleaned(html, ALLOWED);

/** The same without what mail clients mark as quoted; what was written below or between the quotes stays. Errors: HostileHtmlError. */
export const safeHtmlWithoutQuotes = (html: string): string =>
  cleaned(html, {
    ...ALLOWED,
    allowedAttributes: { ...ALLOWED.allowedAttributes, blockquote: ['type', 'class'] },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'blockquote' && (attribs.type?.toLowerCase() === 'cite' || /\bgmail_quote\b/u.test(attribs.class ?? '')),
  });

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A kept body is always safe HTML, so that whoever shows it has no kind to guess. */
export const bodyDocument = (safe: string): string => `<!DOCTYPE html>\n<meta charset="utf-8">\n${safe}\n`;

export const textDocument = (text: string): string =>
  bodyDocument(`<pre>${text.replace(/[&<>"]/gu, (sign) => SIGNS[sign] ?? '')}</pre>`);

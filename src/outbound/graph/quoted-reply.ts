/** A line that opens a quoted mail to its end, in the words of the usual clients. */
const SEPARATOR =
  /^\s*-{2,}\s*(Original Message|Original Appointment|Ursprüngliche Nachricht|Originalnachricht|Original-Nachricht|Message d'origine)\s*-{2,}\s*$/iu;
const FROM = /^\s*\*?(From|Von|De)\s*:\*?\s+\S/u;
const SENT = /^\s*\*?(Sent|Gesendet|Date|Datum|Envoyé)\s*:/u;
const RULE = /^\s*[_-]{5,}\s*$/u;
const ATTRIBUTION = /^\s*(On\b.{4,300}\bwrote|Am\b.{4,200}\bschrieb\b.{0,200}|Le\b.{4,300}\ba écrit)\s*:\s*$/u;
const ATTRIBUTION_LINES = 3;
const LONGEST_LINE = 500;

/** Outlook's place of the quoted mail: everything behind it is quoted. Exchange puts x_ before ids it takes over. */
const OUTLOOK = /<[a-z][^<>]*\sid=["']?(?:x_)*(?:divRplyFwdMsg|appendonsend)\b/iu;

/** HTML up to where Outlook begins to quote; all of it without such a mark. */
export const beforeOutlookQuote = (html: string): string => {
  const found = OUTLOOK.exec(html);
  return found === null ? html : html.slice(0, found.index);
};

const isQuoted = (line: string | undefined): boolean => /^\s*>/u.test(line ?? '');
const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === '';

const opensRest = (lines: readonly string[], at: number): boolean => {
  const line = lines[at] ?? '';
  if (SEPARATOR.test(line)) return true;
  return FROM.test(line) && lines.slice(at + 1, at + 4).some((next) => SENT.test(next));
};

/** How many lines an attribution takes at `at`; mail clients wrap it. 0 for none. */
const attributionAt = (lines: readonly string[], at: number): number => {
  if (!/^\s*(On|Am|Le)\b/u.test(lines[at] ?? '')) return 0;
  for (let count = 1; count <= ATTRIBUTION_LINES; count += 1) {
    const joined = lines.slice(at, at + count).join(' ');
    if (joined.length <= LONGEST_LINE && ATTRIBUTION.test(joined)) return count;
  }
  return 0;
};

/** Where the lines quoted below an attribution end; undefined when something else stands there. */
const quoteEnd = (lines: readonly string[], from: number): number | undefined => {
  let at = from;
  while (at < lines.length && isBlank(lines[at])) at += 1;
  if (at < lines.length && !isQuoted(lines[at])) return undefined;
  while (at < lines.length && (isQuoted(lines[at]) || (isBlank(lines[at]) && isQuoted(lines[at + 1])))) at += 1;
  return at;
};

const endWithoutRule = (kept: string[]): string[] => {
  while (kept.length > 0 && (isBlank(kept.at(-1)) || RULE.test(kept.at(-1) ?? ''))) kept.pop();
  return kept;
};

/**
 * What was written, without the mail it answers: only at boundaries that clients write, in one walk over the lines. Rather too
 * much than too little: without a sure end of the quote it stays, and if nothing else was said the text comes back whole.
 */
export const withoutQuotedReply = (text: string): string => {
  const lines = text.split('\n');
  const kept: string[] = [];
  let at = 0;
  while (at < lines.length) {
    if (opensRest(lines, at)) {
      endWithoutRule(kept);
      break;
    }
    const attribution = attributionAt(lines, at);
    const end = attribution === 0 ? undefined : quoteEnd(lines, at + attribution);
    if (end === undefined) kept.push(lines[at] ?? '');
    at = end ?? at + 1;
  }
  const said = kept.join('\n').trim();
  return said === '' ? text : said;
};

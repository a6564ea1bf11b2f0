import { type Instant, type Language, oneLine } from '../domain/values.ts';

/** What people wrote, made fit to be shown. In cards it goes into text runs, which know neither markdown, mention nor HTML. */

const LINE_LIMIT = 12;
const LINE_LENGTH = 300;

/** Up to 12 lines of at most 300 characters; a longer text ends with an ellipsis line. */
export const linesOf = (text: string): string[] => {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => oneLine(line, LINE_LENGTH))
    .filter((line) => line !== '');
  return lines.length > LINE_LIMIT ? [...lines.slice(0, LINE_LIMIT - 1), '…'] : lines;
};

/** Characters that the card's markdown reads, and those of HTML and mentions, each made harmless by a look-alike. */
const ESCAPES: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '[': '⁅',
  ']': '⁆',
  '<': '‹',
  '>': '›',
  '`': 'ˋ',
  '~': '˜',
  '#': '＃',
  '\\': '⧵',
  '|': '¦',
};

/** For the few places that are read as markdown: nothing in the text can become a link, a mention, a heading or markup. */
export const plain = (text: string): string =>
  oneLine(text, 500).replace(/[*_[\]<>`~#\\|]/gu, (sign) => ESCAPES[sign] ?? '');

const FORMATS = new Map<string, Intl.DateTimeFormat>();

const formatOf = (language: Language, zone: string): Intl.DateTimeFormat => {
  const key = `${language}|${zone}`;
  const known = FORMATS.get(key);
  if (known) return known;
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  FORMATS.set(key, format);
  return format;
};

/** A moment in the reader's language and zone: "Mon, 5 Jan, 10:42". */
export const when = (at: Instant, { language, zone }: { language: Language; zone: string }): string =>
  formatOf(language, zone).format(new Date(at));

/** "report.pdf (1.2 MB)". */
export const fileLine = ({ name, size }: { name: string; size: number }, language: Language): string =>
  `${oneLine(name, 100) || '?'} (${sizeText(size, language)})`;

const sizeText = (bytes: number, language: Language): string => {
  const [value, unit] =
    bytes < 1024 ? [bytes, 'B'] : bytes < 1_048_576 ? [bytes / 1024, 'KB'] : [bytes / 1_048_576, 'MB'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
};

import { type Instant, type Language, oneLine } from '../domain/values.ts';

/** What people wrote, made fit to be shown. In cards it goes into text runs, which know neither markdown, mention nor HTML. */

/** How many lines of a text are shown, and how long each may be, in characters. */
interface Extent {
  readonly lines: number;
  readonly lineLength: number;
}

/** Up to 12 lines of at most 300 characters, unless told otherwise; a longer text ends with an ellipsis line. */
export const linesOf = (
  text: string,
  { lines: most, lineLength }: Extent = { lines: 12, lineLength: 300 },
): string[] => {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => oneLine(line, lineLength))
    .filter((line) => line !== '');
  return lines.length > most ? [...lines.slice(0, most - 1), '…'] : lines;
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

interface Place {
  readonly language: Language;
  /** IANA, e.g. `Europe/Berlin`. */
  readonly zone: string;
}

const MOMENT: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
};
const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };

/** Making a format is slow, so each is made once. */
const formatOf = ({ language, zone }: Place, kind: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language}|${zone}|${Object.keys(kind).join()}`;
  const known = FORMATS.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { timeZone: zone, ...kind });
  FORMATS.set(key, format);
  return format;
};

/** A moment in the reader's language and zone: "Mon, 5 Jan, 10:42". */
export const when = (at: Instant, place: Place): string => formatOf(place, MOMENT).format(new Date(at));

/** "Mon, 5 Jan 2026" */
export const dayOf = (at: Instant, place: Place): string => formatOf(place, DAY).format(new Date(at));

/** "10:42:30" */
export const clockTime = (at: Instant, place: Place): string => formatOf(place, CLOCK).format(new Date(at));

/** "report.pdf (1.2 MB)". */
export const fileLine = ({ name, size }: { name: string; size: number }, language: Language): string =>
  `${oneLine(name, 100) || '?'} (${sizeText(size, language)})`;

const sizeText = (bytes: number, language: Language): string => {
  const [value, unit] =
    bytes < 1024 ? [bytes, 'B'] : bytes < 1_048_576 ? [bytes / 1024, 'KB'] : [bytes / 1_048_576, 'MB'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
};

/** One record of a CSV file; `line` is the line it begins on, counted from 1. */
export type CsvRecord =
  { readonly line: number; readonly fields: readonly string[] } | { readonly line: number; readonly fault: string };

interface Field {
  readonly value: string;
  /** Where the reading goes on: at a comma, the end of a line or the end of the text. */
  readonly end: number;
}

type Scanned = { readonly fields: readonly string[]; readonly end: number } | { readonly fault: string };

/**
 * Strict RFC 4180: commas, CRLF or LF, quotes around fields, doubled quotes within. A record that breaks the rules is given as
 * a fault, and the reading goes on with the next line, so that one stray quote cannot swallow the rest. Blank lines are no
 * records; a byte order mark is passed over.
 */
export function* recordsOf(csv: string): Generator<CsvRecord> {
  const text = csv.startsWith('\ufeff') ? csv.slice(1) : csv;
  let line = 1;
  for (let at = 0; at < text.length;) {
    const end = endOfLine(text, at);
    if (end === at) {
      at = afterLine(text, end);
      line += 1;
      continue;
    }
    const scanned = scan(text, at);
    yield 'fault' in scanned ? { line, fault: scanned.fault } : { line, fields: scanned.fields };
    const next = afterLine(text, 'fault' in scanned ? end : scanned.end);
    line += linesIn(text, at, next);
    at = next;
  }
}

const scan = (text: string, from: number): Scanned => {
  const fields: string[] = [];
  for (let at = from; ;) {
    const field = text[at] === '"' ? quoted(text, at) : plain(text, at);
    if ('fault' in field) return field;
    fields.push(field.value);
    if (text[field.end] !== ',') return { fields, end: field.end };
    at = field.end + 1;
  }
};

const plain = (text: string, from: number): Field | { fault: string } => {
  const comma = text.indexOf(',', from);
  const line = endOfLine(text, from);
  const end = comma === -1 ? line : Math.min(comma, line);
  const value = text.slice(from, end);
  return value.includes('"') ? { fault: 'a quote stands inside a field that is not quoted' } : { value, end };
};

const quoted = (text: string, from: number): Field | { fault: string } => {
  let end = text.indexOf('"', from + 1);
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end === -1) return { fault: 'a quote is opened and never closed' };
  const next = end + 1;
  const closed = next >= text.length || text[next] === ',' || endOfLine(text, next) === next;
  if (!closed) return { fault: 'something stands after a closing quote' };
  return { value: text.slice(from + 1, end).replaceAll('""', '"'), end: next };
};

/** Where the line ends: before its CRLF or LF, or at the end of the text. */
const endOfLine = (text: string, from: number): number => {
  const feed = text.indexOf('\n', from);
  if (feed === -1) return text.length;
  return feed > from && text[feed - 1] === '\r' ? feed - 1 : feed;
};

const afterLine = (text: string, end: number): number => {
  const feed = text.indexOf('\n', end);
  return feed === -1 ? text.length : feed + 1;
};

const linesIn = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let feed = text.indexOf('\n', from); feed !== -1 && feed < to; feed = text.indexOf('\n', feed + 1)) count += 1;
  return count;
};

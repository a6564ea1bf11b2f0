import type { Door } from '../domain/ownership-commands.ts';
import { type Instant, oneLine, type TicketId, type TicketNumber } from '../domain/values.ts';
import { type Element, row, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { plainCard } from './plain-card.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

/** One attempt to change an owner, as the report keeps it. `by` and `to` are names. */
export interface AttemptRow {
  readonly at: Instant;
  readonly by: string;
  readonly door: Door;
  readonly to: string;
  readonly number: TicketNumber;
  readonly ticketId?: TicketId;
}

interface ReportCard {
  /** Newest first. */
  readonly rows: readonly AttemptRow[];
  readonly reader: Reader;
}

const SHOWN_ROWS = 15;
const SHOWN_PEOPLE = 10;
const NAME = 60;

/** How often each name occurs, the most frequent first. */
const counted = (names: readonly string[]): readonly (readonly [name: string, count: number])[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
};

/** Who tried to give tickets another owner, and through which door. No owner was changed by any of it. */
export const reportCard = ({ rows, reader }: ReportCard): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const { report } = words;
  const lines = (counts: readonly (readonly [string, number])[]): Element[] =>
    counts.map(([what, count]) => row({ lines: [[{ text: report.counted(what, count) }]] }));
  const people = counted(rows.map(({ by }) => oneLine(by, NAME) || words.nobody));
  const doors = counted(rows.map(({ door }) => report[door]));
  return plainCard({
    title: report.title,
    note: rows.length === 0 ? report.empty : report.counted(report.total, rows.length),
    items: [
      ...section(report.byPerson, lines(people.slice(0, SHOWN_PEOPLE))),
      ...section(report.byDoor, lines(doors)),
      ...section(
        report.attempts,
        rows.slice(0, SHOWN_ROWS).map((each) => attempt(each, reader)),
      ),
    ],
    actions: [],
  });
};

const attempt = ({ at, by, door, to, number, ticketId }: AttemptRow, reader: Reader): Element => {
  const { report, list } = wordsIn(reader.language);
  const text = [number, `${oneLine(by, NAME)} → ${oneLine(to, NAME)}`, report[door], when(at, reader)].join(' · ');
  return row({
    lines: [[{ text }]],
    ...(ticketId === undefined ? {} : { opens: { title: list.open(number), verb: 'open', data: { ticketId } } }),
  });
};

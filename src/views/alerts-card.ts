import { type Instant, type TeamId } from '../domain/values.ts';
import { type AlertTelling, teamName, timeOf } from './alert-times.ts';
import type { ToldLine } from './alert-told.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { type Element, row } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

export interface AlertsCard {
  /** Newest first. */
  readonly story: { readonly lines: readonly ToldLine[]; readonly over: readonly ToldLine[] };
  readonly reader: Reader;
  readonly now: Instant;
  readonly teamNameOf?: (id: TeamId) => string;
}

const NAMES = [60, 30, 12] as const;
const SHOWN = 15;

/** Many alerts alike on one card, a row each: of one ticket the same is said once. */
export const alertsCard = ({ story, reader, now, teamNameOf }: AlertsCard): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const lines = eachOnce(story.lines);
  const over = eachOnce(story.over).length;
  const [newest] = lines;
  return fitted(NAMES, (names) => {
    const telling: AlertTelling = { reader, words, teamNameOf: teamNameOf ?? ((id) => id), posted: now, names };
    if (!newest) return plainCard({ title: words.alert.nothingLeft, note: '', items: [], actions: [] });
    const { condition, envelope, level } = newest;
    const many = words.alert.many[envelope === undefined ? 'ticket' : 'envelope'][condition];
    const more = lines.length - SHOWN;
    return plainCard({
      title: words.alert.atLevel(many(lines.length), level),
      note: over > 0 ? words.alert.alreadyOver(over) : '',
      items: [
        ...lines.slice(0, SHOWN).map((line) => lineRow(line, telling)),
        ...(more > 0 ? [row({ lines: [[{ text: words.tell.more(more), isSubtle: true }]] })] : []),
      ],
      actions: [],
    });
  });
};

const eachOnce = (lines: readonly ToldLine[]): readonly ToldLine[] => {
  const seen = new Set<string>();
  return lines.filter(({ ticketId, envelope }) => {
    const key = `${ticketId}~${envelope ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
};

const lineRow = (line: ToldLine, telling: AlertTelling): Element => {
  const { words } = telling;
  const { ticketId, number, priority, teamId, dueAt, episode } = line;
  return row({
    lines: [
      [
        { text: `${number} `, weight: 'Bolder' },
        { text: `${priority} `, color: PRIORITY_COLOR[priority], weight: 'Bolder' },
        { text: `· ${teamName(teamId, telling)} · ${words.tell.since(timeOf(dueAt, telling))}`, isSubtle: true },
      ],
    ],
    opens: { title: words.list.open(number), verb: 'alert-open', data: { ticketId, episode } },
  });
};

import type { AlertLevel, Condition } from '../domain/alert-rules.ts';
import {
  type Instant,
  oneLine,
  type Priority,
  type TeamId,
  type TicketId,
  type TicketNumber,
} from '../domain/values.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { button, type Element, row, runs, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import { priorityBars, priorityLine } from './priority-bars.ts';
import { dayOf, when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

interface TeamDay {
  readonly teamId: TeamId;
  readonly waiting: number;
  readonly open: number;
  readonly overdue: number;
  readonly byPriority: Readonly<Record<Priority, number>>;
  readonly oldest?: {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly subject: string;
    readonly dueAt: Instant;
  };
  readonly more: boolean;
}

interface ToldLine {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly priority: Priority;
  readonly condition: Condition;
  readonly envelope?: number;
  readonly level: AlertLevel;
  /** `rolled-up`: it was on one card with others alike; all else waited for the digest. */
  readonly state: string;
}

export interface DigestCard {
  readonly story: {
    readonly until: Instant;
    readonly teams: readonly TeamDay[];
    /** Newest first. */
    readonly lines: readonly ToldLine[];
  };
  readonly teamNameOf: (id: TeamId) => string;
  readonly reader: Reader;
}

interface Detail {
  readonly teams: number;
  readonly lines: number;
  readonly text: number;
  readonly bars: boolean;
}

/** Where not all of it fits, the pictures go: the numbers stay. */
const DETAILS: readonly [Detail, ...Detail[]] = [
  { teams: 12, lines: 20, text: 120, bars: true },
  { teams: 12, lines: 12, text: 60, bars: true },
  { teams: 10, lines: 10, text: 40, bars: false },
];

interface Telling extends Detail {
  readonly card: DigestCard;
  readonly words: Words;
}

/** The day of somebody who leads: what waits, how much of it is late, and what the matrix kept for now. */
export const digestCard = (card: DigestCard): AdaptiveCard => {
  const words = wordsIn(card.reader.language);
  const { teams, lines, until } = card.story;
  const isEmpty = lines.length === 0 && teams.every(({ waiting, open }) => waiting + open === 0);
  return fitted(DETAILS, (detail) => {
    const telling = { card, words, ...detail };
    const more = teams.length - detail.teams;
    return plainCard({
      title: words.digest.title(dayOf(until, card.reader)),
      note: isEmpty ? words.digest.empty : '',
      items: isEmpty
        ? []
        : [
            ...teams.slice(0, detail.teams).flatMap((team) => teamSection(team, telling)),
            ...(more > 0 ? [runs({ text: words.tell.more(more) })] : []),
            ...linesSection(telling),
          ],
      actions: [button({ title: words.digest.desk, verb: 'desk', data: {} })],
    });
  });
};

const teamSection = (team: TeamDay, telling: Telling): readonly Element[] => {
  const { card, words, text, bars } = telling;
  const { digest } = words;
  const counts = [digest.waiting(team.waiting), digest.open(team.open)].join(' · ');
  const late = team.overdue > 0 ? [{ text: ` · ${digest.overdue(team.overdue)}`, color: 'Attention' }] : [];
  const isIdle = team.waiting + team.open === 0;
  const picture = bars ? priorityBars(team.byPriority, words) : priorityLine(team.byPriority, words);
  return section(
    oneLine(card.teamNameOf(team.teamId), text) || '?',
    isIdle
      ? [runs({ text: digest.nothingOpen, isSubtle: true })]
      : [
          runs({ text: counts }, ...late),
          runs({ text: digest.byPriority, isSubtle: true, size: 'Small' }),
          ...picture,
          ...oldestRow(team, telling),
          ...(team.more ? [runs({ text: digest.notAllCounted, isSubtle: true, size: 'Small' })] : []),
        ],
  );
};

const oldestRow = ({ oldest }: TeamDay, { card, words, text }: Telling): readonly Element[] => {
  if (!oldest) return [];
  const { ticketId, number, subject, dueAt } = oldest;
  const due = when(dueAt, card.reader);
  const isLate = dueAt < card.story.until;
  return [
    row({
      lines: [
        [
          { text: `${words.digest.first}: ${number} `, weight: 'Bolder' },
          { text: `${oneLine(subject, text) || words.noSubject} · ` },
          isLate ? { text: words.tell.overdue(due), color: 'Attention' } : { text: words.list.due(due) },
        ],
      ],
      opens: { title: words.list.open(number), verb: 'open', data: { ticketId } },
    }),
  ];
};

/** What was repeated is one line here. */
const eachOnce = (lines: readonly ToldLine[]): readonly ToldLine[] =>
  [
    ...new Map(
      lines
        .toReversed()
        .map((each) => [`${each.ticketId}~${each.condition}~${each.level}~${each.envelope ?? ''}`, each] as const),
    ).values(),
  ].toReversed();

const linesSection = ({ card, words, lines: most }: Telling): readonly Element[] => {
  const lines = eachOnce(card.story.lines);
  const more = lines.length - most;
  return section(words.digest.told(lines.length), [
    ...(lines.length === 0 ? [] : lines.slice(0, most).map((each) => toldRow(each, words))),
    ...(more > 0 ? [runs({ text: words.tell.more(more) })] : []),
  ]);
};

const toldRow = ({ ticketId, number, priority, condition, level, state }: ToldLine, words: Words): Element => {
  const what = words.matrix.atLevel(words.matrix.condition[condition], level);
  const together = state === 'rolled-up' ? ` · ${words.digest.rolledUp}` : '';
  return row({
    lines: [
      [
        { text: `${number} `, weight: 'Bolder' },
        { text: `${priority} `, color: PRIORITY_COLOR[priority], weight: 'Bolder' },
        { text: `${what}${together}` },
      ],
    ],
    opens: { title: words.list.open(number), verb: 'open', data: { ticketId } },
  });
};

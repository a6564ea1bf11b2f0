import type { QueueEntry } from '../domain/effects.ts';
import { mayRole } from '../domain/roles.ts';
import { type Instant, oneLine, type PersonId, type PersonRef } from '../domain/values.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { button, choiceField, type Element, row, type Run, runs, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

interface WithWork {
  readonly person: PersonRef;
  readonly open: number;
  readonly overdue: number;
  readonly away: boolean;
  readonly next?: QueueEntry;
}

export interface DeskCard {
  readonly story: {
    /** In the order in which they are shown. */
    readonly people: readonly WithWork[];
    readonly waiting: readonly QueueEntry[];
    readonly burning: readonly QueueEntry[];
  };
  /** Who may own a ticket: only to them it is offered. */
  readonly mayTake: (id: PersonId) => boolean;
  readonly now: Instant;
  readonly reader: Reader;
}

interface Detail {
  readonly burning: number;
  readonly waiting: number;
  readonly people: number;
  readonly text: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { burning: 10, waiting: 10, people: 20, text: 120 },
  { burning: 8, waiting: 6, people: 12, text: 60 },
  { burning: 7, waiting: 5, people: 10, text: 40 },
  { burning: 5, waiting: 4, people: 8, text: 30 },
  { burning: 4, waiting: 3, people: 5, text: 15 },
];
const NAME = 60;
const MOST_CHOICES = 20;

interface Telling extends Detail {
  readonly card: DeskCard;
  readonly words: Words;
  readonly takers: readonly PersonRef[];
}

/** The teams of whoever leads, as they are now: what burns next, what waits, who has what. Each row opens its ticket. */
export const deskCard = (card: DeskCard): AdaptiveCard => {
  const words = wordsIn(card.reader.language);
  const { people, waiting, burning } = card.story;
  const takers = takersOf(card);
  const known = new Set(burning.map(({ ticketId }) => ticketId));
  const also = waiting.filter(({ ticketId }) => !known.has(ticketId));
  return fitted(DETAILS, (detail) => {
    const telling = { card, words, takers, ...detail };
    const shown = { burning: burning.slice(0, detail.burning), also: also.slice(0, detail.waiting) };
    const isEmpty = shown.burning.length + shown.also.length === 0;
    return plainCard({
      title: words.desk.title,
      note: [words.desk.asOf(when(card.now, card.reader)), ...(isEmpty ? [words.desk.empty] : [])].join(' '),
      items: [
        ...offerField([...shown.burning, ...shown.also], telling),
        ...section(words.desk.burning, entryRows(shown.burning, telling)),
        ...section(words.desk.waiting, entryRows(shown.also, telling)),
        ...peopleSection(people, telling),
      ],
      actions: [button({ title: words.desk.refresh, verb: 'desk', alone: true, data: {} })],
    });
  });
};

/** Whom a ticket can be offered to: who is here and has the least comes first. Nobody, where the reader may not offer. */
const takersOf = ({ story, mayTake, reader }: DeskCard): readonly PersonRef[] =>
  reader.person && mayRole(reader.person, 'offer')
    ? story.people
        .filter(({ person, away }) => !away && mayTake(person.id))
        .sort((a, b) => a.open - b.open)
        .map(({ person }) => person)
        .slice(0, MOST_CHOICES)
    : [];

const isWaiting = ({ bucket }: QueueEntry): boolean => bucket === 'waiting';

/** One person for all the Offer buttons, chosen beforehand, so that an offer is one tap. */
const offerField = (entries: readonly QueueEntry[], { takers, words }: Telling): readonly Element[] =>
  takers.length > 0 && entries.some(isWaiting)
    ? [
        choiceField({
          id: 'personId',
          label: words.desk.offerTo,
          value: takers[0]?.id,
          choices: takers.map(({ id, name }) => ({ id, name: oneLine(name, NAME) })),
        }),
      ]
    : [];

const dueRun = ({ dueAt }: QueueEntry, { card, words }: Telling): Run => {
  const due = when(dueAt, card.reader);
  return dueAt < card.now ? { text: words.tell.overdue(due), color: 'Attention' } : { text: words.list.due(due) };
};

const headOf = ({ number, priority, subject }: QueueEntry, { words, text }: Telling): readonly Run[] => [
  { text: `${number} `, weight: 'Bolder' },
  { text: `${priority} `, color: PRIORITY_COLOR[priority], weight: 'Bolder' },
  { text: oneLine(subject, text) || words.noSubject },
];

const opensOf = ({ ticketId, number }: QueueEntry, { words }: Telling) => ({
  title: words.list.open(number),
  verb: 'open',
  alone: true as const,
  data: { ticketId },
});

const entryRows = (entries: readonly QueueEntry[], telling: Telling): readonly Element[] =>
  entries.map((entry) => {
    const { words, takers, text } = telling;
    const name = Math.min(NAME, text);
    const customer = oneLine(entry.requester, name) || words.noSender;
    const owner = oneLine(entry.ownerName ?? '', name) || words.nobody;
    const small = { size: 'Small' } as const;
    return row({
      lines: [
        headOf(entry, telling),
        [
          { ...dueRun(entry, telling), ...small },
          {
            text: ` · ${words.facts.customer}: ${customer} · ${words.facts.owner}: ${owner}`,
            isSubtle: true,
            ...small,
          },
        ],
      ],
      opens: opensOf(entry, telling),
      actions:
        takers.length > 0 && isWaiting(entry)
          ? [
              button({
                title: words.desk.offer(entry.number),
                verb: 'offer',
                data: { ticketId: entry.ticketId, list: 'desk' },
              }),
            ]
          : [],
    });
  });

const peopleSection = (people: readonly WithWork[], telling: Telling): readonly Element[] => {
  const { words, people: most } = telling;
  const more = people.length - most;
  return section(
    words.desk.people,
    people.length === 0
      ? [runs({ text: words.desk.noPeople, isSubtle: true })]
      : [
          ...people.slice(0, most).map((each) => personRow(each, telling)),
          ...(more > 0 ? [runs({ text: words.tell.more(more) })] : []),
        ],
  );
};

const personRow = ({ person, open, overdue, away, next }: WithWork, telling: Telling): Element => {
  const { words } = telling;
  const { digest, desk } = words;
  const late = overdue > 0 ? [{ text: ` · ${digest.overdue(overdue)}`, color: 'Attention' }] : [];
  return row({
    lines: [
      [
        { text: oneLine(person.name, NAME) || '?', weight: 'Bolder' },
        { text: ` · ${open === 0 ? desk.nothingOpen : digest.open(open)}` },
        ...late,
        ...(away ? [{ text: ` · ${desk.away}`, color: 'Warning' }] : []),
      ],
      ...(next
        ? [
            [
              { text: `${desk.next(next.number)} · `, isSubtle: true as const, size: 'Small' as const },
              { ...dueRun(next, telling), size: 'Small' as const },
            ],
          ]
        : []),
    ],
    ...(next ? { opens: opensOf(next, telling) } : {}),
  });
};

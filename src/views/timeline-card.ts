import type { Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { oneLine, type TeamId } from '../domain/values.ts';
import { type CardDetail, DETAILS } from './card-detail.ts';
import { button, choiceField, type Element, runs, dateField } from './elements.ts';
import { entryRow } from './entry-lines.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import type { Reader } from './ticket-acts.ts';
import { customerOf } from './ticket-facts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

export type EntryKind = TimelineEntry['kind'];

export interface TimelineCard {
  readonly ticket: Ticket;
  /** One page, newest first. Where not all of it fits, "Older" begins after the last that is shown. */
  readonly entries: readonly TimelineEntry[];
  readonly hasOlder: boolean;
  /** Where the page before this one began; `first`: with the newest. Absent: this is the first page. */
  readonly newer?: number | 'first';
  /** Days as a date field gives them, e.g. `2026-01-31`; both are included. */
  readonly filter?: {
    readonly kind?: EntryKind;
    readonly author?: string;
    readonly from?: string;
    readonly until?: string;
  };
  /** Who can be filtered by. */
  readonly authors?: readonly string[];
  readonly teamNameOf: (id: TeamId) => string;
  readonly reader: Reader;
}

const KINDS: readonly EntryKind[] = ['note', 'email', 'call', 'meeting', 'task', 'system'];
const FEW_AUTHORS = 5;
const SHOWN_HELPERS = 8;
const NAME = 80;

/** Few entries in full before many in short: who looks here reads. */
const PAGES: readonly [Page, ...Page[]] = [
  { most: 50, detail: DETAILS[0] },
  ...DETAILS.slice(1).map((detail, index) => ({ most: [30, 20, 12, 8][index] ?? 8, detail })),
];

interface Page {
  readonly most: number;
  readonly detail: CardDetail;
}

/** All that happened to a ticket, page by page, filtered by kind and author; and whose help was confirmed. */
export const timelineCard = (card: TimelineCard): AdaptiveCard => {
  const { ticket, reader, teamNameOf } = card;
  const words = wordsIn(reader.language);
  return fitted(PAGES, ({ most, detail }) => {
    const shown = card.entries.slice(0, most);
    return plainCard({
      title: words.timeline.title(ticket.number),
      note: shown.length > 0 ? '' : words.timeline.empty,
      items: [
        aboutLine(`${words.facts.customer}: ${customerOf(ticket, words)}`),
        ...creditLine(ticket, words),
        ...filterFields(card, words, detail),
        ...shown.map((entry) => entryRow(entry, { reader, teamNameOf, detail })),
      ],
      actions: pageButtons(card, shown, words),
    });
  });
};

const creditLine = ({ credit }: Ticket, words: Words): Element[] =>
  credit && credit.length > 0
    ? [
        runs(
          { text: `${words.timeline.credit}: `, isSubtle: true },
          {
            text: credit
              .slice(0, SHOWN_HELPERS)
              .map(({ name, answers }) => `${oneLine(name, NAME)} (${answers})`)
              .join(', '),
          },
        ),
      ]
    : [];

const filterFields = (
  { filter, authors: all = [] }: TimelineCard,
  { timeline }: Words,
  { people }: CardDetail,
): Element[] => {
  const authors = all
    .filter((name) => oneLine(name, NAME) !== '' && name.length <= NAME)
    .slice(0, Math.max(FEW_AUTHORS, people));
  return [
    choiceField({
      id: 'kind',
      label: timeline.kind,
      value: filter?.kind,
      placeholder: timeline.all,
      choices: KINDS.map((kind) => ({ id: kind, name: timeline[kind] })),
    }),
    ...(authors.length > 0
      ? [
          choiceField({
            id: 'author',
            label: timeline.author,
            value: filter?.author,
            placeholder: timeline.all,
            choices: authors.map((name) => ({ id: name, name: oneLine(name, NAME) })),
          }),
        ]
      : []),
    dateField({ id: 'from', label: timeline.from, value: filter?.from }),
    dateField({ id: 'until', label: timeline.until, value: filter?.until }),
  ];
};

const pageButtons = (
  { ticket, entries, hasOlder, newer, filter }: TimelineCard,
  shown: readonly TimelineEntry[],
  { timeline }: Words,
): Element[] => {
  const data = { ticketId: ticket.id };
  const last = shown.at(-1);
  const goesOn = last !== undefined && (hasOlder || shown.length < entries.length);
  return [
    button({ title: timeline.filter, verb: 'timeline', data }),
    ...(filter?.kind || filter?.author ? [button({ title: timeline.all, verb: 'timeline', alone: true, data })] : []),
    ...(newer === undefined
      ? []
      : [
          button({
            title: timeline.newer,
            verb: 'timeline',
            data: newer === 'first' ? data : { ticketId: ticket.id, before: newer },
          }),
        ]),
    ...(goesOn
      ? [button({ title: timeline.older, verb: 'timeline', data: { ticketId: ticket.id, before: last.rev } })]
      : []),
    button({ title: timeline.back, verb: 'open', data }),
  ];
};

import type { ListedEnvelope, ListedTask, OfTicket } from '../domain/effects.ts';
import type { Instant } from '../domain/values.ts';
import { oneLine } from '../domain/values.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { button, type Element, row, type Run } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

interface WorkList<Row> {
  readonly rows: readonly Row[];
  readonly reader: Reader;
  /** Names the list for the "More" button, with where the next page begins. */
  readonly next?: { readonly list: string; readonly continuation: string };
}

export interface EnvelopeList extends WorkList<ListedEnvelope> {
  /** The team whose queue of envelopes it is; absent: the reader's own. */
  readonly teamName?: string;
}

export interface TaskList extends WorkList<ListedTask> {
  readonly now: Instant;
}

const NAME = 60;
/** Every row has a head of its own, so a long page of long names gives up the length of its names first. */
const LENGTHS = [200, 100, 60, 30, 15] as const;
/** A task without a date is listed as if it were due at the end of time. */
const NO_DATE = '9999';

/** Where somebody helps, or what a team is asked to help with; each row opens its envelope. */
export const envelopeListCard = (list: EnvelopeList): AdaptiveCard => {
  const { reader, teamName, rows } = list;
  const words = wordsIn(reader.language);
  return fitted(LENGTHS, (length) =>
    plainCard({
      title:
        teamName === undefined ? words.list.envelopesTitle : words.list.teamEnvelopesTitle(oneLine(teamName, NAME)),
      note: rows.length > 0 ? '' : teamName === undefined ? words.list.envelopesEmpty : words.list.teamEnvelopesEmpty,
      items: rows.map((each) => envelopeRow(each, { words, reader, length })),
      actions: moreButton(list, words),
    }),
  );
};

/** Somebody's open tasks, each with its Done button and a way to its ticket. */
export const taskListCard = (list: TaskList): AdaptiveCard => {
  const { reader, rows, now } = list;
  const words = wordsIn(reader.language);
  return fitted(LENGTHS, (length) =>
    plainCard({
      title: words.list.tasksTitle,
      note: rows.length > 0 ? '' : words.list.tasksEmpty,
      items: rows.map((each) => taskRow(each, { words, reader, length, now })),
      actions: moreButton(list, words),
    }),
  );
};

const moreButton = ({ next }: Pick<WorkList<unknown>, 'next'>, words: Words): readonly Element[] =>
  next ? [button({ title: words.list.more, verb: 'more', data: { ...next } })] : [];

interface Telling {
  readonly words: Words;
  readonly reader: Reader;
  readonly length: number;
}

/** Number, priority and subject, then customer and owner: the head of every row. */
const head = (of: OfTicket, { words, length }: Telling): readonly (readonly Run[])[] => [
  [
    { text: `${of.number} `, weight: 'Bolder' },
    { text: `${of.priority} `, color: PRIORITY_COLOR[of.priority], weight: 'Bolder' },
    { text: oneLine(of.subject, length) || words.noSubject },
  ],
  [
    {
      text: [
        `${words.facts.customer}: ${oneLine(of.requester, Math.min(NAME, length)) || words.noSender}`,
        `${words.facts.owner}: ${oneLine(of.ownerName ?? '', Math.min(NAME, length)) || words.nobody}`,
      ].join(' · '),
      isSubtle: true,
      size: 'Small',
    },
  ],
];

const envelopeRow = (each: ListedEnvelope, telling: Telling): Element => {
  const { words, reader, length } = telling;
  const state = [
    words.envelopeState[each.state],
    ...(each.expertName === undefined ? [] : [oneLine(each.expertName, Math.min(NAME, length))]),
    words.list.due(when(each.dueAt, reader)),
  ];
  return row({
    lines: [...head(each, telling), [{ text: state.join(' · '), size: 'Small' }]],
    opens: {
      title: words.card.openEnvelope,
      verb: 'open-envelope',
      data: { ticketId: each.ticketId, envelope: each.seq },
    },
  });
};

const taskRow = (each: ListedTask, telling: Telling & { readonly now: Instant }): Element => {
  const { words, reader, length, now } = telling;
  const isLate = each.dueAt < now;
  const due = each.dueAt.startsWith(NO_DATE) ? words.list.noDate : when(each.dueAt, reader);
  const text = each.dueAt.startsWith(NO_DATE) ? due : isLate ? words.tell.overdue(due) : words.list.due(due);
  return row({
    lines: [
      [
        { text: `${oneLine(each.title, Math.min(length, 120))} · `, weight: 'Bolder' },
        { text, ...(isLate ? { color: 'Attention' } : {}) },
      ],
      ...head(each, telling),
    ],
    opens: { title: words.list.open(each.number), verb: 'open', data: { ticketId: each.ticketId } },
    actions: [
      button({
        title: words.card.done,
        verb: 'finish-task',
        data: { ticketId: each.ticketId, task: each.task, list: 'tasks' },
      }),
    ],
  });
};

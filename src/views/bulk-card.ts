import type { QueueEntry } from '../domain/effects.ts';
import { oneLine, type TicketId, type TicketNumber } from '../domain/values.ts';
import { button, choiceField, type Element, row, textField } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';
import type { BulkAct } from './words/work-words.ts';

type PickRow = Pick<QueueEntry, 'ticketId' | 'number' | 'subject' | 'priority' | 'requester'>;

interface BulkPick {
  readonly rows: readonly PickRow[];
  readonly reader: Reader;
  /** Why the last try was refused. */
  readonly fault?: string;
  readonly typed?: {
    readonly tickets?: readonly string[];
    readonly act?: PickedAct;
    readonly cancelReason?: string;
    readonly parentNumber?: string;
    readonly answerText?: string;
  };
}

export type PickedAct = Extract<BulkAct, 'accept' | 'cancel' | 'link' | 'answer'>;

/** Choosing many tickets and what shall happen to them; nothing happens before its preview is confirmed. */
export const bulkPickCard = (pick: BulkPick): AdaptiveCard => {
  const words = wordsIn(pick.reader.language);
  return fitted([80, 50, 30, 15], (length) =>
    plainCard({
      title: words.job.pickTitle,
      note: pick.rows.length === 0 ? words.job.pickEmpty : '',
      items: [
        ...(pick.fault ? [row({ lines: [[{ text: oneLine(pick.fault, 300), color: 'Attention' }]] })] : []),
        ...(pick.rows.length === 0 ? [] : fieldsOf(pick, words, length)),
      ],
      actions: pick.rows.length === 0 ? [] : [button({ title: words.job.preview, verb: 'bulk-preview', data: {} })],
    }),
  );
};

/** Only what the chosen act needs is read, so none of the fields below it is required. */
const fieldsOf = ({ rows, typed = {} }: BulkPick, { job, card }: Words, length: number): readonly Element[] => [
  choiceField({
    id: 'tickets',
    label: job.pick,
    several: true,
    needed: job.pickNeeded,
    value: typed.tickets?.join(','),
    choices: rows.map((each) => ({ id: each.ticketId, name: pickName(each, length) })),
  }),
  choiceField({
    id: 'act',
    label: job.pickAct,
    needed: card.reasonNeeded,
    value: typed.act,
    choices: [
      { id: 'accept', name: job.pickAccept },
      { id: 'cancel', name: job.pickCancel },
      { id: 'link', name: job.pickLink },
      { id: 'answer', name: job.pickAnswer },
    ],
  }),
  choiceField({
    id: 'cancelReason',
    label: `${job.pickCancel}: ${card.cancelWhy}`,
    value: typed.cancelReason,
    choices: (['spam', 'mistake'] as const).map((reason) => ({ id: reason, name: card[reason] })),
  }),
  textField({ id: 'parentNumber', label: card.linkParent, value: typed.parentNumber, most: 20 }),
  textField({ id: 'answerText', label: job.pickText, value: typed.answerText, lines: 'many', most: 4_000 }),
];

const pickName = ({ number, priority, requester, subject }: PickRow, length: number): string =>
  [number, priority, oneLine(requester, Math.ceil(length / 2)), oneLine(subject, length)]
    .filter((part) => part !== '')
    .join(' · ');

interface StormTicket {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly requester: string;
}

interface StormCard {
  /** The suggested parent is one of them. */
  readonly tickets: readonly StormTicket[];
  readonly parent: { readonly id: TicketId; readonly number: TicketNumber };
  readonly minutes: number;
  readonly reader: Reader;
}

const SHOWN_ALIKE = 10;

/** Many alike in a short time: one becomes the parent, and one update then reaches everybody. */
export const stormCard = ({ tickets, parent, minutes, reader }: StormCard): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const children = tickets.flatMap(({ ticketId }) => (ticketId === parent.id ? [] : [ticketId]));
  const more = tickets.length - SHOWN_ALIKE;
  return plainCard({
    title: words.storm.question(tickets.length, parent.number),
    note: `${words.storm.within(minutes)} ${words.storm.none}`,
    items: [
      ...tickets.slice(0, SHOWN_ALIKE).map((each) => stormRow(each, words)),
      ...(more > 0 ? [row({ lines: [[{ text: words.tell.more(more) }]] })] : []),
    ],
    actions: [
      button({
        title: words.storm.link(parent.number),
        verb: 'storm-link',
        style: 'positive',
        data: { ticketId: parent.id, children: children.join(',') },
      }),
    ],
  });
};

const stormRow = ({ ticketId, number, subject, requester }: StormTicket, words: Words): Element =>
  row({
    lines: [
      [
        { text: `${number} · ${oneLine(requester, 60) || words.noSender} · `, isSubtle: true },
        { text: oneLine(subject, 120) || words.noSubject },
      ],
    ],
    opens: { title: words.list.open(number), verb: 'open', data: { ticketId } },
  });

import type { QueueEntry } from '../domain/effects.ts';
import { oneLine } from '../domain/values.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { type AdaptiveCard, compile } from './expand.ts';
import { fitted } from './fit.ts';
import template from './templates/list-card.json' with { type: 'json' };
import { plain, when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

export interface ListCard {
  readonly title: string;
  /** Shown instead of rows when there are none: what to do next. */
  readonly empty: string;
  readonly rows: readonly Pick<
    QueueEntry,
    'ticketId' | 'number' | 'subject' | 'priority' | 'dueAt' | 'requester' | 'ownerName'
  >[];
  readonly reader: Reader;
  /** Names the list for the "More" button, with where the next page begins. */
  readonly next?: { readonly list: string; readonly continuation: string };
}

const render = compile<object>(template);

/** A long page of long names gives up their length before it gives up a row. */
const LENGTHS = [200, 100, 60, 30] as const;

/** A list of tickets; each row opens its ticket. */
export const listCard = ({ title, empty, rows, reader, next }: ListCard): AdaptiveCard => {
  const words = wordsIn(reader.language);
  return fitted(LENGTHS, (length) =>
    render({
      title: plain(title),
      note: rows.length === 0 ? empty : '',
      more: words.list.more,
      list: next?.list ?? '',
      continuation: next?.continuation ?? '',
      rows: rows.map((row) => ({
        ticketId: row.ticketId,
        number: row.number,
        priority: row.priority,
        priorityColor: PRIORITY_COLOR[row.priority],
        subject: oneLine(row.subject, length) || words.noSubject,
        open: words.list.open(row.number),
        detail: [
          oneLine(row.requester, Math.min(80, length)) || words.noSender,
          ...(row.ownerName ? [oneLine(row.ownerName, Math.min(80, length))] : []),
          words.list.due(when(row.dueAt, reader)),
        ].join(' · '),
      })),
    }),
  );
};

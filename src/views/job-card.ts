import type { RefusalCode } from '../domain/refusals.ts';
import { oneLine, type TicketNumber } from '../domain/values.ts';
import { button, type Element, row, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { plainCard } from './plain-card.ts';
import { linesOf } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';
import type { BulkAct } from './words/work-words.ts';

/** One act on many tickets, as far as it has come. */
interface JobView {
  readonly id: string;
  readonly state: 'previewed' | 'waiting' | 'running' | 'done' | 'undoing' | 'undone' | 'expired';
  readonly items: readonly { readonly number: TicketNumber }[];
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly refusals: readonly { readonly number: TicketNumber; readonly code: RefusalCode | 'fault' }[];
  readonly refusalCount: number;
}

interface JobCard {
  readonly job: JobView;
  readonly act: BulkAct;
  /** The reason, the parent's number or the new owner's name: what the act needs. */
  readonly detail?: string;
  /** What every customer will read. */
  readonly text?: string;
  readonly canUndo?: boolean;
  readonly reader: Reader;
}

const SHOWN_NUMBERS = 10;
const SHOWN_REFUSALS = 10;

/** A bulk act before, while and after it happens: to how many, to which, how far, what was refused. */
export const jobCard = (card: JobCard): AdaptiveCard => {
  const { job, act, detail = '', text = '' } = card;
  const words = wordsIn(card.reader.language);
  return plainCard({
    title: words.job.act[act](job.items.length, oneLine(detail, 80)),
    note: words.job[job.state],
    items: [
      ...section(
        '',
        linesOf(text).map((line) => row({ lines: [[{ text: line }]] })),
      ),
      ...section('', [row({ lines: [[{ text: numbersOf(job, words) }]] })]),
      ...progressOf(job, words),
      ...refusalsOf(job, words),
    ],
    actions: actionsOf(card, words),
  });
};

const numbersOf = ({ items }: JobView, words: Words): string => {
  const more = items.length - SHOWN_NUMBERS;
  const numbers = items.slice(0, SHOWN_NUMBERS).map(({ number }) => number);
  return [...numbers, ...(more > 0 ? [words.tell.more(more)] : [])].join(', ');
};

const WORKED: readonly JobView['state'][] = ['running', 'done', 'undoing', 'undone'];

const progressOf = ({ state, done, total, skipped }: JobView, { job }: Words): readonly Element[] =>
  WORKED.includes(state)
    ? section('', [
        row({
          lines: [
            [{ text: job.progress(done, total), weight: 'Bolder' }],
            ...(skipped > 0 ? [[{ text: job.skipped(skipped), isSubtle: true as const }]] : []),
          ],
        }),
      ])
    : [];

const refusalsOf = ({ refusals, refusalCount }: JobView, words: Words): readonly Element[] => {
  const shown = refusals.slice(0, SHOWN_REFUSALS);
  const more = refusalCount - shown.length;
  return refusalCount === 0
    ? []
    : section(words.job.refused(refusalCount), [
        ...shown.map(({ number, code }) => {
          const why = code === 'fault' ? words.job.fault : words.refusal[code]({ refused: code });
          return row({ lines: [[{ text: `${number}: `, weight: 'Bolder' }, { text: why }]] });
        }),
        ...(more > 0 ? [row({ lines: [[{ text: words.tell.more(more) }]] })] : []),
      ]);
};

const actionsOf = ({ job: { id, state }, canUndo }: JobCard, { job }: Words): Element[] => {
  const data = { jobId: id };
  return [
    ...(state === 'previewed' ? [button({ title: job.confirm, verb: 'job-confirm', style: 'positive', data })] : []),
    ...(state === 'previewed' || state === 'waiting' ? [button({ title: job.cancel, verb: 'job-cancel', data })] : []),
    ...(state === 'done' && canUndo ? [button({ title: job.undo, verb: 'job-undo', data })] : []),
  ];
};

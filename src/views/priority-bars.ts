import type { Priority } from '../domain/values.ts';
import { type Element, runs } from './elements.ts';
import type { Words } from './words/words.ts';

type Counts = Readonly<Record<Priority, number>>;

const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];
const BAR_STYLE: Readonly<Record<Priority, string>> = { P1: 'attention', P2: 'warning', P3: 'accent', P4: 'emphasis' };

/** "P1 critical: 1 · P3 normal: 12" */
export const priorityLine = (counts: Counts, { priority }: Words): readonly Element[] => {
  const some = PRIORITIES.filter((each) => counts[each] > 0);
  return some.length === 0
    ? []
    : [runs({ text: some.map((each) => `${priority[each]}: ${counts[each]}`).join(' · ') })];
};

/**
 * A bar each, as long as its share of the longest. The number stands beside it as text, so nothing is lost where bars are
 * not drawn or not seen: they have no text, and are silent to a screen reader.
 */
export const priorityBars = (counts: Counts, words: Words): readonly Element[] => {
  const longest = Math.max(...PRIORITIES.map((each) => counts[each]));
  return PRIORITIES.map((each) => ({
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      column('90px', [runs({ text: words.priority[each], size: 'Small' })]),
      column('40px', [runs({ text: String(counts[each]), weight: 'Bolder' })]),
      ...(counts[each] > 0 ? [{ ...column(counts[each], []), style: BAR_STYLE[each], minHeight: '16px' }] : []),
      ...(counts[each] < longest || longest === 0 ? [column(Math.max(1, longest - counts[each]), [])] : []),
    ],
  }));
};

const column = (width: string | number, items: readonly Element[]): Element => ({ type: 'Column', width, items });

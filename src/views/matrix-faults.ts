import { oneLine } from '../domain/values.ts';
import { button, type Element, runs } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { plainCard } from './plain-card.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

const SHOWN = 20;
const LINE = 300;

/** What is wrong, a line each; they may quote what somebody typed. */
export const faultLines = (faults: readonly string[], { tell }: Words): readonly Element[] => {
  const more = faults.length - SHOWN;
  return [
    ...faults.slice(0, SHOWN).map((fault) => runs({ text: oneLine(fault, LINE) || '?', color: 'Attention' })),
    ...(more > 0 ? [runs({ text: tell.more(more) })] : []),
  ];
};

interface MatrixFaults {
  readonly faults: readonly string[];
  readonly reader: Reader;
}

/** New rules were refused, from the configuration or from a card: nothing is lost, the old ones go on. */
export const matrixFaultsCard = ({ faults, reader }: MatrixFaults): AdaptiveCard => {
  const words = wordsIn(reader.language);
  return plainCard({
    title: words.matrix.faultsTitle,
    note: words.matrix.oldStand,
    items: faultLines(faults, words),
    actions: [button({ title: words.matrix.back, verb: 'matrix', data: {} })],
  });
};

import type { AdaptiveCard } from './expand.ts';

/** Teams shows no card that is larger: it is not cut there, it is missing. */
const MOST_BYTES = 28_000;

const bytesOf = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card));

/** The card with as much detail as fits: `details` go from the whole to the least, and the least is always small enough. */
export const fitted = <Detail>(
  [first, ...less]: readonly [Detail, ...Detail[]],
  draw: (detail: Detail) => AdaptiveCard,
): AdaptiveCard => {
  let card = draw(first);
  for (const detail of less) {
    if (bytesOf(card) <= MOST_BYTES) return card;
    card = draw(detail);
  }
  return card;
};

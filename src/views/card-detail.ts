import type { Choice } from './elements.ts';

/** How much of a case a card tells; it tells less where the whole would not fit. */
export interface CardDetail {
  readonly lines: number;
  readonly lineLength: number;
  readonly files: number;
  /** Longest text that is written into a field or a button for the reader, in characters. */
  readonly prefilled: number;
  /** Longest list of people to choose from; where there is none, a name is typed. */
  readonly people: number;
  /** What is not needed to answer, help or resolve. */
  readonly besides: boolean;
}

export const WHOLE: CardDetail = {
  lines: 12,
  lineLength: 300,
  files: 10,
  prefilled: 500,
  people: 30,
  besides: true,
};

export const DETAILS: readonly [CardDetail, ...CardDetail[]] = [
  WHOLE,
  { lines: 6, lineLength: 200, files: 6, prefilled: 300, people: 30, besides: true },
  { lines: 4, lineLength: 120, files: 4, prefilled: 200, people: 12, besides: true },
  { lines: 3, lineLength: 80, files: 3, prefilled: 120, people: 0, besides: true },
  { lines: 2, lineLength: 60, files: 1, prefilled: 60, people: 0, besides: false },
];

/** As many names as there is room for. */
export const choicesOf = (people: readonly Choice[] | undefined, { people: most }: CardDetail): readonly Choice[] =>
  (people ?? []).slice(0, most);

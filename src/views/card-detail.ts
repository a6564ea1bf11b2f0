import { oneLine } from '../domain/values.ts';
import type { Choice } from './elements.ts';

/** How much of a case a card tells; it tells less where the whole would not fit. */
export interface CardDetail {
  readonly lines: number;
  readonly lineLength: number;
  readonly files: number;
  /** Longest name of a person or team, in characters. */
  readonly names: number;
  /** How many envelopes and tasks are listed. */
  readonly rows: number;
  /** How many entries of the timeline. */
  readonly entries: number;
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
  names: 80,
  rows: 6,
  entries: 3,
  prefilled: 500,
  people: 30,
  besides: true,
};

export const DETAILS: readonly [CardDetail, ...CardDetail[]] = [
  WHOLE,
  { lines: 6, lineLength: 200, files: 6, names: 80, rows: 6, entries: 3, prefilled: 300, people: 30, besides: true },
  { lines: 4, lineLength: 120, files: 4, names: 60, rows: 6, entries: 3, prefilled: 200, people: 12, besides: true },
  { lines: 3, lineLength: 80, files: 3, names: 40, rows: 4, entries: 3, prefilled: 120, people: 0, besides: true },
  { lines: 2, lineLength: 60, files: 1, names: 24, rows: 2, entries: 2, prefilled: 60, people: 0, besides: false },
  { lines: 1, lineLength: 40, files: 0, names: 16, rows: 1, entries: 1, prefilled: 40, people: 0, besides: false },
];

/** As many names as there is room for. */
export const choicesOf = (
  people: readonly Choice[] | undefined,
  { people: most, names }: CardDetail,
): readonly Choice[] => shortened((people ?? []).slice(0, most), names);

const MOST_TEAMS = 20;

export const teamChoicesOf = (teams: readonly Choice[] | undefined, { names }: CardDetail): readonly Choice[] =>
  shortened((teams ?? []).slice(0, MOST_TEAMS), names);

const shortened = (choices: readonly Choice[], names: number): readonly Choice[] =>
  choices.map(({ id, name }) => ({ id, name: oneLine(name, names) }));

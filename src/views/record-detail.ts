/** How much of a record a card tells; it tells less where the whole would not fit. */
export interface RecordDetail {
  /** Longest value and name that is shown, in characters. */
  readonly value: number;
  /** Longest value that a field can hold; what is longer cannot be edited on the card. */
  readonly field: number;
  /** How many properties are shown, and how many have a field. */
  readonly facts: number;
  readonly fields: number;
  /** Longest list of options to choose from; where there is none, the option is typed. */
  readonly options: number;
  readonly related: number;
  readonly faults: number;
  readonly history: number;
}

export const RECORD_DETAILS: readonly [RecordDetail, ...RecordDetail[]] = [
  { value: 300, field: 1_000, facts: 40, fields: 40, options: 50, related: 20, faults: 40, history: 10 },
  { value: 120, field: 200, facts: 40, fields: 40, options: 10, related: 10, faults: 40, history: 6 },
  { value: 60, field: 80, facts: 30, fields: 24, options: 0, related: 6, faults: 20, history: 3 },
  { value: 30, field: 30, facts: 16, fields: 10, options: 0, related: 3, faults: 10, history: 1 },
];

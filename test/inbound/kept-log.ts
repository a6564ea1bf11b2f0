/** A log destination that keeps its lines: what was said, and what was not. */
export interface KeptLog {
  write(line: string): void;
  /** Every line so far, as it would have left the process. */
  text(): string;
  /** The lines of one event, or all. */
  lines(event?: string): readonly Readonly<Record<string, unknown>>[];
}

export const keptLog = (): KeptLog => {
  const kept: string[] = [];
  return {
    write: (line) => {
      kept.push(line);
    },
    text: () => kept.join(''),
    lines: (event) =>
      kept
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => event === undefined || line.event === event),
  };
};

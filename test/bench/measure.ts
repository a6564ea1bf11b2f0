/** One line of the table: what was measured, against what, and the goal. */
export interface Row {
  readonly what: string;
  /** Per second, unless `unit` says otherwise. */
  readonly desk: number;
  readonly base: number;
  readonly baseName: string;
  readonly ratio: number;
  readonly goal?: string;
  readonly unit?: string;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Runs `work` on all items with `width` in flight; items per second. */
export const throughput = async <Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<unknown>,
): Promise<number> => {
  const waiting = [...items];
  const started = performance.now();
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return items.length / ((performance.now() - started) / 1_000);
};

/** Rounds in turn, A B A B …, so that a machine that drifts drifts for both; the ratio is the median of the pairs. */
export const paired = async (
  rounds: number,
  desk: () => Promise<number>,
  base: () => Promise<number>,
): Promise<{ desk: number; base: number; ratio: number }> => {
  const pairs: { desk: number; base: number }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ base: await base(), desk: await desk() });
  return {
    desk: median(pairs.map((pair) => pair.desk)),
    base: median(pairs.map((pair) => pair.base)),
    ratio: median(pairs.map((pair) => pair.desk / pair.base)),
  };
};

const number = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toFixed(2));

export const printed = (rows: readonly Row[]): string =>
  [
    '| what | desk | against | its figure | ratio | goal |',
    '|---|---:|---|---:|---:|---|',
    ...rows.map(
      ({ what, desk, base, baseName, ratio, goal = '', unit = '/s' }) =>
        `| ${what} | ${number(desk)} ${unit} | ${baseName} | ${number(base)} ${unit} | ${ratio.toFixed(2)} | ${goal} |`,
    ),
  ].join('\n');

import { type DryLine, type DryRun, nameOfLine } from '../../application/dry-run.ts';

/** What of it fired, by each of these. */
const BY: readonly { readonly title: string; readonly of: (line: DryLine) => string }[] = [
  { title: 'level', of: ({ level }) => `level ${level}` },
  { title: 'team', of: ({ teamId }) => teamId },
  { title: 'hour (UTC)', of: ({ dueAt }) => `${dueAt.slice(11, 13)}:00` },
  { title: 'delivery', of: ({ recipient }) => recipient.delivery },
];

const MOST_LINES = 50;
const WIDE = 24;

const counted = (lines: readonly DryLine[], of: (line: DryLine) => string): Map<string, number> =>
  new Map([...Map.groupBy(lines, of)].map(([name, own]) => [name, own.length]));

/** Lines that only one side has, each as often as it has more of it. */
export const onlyIn = (lines: readonly DryLine[], others: readonly DryLine[]): readonly string[] => {
  const left = counted(others, nameOfLine);
  return lines.map(nameOfLine).filter((name) => {
    const more = left.get(name) ?? 0;
    left.set(name, more - 1);
    return more <= 0;
  });
};

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(WIDE) : String(cell).padStart(8))).join('');

const tableBy = ({ would, did }: DryRun, { title, of }: (typeof BY)[number]): readonly string[] => {
  const [after, before] = [counted(would, of), counted(did, of)];
  const names = [...new Set([...after.keys(), ...before.keys()])].sort();
  return [
    row([`by ${title}`, 'would', 'did']),
    ...names.map((name) => row([`  ${name}`, after.get(name) ?? 0, before.get(name) ?? 0])),
    '',
  ];
};

const listOf = (title: string, lines: readonly string[]): readonly string[] => [
  `${title}: ${lines.length}`,
  ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`),
  ...(lines.length > MOST_LINES ? [`  and ${lines.length - MOST_LINES} more`] : []),
];

/** Who would have been told, beside who was: by level, team, hour and delivery, and what differs. */
export const tableOf = (run: DryRun): string =>
  [
    row([`${run.tickets} tickets`, 'would', 'did']),
    row(['  people told', run.would.length, run.did.length]),
    '',
    ...BY.flatMap((by) => tableBy(run, by)),
    ...listOf('only with these rules', onlyIn(run.would, run.did)),
    ...listOf('only in the ledger', onlyIn(run.did, run.would)),
  ].join('\n');

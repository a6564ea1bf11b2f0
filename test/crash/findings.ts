/** One promise: how many things it was asked of, and which of them broke it. */
export interface Finding {
  readonly promise: string;
  readonly asked: number;
  readonly broken: readonly string[];
  /** How many may break it; 0 for all but doubled cards. */
  readonly allowed: number;
}

export const counted = (all: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
};

interface Expectation {
  readonly what: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** Each of these exactly once: two promises, none lost and none doubled. */
export const once = ({ what, expected, found }: Expectation): readonly Finding[] => {
  const counts = counted(found);
  return [
    finding(
      `${what}: none lost`,
      expected.length,
      expected.filter((each) => !counts.has(each)),
    ),
    finding(
      `${what}: none doubled`,
      found.length,
      [...counts].flatMap(([each, times]) => (times > 1 ? [each] : [])),
    ),
  ];
};

export const finding = (promise: string, asked: number, broken: readonly string[]): Finding => ({
  promise,
  asked,
  broken,
  allowed: 0,
});

export const isBroken = ({ broken, allowed }: Finding): boolean => broken.length > allowed;

/** The findings as a table for people; what broke a promise is named below it, at most five of each. */
export const tableOf = (findings: readonly Finding[]): string => {
  const rows = findings.map((each) => {
    const bound = each.allowed > 0 ? ` (at most ${each.allowed})` : '';
    return `${isBroken(each) ? 'BROKEN' : 'ok    '}  ${each.promise.padEnd(40)} ${String(each.asked).padStart(6)} asked  ${String(each.broken.length).padStart(4)} broken${bound}`;
  });
  const named = findings
    .filter(isBroken)
    .flatMap(({ promise, broken }) => broken.slice(0, 5).map((each) => `  ${promise}: ${each}`));
  return [...rows, ...named].join('\n');
};

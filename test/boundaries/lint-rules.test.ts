import { relative, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ESLint, type Linter } from 'eslint';
import { exempted, lintProofs, planted, standsAt } from './lint-plants.ts';
import { rooms, syntax, type Room } from './lint-proof.ts';
import { growTree, type PlantedTree } from './planted-tree.ts';

const unusedComment = 'unused disable comment';
const everyRoom = Object.keys(rooms) as Room[];

let tree: PlantedTree;
let eslint: ESLint;
let errors: ReadonlyMap<string, readonly string[]>;

const nameOf = ({ ruleId, message }: Linter.LintMessage): string => {
  if (ruleId === null) return message.startsWith('Unused eslint-disable directive') ? unusedComment : message;
  return ruleId === 'no-restricted-syntax' ? syntax(message) : ruleId;
};

/** One run over all plants, because the typed rules build one program of the whole tree. */
beforeAll(async () => {
  tree = await growTree(['eslint.config.js', 'test/boundaries/no-ticket-copy.js']);
  await tree.write(planted());
  await tree.write(Object.fromEntries(Object.entries(exempted).map(([path, { source }]) => [path, source])));
  eslint = new ESLint({ cwd: tree.root });
  const results = await eslint.lintFiles(['src', 'test']);
  errors = new Map(
    results.map(({ filePath, messages }) => [
      relative(tree.root, filePath).replaceAll(sep, '/'),
      messages.filter(({ severity }) => severity === 2).map(nameOf),
    ]),
  );
});
afterAll(() => tree.fell());

const errorsIn = (path: string): readonly string[] => errors.get(path) ?? [`${path} was not linted`];

interface RuleSettings {
  readonly rules: Readonly<
    Record<string, readonly [severity: number, ...options: readonly { readonly message: string }[]]>
  >;
  readonly linterOptions: { readonly reportUnusedDisableDirectives?: number };
}

/** Every rule that is switched on in a room, as warning or error; each selector of no-restricted-syntax is one. */
async function inForce(room: Room): Promise<string[]> {
  const { rules, linterOptions } = (await eslint.calculateConfigForFile(`${rooms[room]}/any.ts`)) as RuleSettings;
  const on = Object.entries(rules).filter(([, [severity]]) => severity > 0);
  const names = on.flatMap(([rule, [, ...options]]) =>
    rule === 'no-restricted-syntax' ? options.map(({ message }) => syntax(message)) : [rule],
  );
  return [...names, ...(linterOptions.reportUnusedDisableDirectives ? [unusedComment] : [])].sort();
}

test.each(everyRoom)('in %s every lint rule in force is proven, and no other', async (room) => {
  const proven = lintProofs.filter(({ rooms: where }) => where.includes(room)).map(({ rule }) => rule);
  expect(await inForce(room)).toEqual(proven.sort());
});

/** A plant as one line of a test's name. */
const inOneLine = (source: string): string => source.replaceAll(/\s+/g, ' ').slice(0, 100);
const proofs = lintProofs.map((proof, index) => ({ ...proof, index, what: inOneLine(proof.clean) }));
const brokenPlants = proofs.flatMap((proof) =>
  proof.broken.map((source, plant) => ({ ...proof, plant, what: inOneLine(source) })),
);

describe('a violation is refused', () => {
  test.each(brokenPlants)('$rule: $what', ({ rule, rooms: [home, ...others], index, plant }) => {
    expect(errorsIn(standsAt(home, index, plant))).toEqual([rule]);
    for (const room of others) expect(errorsIn(standsAt(room, index, plant))).toContain(rule);
  });
});

describe('where a rule is not in force, it is silent', () => {
  const free = brokenPlants.flatMap((proof) =>
    everyRoom.filter((room) => !proof.rooms.includes(room)).map((room) => ({ ...proof, room })),
  );
  test.each(free)('$room, $rule: $what', ({ rule, room, index, plant }) => {
    expect(errorsIn(standsAt(room, index, plant))).not.toContain(rule);
  });
});

describe('the right way passes', () => {
  test.each(proofs)('$rule: $what', ({ rule, rooms: [home, ...others], index }) => {
    expect(errorsIn(standsAt(home, index, 'clean'))).toEqual([]);
    for (const room of others) expect(errorsIn(standsAt(room, index, 'clean'))).not.toContain(rule);
  });
});

test.each(Object.entries(exempted))('%s is free of its own exemption only', (path, { broken }) => {
  expect(errorsIn(path)).toEqual(broken);
});

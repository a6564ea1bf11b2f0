import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cruise, type ICruiseOptions } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { dependencyProofs } from './dependency-plants.ts';
import type { Plant } from './dependency-proof.ts';
import { legalHouse } from './legal-house.ts';
import { growTree, repository, type PlantedTree, type Sources } from './planted-tree.ts';

let tree: PlantedTree;
let options: ICruiseOptions;

beforeAll(async () => {
  tree = await growTree([]);
  await tree.write(legalHouse);
  const ours = await extractOptions(join(repository, '.dependency-cruiser.cjs'));
  options = { ...ours, baseDir: tree.root, tsConfig: { fileName: join(tree.root, 'tsconfig.json') } };
});
afterAll(() => tree.fell());

const named = (names: readonly string[]): string[] => [...new Set(names)].sort();

async function errorsInTree(): Promise<string[]> {
  const { output } = await cruise(['src'], options);
  if (typeof output === 'string') throw new TypeError('a cruise without a reporter answers a graph');
  return named(output.summary.violations.filter(({ rule }) => rule.severity === 'error').map(({ rule }) => rule.name));
}

/** Names of the error rules that the legal house breaks once `source` stands at the end of `path`. */
async function rulesBroken(path: string, source: string, withFiles: Sources = {}): Promise<string[]> {
  const before = legalHouse[path];
  await tree.write({ ...withFiles, [path]: (before ?? '') + source });
  try {
    return await errorsInTree();
  } finally {
    await tree.remove([path, ...Object.keys(withFiles)]);
    if (before !== undefined) await tree.write({ [path]: before });
  }
}

const planted = ({ path, source, withFiles }: Plant): Promise<string[]> => rulesBroken(path, source, withFiles);
const rows = (which: 'broken' | 'clean'): [rule: string, what: string, plant: Plant][] =>
  Object.entries(dependencyProofs).flatMap(([rule, proof]) =>
    proof[which].map((plant): [string, string, Plant] => [
      rule,
      `${plant.path}: ${plant.source.trim().replaceAll('\n', ' ')}`,
      plant,
    ]),
  );

test('the legal house breaks no rule', async () => {
  expect(await errorsInTree()).toEqual([]);
});

test('every dependency rule is proven, and no other', () => {
  const inForce = options.ruleSet?.forbidden?.map(({ name }) => name ?? 'a rule without a name');
  expect(inForce?.sort()).toEqual(Object.keys(dependencyProofs).sort());
  expect(Object.keys(options.ruleSet ?? {})).toEqual(['forbidden']);
});

test('every dependency rule has both a plant that breaks it and one that does not', () => {
  const halfProven = Object.entries(dependencyProofs).filter(
    ([, { broken, clean }]) => !broken.length || !clean.length,
  );
  expect(halfProven).toEqual([]);
});

describe('a violation is refused', () => {
  test.each(rows('broken'))('%s: %s', async (rule, _what, plant) => {
    expect(await planted(plant)).toEqual(named([rule, ...(dependencyProofs[rule]?.alsoBreaks ?? [])]));
  });
});

describe('a near miss passes', () => {
  test.each(rows('clean'))('%s: %s', async (_rule, _what, plant) => {
    expect(await planted(plant)).toEqual([]);
  });
});

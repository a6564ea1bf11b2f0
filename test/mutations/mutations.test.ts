import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MUTATIONS } from './all-mutations.ts';
import { occurrences, repository } from './mutated-tree.ts';

const textOf = (file: string): string => readFileSync(path.join(repository, file), 'utf8');

test.each(MUTATIONS.map((each) => [`${each.behaviour}: ${each.name}`, each] as const))(
  '%s: the code it breaks and the test that notices are still there',
  (_name, { file, find, replace, test: held }) => {
    expect(occurrences(textOf(file), find)).toBe(1);
    expect(replace).not.toBe(find);
    expect(existsSync(path.join(repository, held.file))).toBe(true);
    expect(textOf(held.file)).toContain(held.name);
  },
);

test('each of these promises is broken in several ways', () => {
  const ways = Map.groupBy(MUTATIONS, ({ behaviour }) => behaviour.slice(0, 3));
  expect([...ways.keys()].sort()).toEqual(['1.1', '1.2', '1.3', '1.4', '1.5', '1.7', '6.1', '6.2']);
  for (const [, all] of ways) expect(all.length).toBeGreaterThanOrEqual(4);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Feature {
  readonly id: string;
  readonly cells: readonly string[];
  readonly status: string;
  /** What is still missing of a feature that is built partly. */
  readonly missing: string;
  readonly where: readonly string[];
  readonly tests: readonly string[];
}

/** The paths a cell names in backticks; `a/b, c` is `a/b` and `a/c`. */
const pathsIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/gu)].flatMap(([, named = '']) => {
    const [first = '', ...beside] = named.split(', ');
    return [first, ...beside.map((each) => path.posix.join(path.posix.dirname(first), each))];
  });

/** Every row of a table whose first cell is an id: id, feature, rules, milestone, status, where, tests. */
const features = read('FEATURE_MAP.md')
  .split('\n')
  .filter((line) => /^\| [A-Z]+-\d+ \|/u.test(line))
  .map((line): Feature => {
    const cells = line.split('|').slice(1, -1);
    const [id = '', , , , told = '', where = '', tests = ''] = cells.map((cell) => cell.trim());
    const [status = '', ...missing] = told.split(': ');
    return { id, cells, status, missing: missing.join(': '), where: pathsIn(where), tests: pathsIn(tests) };
  });
const there = features.filter(({ status }) => status !== 'planned');

const isThere = (named: string): boolean =>
  ['', '.ts', '.json'].some((ending) => existsSync(path.join(ROOT, `${named}${ending}`)));

describe('the feature map', () => {
  test('has a row of seven cells for each feature, under an id of its own', () => {
    expect(features.length).toBeGreaterThan(100);
    expect(features.filter(({ cells }) => cells.length !== 7).map(({ id }) => id)).toEqual([]);
    const ids = features.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test('knows three states, and says what is missing where a part is', () => {
    const unknown = features.filter(({ status, missing }) =>
      status === 'partly' ? missing === '' : !['planned', 'built'].includes(status) || missing !== '',
    );
    expect(unknown.map(({ id, status }) => `${id}: ${status}`)).toEqual([]);
  });

  test('names files and tests of all that is there, and each of them exists', () => {
    const nameless = there.filter(({ where, tests }) => where.length === 0 || tests.length === 0);
    expect(nameless.map(({ id }) => id)).toEqual([]);
    const lost = there.flatMap(({ id, where, tests }) =>
      [...where, ...tests].filter((each) => !isThere(each)).map((each) => `${id}: ${each}`),
    );
    expect(lost).toEqual([]);
  });

  test('calls nothing built whose tests are no tests', () => {
    const untested = there.filter(
      ({ tests }) => !tests.some((each) => /\.test\.ts$|^test\/(contracts|bench)\//u.test(each)),
    );
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  test('refers to no feature that it does not have', () => {
    const ids = new Set(features.map(({ id }) => id));
    const groups = new Set(features.map(({ id }) => id.split('-')[0]));
    const named = features.flatMap(({ id, cells }) =>
      [...cells.join(' ').matchAll(/\b([A-Z]{3,4})-\d+\b/gu)].map(([each, group]) => ({ id, each, group })),
    );
    const lost = named.filter(({ each, group }) => groups.has(group ?? '') && !ids.has(each));
    expect(lost.map(({ id, each }) => `${id} refers to ${each}`)).toEqual([]);
  });
});

const pages = [
  'README.md',
  'FEATURE_MAP.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
];

/** Links and pictures that lead to a file; code is no text. */
const linksIn = (page: string): string[] =>
  [
    ...read(page)
      .replace(/^```[\s\S]*?^```/gmu, '')
      .matchAll(/\]\(([^()\s]+)\)/gu),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^([a-z]+:|#)/u.test(target));

/** A link that leaves the repository leads nowhere for everybody else. */
const resolves = (page: string, target: string): boolean => {
  const file = path.resolve(ROOT, path.dirname(page), target.replace(/#.*$/u, ''));
  return file.startsWith(`${ROOT}${path.sep}`) && existsSync(file);
};

describe('the documents', () => {
  test.each(pages)('%s: every link leads to a file', (page) => {
    expect(linksIn(page).filter((target) => !resolves(page, target))).toEqual([]);
  });

  test('the index of decisions lists each record once', () => {
    const records = pages.map((page) => path.basename(page)).filter((name) => /^\d{4}-/u.test(name));
    expect(linksIn(path.join('docs', 'adr', 'README.md')).toSorted()).toEqual(records.toSorted());
  });
});

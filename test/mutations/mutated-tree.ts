import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Mutation } from './mutation.ts';

/** The repository whose tests are tested. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

const PARTS = ['src', 'test', 'config', 'docs', 'package.json', 'tsconfig.json', 'jest.config.js'];
/** Longer than any of these tests takes; a mutation may make one wait for ever. */
const TEST_TIMEOUT_MS = 10_000;
const RUN_TIMEOUT_MS = 180_000;

/** The full names of the tests that ran. `broken`: files that did not even load. */
export interface Ran {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly broken: readonly string[];
}

/** A copy of the repository in which code can be broken; packages are the repository's own, through a link. */
export interface MutatedTree {
  /** Runs these test files; with `name` only the tests whose full name holds it. */
  test(files: readonly string[], name?: string): Promise<Ran>;
  /** Runs the work with the code broken that way. */
  mutated<Result>(mutation: Mutation, work: () => Promise<Result>): Promise<Result>;
  fell(): Promise<void>;
}

/** `find` does not stand exactly once in its file: the code has moved on, the list must follow. */
class MutationRotten extends Error {
  override readonly name = 'MutationRotten' as const;
}

export const occurrences = (text: string, find: string): number => text.split(find).length - 1;

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const ranOf = ({ testResults }: JestReport): Ran => {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (status: string): readonly string[] =>
    tests.filter((each) => each.status === status).map(({ fullName }) => fullName);
  return {
    passed: named('passed'),
    failed: named('failed'),
    broken: testResults
      .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .map(({ name, message }) => `${path.basename(name)}: ${message.slice(0, 300)}`),
  };
};

/** Of this process, without what a jest around it has set. */
const plainEnvironment = (): Record<string, string | undefined> => {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, NODE_ENV: _env, ...rest } = process.env;
  return rest;
};

const runJest = async (root: string, files: readonly string[], name: string | undefined): Promise<Ran> => {
  const report = path.join(root, 'report.json');
  await rm(report, { force: true });
  const pattern = name === undefined ? [] : ['-t', name.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')];
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    ...['--json', `--outputFile=${report}`, `--testTimeout=${TEST_TIMEOUT_MS}`, '--forceExit', '--runInBand'],
    ...['--runTestsByPath', ...files, ...pattern],
  ];
  const options = { cwd: root, env: plainEnvironment(), timeout: RUN_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
  // jest ends with 1 when a test is red: the report says which.
  await promisify(execFile)(process.execPath, jest, options).catch(() => undefined);
  return ranOf(JSON.parse(await readFile(report, 'utf8')) as JestReport);
};

export const growMutatedTree = async (): Promise<MutatedTree> => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'desk-mutations-'));
  for (const part of PARTS) await cp(path.join(repository, part), path.join(root, part), { recursive: true });
  await symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'dir');
  return {
    test: (files, name) => runJest(root, files, name),
    mutated: async ({ file, find, replace, name }, work) => {
      const target = path.join(root, file);
      const whole = await readFile(target, 'utf8');
      if (occurrences(whole, find) !== 1) throw new MutationRotten(`${name}: \`find\` is not once in ${file}`);
      await writeFile(
        target,
        whole.replace(find, () => replace),
      );
      try {
        return await work();
      } finally {
        await writeFile(target, whole);
      }
    },
    // A jest that was ended may have a worker left which still writes: the tree is felled in several tries.
    fell: () => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
};

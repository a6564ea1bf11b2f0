import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../../store/sqlite/sqlite-folder.ts';
import { csvOf, HEADER, incident } from './made-up-log.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../../src/local/replay/main.ts');

let home: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  home = await temporaryFolder();
});
afterAll(() => home.remove());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

const run = (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '', TMPDIR: home.folder };
    const child = execFile(process.execPath, [SCRIPT, ...args], { env }, (_fault, out, said) => {
      resolve({ code: child.exitCode ?? -1, out, said });
    });
  });

const fileOf = async (name: string, csv: string): Promise<string> => {
  const file = path.join(home.folder, name);
  await writeFile(file, csv);
  return file;
};

/** Fifty incidents, so that there is progress to tell. */
const fifty = Array.from({ length: 50 }, (_each, at) => incident(`INC${at}`, [{ state: 'Active', who: 'Ana' }]));

describe('npm run replay', () => {
  test('tells how far it is, and prints the table; its store is gone afterwards', async () => {
    const ran = await run(await fileOf('fifty.csv', `${csvOf(...fifty)}\nINC50,Lost\n`));
    expect(ran.said).toContain('line 52 has 2 fields, the header has 14: skipped');
    expect(ran.said).toContain('50 of 50 incidents are played');
    expect(ran.out).toMatch(/^Owner changes here +0$/mu);
    expect(ran.code).toBe(0);
    expect((await readdir(home.folder)).filter((name) => name.startsWith('desk-replay-'))).toEqual([]);
  });

  test('keeps the store where it is told to, and does not play into one that is there', async () => {
    const file = await fileOf('one.csv', csvOf(...fifty.slice(0, 1)));
    const store = path.join(home.folder, 'kept', 'store');
    expect(await run(file, '--store', store, '--calendar', 'office')).toMatchObject({ code: 0 });
    expect(existsSync(path.join(store, 'desk.sqlite'))).toBe(true);
    const again = await run(file, '--store', store);
    expect(again.code).toBe(2);
    expect(again.said).toContain('is not empty: name an empty folder');
  });

  test.each([
    ['no file is named', [], 'Name one file.\nnpm run replay -- <file.csv>'],
    ['an option is unknown', ['a.csv', '--fast'], '--fast'],
    ['the calendar is unknown', ['a.csv', '--calendar', 'moon'], 'There is no calendar moon: take 24x7 or office.'],
    ['the file is missing', [path.join(os.tmpdir(), 'no-such-log.csv')], 'cannot be read (ENOENT): name the CSV file'],
  ])('says what to do when %s', async (_what, args, words) => {
    const ran = await run(...args);
    expect(ran.said).toContain(words);
    expect(ran.said).not.toMatch(/^\s+at /mu);
    expect(ran).toMatchObject({ code: 2, out: '' });
  });

  test('says what to do when columns are missing', async () => {
    const ran = await run(await fileOf('narrow.csv', `${HEADER.replace('impact,', '')}\n`));
    expect(ran.said).toContain('lacks the columns impact: export the log again');
    expect(ran.code).toBe(2);
  });
});

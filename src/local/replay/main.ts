import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readLog, ReplayError } from './read-log.ts';
import { replay } from './replay.ts';
import { isBroken, tableOf } from './table.ts';

/** `npm run replay -- <file.csv> [--store <folder>]`: plays a ServiceNow audit log against the real services. See docs/replay.md. */

const USAGE = 'npm run replay -- <file.csv> [--store <an empty folder>]';
const PROGRESS_EVERY = 50;

interface Wishes {
  readonly file: string;
  readonly store?: string;
}

const wishesIn = (args: string[]): Wishes => {
  try {
    const { values, positionals } = parseArgs({ args, options: { store: { type: 'string' } }, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new ReplayError('Name one file.');
    return { file, ...(values.store === undefined ? {} : { store: values.store }) };
  } catch (fault) {
    throw new ReplayError(`${fault instanceof Error ? fault.message : String(fault)}\n${USAGE}`);
  }
};

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    throw new ReplayError(
      `${file} cannot be read (${(fault as NodeJS.ErrnoException).code ?? 'fault'}): name the CSV file of a log.`,
    );
  }
};

/** Into the folder that was named, which is kept, or into one that is gone afterwards. */
const withFolder = async <T>(store: string | undefined, work: (folder: string) => Promise<T>): Promise<T> => {
  if (store !== undefined) {
    await mkdir(store, { recursive: true });
    if ((await readdir(store)).length > 0)
      throw new ReplayError(`${store} is not empty: name an empty folder, so that nothing is played twice.`);
    return work(store);
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'desk-replay-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const run = async (): Promise<void> => {
  const { file, store } = wishesIn(process.argv.slice(2));
  const log = readLog(await textOf(file));
  for (const { line, why } of log.malformed) console.error(`line ${line} ${why}: skipped`);
  const incidents = new Set(log.rows.map(({ number }) => number)).size;
  console.error(`${log.rows.length} rows of ${incidents} incidents`);
  const replayed = await withFolder(store, (folder) =>
    replay(log, {
      folder,
      finished: (count) => {
        if (count % PROGRESS_EVERY === 0) console.error(`${count} of ${incidents} incidents are played`);
      },
    }),
  );
  console.log(tableOf(replayed));
  if (store !== undefined) console.error(`The store is kept in ${store}.`);
  process.exitCode = isBroken(replayed) ? 1 : 0;
};

try {
  await run();
} catch (fault) {
  if (!(fault instanceof ReplayError)) throw fault;
  console.error(fault.message);
  process.exitCode = 2;
}

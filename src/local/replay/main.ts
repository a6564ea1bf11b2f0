import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BusinessHours, businessCalendar } from '../../domain/business-calendar.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { ALWAYS_OPEN } from '../../domain/calendars.ts';
import { readLog, ReplayError } from './read-log.ts';
import { replay } from './replay.ts';
import { isBroken, tableOf } from './table.ts';

/** `npm run replay -- <file.csv> [options]`: plays a ServiceNow audit log against the real services. See docs/replay.md. */

const USAGE = 'npm run replay -- <file.csv> [--store <an empty folder>] [--calendar 24x7|office]';
/** Times of the log are read as UTC, so these hours are. */
const OFFICE: BusinessHours = {
  zone: 'UTC',
  weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
  isHoliday: () => false,
};
const PROGRESS_EVERY = 50;

interface Wishes {
  readonly file: string;
  readonly store?: string;
  readonly calendar?: Calendar;
}

const OPTIONS = { store: { type: 'string' }, calendar: { type: 'string', default: ALWAYS_OPEN } } as const;

const wishesIn = (args: string[]): Wishes => {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new ReplayError('Name one file.');
    return {
      file,
      ...(values.store === undefined ? {} : { store: values.store }),
      ...(isOffice(values.calendar) ? { calendar: businessCalendar(OFFICE) } : {}),
    };
  } catch (fault) {
    throw new ReplayError(`${fault instanceof Error ? fault.message : String(fault)}\n${USAGE}`);
  }
};

const isOffice = (calendar: string): boolean => {
  if (calendar !== ALWAYS_OPEN && calendar !== 'office')
    throw new ReplayError(`There is no calendar ${calendar}: take ${ALWAYS_OPEN} or office.`);
  return calendar === 'office';
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
  const { file, store, calendar } = wishesIn(process.argv.slice(2));
  const log = readLog(await textOf(file));
  for (const { line, why } of log.malformed) console.error(`line ${line} ${why}: skipped`);
  const incidents = new Set(log.rows.map(({ number }) => number)).size;
  console.error(`${log.rows.length} rows of ${incidents} incidents`);
  const replayed = await withFolder(store, (folder) =>
    replay(log, {
      folder,
      ...(calendar ? { calendar } : {}),
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

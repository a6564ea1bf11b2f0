import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = process.env.DESK_TEST_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data');
const file = path.join(folder, 'incidents/servicenow-log-a.csv');

/** The audit log of a real desk, which is not part of the repository; undefined where it is not on this machine. */
export const sharedLog = (): string | undefined => {
  if (existsSync(file)) return file;
  const what = `no ${file}: set DESK_TEST_DATA to the folder of the test data; the replay of a real log is left out`;
  if (process.env.CI === 'true') throw new TypeError(what);
  process.stderr.write(`${what}\n`);
  return undefined;
};

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../application/errors.ts';
import { isBusy } from './sqlite-faults.ts';

/**
 * The owner's number stands in a file of its own: were desk.lock read here, closing it would free the lock that this very
 * process may hold on it (POSIX locks belong to process and file, not to a descriptor).
 */
const ownerOf = (folder: string): string => {
  try {
    return readFileSync(join(folder, 'desk.pid'), 'utf8').trim();
  } catch {
    return 'unknown';
  }
};

/**
 * Makes this process the only one that writes in the folder, until `close` or its death: the system frees the lock of a
 * killed process, so there is no stale lock to clean up.
 * @throws StoreError `locked`
 */
export const lockDesk = (folder: string): DatabaseSync => {
  const lock = new DatabaseSync(join(folder, 'desk.lock'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new StoreError(
      'locked',
      `The desk at ${folder} is already open in another process (pid ${ownerOf(folder)}). Stop it first, or set DESK_DATA to another folder.`,
      { cause },
    );
  }
  writeFileSync(join(folder, 'desk.pid'), `${process.pid}\n`);
  return lock;
};

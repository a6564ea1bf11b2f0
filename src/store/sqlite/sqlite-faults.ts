import { StoreError } from '../../application/errors.ts';

/** https://www.sqlite.org/rescode.html; the low byte is the primary code. */
const primary = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 };

const codeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;

export const isBusy = (error: unknown): boolean => codeOf(error) === primary.busy;

export const isDamaged = (error: unknown): boolean =>
  codeOf(error) === primary.corrupt || codeOf(error) === primary.notADatabase;

/** What happened before COMMIT is undone. */
export const faultBeforeCommit = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const message = String(error).replace(/^Error: /, '');
  return new StoreError('unavailable', codeOf(error) === primary.full ? 'The disk is full' : `SQLite: ${message}`, {
    cause: error,
  });
};

/** A COMMIT that failed has left nothing when it never began to write; else the next start may find it complete. */
export const faultOfCommit = (error: unknown): StoreError => {
  const fault = faultBeforeCommit(error);
  const nothingWritten = isBusy(error) || codeOf(error) === primary.full;
  return nothingWritten ? fault : new StoreError('unknownOutcome', fault.message, { cause: error });
};

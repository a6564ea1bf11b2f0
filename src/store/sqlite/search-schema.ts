import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pragmas } from './schema.ts';
import { isDamaged } from './sqlite-faults.ts';

const searchVersion = 1;

/**
 * The row number is the moment of the last change, so that the newest matches come first without sorting all of them.
 * The words are kept once, in `entries`; FTS5 reads them from there (a contentless table breaks node:sqlite on Node 26).
 */
const tables = `
  CREATE TABLE entries (
    place INTEGER PRIMARY KEY, ticketId TEXT NOT NULL UNIQUE, number TEXT NOT NULL, teamId TEXT NOT NULL,
    status TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, rev INTEGER NOT NULL, changedAt TEXT NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE words USING fts5(
    number, subject, text, content='entries', content_rowid='place', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
  );
`;

const versionOf = (db: DatabaseSync): number => Number(db.prepare('PRAGMA user_version').get()?.['user_version']);

const openChecked = (file: string): DatabaseSync | undefined => {
  const db = new DatabaseSync(file);
  try {
    db.exec(pragmas);
    if (versionOf(db) === searchVersion) return db;
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  db.close();
  return undefined;
};

/** Opens the index, or makes a new one: all of it can be fed again from the tickets. `fresh` says that this must be done. */
export const openSearchDatabase = (file: string): { db: DatabaseSync; fresh: boolean } => {
  const found = existsSync(file) ? openChecked(file) : undefined;
  if (found) return { db: found, fresh: false };
  for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
  const db = new DatabaseSync(file);
  db.exec(pragmas);
  db.exec(`BEGIN; ${tables} PRAGMA user_version = ${searchVersion}; COMMIT`);
  return { db, fresh: true };
};

import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../application/errors.ts';
import type { ContainerDef } from '../../application/ports/document-store.ts';
import { createIndexSql, indexOf, keyIndexOf, tableOf } from './query-sql.ts';

/** The form of the tables, not of the documents in them. */
const schemaVersion = 1;

/**
 * FULL, because NORMAL may lose the last acknowledged commits when the power goes; the group commit pays for it.
 * Never mmap: a failing disk would end the process with SIGBUS instead of an error.
 */
export const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  PRAGMA cache_size = -32768;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA mmap_size = 0;
`;

/** @throws StoreError `newerVersion`: a later release wrote this file, and only that release may write it again. */
const checkVersion = (db: DatabaseSync, file: string): void => {
  const found = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found > schemaVersion) {
    throw new StoreError(
      'newerVersion',
      `${file} was written by a newer release (form ${found}; this one knows ${schemaVersion})`,
    );
  }
};

/**
 * `seq` numbers every write: it is the ETag, and its order is the change feed. AUTOINCREMENT never gives a number twice;
 * without it the number of a deleted newest row would be used again and a reader of the feed would miss the next document.
 */
export const createTableSql = (container: string): string => `
  CREATE TABLE IF NOT EXISTS ${tableOf(container)} (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, pk TEXT NOT NULL, id TEXT NOT NULL, expires INTEGER, body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS ${keyIndexOf(container)} ON ${tableOf(container)} (pk, id);
  CREATE INDEX IF NOT EXISTS "x_${container}" ON ${tableOf(container)} (expires) WHERE expires IS NOT NULL;
`;

/** Makes the declared indexes and drops those no longer declared or declared otherwise. */
const alignIndexes = (db: DatabaseSync, { name, indexes }: ContainerDef): void => {
  const wanted = new Map(indexes.map((index) => [indexOf(name, index), createIndexSql(name, index)]));
  const existing = db.prepare(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND name LIKE 'i!_%' ESCAPE '!'`,
  );
  for (const row of existing.all(`c_${name}`)) {
    const quoted = `"${String(row['name'])}"`;
    if (wanted.get(quoted) === row['sql']) wanted.delete(quoted);
    else db.exec(`DROP INDEX ${quoted}`);
  }
  for (const sql of wanted.values()) db.exec(sql);
};

/** Opens the file, creating what is missing. Millions of documents under a new index take seconds here, once. */
export const openDatabase = (file: string, containers: ContainerDef[]): DatabaseSync => {
  const db = new DatabaseSync(file);
  try {
    db.exec(pragmas);
    checkVersion(db, file);
    db.exec('BEGIN IMMEDIATE');
    for (const container of containers) {
      db.exec(createTableSql(container.name));
      alignIndexes(db, container);
    }
    db.exec(`PRAGMA user_version = ${schemaVersion}; COMMIT`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * Opens the file of a desk that may be at work, and changes nothing in it. Each read sees the last commit before it.
 * @throws StoreError `unavailable` where there is no desk, or an older one whose tables or indexes are not all there yet.
 */
export const openForReading = (file: string, containers: ContainerDef[]): DatabaseSync => {
  if (!existsSync(file)) throw new StoreError('unavailable', `There is no desk: ${file} does not exist`);
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA cache_size = -32768; PRAGMA mmap_size = 0;');
    checkVersion(db, file);
    const missing = containers.filter((container) => !hasAll(db, container));
    if (missing.length > 0)
      throw new StoreError(
        'unavailable',
        `${file} was written by an older release, which knows no ${missing.map(({ name }) => name).join(', ')}: start the desk of this release there once`,
      );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const hasAll = (db: DatabaseSync, { name, indexes }: ContainerDef): boolean => {
  const own = db.prepare('SELECT name, sql FROM sqlite_schema WHERE tbl_name = ?').all(`c_${name}`);
  const texts = own.map(({ sql }) => sql);
  return own.length > 0 && indexes.every((index) => texts.includes(createIndexSql(name, index)));
};

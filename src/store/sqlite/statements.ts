import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Prepared = (sql: string) => StatementSync;

/** Prepares each text once. The texts are few: they vary by container, index and bounds, never by value. */
export const statements = (db: DatabaseSync): Prepared => {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const statement = known.get(sql) ?? db.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
};

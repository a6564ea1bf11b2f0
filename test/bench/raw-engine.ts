import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ContainerDef } from '../../src/application/ports/document-store.ts';
import { createIndexSql, tableOf } from '../../src/store/sqlite/query-sql.ts';
import { createTableSql, pragmas } from '../../src/store/sqlite/schema.ts';

/** One document as the raw engine takes it: container, partition, id, JSON text. */
export interface RawDoc {
  c: string;
  pk: string;
  id: string;
  body: string;
}

export interface RawEngine {
  /** One transaction a group. */
  writeGroups(groups: RawDoc[][]): void;
  close(): void;
}

/** What ratios are measured against: node:sqlite called directly, same pragmas, tables and indexes, nothing else. */
export const openRawEngine = (folder: string, containers: ContainerDef[]): RawEngine => {
  const db = new DatabaseSync(join(folder, 'raw.sqlite'));
  db.exec(pragmas);
  const inserts = new Map(
    containers.map(({ name, indexes }) => {
      db.exec(createTableSql(name));
      for (const index of indexes) db.exec(createIndexSql(name, index));
      return [name, db.prepare(`INSERT INTO ${tableOf(name)} (pk, id, expires, body) VALUES (?, ?, NULL, ?)`)] as const;
    }),
  );
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  return {
    writeGroups: (groups) => {
      for (const group of groups) {
        begin.run();
        for (const { c, pk, id, body } of group) inserts.get(c)?.run(pk, id, body);
        commit.run();
      }
    },
    close: () => db.close(),
  };
};

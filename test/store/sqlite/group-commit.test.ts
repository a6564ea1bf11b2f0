import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { groupCommitter } from '../../../src/store/sqlite/group-commit.ts';
import type { Arg, Reply, Request } from '../../../src/store/sqlite/worker-messages.ts';

describe('a group of writes', () => {
  let db: DatabaseSync;
  beforeEach(() => {
    db = new DatabaseSync(':memory:');
    db.exec(`PRAGMA foreign_keys = ON; CREATE TABLE teams (name TEXT PRIMARY KEY);
      CREATE TABLE tickets (id TEXT PRIMARY KEY, team TEXT REFERENCES teams (name) DEFERRABLE INITIALLY DEFERRED)`);
  });
  afterEach(() => db.close());

  /** Each write is one SQL statement after another, so that a fault comes when something was written already. */
  const commit = (...writes: string[][]) => {
    const queue = writes.map((sql, id): Request => [id, 'write', ...sql]);
    const commitGroup = groupCommitter(db, (args: Arg[]) => {
      for (const sql of args) db.exec(String(sql));
      return ['done'];
    });
    const replies: Reply[] = [];
    while (queue.length > 0) replies.push(...commitGroup(() => queue.shift()));
    return replies;
  };
  const insert = (id: string, team = 'NULL') => `INSERT INTO tickets VALUES ('${id}', ${team})`;
  const tickets = () =>
    db
      .prepare('SELECT id FROM tickets ORDER BY id')
      .all()
      .map(({ id }) => id);

  it('undoes only the one that SQLite cannot do, all of it', () => {
    const replies = commit(
      [insert('T1')],
      [insert('T2'), insert('T3'), 'INSERT INTO nowhere VALUES (1)'],
      [insert('T4')],
    );
    expect(replies).toEqual([
      [0, ['done']],
      [1, null, 'unavailable', expect.stringContaining('nowhere')],
      [2, ['done']],
    ]);
    expect(tickets()).toEqual(['T1', 'T4']);
  });

  it('has an unknown outcome when its COMMIT fails, and the next group starts afresh', () => {
    const replies = commit([insert('T1')], [insert('T2', "'no such team'")]);
    expect(replies).toMatchObject([
      [0, null, 'unknownOutcome', 'SQLite: FOREIGN KEY constraint failed'],
      [1, null, 'unknownOutcome', 'SQLite: FOREIGN KEY constraint failed'],
    ]);
    expect(commit([insert('T3')])).toEqual([[0, ['done']]]);
    expect(tickets()).toEqual(['T3']);
  });

  it('takes in what arrives while it is written, up to 128 or a million characters', () => {
    const sizesOf = (text: string): number[] => {
      let arrived = 0;
      const commitGroup = groupCommitter(db, (args) => args);
      const next = (): Request | undefined => (arrived < 200 ? [(arrived += 1), 'write', text] : undefined);
      const sizes: number[] = [];
      while (arrived < 200 && sizes.length < 10) sizes.push(commitGroup(next).length);
      return sizes;
    };
    expect(sizesOf('x')).toEqual([128, 72]);
    expect(sizesOf('x'.repeat(10_000))).toEqual([100, 100]);
  });
});

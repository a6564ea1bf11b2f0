import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../application/errors.ts';
import type { CommitResult } from '../../application/ports/document-store.ts';
import type { EngineOp } from '../checks.ts';
import { tableOf } from './query-sql.ts';
import type { Served } from './worker-loop.ts';
import type { Arg } from './worker-messages.ts';

/**
 * How a commit travels: one text, a line for each value: partition, now (ms), then per operation op, id, etag, expiry (ms)
 * and body. No value holds a line break: keys and etags are checked, JSON escapes them. One text is cheaper to
 * hand to the other thread than its many parts.
 */
export const encodeCommit = (container: string, batch: { pk: string; ops: EngineOp[]; now: number }): Arg[] => {
  const lines: (string | number)[] = [batch.pk, batch.now];
  for (const { op, id, body, ifMatch, ttlSeconds } of batch.ops) {
    lines.push(op, id, ifMatch ?? '', ttlSeconds === undefined ? '' : batch.now + ttlSeconds * 1000, body);
  }
  return [container, lines.join('\n')];
};

/** The answer is a text too: 'ok' and the numbers (deleted: -), or 'no', the position and the reason. */
export const decodeResult = ([answer]: Arg[]): CommitResult => {
  const [verdict, ...rest] = String(answer).split(' ');
  if (verdict === 'ok') return { ok: true, etags: rest.map((seq) => (seq === '-' ? null : seq)) };
  return { ok: false, index: Number(rest[0]), reason: rest[1] as Refusal };
};

const headLines = 2;
const linesPerOp = 5;
const purgeEveryMs = 60_000;
const purgeAtOnce = 200;

type Refusal = 'conflict' | 'precondition' | 'notFound';

interface Write {
  op: string;
  id: string;
  ifMatch: string;
  expires: number | null;
  body: string;
}

const decodeOps = (lines: string[]): Write[] => {
  const writes: Write[] = [];
  for (let at = headLines; at < lines.length; at += linesPerOp) {
    const [op = '', id = '', ifMatch = '', expires = '', body = ''] = lines.slice(at, at + linesPerOp);
    writes.push({ op, id, ifMatch, expires: expires === '' ? null : Number(expires), body });
  }
  return writes;
};

/** INSERT OR REPLACE removes the old row and adds one with the newest number, which is what the change feed reads. */
const statementsOf = (db: DatabaseSync, container: string) => {
  const table = tableOf(container);
  const expired = `SELECT seq FROM ${table} WHERE expires IS NOT NULL AND expires <= ? LIMIT ${purgeAtOnce}`;
  return {
    find: db.prepare(`SELECT seq, expires FROM ${table} WHERE pk = ? AND id = ?`),
    put: db.prepare(`INSERT OR REPLACE INTO ${table} (pk, id, expires, body) VALUES (?, ?, ?, ?)`),
    remove: db.prepare(`DELETE FROM ${table} WHERE pk = ? AND id = ?`),
    purge: db.prepare(`DELETE FROM ${table} WHERE seq IN (${expired})`),
  };
};
type Statements = ReturnType<typeof statementsOf>;

/** Why the write may not be; undefined when it may. */
const refusal = ({ op, ifMatch }: Write, seq: number | undefined): Refusal | undefined => {
  if (op === 'create') return seq === undefined ? undefined : 'conflict';
  if (seq === undefined) return 'notFound';
  return ifMatch !== '' && ifMatch !== String(seq) ? 'precondition' : undefined;
};

const liveSeq = ({ find }: Statements, key: { pk: string; id: string; now: number }): number | undefined => {
  const row = find.get(key.pk, key.id);
  if (!row) return undefined;
  const expires = row['expires'] ?? null;
  return expires === null || Number(expires) > key.now ? Number(row['seq']) : undefined;
};

/** Expired documents are invisible at once; their rows go with later writes, some at a time. */
const purger = (all: Statements[]): ((now: number) => void) => {
  let purgedAt = 0;
  return (now) => {
    if (now - purgedAt < purgeEveryMs) return;
    const removed = all.map(({ purge }) => Number(purge.run(now).changes));
    if (Math.max(...removed) < purgeAtOnce) purgedAt = now;
  };
};

/** Carries out encoded commits; looks at all operations before it writes the first. */
export const documentWrites = (db: DatabaseSync, containers: string[]): Served['write'] => {
  const all = new Map(containers.map((container) => [container, statementsOf(db, container)]));
  const purge = purger([...all.values()]);
  return ([container, text]) => {
    const known = all.get(String(container));
    if (!known) throw new StoreError('invalid', `There is no container '${String(container)}'`);
    const lines = String(text).split('\n');
    const [pk, now] = [lines[0] ?? '', Number(lines[1])];
    purge(now);
    const writes = decodeOps(lines);
    for (const [index, write] of writes.entries()) {
      const reason = write.op === 'upsert' ? undefined : refusal(write, liveSeq(known, { pk, id: write.id, now }));
      if (reason) return [`no ${index} ${reason}`];
    }
    const numbers = writes.map(({ op, id, expires, body }) => {
      if (op !== 'delete') return known.put.run(pk, id, expires, body).lastInsertRowid;
      known.remove.run(pk, id);
      return '-';
    });
    return [`ok ${numbers.join(' ')}`];
  };
};

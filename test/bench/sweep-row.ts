import { createHash } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { instantOf } from '../../src/domain/values.ts';
import { tableOf } from '../../src/store/sqlite/query-sql.ts';
import { openStores } from '../../src/stores.ts';
import { coreOver } from '../support/open-core.ts';
import { deskWith, idOf } from './million.ts';
import { median, type Row } from './measure.ts';

const DUE = 1_000;
const ROUNDS = 5;
/** By then the last of a million tickets is late by every level, and all days between were working days of somebody. */
const NOW = Date.UTC(2026, 2, 2, 10);
const FAR = instantOf(Date.UTC(2030, 0, 1));

const short = (count: number): string => (count >= 1_000_000 ? `${count / 1_000_000} M` : `${count / 1_000} k`);

/** Where the store keeps the timer of a subject. */
const shardOf = (subject: string): string => `due~${(createHash('sha256').update(subject).digest()[0] ?? 0) % 4}`;

interface Timing {
  readonly folder: string;
  readonly count: number;
}

/** A copy of the desk in which every ticket has its timer, none of them due. */
const timed = (from: string, count: number): Timing => {
  const folder = `${from}-sweep`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(from, folder, { recursive: true });
  const db = new DatabaseSync(path.join(folder, 'desk.sqlite'));
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN');
  const insert = db.prepare(`INSERT INTO ${tableOf('timers')} (pk, id, expires, body) VALUES (?, ?, NULL, ?)`);
  for (let n = 0; n < count; n += 1) {
    const id = idOf(n);
    insert.run(shardOf(id), id, JSON.stringify({ id, v: 1, dueAt: FAR, rev: 1 }));
  }
  db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return { folder, count };
};

/** Makes a thousand of them due, others each round, spread over the whole desk. */
const fallDue = ({ folder, count }: Timing, round: number): void => {
  const db = new DatabaseSync(path.join(folder, 'desk.sqlite'));
  db.exec('BEGIN');
  const update = db.prepare(`UPDATE ${tableOf('timers')} SET body = ? WHERE pk = ? AND id = ?`);
  const step = Math.floor(count / DUE);
  for (let n = 0; n < DUE; n += 1) {
    const id = idOf(n * step + round);
    update.run(JSON.stringify({ id, v: 1, dueAt: instantOf(NOW - 60_000), rev: 1 }), shardOf(id), id);
  }
  db.exec('COMMIT');
  db.close();
};

interface SweptDesk {
  /** Milliseconds until the sweeper has raised what a thousand have due; what follows from it is the relay's. */
  sweep(round: number): Promise<number>;
  close(): Promise<void>;
}

const open = async (desk: Timing): Promise<SweptDesk> => {
  const clock = { now: () => instantOf(NOW), sleep: () => Promise.resolve() };
  const stores = await openStores({ folder: desk.folder, clock });
  const [, , sweeping] = coreOver(stores, { clock, config: 'config/desk.json' }).loops;
  if (!sweeping) throw new TypeError('nobody sweeps');
  const step = Math.floor(desk.count / DUE);
  const raised = async (round: number): Promise<void> => {
    for (const n of [0, DUE - 1]) {
      const found = await stores.tickets.load(idOf(n * step + round));
      if (found?.ticket.alerts?.length !== 2) throw new TypeError(`the clock of ticket ${n} raised nothing`);
    }
    for await (const left of stores.timers.due(clock.now())) throw new TypeError(`${left.subject} still waits`);
  };
  return {
    sweep: async (round) => {
      fallDue(desk, round);
      const started = performance.now();
      for (let more = true; more;) more = await sweeping.once();
      const took = performance.now() - started;
      await raised(round);
      return took;
    },
    close: () => stores.close(),
  };
};

/** The cost of a sweep is what is due, not what is open: docs/architecture.md, "Timers". */
export const sweepRow = async (root: string, large: number): Promise<Row> => {
  const small = 10_000;
  const timings: Timing[] = [];
  for (const count of [small, large])
    timings.push(timed(await deskWith(path.join(root, `desk-${count}`), count), count));
  const [few, many] = await Promise.all(timings.map(open));
  if (!few || !many) throw new TypeError('no desks');
  const pairs: { desk: number; base: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pair = { base: await few.sweep(round), desk: await many.sweep(round) };
    if (round > 0) pairs.push(pair);
  }
  await Promise.all([few.close(), many.close()]);
  for (const { folder } of timings) rmSync(folder, { recursive: true, force: true });
  return {
    what: `sweep: ${DUE} due among ${short(large)} open`,
    desk: median(pairs.map(({ desk }) => desk)),
    base: median(pairs.map(({ base }) => base)),
    ratio: median(pairs.map(({ desk, base }) => desk / base)),
    baseName: `${DUE} due among ${short(small)}`,
    goal: '≤ 1.2',
    unit: 'ms',
  };
};

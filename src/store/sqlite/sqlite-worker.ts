import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { ContainerDef } from '../../application/ports/document-store.ts';
import { lockDesk } from './desk-lock.ts';
import { documentWrites } from './document-writes.ts';
import { openDatabase, openForReading } from './schema.ts';
import { statements } from './statements.ts';
import { serve, type Served } from './worker-loop.ts';

const FILE = 'desk.sqlite';

interface Asked {
  readonly folder: string;
  readonly containers: ContainerDef[];
  readonly readOnly?: true;
}

/** Arguments: SQL, then its parameters; answers are pk, body, seq, pk, … */
const reading = (db: DatabaseSync): Served['read'] => {
  const prepared = statements(db);
  return ([sql, ...params]) =>
    prepared(String(sql))
      .all(...params)
      .flatMap(({ pk, body, seq }) => [String(pk), String(body), Number(seq)]);
};

/** The one connection that writes desk.sqlite. */
const openWriter = ({ folder, containers }: Asked): Served => {
  const lock = lockDesk(folder);
  const db = openDatabase(join(folder, FILE), containers);
  return {
    db,
    greeting: [],
    read: reading(db),
    write: documentWrites(
      db,
      containers.map(({ name }) => name),
    ),
    close: () => {
      db.exec('PRAGMA optimize');
      db.close();
      lock.close();
    },
  };
};

/** The other side sends no writes here, and the connection could not carry one out. */
const openReader = ({ folder, containers }: Asked): Served => {
  const db = openForReading(join(folder, FILE), containers);
  return { db, greeting: [], read: reading(db), write: () => [], close: () => db.close() };
};

const open = (asked: Asked): Served => (asked.readOnly ? openReader(asked) : openWriter(asked));

serve(parentPort, () => open(workerData));

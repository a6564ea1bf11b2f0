import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ContainerDef } from '../../application/ports/document-store.ts';
import { lockDesk } from './desk-lock.ts';
import { documentWrites } from './document-writes.ts';
import { openDatabase } from './schema.ts';
import { statements } from './statements.ts';
import { serve, type Served } from './worker-loop.ts';

/** The one connection to desk.sqlite. Read arguments: SQL, then its parameters; answers are pk, body, seq, pk, … */
const open = ({ folder, containers }: { folder: string; containers: ContainerDef[] }): Served => {
  const lock = lockDesk(folder);
  const db = openDatabase(join(folder, 'desk.sqlite'), containers);
  const prepared = statements(db);
  return {
    db,
    greeting: [],
    read: ([sql, ...params]) =>
      prepared(String(sql))
        .all(...params)
        .flatMap(({ pk, body, seq }) => [String(pk), String(body), Number(seq)]),
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

serve(parentPort, () => open(workerData));

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DocumentStore } from '../../../src/application/ports/document-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';
import { temporaryFolder } from './sqlite-folder.ts';
import { startWriting, type WritingProcess } from './writing-process.ts';

const containers = [
  { name: 'queues', indexes: [{ name: 'n', equality: [], sort: [{ field: 'n', dir: 'asc' as const }] }] },
];

describe('the desk in another process', () => {
  let folder: string;
  let remove: () => Promise<void>;
  const writers: WritingProcess[] = [];
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  afterEach(async () => {
    for (const writer of writers.splice(0)) await writer.kill();
    await remove();
  });
  const write = (first = 0): WritingProcess => {
    const writer = startWriting(folder, first);
    writers.push(writer);
    return writer;
  };
  const open = (): Promise<DocumentStore> => openSqliteStore({ folder, containers, now: () => Date.now() });

  /** Batch numbers by how many of their three documents are there. */
  const batches = async (store: DocumentStore): Promise<Map<number, number>> => {
    const found = new Map<number, number>();
    let continuation: string | undefined;
    do {
      const page = await store.scan('queues', { limit: 1000, ...(continuation === undefined ? {} : { continuation }) });
      for (const { doc } of page.items) found.set(Number(doc['n']), (found.get(Number(doc['n'])) ?? 0) + 1);
      continuation = page.continuation;
    } while (continuation !== undefined);
    return found;
  };

  it('is killed five times in the middle of writing and loses nothing it acknowledged', async () => {
    const kept: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const writer = write(round * 1_000_000);
      await writer.reached(100 + 37 * round);
      await writer.kill();
      kept.push(...writer.acknowledged);
      const store = await open();
      const found = await batches(store);
      await store.close();
      expect(kept.filter((n) => found.get(n) !== 3)).toEqual([]);
      expect([...found].filter(([, documents]) => documents !== 3)).toEqual([]);
      const db = new DatabaseSync(join(folder, 'desk.sqlite'), { readOnly: true });
      expect(db.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }]);
      db.close();
    }
    expect(kept.length).toBeGreaterThan(500);
  });

  it('meets a full disk, says so, still reads, and loses nothing it acknowledged', async () => {
    const script = fileURLToPath(new URL('./full-disk-script.ts', import.meta.url));
    const limited = `ulimit -f 4000; exec "${process.execPath}" "${script}" "${folder}"`;
    const { stdout } = await promisify(execFile)('sh', ['-c', limited]);
    const said = JSON.parse(stdout) as { acknowledged: number[]; failures: string[]; readable: boolean };
    expect(said.acknowledged.length).toBeGreaterThan(10);
    expect(said.failures.length).toBeGreaterThan(0);
    expect(said.failures.filter((kind) => kind !== 'unavailable' && kind !== 'unknownOutcome')).toEqual([]);
    expect(said.readable).toBe(true);
    const store = await open();
    const found = await batches(store);
    await store.close();
    expect(said.acknowledged.filter((n) => !found.has(n))).toEqual([]);
  });

  it('keeps this one out and says which process it is, until it is killed', async () => {
    const writer = write();
    await writer.reached(1);
    const message = `The desk at ${folder} is already open in another process (pid ${writer.pid}). Stop it first, or set DESK_DATA to another folder.`;
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', kind: 'locked', message });
    await writer.reached(writer.acknowledged.length + 1);
    await writer.kill();
    const store = await open();
    await store.close();
  });

  it('is kept out by this one, also after this one tried to open the folder twice', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ kind: 'locked' });
    const writer = startWriting(folder);
    await expect(writer.reached(0)).rejects.toThrow('ended after 0 batches');
    await store.close();
    await write().reached(1);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Cond, ContainerDef, DocumentStore, IndexDef } from '../../../src/application/ports/document-store.ts';
import { planQuery } from '../../../src/store/keyset.ts';
import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';
import { querySql } from '../../../src/store/sqlite/query-sql.ts';
import { contractContainers } from '../../contracts/document-store.ts';
import { temporaryFolder } from './sqlite-folder.ts';

const [queues] = contractContainers as [ContainerDef];

describe('the SQLite store', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let now = 0;
  const stores: DocumentStore[] = [];
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    now = Date.parse('2026-01-05T09:00:00Z');
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await remove();
  });
  const open = async (containers = contractContainers): Promise<DocumentStore> => {
    const store = await openSqliteStore({ folder, containers, now: () => now });
    stores.push(store);
    return store;
  };
  const inspect = <T>(look: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(join(folder, 'desk.sqlite'), { readOnly: true });
    try {
      return look(db);
    } finally {
      db.close();
    }
  };
  const create = (store: DocumentStore, pk: string, ids: string[]) =>
    store.commit(
      'queues',
      pk,
      ids.map((id) => ({ op: 'create' as const, doc: { id, state: 'open', due: id.length } })),
    );

  it('has everything when it is opened again, and goes on with the feed', async () => {
    const store = await open();
    await create(store, 'team-a', ['T1', 'T2']);
    const { token } = await store.changes('queues', { token: null, max: 10 });
    const before = await store.get('queues', 'team-a', 'T1');
    await store.commit('queues', 'team-a', [{ op: 'delete', id: 'T2' }]);
    await store.close();
    const again = await open();
    expect(await again.get('queues', 'team-a', 'T1')).toEqual(before);
    await create(again, 'team-a', ['T3']);
    expect((await again.changes('queues', { token, max: 10 })).items.map(({ doc }) => doc.id)).toEqual(['T3']);
  });

  it('keeps what was asked before it was closed, refuses what comes after, and may be closed twice', async () => {
    const store = await open();
    const asked = create(store, 'team-a', ['T1']);
    await Promise.all([store.close(), store.close()]);
    expect(await asked).toMatchObject({ ok: true });
    await expect(store.get('queues', 'team-a', 'T1')).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'The store is closed',
    });
    expect(await (await open()).get('queues', 'team-a', 'T1')).not.toBeNull();
  });

  it('writes through to the disk at each commit', async () => {
    await open();
    const settings = await readFile(new URL('../../../src/store/sqlite/schema.ts', import.meta.url), 'utf8');
    expect(settings).toContain('PRAGMA synchronous = FULL');
    expect(inspect((db) => db.prepare('PRAGMA journal_mode').get())).toMatchObject({ journal_mode: 'wal' });
  });

  it('commits thousands of concurrent batches in few transactions, each answered with its own outcome', async () => {
    const store = await open();
    const batches = Array.from({ length: 2_000 }, (_, n) => create(store, `pk-${n % 1_000}`, [`T${n % 1_000}`]));
    const results = await Promise.all(batches);
    expect(results.map(({ ok }) => ok)).toEqual(Array.from({ length: 2_000 }, (_, n) => n < 1_000));
    const wal = await readFile(join(folder, 'desk.sqlite-wal'));
    const frame = 24 + wal.readUInt32BE(8);
    let transactions = 0;
    for (let at = 32; at + frame <= wal.length; at += frame) if (wal.readUInt32BE(at + 4) > 0) transactions += 1;
    expect(transactions).toBeLessThan(2_000 / 16);
  });

  it('searches every declared index, for the first page and for later ones, and sorts nothing', async () => {
    await open();
    const values: Record<string, string | number> = { state: 'open', list: 'mine' };
    const shapes = (index: IndexDef): { where: Cond[]; terms: number }[] => {
      const equals = index.equality.map((field): Cond => ({ field, op: '=', value: values[field] ?? 0 }));
      const range = index.sort.slice(0, 1).map(({ field }): Cond => ({ field, op: '>=', value: 3 }));
      return [
        { where: equals, terms: equals.length },
        { where: [...equals, ...range], terms: equals.length + 2 * range.length },
      ];
    };
    const planOf = (index: IndexDef, where: Cond[], after?: (string | number)[]): string[] =>
      inspect((db) => {
        const plan = planQuery('queues', index, { pk: 'team-a', index: index.name, where, limit: 50 });
        const { text, params } = querySql('queues', { ...plan, after }, now);
        return db
          .prepare(`EXPLAIN QUERY PLAN ${text}`)
          .all(...params)
          .map(({ detail }) => String(detail));
      });
    for (const index of queues.indexes) {
      for (const { where, terms } of shapes(index)) {
        const first = planOf(index, where);
        expect(first).toEqual([expect.stringContaining(`SEARCH c_queues USING INDEX i_queues_${index.name} (pk=?`)]);
        expect(first[0]?.match(/<expr>/g) ?? []).toHaveLength(terms);
        const later = planOf(index, where, [...index.sort.map(() => 5), 'T1']);
        expect(later).toEqual([expect.stringContaining(`SEARCH c_queues USING INDEX i_queues_${index.name} (pk=?`)]);
        // the place where the page before ended is sought, not walked to
        const place = index.sort.length === 0 ? /id>\?/ : index.sort[0]?.dir === 'asc' ? /<expr>>\?/ : /<expr><\?/;
        expect(later[0]).toMatch(place);
      }
    }
  });

  it('builds an index that a later release declares, and drops one that it no longer does', async () => {
    const plain: ContainerDef = { name: 'queues', indexes: [] };
    const store = await open([plain]);
    await create(store, 'team-a', ['T22', 'T1']);
    await store.close();
    const later = await open();
    const where: Cond[] = [{ field: 'state', op: '=', value: 'open' }];
    const page = await later.query('queues', { pk: 'team-a', index: 'due', where, limit: 5 });
    expect(page.items.map(({ doc }) => doc.id)).toEqual(['T1', 'T22']);
    await later.close();
    await open([{ ...queues, indexes: queues.indexes.filter(({ name }) => name !== 'due') }]);
    const names = inspect((db) => db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'i_queues%'").all());
    expect(names.map(({ name }) => name).sort()).toEqual([
      'i_queues_everything',
      'i_queues_priority',
      'i_queues_score',
    ]);
  });

  it('removes the rows of expired documents with later writes', async () => {
    const store = await open();
    const lease = (n: number) =>
      store.commit('mail', `m-${n}`, [{ op: 'create', doc: { id: 'lease' }, ttlSeconds: 30 }]);
    await Promise.all(Array.from({ length: 500 }, (_, n) => lease(n)));
    now += 3_600_000;
    for (let n = 0; n < 5; n += 1) await create(store, 'team-a', [`T${n}`]);
    expect(inspect((db) => db.prepare('SELECT count(*) AS rows FROM c_mail').get())).toMatchObject({ rows: 0 });
  });

  it('does not touch a file of a newer release', async () => {
    await (await open()).close();
    const db = new DatabaseSync(join(folder, 'desk.sqlite'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', kind: 'newerVersion' });
    const mended = new DatabaseSync(join(folder, 'desk.sqlite'));
    mended.exec('PRAGMA user_version = 1');
    mended.close();
    await open(); // and the refusal left no lock behind
  });

  it('says so when the file is no database', async () => {
    await writeFile(join(folder, 'desk.sqlite'), 'This was a shopping list. '.repeat(100));
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
  });

  it('refuses names of containers and indexes that could not be kept', async () => {
    const bad: ContainerDef[][] = [
      [{ name: 'x"; DROP TABLE c_mail', indexes: [] }],
      [queues, queues],
      [{ name: 'a', indexes: [{ name: 'i', equality: ["x')"], sort: [] }] }],
      [{ name: 'a', indexes: [{ name: 'i', equality: ['b'], sort: [{ field: 'b', dir: 'asc' }] }] }],
    ];
    for (const containers of bad) await expect(open(containers)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

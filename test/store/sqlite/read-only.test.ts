import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerDef, DocumentStore } from '../../../src/application/ports/document-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';
import { temporaryFolder } from './sqlite-folder.ts';
import { startWriting } from './writing-process.ts';

/** As the writing process declares it. */
const containers: ContainerDef[] = [
  { name: 'queues', indexes: [{ name: 'n', equality: [], sort: [{ field: 'n', dir: 'asc' }] }] },
];

describe('a store that is opened for reading only', () => {
  let folder: string;
  let remove: () => Promise<void>;
  const stores: DocumentStore[] = [];
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await remove();
  });
  const opened = async (options: { readOnly?: true; containers?: ContainerDef[]; folder?: string } = {}) => {
    const store = await openSqliteStore({ folder, containers, now: () => Date.now(), ...options });
    stores.push(store);
    return store;
  };
  const first = (store: DocumentStore) => store.get('queues', 'batch-0', 'ticket');

  it('reads what another process writes, while that goes on writing', async () => {
    const writing = startWriting(folder);
    try {
      await writing.reached(10);
      const reader = await opened({ readOnly: true });
      expect(await first(reader)).toMatchObject({ doc: { n: 0 } });
      const seen = writing.acknowledged.at(-1) ?? 0;
      await writing.reached(writing.acknowledged.length + 50);
      const page = await reader.query('queues', { pk: `batch-${seen}`, index: 'n', where: [], limit: 10 });
      expect(page.items).toHaveLength(3);
      const newest = writing.acknowledged.at(-1) ?? 0;
      expect(await reader.get('queues', `batch-${newest}`, 'ticket')).not.toBeNull();
    } finally {
      await writing.kill();
    }
  });

  it('refuses every write, and makes neither a folder nor a lock', async () => {
    await (await opened()).close();
    const before = await readdir(folder);
    const reader = await opened({ readOnly: true });
    const write = reader.commit('queues', 'team-a', [{ op: 'create', doc: { id: 'T1', n: 1 } }]);
    await expect(write).rejects.toMatchObject({ name: 'StoreError', kind: 'invalid' });
    expect(await reader.get('queues', 'team-a', 'T1')).toBeNull();
    await reader.close();
    const made = (await readdir(folder)).filter((name) => !before.includes(name));
    expect(made.filter((name) => !name.startsWith('desk.sqlite-'))).toEqual([]);
  });

  it('keeps nobody from opening it for writing', async () => {
    await (await opened()).close();
    const reader = await opened({ readOnly: true });
    const writer = await opened();
    await writer.commit('queues', 'team-a', [{ op: 'create', doc: { id: 'T1', n: 1 } }]);
    expect(await reader.get('queues', 'team-a', 'T1')).toMatchObject({ doc: { n: 1 } });
  });

  it('says where no desk is, and makes none there', async () => {
    const nowhere = join(folder, 'nowhere');
    const refused = { name: 'StoreError', kind: 'unavailable', message: expect.stringContaining('There is no desk') };
    await expect(opened({ readOnly: true, folder: nowhere })).rejects.toMatchObject(refused);
    await mkdir(nowhere);
    await expect(opened({ readOnly: true, folder: nowhere })).rejects.toMatchObject(refused);
    expect(await readdir(nowhere)).toEqual([]);
  });

  it.each<[string, ContainerDef[]]>([
    ['a container', [...containers, { name: 'alerts', indexes: [] }]],
    ['an index', [{ name: 'queues', indexes: [{ name: 'due', equality: [], sort: [{ field: 'due', dir: 'asc' }] }] }]],
  ])('says that an older desk lacks %s, and does not build it', async (_what, later) => {
    await (await opened()).close();
    const refused = { kind: 'unavailable', message: expect.stringContaining('start the desk of this release') };
    await expect(opened({ readOnly: true, containers: later })).rejects.toMatchObject(refused);
    await opened({ readOnly: true });
  });
});

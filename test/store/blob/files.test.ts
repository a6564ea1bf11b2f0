import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobFiles } from '../../../src/store/blob/files.ts';

const hello = new TextEncoder().encode('hello');
const helloSha = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

describe('blobs in files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'desk-blobs-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const helloFile = () => join(folder, 'blobs', '2c', 'f2', helloSha);
  const unfinished = () => join(folder, 'blobs', 'unfinished');

  it('keeps bytes under the sha-256 of them, also after opening again', async () => {
    const blobs = await openBlobFiles({ folder });
    expect(await blobs.put(hello)).toBe(helloSha);
    const again = await openBlobFiles({ folder });
    expect(Buffer.from((await again.get(helloSha)) ?? [])).toEqual(Buffer.from(hello));
    expect((await stat(helloFile())).size).toBe(5);
  });

  it('keeps any bytes, none at all too', async () => {
    const blobs = await openBlobFiles({ folder });
    for (const bytes of [new Uint8Array(), Uint8Array.of(0, 255, 10), randomBytes(300_000)]) {
      const kept = await blobs.get(await blobs.put(bytes));
      expect(Buffer.from(kept ?? [1]).equals(bytes)).toBe(true);
    }
  });

  it('may be given the same bytes again, by many at once', async () => {
    const blobs = await openBlobFiles({ folder });
    const names = await Promise.all(Array.from({ length: 20 }, () => blobs.put(hello)));
    expect(new Set([...names, await blobs.put(hello)])).toEqual(new Set([helloSha]));
    expect(await readdir(unfinished())).toEqual([]);
  });

  it('makes a blob young again that is wanted again', async () => {
    const blobs = await openBlobFiles({ folder });
    await blobs.put(hello);
    await utimes(helloFile(), 1, 1);
    await blobs.put(hello);
    expect((await stat(helloFile())).mtimeMs).toBeGreaterThan(1_000_000);
  });

  it('knows nothing of a blob that was never put or was deleted', async () => {
    const blobs = await openBlobFiles({ folder });
    expect(await blobs.get(helloSha)).toBeUndefined();
    await blobs.put(hello);
    await blobs.delete(helloSha);
    await blobs.delete(helloSha);
    expect(await blobs.get(helloSha)).toBeUndefined();
  });

  it('notices that a file was damaged, and mends one that was cut off', async () => {
    const blobs = await openBlobFiles({ folder });
    await blobs.put(hello);
    await writeFile(helloFile(), 'hullo');
    await expect(blobs.get(helloSha)).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    await writeFile(helloFile(), 'hel');
    await blobs.put(hello);
    expect(await blobs.get(helloSha)).toHaveLength(5);
  });

  it('takes no other name than a sha-256, so that none leads out of the folder', async () => {
    const blobs = await openBlobFiles({ folder });
    for (const name of ['', '../../etc/passwd', helloSha.toUpperCase(), `${helloSha}0`, '.'.repeat(64)]) {
      await expect(blobs.get(name)).rejects.toMatchObject({ kind: 'invalid' });
      await expect(blobs.delete(name)).rejects.toMatchObject({ kind: 'invalid' });
    }
  });

  it('removes what a killed process left unfinished, not what is being written', async () => {
    await openBlobFiles({ folder });
    await writeFile(join(unfinished(), 'old'), 'half a ma');
    await utimes(join(unfinished(), 'old'), 1, 1);
    await writeFile(join(unfinished(), 'young'), 'half a ma');
    await openBlobFiles({ folder });
    expect(await readdir(unfinished())).toEqual(['young']);
  });
});

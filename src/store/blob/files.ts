import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../application/errors.ts';
import type { BlobStore } from '../../application/ports/blob-store.ts';

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const unlessMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw new StoreError('unavailable', 'The blob folder cannot be read', { cause: error });
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A name is on the disk only when its folder is; so is the name of a new folder. */
const makeFolder = async (folder: string): Promise<void> => {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined)
    for (let at = folder; at.length >= made.length; at = dirname(at)) await syncFolder(dirname(at));
};

const writeDurably = async (file: string, bytes: Uint8Array): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** @returns whether the blob is there already; it is then young again, since the sweep of orphans goes by age. */
const refresh = async (file: string, size: number): Promise<boolean> => {
  const known = await stat(file).catch(unlessMissing);
  if (known?.size !== size) return false;
  const now = new Date();
  const touched = await utimes(file, now, now).then(() => true, unlessMissing);
  if (touched) await syncFolder(dirname(file)); // another put may have named it a moment ago
  return touched === true;
};

const put = async (file: string, bytes: Uint8Array, unfinished: string): Promise<void> => {
  if (await refresh(file, bytes.byteLength)) return;
  const temporary = join(unfinished, randomUUID());
  try {
    await makeFolder(dirname(file));
    await writeDurably(temporary, bytes);
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new StoreError('unavailable', 'The blob could not be kept', { cause });
  }
};

const abandonedAfterMs = 3_600_000;

/** What a killed process left; a file that is being written is younger. */
const removeAbandoned = async (unfinished: string): Promise<void> => {
  for (const name of await readdir(unfinished)) {
    const file = join(unfinished, name);
    const left = await stat(file).catch(unlessMissing);
    if (left && Date.now() - left.mtimeMs > abandonedAfterMs) await rm(file, { force: true });
  }
};

/** Blobs as files: `blobs/ab/cd/<sha-256>` in the folder. A file appears under its name only when it is complete. */
export const openBlobFiles = async ({ folder }: { folder: string }): Promise<BlobStore> => {
  const root = join(folder, 'blobs');
  const unfinished = join(root, 'unfinished');
  await makeFolder(unfinished);
  await removeAbandoned(unfinished);
  const fileOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new StoreError('invalid', 'A blob is named by its sha-256 in hex');
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };
  return {
    put: async (bytes) => {
      const sha256 = sha256Of(bytes);
      await put(fileOf(sha256), bytes, unfinished);
      return sha256;
    },
    get: async (sha256) => {
      const bytes = await readFile(fileOf(sha256)).catch(unlessMissing);
      if (bytes && sha256Of(bytes) !== sha256)
        throw new StoreError('unavailable', `Blob ${sha256} is damaged on the disk`);
      return bytes;
    },
    delete: async (sha256) => {
      await rm(fileOf(sha256), { force: true });
    },
  };
};

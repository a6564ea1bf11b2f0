import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';

/** A new empty folder, in memory where the machine has such a place: a whole log waits for the disk far longer than it works. */
export const memoryFolder = async (): Promise<{ folder: string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(path.join(existsSync(MEMORY) ? MEMORY : os.tmpdir(), 'desk-store-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

import { readLog } from '../../../src/local/replay/read-log.ts';
import { replay, type Replayed, type ReplayOptions } from '../../../src/local/replay/replay.ts';
import { memoryFolder } from './memory-folder.ts';

/** Plays a log into a store that is gone afterwards. */
export const played = async (csv: string, options: Omit<ReplayOptions, 'folder'> = {}): Promise<Replayed> => {
  const { folder, remove } = await memoryFolder();
  try {
    return await replay(readLog(csv), { folder, ...options });
  } finally {
    await remove();
  }
};

import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { WorkerChannel } from '../../../src/store/sqlite/worker-channel.ts';

const failing = new URL('./failing-worker.ts', import.meta.url);

describe('a database worker that dies', () => {
  it('leaves no promise waiting: a write may have happened, a read has not', async () => {
    const channel = await WorkerChannel.open(failing, {});
    const read = channel.call('read', ['SELECT 1']);
    await setImmediate();
    const write = channel.call('write', ['queues', 'text']);
    const outcomes = await Promise.allSettled([read, write]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { name: 'StoreError', kind: 'unavailable' } },
      { status: 'rejected', reason: { name: 'StoreError', kind: 'unknownOutcome' } },
    ]);
    await expect(channel.call('read', ['SELECT 1'])).rejects.toMatchObject({ kind: 'unavailable' });
    await channel.close();
  });

  it('is told from one that never started', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url);
    await expect(WorkerChannel.open(missing, {})).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
  });
});

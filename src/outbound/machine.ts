import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../application/ports/clock.ts';
import type { Identity } from '../application/ports/identity.ts';
import { instantOf } from '../domain/values.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  sleep: async (milliseconds, signal) => {
    if (signal?.aborted) return;
    await after(milliseconds, undefined, signal ? { signal } : {}).catch((cause: unknown) => {
      if ((cause as { name?: unknown }).name !== 'AbortError') throw cause;
    });
  },
};

/** The desk's own name space for UUIDs of version 5: never changes, or every id would. */
const NAME_SPACE = Buffer.from('6f0d3c5e8a4b4d0f9a530b1f7f5a2c11', 'hex');

const named = (name: string): string => {
  const bytes = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

export const machineIdentity: Identity = {
  random: () => randomUUID(),
  named,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
};

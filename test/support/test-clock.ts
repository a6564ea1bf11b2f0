import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../src/application/ports/clock.ts';
import { instantOf } from '../../src/domain/values.ts';

/** Real time, moved: `advance` makes it later, waiting stays short and real. */
export interface TestClock extends Clock {
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

export const testClock = (): TestClock => {
  let offset = 0;
  return {
    now: () => instantOf(Date.now() + offset),
    sleep: async (milliseconds, signal) => {
      if (signal?.aborted) return;
      await after(milliseconds, undefined, signal ? { signal } : {}).catch((cause: unknown) => {
        if ((cause as { name?: unknown }).name !== 'AbortError') throw cause;
      });
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      offset += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
    },
  };
};

import { readFileSync } from 'node:fs';
import type { Clock } from '../application/ports/clock.ts';
import { instantOf } from '../domain/values.ts';
import { systemClock } from './machine.ts';

/** Often enough for whoever moves it and watches; seldom enough not to read a file for each question. */
const LOOK_EVERY_MS = 200;

/**
 * The machine's clock, moved by the milliseconds that stand in a file; negative ones move it back. Waiting stays real. Without the
 * file it is the machine's clock; what is no whole number changes nothing.
 */
export const movableClock = (file: string): Clock => {
  let offset = 0;
  let lookedAt = -Infinity;
  return {
    now: () => {
      if (performance.now() - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = performance.now();
        offset = offsetIn(file) ?? offset;
      }
      return instantOf(Date.now() + offset);
    },
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
  };
};

const offsetIn = (file: string): number | undefined => {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^-?\d{1,12}$/u.test(text) ? Number(text) : undefined;
  } catch (fault) {
    if ((fault as { code?: unknown }).code === 'ENOENT') return 0;
    throw fault;
  }
};

import type { Instant } from '../../domain/values.ts';

/** Time, handed in: tests move it, the domain receives it as data. */
export interface Clock {
  now(): Instant;
  /** Resolves after `milliseconds`, or at once when `signal` is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

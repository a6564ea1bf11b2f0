/** Deciding how long to wait is apart from waiting. */

export const MOST_ATTEMPTS = 12;

/** Milliseconds until the next attempt: what the other side asked for, else doubling from 1 s to 15 minutes. */
export const retryDelay = (attempts: number, askedFor: number | undefined): number =>
  askedFor ?? Math.min(1_000 * 2 ** Math.max(0, attempts - 1), 900_000);

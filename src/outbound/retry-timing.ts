/** Deciding how long to wait is apart from waiting. */

/** About three days: an expired secret, or a weekend without network, must not cost a customer their answer. */
export const MOST_ATTEMPTS = 300;

/** Milliseconds until the next attempt: what the other side asked for, else doubling from 1 s to 15 minutes. */
export const retryDelay = (attempts: number, askedFor: number | undefined): number =>
  askedFor ?? Math.min(1_000 * 2 ** Math.max(0, attempts - 1), 900_000);

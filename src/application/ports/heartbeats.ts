import type { Instant } from '../../domain/values.ts';

/** The last sign of life of whoever does something that must never stop. */
export interface Heartbeat {
  readonly holder: string;
  readonly at: Instant;
  /** It stopped on purpose, and said so. */
  readonly released: boolean;
}

export interface KeptHeartbeat extends Heartbeat {
  /** The store's version. */
  readonly etag: string;
}

export interface Heartbeats {
  last(name: string): Promise<KeptHeartbeat | undefined>;
  /**
   * `after`: the version this one follows, undefined for the very first. Undefined: another one was written since, and this one
   * was not.
   */
  beat(name: string, heartbeat: Heartbeat, after: string | undefined): Promise<KeptHeartbeat | undefined>;
}

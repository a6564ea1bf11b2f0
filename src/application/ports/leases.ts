/** The right to be the only one who does something, for a while. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly ttlSeconds: number;
  /** The store's version; whoever renews on it has held the lease all the time. */
  readonly etag: string;
}

/**
 * The store's own clock decides when a lease ends, so that the clocks of the processes need not agree. A lease makes work that is
 * done twice rare, not impossible: who was asleep may still write, so every write is guarded by its own ETag.
 */
export interface Leases {
  /** Undefined: another holds it. Who holds it already takes it anew. `ttlSeconds`: a whole number above 0. */
  take(name: string, wanted: { readonly holder: string; readonly ttlSeconds: number }): Promise<Lease | undefined>;
  /** The whole time once more, from now on. Undefined: it ended, and may be another's. */
  renew(lease: Lease): Promise<Lease | undefined>;
  /** The next one need not wait. One that is another's by now stays theirs. */
  release(lease: Lease): Promise<void>;
}

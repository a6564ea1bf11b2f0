import type { Instant } from '../../domain/values.ts';

/** When a subject must be looked at again. */
export interface Timer {
  /** A ticket's id, or `cover:<person>`. */
  readonly subject: string;
  readonly dueAt: Instant;
  /** The subject's rev that set it: a newer one replaces an older, never the other way round. */
  readonly rev: number;
}

export interface DueTimer extends Timer {
  /** The store's version: what was set anew since it was read is neither forgotten nor moved. */
  readonly etag: string;
}

/** At most one timer a subject. It only wakes: whoever is woken compares with the subject itself. */
export interface Timers {
  /** Twice or late is harmless. Of two with the same rev the sooner stands; one that lies in the past is due at once. */
  set(timer: Timer): Promise<void>;
  /** All that are due at that moment, the longest due first; read as far as they are taken. */
  due(at: Instant): AsyncIterable<DueTimer>;
  forget(timer: DueTimer): Promise<void>;
  postpone(timer: DueTimer, dueAt: Instant): Promise<void>;
}

import type { Instant } from '../../domain/values.ts';

/** A fact worth counting or reading later: texts and numbers, never a customer's words. */
export interface ReportRow {
  /** The idempotency key, e.g. `<ticket id>~<rev>`. */
  readonly id: string;
  readonly at: Instant;
  readonly [fact: string]: string | number;
}

/** Rows by kind, e.g. `owner-change-refused:2026-01` or `acted-for:<person>`; fed by the relay and therefore a moment behind. */
export interface Reports {
  /** Twice is harmless: the first one stands. Without `ttlSeconds` it is kept for ever. */
  add(kind: string, row: ReportRow, options?: { ttlSeconds?: number }): Promise<void>;
  /** Newest first; `from` leaves out what is older. `limit` 1..100. */
  page(
    kind: string,
    options: { limit: number; continuation?: string; from?: Instant },
  ): Promise<{ readonly rows: readonly ReportRow[]; readonly continuation?: string }>;
}

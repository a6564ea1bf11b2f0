/** Faults: what the environment does to us. What a person may not do is a refusal, and a value (domain/refusals.ts). */

export type StoreErrorKind =
  'throttled' | 'unavailable' | 'unknownOutcome' | 'tooLarge' | 'invalid' | 'locked' | 'newerVersion';

/** The database could not do what was asked. `unknownOutcome`: it may have happened; repeat the same command id. */
export class StoreError extends Error {
  override name = 'StoreError' as const;
  readonly kind: StoreErrorKind;
  readonly retryAfterMs: number | undefined;

  constructor(kind: StoreErrorKind, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * A send did not go through. `retry`: later may help (after `retryAfterMs` when the other side named a time);
 * `dead`: it will never go through as it is.
 */
export class DeliveryError extends Error {
  override name = 'DeliveryError' as const;
  readonly outcome: 'retry' | 'dead';
  readonly retryAfterMs: number | undefined;

  constructor(outcome: 'retry' | 'dead', message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.outcome = outcome;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Settings are wrong: every fault at once, each with what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError' as const;
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The desk cannot start: ${faults.length} setting${faults.length === 1 ? '' : 's'} to mend\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/** A request to Microsoft Graph failed. */
export class GraphError extends Error {
  override name = 'GraphError' as const;
  readonly status: number;
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    details: { status: number; code: string; retryAfterMs?: number | undefined; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
  }
}

import type { AlertLevel, Condition } from './alert-rules.ts';
import type { Instant, PersonRef } from './values.ts';

/** One ticket's condition, or one of its envelope's; `episode` counts them on the ticket. */
export interface AlertKey {
  readonly condition: Condition;
  readonly envelope?: number;
  readonly episode: number;
}

/** An episode in which somebody has been told; what has ended leaves the ticket. */
export interface AlertRow extends AlertKey {
  /** What its clock counts from; another one is another episode. */
  readonly since: Instant;
  /** The highest level reached, and how often that was repeated. */
  readonly level: AlertLevel;
  readonly repeat: number;
  /** When it was raised last. */
  readonly at: Instant;
  /** Somebody is on it, as of this level: until then nothing higher is raised. */
  readonly held?: PersonRef & { readonly until: Instant; readonly level: AlertLevel };
}

/** First response and resolution. */
export type SlaPromise = 'response' | 'resolution';

/** How much of a promise had passed when it was last said, and of which due moment. */
export type SlaMarks = Readonly<Partial<Record<SlaPromise, { readonly percent: 75 | 90; readonly dueAt: Instant }>>>;

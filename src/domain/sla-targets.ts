import type { Priority, TeamId, TicketType } from './values.ts';

/** Whose promise it is: what targets and calendars hang on. */
export interface Promised {
  readonly teamId: TeamId;
  readonly priority: Priority;
  readonly type: TicketType;
}

/** First response, resolution, and the answer of an envelope (operational level). */
export type TargetKind = 'responseMinutes' | 'dueMinutes' | 'olaMinutes';

/** Targets of its own for some tickets; the most specific that names this target wins, of two alike the later. */
export interface SlaOverride extends Readonly<Partial<Record<TargetKind, number>>> {
  readonly team: TeamId | '*';
  readonly priority: Priority | '*';
  readonly type: TicketType | '*';
}

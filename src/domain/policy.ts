import type { Calendar } from './calendar.ts';
import type { Level, Priority } from './values.ts';

/** What a desk may tune. Minutes are working minutes of the calendar; days are 24 hours of real time. */
export interface DeskPolicy {
  readonly priority: Readonly<Record<Level, Readonly<Record<Level, Priority>>>>;
  readonly dueMinutes: Readonly<Record<Priority, number>>;
  /** After a reopen at least this share of the target is left. */
  readonly leastShareAfterReopen: number;
  readonly reopenDays: number;
  readonly undoCancelDays: number;
  /** Longest text a person may send, in characters. */
  readonly textLimit: number;
}

/** What `decide` needs besides the ticket and the command. */
export interface Desk {
  readonly policy: DeskPolicy;
  readonly calendar: Calendar;
}

export const defaultPolicy: DeskPolicy = {
  priority: {
    high: { high: 'P1', medium: 'P2', low: 'P3' },
    medium: { high: 'P2', medium: 'P3', low: 'P4' },
    low: { high: 'P3', medium: 'P4', low: 'P4' },
  },
  dueMinutes: { P1: 4 * 60, P2: 8 * 60, P3: 24 * 60, P4: 40 * 60 },
  leastShareAfterReopen: 0.25,
  reopenDays: 7,
  undoCancelDays: 7,
  textLimit: 20_000,
};

/** Impact × urgency; a ticket without both is P3, "not triaged". */
export const priorityOf = (policy: DeskPolicy, impact: Level | undefined, urgency: Level | undefined): Priority =>
  impact && urgency ? policy.priority[impact][urgency] : 'P3';

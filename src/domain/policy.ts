import type { Matrix } from './alert-rules.ts';
import type { Calendar } from './calendar.ts';
import type { Roster } from './roster.ts';
import type { SlaOverride } from './sla-targets.ts';
import type { Instant, Level, PersonId, Priority } from './values.ts';

/** What a desk may tune. Minutes are working minutes of the calendar, days are its working days. */
export interface DeskPolicy {
  readonly priority: Readonly<Record<Level, Readonly<Record<Level, Priority>>>>;
  /** Until the customer has heard from a person, until it is resolved, and until an envelope is answered. */
  readonly responseMinutes: Readonly<Record<Priority, number>>;
  readonly dueMinutes: Readonly<Record<Priority, number>>;
  readonly olaMinutes: Readonly<Record<Priority, number>>;
  readonly slaOverrides: readonly SlaOverride[];
  /** How long "I'm on it" holds what comes next. */
  readonly acknowledgeMinutes: Readonly<Record<Priority, number>>;
  /** Who is told where nobody else is left. */
  readonly alertFallback: readonly PersonId[];
  /** After a reopen at least this share of the target is left. */
  readonly leastShareAfterReopen: number;
  readonly reopenDays: number;
  readonly undoCancelDays: number;
  /** Longest text a person may send, in characters. */
  readonly textLimit: number;
  /** How long a tap on Accept can be undone. */
  readonly reserveSeconds: number;
  /** How long a lead's offer stands. */
  readonly offerMinutes: number;
  /** From this hop between teams on, a lead sorts the ticket. */
  readonly hopsNeedLead: number;
  /** A leave must be longer than this to move a ticket for good; a cover never lasts longer. */
  readonly longestAbsenceDays: number;
  /** How many days of the calendar a resolved ticket, and an answered envelope, wait for an objection. */
  readonly closeAfterDays: number;
  readonly confirmAfterDays: number;
  /** A ticket's document stays small: so many may be open at the same time. */
  readonly mostOpenEnvelopes: number;
  readonly mostOpenTasks: number;
  readonly mostTags: number;
  /** Longest part of an envelope's contract, in characters. */
  readonly contractLimit: number;
  readonly mostSkills: number;
  /** Customers of a major incident hear news this often, unless its manager says otherwise. */
  readonly cadenceMinutes: number;
  /** So many tickets alike within so many minutes are a storm: one parent is suggested. */
  readonly stormAt: number;
  readonly stormMinutes: number;
}

/** What `decide` needs besides the ticket and the command. */
export interface Desk {
  readonly policy: DeskPolicy;
  readonly calendars: Calendars;
  readonly roster: Roster;
  /** The rules of alerts that are in force at a moment. */
  readonly matrix: (at: Instant) => Matrix;
}

/** Calendars by their name in the configuration; without a name, or for one that is gone, the desk's own. */
export interface Calendars {
  of(name: string | undefined): Calendar;
}

export const defaultPolicy: DeskPolicy = {
  priority: {
    high: { high: 'P1', medium: 'P2', low: 'P3' },
    medium: { high: 'P2', medium: 'P3', low: 'P4' },
    low: { high: 'P3', medium: 'P4', low: 'P4' },
  },
  responseMinutes: { P1: 15, P2: 60, P3: 120, P4: 240 },
  dueMinutes: { P1: 4 * 60, P2: 8 * 60, P3: 24 * 60, P4: 40 * 60 },
  olaMinutes: { P1: 2 * 60, P2: 4 * 60, P3: 16 * 60, P4: 24 * 60 },
  slaOverrides: [],
  acknowledgeMinutes: { P1: 15, P2: 60, P3: 120, P4: 240 },
  alertFallback: [],
  leastShareAfterReopen: 0.25,
  reopenDays: 7,
  undoCancelDays: 7,
  textLimit: 20_000,
  reserveSeconds: 30,
  offerMinutes: 60,
  hopsNeedLead: 3,
  longestAbsenceDays: 30,
  closeAfterDays: 5,
  confirmAfterDays: 2,
  mostOpenEnvelopes: 20,
  mostOpenTasks: 20,
  mostTags: 10,
  contractLimit: 2_000,
  mostSkills: 10,
  cadenceMinutes: 30,
  stormAt: 5,
  stormMinutes: 30,
};

/** Impact × urgency; a ticket without both is P3, "not triaged". */
export const priorityOf = (policy: DeskPolicy, impact: Level | undefined, urgency: Level | undefined): Priority =>
  impact && urgency ? policy.priority[impact][urgency] : 'P3';

import type { AlertKey, SlaPromise } from './alert-row.ts';
import type { AlertDelivery, AlertLevel } from './alert-rules.ts';
import type { Happened } from './frame.ts';
import type { AlertPart } from './roster.ts';
import type { Actor, Instant, PersonRef } from './values.ts';

/** Who is told, as what, and why they of all people. */
export interface AlertRecipient extends PersonRef {
  readonly as: AlertPart;
  readonly because: RecipientReason;
  readonly delivery: Exclude<AlertDelivery, 'off'>;
}

export type RecipientReason =
  | 'owner'
  | 'expert'
  | 'asked'
  | 'on-duty'
  | 'on-call'
  | 'lead'
  | 'supervisor'
  | 'manager'
  | 'backup'
  | 'deputy'
  | 'fallback';

/** `dueAt`: when the level was due, whenever it was looked at. `superseded`: lower levels that had fallen due meanwhile. */
export type AlertRaised = Happened<Actor> &
  AlertKey & {
    readonly type: 'AlertRaised';
    readonly level: AlertLevel;
    readonly repeat: number;
    readonly since: Instant;
    readonly dueAt: Instant;
    readonly thresholdMinutes: number;
    readonly superseded: readonly AlertLevel[];
    readonly recipients: readonly AlertRecipient[];
  };

/** Somebody is on it: the next level waits until then. */
export type AlertAcknowledged = Happened &
  AlertKey & { readonly type: 'AlertAcknowledged'; readonly level: AlertLevel; readonly until: Instant };

/** The condition ended; `cause` names the event that ended it. */
export type AlertEnded = Happened<Actor> & AlertKey & { readonly type: 'AlertEnded'; readonly cause?: string };

/** So much of a promise's time has passed. */
export type SlaWarned = Happened<Actor> & {
  readonly type: 'SlaWarned';
  readonly promise: SlaPromise;
  readonly percent: 75 | 90;
  readonly dueAt: Instant;
};

export type AlertEvent = AlertRaised | AlertAcknowledged | AlertEnded | SlaWarned;

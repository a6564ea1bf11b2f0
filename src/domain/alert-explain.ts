import { type AlertClock, cellOf, clocksOf, isOf } from './alert.ts';
import { calendarOfRule, type LookedAt, nextOf } from './alert-levels.ts';
import type { AlertKey, AlertRow } from './alert-row.ts';
import { type AlertLevel, type AlertSubject, type Condition, ruleOf } from './alert-rules.ts';
import type { Instant, TeamId } from './values.ts';

/** What ends a condition. */
export type AlertStop =
  'accept' | 'cancel' | 'answer' | 'work' | 'follow-up' | 'resolve' | 'new-due' | 'take' | 'complete' | 'withdraw';

/** An alert that is on, as card and chat say it; minutes are working minutes. */
export interface AlertFacts extends AlertKey {
  readonly subject: AlertSubject;
  readonly teamId: TeamId;
  readonly level: AlertLevel;
  readonly repeat: number;
  /** What its clock counts from: for NOT_COMPLETED, and before the first answer, the moment that is due. */
  readonly since: Instant;
  readonly raisedAt: Instant;
  readonly thresholdMinutes: number;
  /** Since `since`; negative before it. */
  readonly elapsedMinutes: number;
  readonly next?: { readonly level: AlertLevel; readonly repeat: number; readonly at: Instant };
  readonly held?: AlertRow['held'];
  /** Somebody was on it at this level, for however long: nobody can hold it again. */
  readonly wasHeld?: true;
  readonly stops: readonly AlertStop[];
}

/** A condition that holds and has told nobody yet. */
export interface QuietClock {
  readonly condition: Condition;
  readonly envelope?: number;
  readonly teamId: TeamId;
  readonly next: { readonly level: AlertLevel; readonly at: Instant };
}

const OF_ENVELOPE: Readonly<Record<Condition, readonly AlertStop[]>> = {
  NOT_ASSIGNED: ['take', 'withdraw'],
  NOT_UPDATED: ['complete', 'withdraw'],
  NOT_COMPLETED: ['complete', 'withdraw'],
};

const stopsOf = ({ condition, subject }: AlertClock, unanswered: boolean): readonly AlertStop[] => {
  if (subject === 'envelope') return OF_ENVELOPE[condition];
  switch (condition) {
    case 'NOT_ASSIGNED':
      return ['accept', 'cancel'];
    case 'NOT_UPDATED':
      return unanswered ? ['answer', 'follow-up'] : ['answer', 'work', 'follow-up'];
    case 'NOT_COMPLETED':
      return ['resolve', 'cancel', 'new-due'];
  }
};

/** Every alert of the ticket that is on, the highest level first. */
export const alertsOn = (looked: LookedAt): readonly AlertFacts[] => {
  const clocks = clocksOf(looked.ticket, looked.desk);
  return (looked.ticket.alerts ?? [])
    .flatMap((row) => {
      const clock = clocks.find((each) => isOf(each, row) && each.since === row.since);
      return clock ? [factsOf(row, clock, looked)] : [];
    })
    .sort((a, b) => b.level - a.level);
};

const factsOf = (row: AlertRow, clock: AlertClock, looked: LookedAt): AlertFacts => {
  const { ticket, desk, at } = looked;
  const rule = ruleOf(desk.matrix(at), cellOf(ticket, clock), row.level);
  const next = nextOf(clock, looked);
  const unanswered = ticket.firstResponseAt === undefined || ticket.unansweredSince !== undefined;
  const calendar = rule && calendarOfRule(rule, clock, looked);
  const elapsed = calendar ? calendar.between(row.since, at) - calendar.between(at, row.since) : 0;
  const { since, level, repeat, condition, episode, envelope } = row;
  return {
    condition,
    episode,
    ...(envelope === undefined ? {} : { envelope }),
    subject: clock.subject,
    teamId: clock.teamId,
    level,
    repeat,
    since,
    raisedAt: row.at,
    thresholdMinutes: rule?.thresholdMinutes ?? 0,
    elapsedMinutes: Math.round(elapsed),
    ...(next ? { next: { level: next.level, repeat: next.repeat, at: next.dueAt } } : {}),
    ...(row.held && row.held.until > at ? { held: row.held } : {}),
    ...(row.held?.level === level ? { wasHeld: true } : {}),
    stops: stopsOf(clock, unanswered),
  };
};

/** Conditions that hold and will tell somebody, soonest first. */
export const clocksRunning = (looked: LookedAt): readonly QuietClock[] =>
  clocksOf(looked.ticket, looked.desk)
    .filter((clock) => !looked.ticket.alerts?.some((row) => isOf(row, clock) && row.since === clock.since))
    .flatMap((clock) => {
      const first = nextOf(clock, looked);
      const { condition, teamId, envelope } = clock;
      return first
        ? [
            {
              condition,
              teamId,
              ...(envelope === undefined ? {} : { envelope }),
              next: { level: first.level, at: first.dueAt },
            },
          ]
        : [];
    })
    .sort((a, b) => Number(a.next.at > b.next.at) - Number(a.next.at < b.next.at));

import { type AlertClock, cellOf, clocksOf, isOf } from './alert.ts';
import type { AlertRow } from './alert-row.ts';
import { type AlertLevel, type AlertRule, LEVELS, MOST_REPEATS, ruleOf } from './alert-rules.ts';
import type { Calendar } from './calendar.ts';
import type { Desk } from './policy.ts';
import { calendarOf } from './sla.ts';
import type { Ticket } from './ticket.ts';
import { type Instant, later } from './values.ts';

/** A level, or a repeat of it, and when it is due. */
export interface Rung {
  readonly level: AlertLevel;
  readonly repeat: number;
  readonly rule: AlertRule;
  readonly dueAt: Instant;
}

/** `at`: when it is looked at, which decides the version of the matrix. */
export interface LookedAt {
  readonly ticket: Ticket;
  readonly desk: Desk;
  readonly at: Instant;
}

export const calendarOfRule = (rule: AlertRule, clock: AlertClock, { ticket, desk }: LookedAt): Calendar =>
  rule.calendar === undefined
    ? calendarOf({ teamId: clock.teamId, priority: ticket.priority }, desk)
    : desk.calendars.of(rule.calendar);

/** The levels of a clock that are not disabled, lowest first. */
export const rungsOf = (clock: AlertClock, looked: LookedAt): readonly Rung[] => {
  const matrix = looked.desk.matrix(looked.at);
  const cell = cellOf(looked.ticket, clock);
  return LEVELS.flatMap((level) => {
    const rule = ruleOf(matrix, cell, level);
    if (!rule) return [];
    const dueAt = calendarOfRule(rule, clock, looked).add(clock.since, rule.thresholdMinutes);
    return [{ level, repeat: 0, rule, dueAt: clock.notBefore ? later(dueAt, clock.notBefore) : dueAt }];
  });
};

export const rowOf = (ticket: Ticket, clock: AlertClock): AlertRow | undefined =>
  ticket.alerts?.find((row) => isOf(row, clock) && row.since === clock.since);

/** What is still to come: higher levels, and repeats of the one that was reached. A held alert waits. */
export const aheadOf = (clock: AlertClock, looked: LookedAt): readonly Rung[] => {
  const row = rowOf(looked.ticket, clock);
  const rungs = rungsOf(clock, looked);
  const higher = rungs.filter(({ level }) => level > (row?.level ?? 0));
  const ahead = row ? [...repeatsOf(row, { rungs, clock }, looked), ...higher] : higher;
  const until = row?.held?.until;
  return until === undefined ? ahead : ahead.map((rung) => ({ ...rung, dueAt: later(rung.dueAt, until) }));
};

/**
 * The next repeats that are due by now, and the one after them: never a list without an end. Those that were due before it was
 * told last are left out: that telling stood for them.
 */
const repeatsOf = (
  row: AlertRow,
  { rungs, clock }: { readonly rungs: readonly Rung[]; readonly clock: AlertClock },
  looked: LookedAt,
): readonly Rung[] => {
  const reached = rungs.find(({ level }) => level === row.level);
  const every = reached?.rule.repeatEveryMinutes;
  if (!reached || every === undefined) return [];
  const calendar = calendarOfRule(reached.rule, clock, looked);
  const most = Math.min(reached.rule.maxRepeats ?? MOST_REPEATS, MOST_REPEATS);
  const found: Rung[] = [];
  for (let repeat = row.repeat + 1; repeat <= most; repeat += 1) {
    const dueAt = calendar.add(reached.dueAt, every * repeat);
    if (dueAt > row.at) found.push({ ...reached, repeat, dueAt });
    if (dueAt > looked.at) break;
  }
  return found;
};

/** The next of all levels and repeats of all conditions; what the ticket's timer waits for. */
export const alertDueOf = (looked: LookedAt): Instant | undefined =>
  clocksOf(looked.ticket, looked.desk)
    .flatMap((clock) => aheadOf(clock, looked))
    .map(({ dueAt }) => dueAt)
    .sort()[0];

/** What comes next of one alert; of levels at the same moment the highest, as it is raised then. */
export const nextOf = (clock: AlertClock, looked: LookedAt): Rung | undefined =>
  aheadOf(clock, looked).reduce<Rung | undefined>(
    (next, rung) => (next && next.dueAt < rung.dueAt ? next : rung),
    undefined,
  );

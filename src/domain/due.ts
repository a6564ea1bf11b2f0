import type { Desk } from './policy.ts';
import { calendarOf, olaDueOf, targetOf } from './sla.ts';
import type { EnvelopeRow } from './envelope.ts';
import type { Ticket } from './ticket.ts';
import { type Instant, instantOf, later, millisecondsOf, type Priority, type TeamId } from './values.ts';

const DAY = 86_400_000;

export const daysAfter = (from: Instant, days: number): Instant => instantOf(millisecondsOf(from) + days * DAY);

/** A pause shifts the due moment by exactly the working time it lasted. */
export const resumedDue = (ticket: Ticket, at: Instant, desk: Desk): Instant => {
  if (ticket.status !== 'pending_customer') return ticket.dueAt;
  const calendar = calendarOf(ticket, desk);
  return calendar.add(ticket.dueAt, calendar.between(ticket.pausedAt, at));
};

/** A pause counts by whichever door it is left: resolving or cancelling ends it too. */
export const pauseEnded = (ticket: Ticket, at: Instant, desk: Desk): { dueAt?: Instant } =>
  ticket.status === 'pending_customer' ? { dueAt: resumedDue(ticket, at, desk) } : {};

/** After a reopen there is never less than a quarter of the target left. */
export const reopenedDue = (ticket: Ticket, at: Instant, desk: Desk): Instant => {
  const least = targetOf(desk.policy, 'dueMinutes', ticket) * desk.policy.leastShareAfterReopen;
  return later(ticket.dueAt, calendarOf(ticket, desk).add(at, least));
};

/**
 * The due moment of another priority: counted from the arrival with all pauses so far, and for a raised one never nearer
 * than a quarter of its target from now.
 */
export const retargetedDue = (
  ticket: Ticket,
  { at, priority }: { at: Instant; priority: Priority },
  desk: Desk,
): Instant => {
  const before = calendarOf(ticket, desk);
  const known = targetOf(desk.policy, 'dueMinutes', ticket);
  const paused = before.between(before.add(ticket.createdAt, known), ticket.dueAt);
  const promised = { teamId: ticket.teamId, type: ticket.type, priority };
  const [calendar, target] = [calendarOf(promised, desk), targetOf(desk.policy, 'dueMinutes', promised)];
  const due = calendar.add(ticket.createdAt, target + paused);
  return target < known ? later(due, calendar.add(at, target * desk.policy.leastShareAfterReopen)) : due;
};

/** A helper's clock stands while the owner is asked: what is left of it counts on from the answer. */
export const helperDue = (ticket: Ticket, row: EnvelopeRow, { at, desk }: { at: Instant; desk: Desk }): Instant => {
  const due = olaDueOf(ticket, row, desk);
  if (row.state !== 'waiting_on_owner') return due;
  const calendar = calendarOf({ teamId: row.teamId, priority: ticket.priority }, desk);
  return calendar.add(due, calendar.between(row.since, at));
};

/** When an answer asked for at that moment is due by the operational target of the team that is asked. */
export const helpDueFrom = (ticket: Ticket, teamId: TeamId, { at, desk }: { at: Instant; desk: Desk }): Instant => {
  const promised = { teamId, priority: ticket.priority, type: ticket.type };
  return calendarOf(promised, desk).add(at, targetOf(desk.policy, 'olaMinutes', promised));
};

/** An answer that is sent back leaves at least a quarter of the target for the next. */
export const sentBackDue = (ticket: Ticket, row: EnvelopeRow, { at, desk }: { at: Instant; desk: Desk }): Instant => {
  const promised = { teamId: row.teamId, priority: ticket.priority, type: ticket.type };
  const least = targetOf(desk.policy, 'olaMinutes', promised) * desk.policy.leastShareAfterReopen;
  return later(olaDueOf(ticket, row, desk), calendarOf(promised, desk).add(at, least));
};

/** Without a date in the contract the operational target counts; what has been added to it for pauses stays. */
export const agreedDue = (ticket: Ticket, row: EnvelopeRow, desk: Desk): Instant =>
  row.dueAt === undefined
    ? olaDueOf(ticket, row, desk)
    : helpDueFrom(ticket, row.teamId, { at: row.requestedAt, desk });

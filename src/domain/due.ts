import type { Desk } from './policy.ts';
import type { Ticket } from './ticket.ts';
import { type Instant, instantOf, later, millisecondsOf, type Priority } from './values.ts';

const DAY = 86_400_000;

export const daysAfter = (from: Instant, days: number): Instant => instantOf(millisecondsOf(from) + days * DAY);

/** A pause shifts the due moment by exactly the working time it lasted. */
export const resumedDue = (ticket: Ticket, at: Instant, { calendar }: Desk): Instant =>
  ticket.status === 'pending_customer'
    ? calendar.add(ticket.dueAt, calendar.between(ticket.pausedAt, at))
    : ticket.dueAt;

/** A pause counts by whichever door it is left: resolving or cancelling ends it too. */
export const pauseEnded = (ticket: Ticket, at: Instant, desk: Desk): { dueAt?: Instant } =>
  ticket.status === 'pending_customer' ? { dueAt: resumedDue(ticket, at, desk) } : {};

/** After a reopen there is never less than a quarter of the target left. */
export const reopenedDue = (ticket: Ticket, at: Instant, { calendar, policy }: Desk): Instant =>
  later(ticket.dueAt, calendar.add(at, policy.dueMinutes[ticket.priority] * policy.leastShareAfterReopen));

/**
 * The due moment of another priority: counted from the arrival with all pauses so far, and for a raised one never nearer
 * than a quarter of its target from now.
 */
export const retargetedDue = (
  ticket: Ticket,
  { at, priority }: { at: Instant; priority: Priority },
  { calendar, policy }: Desk,
): Instant => {
  const target = policy.dueMinutes[priority];
  const paused = calendar.between(calendar.add(ticket.createdAt, policy.dueMinutes[ticket.priority]), ticket.dueAt);
  const due = calendar.add(ticket.createdAt, target + paused);
  const raised = target < policy.dueMinutes[ticket.priority];
  return raised ? later(due, calendar.add(at, target * policy.leastShareAfterReopen)) : due;
};

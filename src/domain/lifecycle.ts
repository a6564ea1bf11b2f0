import type { Action } from './refusals.ts';
import type { Ticket } from './ticket.ts';

const OWNED: readonly Action[] = ['note', 'reply', 'reply-resolve', 'ask', 'pend', 'resolve', 'cancel'];

/** What a ticket in each state may be asked; the order is the order of the buttons. The source of every "allowed now" list. */
export const ALLOWED: Readonly<Record<Ticket['status'], readonly Action[]>> = {
  new: ['accept', 'reply-resolve', 'note', 'cancel'],
  in_progress: OWNED,
  pending_customer: ['note', 'reply', 'reply-resolve', 'ask', 'resume', 'resolve', 'cancel'],
  pending_vendor: ['note', 'reply', 'reply-resolve', 'ask', 'resume', 'resolve', 'cancel'],
  pending_change: ['note', 'reply', 'reply-resolve', 'ask', 'resume', 'resolve', 'cancel'],
  resolved: ['note', 'reopen', 'close'],
  closed: ['note', 'reopen'],
  cancelled: ['note', 'undo-cancel'],
};

export const allows = (ticket: Ticket, action: Action): boolean => ALLOWED[ticket.status].includes(action);

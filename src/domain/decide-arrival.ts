import type { CustomerWrote, OpenTicket } from './commands.ts';
import type { Decision } from './decision.ts';
import { daysAfter, reopenedDue, resumedDue } from './due.ts';
import type { TicketEvent } from './events.ts';
import { type Desk, priorityOf } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import { calendarOf, targetOf } from './sla.ts';
import type { Ticket } from './ticket.ts';
import { clip, oneLine } from './values.ts';

export const openTicket = (command: OpenTicket, desk: Desk): Decision => {
  const { id: _id, type: _type, description, subject, requester, ...facts } = command;
  const priority = priorityOf(desk.policy, command.impact, command.urgency);
  const promised = { teamId: command.teamId, type: command.ticketType, priority };
  return [
    {
      ...facts,
      type: 'TicketOpened',
      ticketId: command.ticketId,
      subject: oneLine(subject, 200),
      requester: { ...requester, name: oneLine(requester.name, 200) },
      priority,
      dueAt: calendarOf(promised, desk).add(command.at, targetOf(desk.policy, 'dueMinutes', promised)),
      prose: { ...description, text: clip(description.text, desk.policy.textLimit) },
    },
  ];
};

/**
 * A customer's mail always joins: it is never refused but where the ticket has ended for good, and then the caller opens a
 * new one that follows it. What it changes depends on the verdict and on the state.
 */
export const customerWrote = (ticket: Ticket, command: CustomerWrote, desk: Desk): Decision => {
  const { id: _id, type: _type, prose, ...facts } = command;
  const wrote: TicketEvent = {
    ...facts,
    type: 'CustomerWroteIn',
    prose: { ...prose, text: clip(prose.text, desk.policy.textLimit) },
  };
  if (command.verdict === 'automatic' || command.verdict === 'bounce') return [wrote];
  const ended = command.verdict === 'thanks' ? undefined : endedForGood(ticket, command, desk);
  if (ended) return ended;
  if (command.unverified) return [wrote];
  const { at, by } = command;
  switch (ticket.status) {
    case 'new':
    case 'in_progress':
    case 'pending_vendor':
    case 'pending_change':
      return [wrote];
    case 'pending_customer':
      return [wrote, { type: 'TicketResumed', at, by, dueAt: resumedDue(ticket, at, desk) }];
    case 'resolved':
    case 'closed':
      return command.verdict === 'thanks'
        ? [wrote]
        : [wrote, { type: 'TicketReopened', at, by, dueAt: reopenedDue(ticket, at, desk) }];
    case 'cancelled':
      return [wrote];
  }
};

/** Closed for longer than the customer may object, or cancelled: a mail that says something needs a ticket of its own. */
const endedForGood = (ticket: Ticket, { at }: CustomerWrote, { policy }: Desk): Refusal | undefined => {
  if (ticket.status === 'cancelled') return refuse('reopen-too-late', { until: ticket.cancelledAt });
  if (ticket.status !== 'closed') return undefined;
  const until = daysAfter(ticket.closedAt, policy.reopenDays);
  return at > until ? refuse('reopen-too-late', { until }) : undefined;
};

import type { Cancel, Close, Pend, Reopen, Resolve, Resume, UndoCancel } from './commands.ts';
import { confirmed, stillOpen, withdrawn } from './decide-envelope.ts';
import { type Decision, textFault } from './decision.ts';
import { daysAfter, pauseEnded, reopenedDue, resumedDue } from './due.ts';
import { mayEnd, mayWork, notNow } from './ownership.ts';
import type { Desk } from './policy.ts';
import { refuse } from './refusals.ts';
import { canBeMailed, type Ticket } from './ticket.ts';

export const pend = (ticket: Ticket, { at, by, for: whom, followUpAt, text }: Pend, desk: Desk): Decision => {
  const refused = mayWork(ticket, 'pend', by);
  if (refused) return refused;
  if (!followUpAt) return refuse('follow-up-date-missing');
  if (followUpAt <= at) return refuse('follow-up-date-past');
  const fault = text === undefined ? undefined : textFault(text, desk);
  return (
    fault ?? [
      { type: 'TicketPended', at, by, for: whom, followUpAt, ...(text === undefined ? {} : { text: text.trim() }) },
    ]
  );
};

export const resume = (ticket: Ticket, { at, by }: Resume, desk: Desk): Decision =>
  mayWork(ticket, 'resume', by) ?? [{ type: 'TicketResumed', at, by, dueAt: resumedDue(ticket, at, desk) }];

export const resolve = (ticket: Ticket, { at, by, text }: Resolve, desk: Desk): Decision => {
  const said = text?.trim() ? text.trim() : undefined;
  const refused =
    mayWork(ticket, 'resolve', by) ?? (said === undefined ? undefined : textFault(said, desk)) ?? stillOpen(ticket);
  const words = said === undefined ? {} : { text: said };
  return (
    refused ?? [
      ...confirmed(ticket, at, by),
      { type: 'TicketResolved', at, by, mail: canBeMailed(ticket), ...words, ...pauseEnded(ticket, at, desk) },
    ]
  );
};

export const reopen = (ticket: Ticket, { at, by, text }: Reopen, desk: Desk): Decision => {
  const refused = mayWork(ticket, 'reopen', by);
  if (refused) return refused;
  if (ticket.status === 'closed') {
    const until = daysAfter(ticket.closedAt, desk.policy.reopenDays);
    if (at > until) return refuse('reopen-too-late', { until });
  }
  const said = text?.trim() ? text.trim() : undefined;
  const fault = said === undefined ? undefined : textFault(said, desk);
  return (
    fault ?? [
      {
        type: 'TicketReopened',
        at,
        by,
        dueAt: reopenedDue(ticket, at, desk),
        ...(said === undefined ? {} : { text: said }),
      },
    ]
  );
};

/** Final, and silent: the customer is not told. */
export const close = (ticket: Ticket, { at, by }: Close): Decision =>
  mayEnd(ticket, 'close', by) ?? [{ type: 'TicketClosed', at, by }];

export const cancel = (ticket: Ticket, { at, by, reason, duplicateOf }: Cancel, desk: Desk): Decision => {
  const refused = mayEnd(ticket, 'cancel', by);
  if (refused) return refused;
  if (!reason) return refuse('reason-missing');
  if (reason === 'duplicate' && (!duplicateOf || duplicateOf === ticket.number))
    return refuse('duplicate-target-missing');
  const target = reason === 'duplicate' && duplicateOf ? { duplicateOf } : {};
  return [
    ...withdrawn(ticket, { at, by }),
    ...confirmed(ticket, at, by),
    { type: 'TicketCancelled', at, by, reason, ...target, ...pauseEnded(ticket, at, desk) },
  ];
};

export const undoCancel = (ticket: Ticket, { at, by }: UndoCancel, desk: Desk): Decision => {
  const refused = mayEnd(ticket, 'undo-cancel', by);
  if (refused) return refused;
  if (ticket.status !== 'cancelled' || ticket.mergedInto) return notNow(ticket);
  const until = daysAfter(ticket.cancelledAt, desk.policy.undoCancelDays);
  const duplicate = ticket.duplicateOf ? { duplicateOf: ticket.duplicateOf } : {};
  return at > until
    ? refuse('undo-too-late', { until })
    : [{ type: 'CancelUndone', at, by, dueAt: reopenedDue(ticket, at, desk), ...duplicate }];
};

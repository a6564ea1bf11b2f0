import type { AlertKey } from './alert-row.ts';
import type { AlertCell, AlertSubject, Condition } from './alert-rules.ts';
import type { EnvelopeRow } from './envelope.ts';
import type { Desk } from './policy.ts';
import { olaDueOf, responseDueOf } from './sla.ts';
import { isOpen, type Ticket } from './ticket.ts';
import { type Instant, later, type TeamId } from './values.ts';

/** A condition that holds, and from when its time counts; `notBefore`: it holds only from then on. */
export interface AlertClock {
  readonly subject: AlertSubject;
  readonly condition: Condition;
  readonly envelope?: number;
  readonly teamId: TeamId;
  readonly since: Instant;
  readonly notBefore?: Instant;
}

/** Every condition that holds now on the ticket and its envelopes. */
export const clocksOf = (ticket: Ticket, desk: Desk): readonly AlertClock[] =>
  isOpen(ticket)
    ? [
        ...clocksOfTicket(ticket, desk),
        ...(ticket.envelopes ?? []).flatMap((row) => clocksOfEnvelope(ticket, row, desk)),
      ]
    : [];

const clocksOfTicket = (ticket: Ticket, desk: Desk): readonly AlertClock[] => {
  const of = { subject: 'ticket', teamId: ticket.teamId } as const;
  if (ticket.status === 'pending_customer') return [];
  const completed: AlertClock = { ...of, condition: 'NOT_COMPLETED', since: ticket.dueAt };
  if (ticket.status === 'new') return [{ ...of, condition: 'NOT_ASSIGNED', since: ticket.queuedAt }, completed];
  const followUp = 'followUpAt' in ticket ? ticket.followUpAt : undefined;
  const stale = staleSince(ticket, desk);
  const updated: AlertClock = {
    ...of,
    condition: 'NOT_UPDATED',
    since: followUp === undefined ? stale : later(stale, followUp),
    ...(followUp === undefined ? {} : { notBefore: followUp }),
  };
  return [updated, completed];
};

/**
 * Before the first answer it counts from the moment that answer is due; then from the oldest customer mail without one; with
 * all answered, from the last act that moved something.
 */
const staleSince = (ticket: Ticket, desk: Desk): Instant => {
  if (ticket.firstResponseAt === undefined) return responseDueOf(ticket, desk);
  return (
    ticket.unansweredSince ??
    ticket.workedAt ??
    ('ownerAcceptedAt' in ticket ? ticket.ownerAcceptedAt : undefined) ??
    ticket.createdAt
  );
};

/** While the owner is asked, the helper's clocks stand. */
const clocksOfEnvelope = (ticket: Ticket, row: EnvelopeRow, desk: Desk): readonly AlertClock[] => {
  if (row.state !== 'requested' && row.state !== 'accepted') return [];
  const of = { subject: 'envelope', envelope: row.seq, teamId: row.teamId } as const;
  return [
    { ...of, condition: row.state === 'requested' ? 'NOT_ASSIGNED' : 'NOT_UPDATED', since: row.since },
    { ...of, condition: 'NOT_COMPLETED', since: olaDueOf(ticket, row, desk) },
  ];
};

export const isOf = (
  row: Pick<AlertKey, 'condition' | 'envelope'>,
  clock: Pick<AlertClock, 'condition' | 'envelope'>,
): boolean => row.condition === clock.condition && row.envelope === clock.envelope;

export const cellOf = ({ priority, type }: Ticket, { subject, teamId, condition }: AlertClock): AlertCell => ({
  subject,
  team: teamId,
  priority,
  type,
  condition,
});

import type { SlaPromise } from './alert-row.ts';
import type { Calendar } from './calendar.ts';
import { alwaysOpen } from './calendar.ts';
import type { EnvelopeRow } from './envelope.ts';
import type { Desk, DeskPolicy } from './policy.ts';
import type { Promised, SlaOverride, TargetKind } from './sla-targets.ts';
import { isOpen, type Ticket } from './ticket.ts';
import type { Instant } from './values.ts';

const specificity = ({ team, type, priority }: SlaOverride): number =>
  Number(team !== '*') * 4 + Number(type !== '*') * 2 + Number(priority !== '*');

/** Working minutes of a promise. */
export const targetOf = (policy: DeskPolicy, kind: TargetKind, { teamId, priority, type }: Promised): number => {
  const found = policy.slaOverrides
    .filter(
      (each) =>
        each[kind] !== undefined &&
        (each.team === '*' || each.team === teamId) &&
        (each.priority === '*' || each.priority === priority) &&
        (each.type === '*' || each.type === type),
    )
    .reduce<SlaOverride | undefined>(
      (best, each) => (best && specificity(best) > specificity(each) ? best : each),
      undefined,
    );
  return found?.[kind] ?? policy[kind][priority];
};

/** The team's calendar; the most urgent count around the clock where somebody is on call. */
export const calendarOf = (
  { teamId, priority }: Pick<Promised, 'teamId' | 'priority'>,
  { calendars, roster }: Desk,
): Calendar => {
  const team = roster.team(teamId);
  return priority === 'P1' && team && team.onCall.length > 0 ? alwaysOpen : calendars.of(team?.calendar);
};

/** When the customer must have heard from a person. */
export const responseDueOf = (ticket: Ticket, desk: Desk): Instant =>
  calendarOf(ticket, desk).add(ticket.createdAt, targetOf(desk.policy, 'responseMinutes', ticket));

/** When a helper's answer is due: as agreed, else by the operational target. */
export const olaDueOf = (ticket: Ticket, row: EnvelopeRow, desk: Desk): Instant => {
  if (row.olaAt !== undefined) return row.olaAt;
  const promised = { teamId: row.teamId, priority: ticket.priority, type: ticket.type };
  return row.dueAt ?? calendarOf(promised, desk).add(row.requestedAt, targetOf(desk.policy, 'olaMinutes', promised));
};

const MARKS = [75, 90] as const;

/** The marks before a promise falls due, each with its moment; none where the clock stands or has stopped. */
export interface SlaMark {
  readonly promise: SlaPromise;
  readonly percent: (typeof MARKS)[number];
  readonly dueAt: Instant;
  readonly at: Instant;
  /** When the next mark takes its place. */
  readonly until?: Instant;
}

const PROMISES: readonly { readonly promise: SlaPromise; readonly kind: TargetKind }[] = [
  { promise: 'response', kind: 'responseMinutes' },
  { promise: 'resolution', kind: 'dueMinutes' },
];

const promisedAt = (promise: SlaPromise, ticket: Ticket, desk: Desk): Instant | undefined => {
  if (!isOpen(ticket) || ticket.status === 'pending_customer') return undefined;
  if (promise === 'resolution') return ticket.dueAt;
  return ticket.firstResponseAt === undefined ? responseDueOf(ticket, desk) : undefined;
};

/** Marks that are still to come, or have come and are not on the ticket yet. */
export const marksOf = (ticket: Ticket, desk: Desk): readonly SlaMark[] =>
  PROMISES.flatMap(({ promise, kind }) => {
    const dueAt = promisedAt(promise, ticket, desk);
    if (dueAt === undefined) return [];
    const known = ticket.warned?.[promise];
    const reached = known?.dueAt === dueAt ? known.percent : 0;
    const target = targetOf(desk.policy, kind, ticket);
    const calendar = calendarOf(ticket, desk);
    const reachedAt = (percent: number): Instant => calendar.add(dueAt, (-target * (100 - percent)) / 100);
    return MARKS.filter((percent) => percent > reached).map((percent, index, left) => {
      const next = left[index + 1];
      return { promise, percent, dueAt, at: reachedAt(percent), ...(next ? { until: reachedAt(next) } : {}) };
    });
  });

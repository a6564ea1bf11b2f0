import type { SlaPromise } from '../domain/alert-row.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import type { Instant } from '../domain/values.ts';

/** A promise to the customer that is still to be kept, as far as it is known. */
export interface PromiseLeft {
  readonly promise: SlaPromise;
  readonly dueAt: Instant;
  /** How much of its time had passed when it was last looked at; absent: less than three quarters. */
  readonly percent?: 75 | 90;
}

/**
 * What is left of the promises, by the marks on the ticket: a mark of another due moment counts no more. `responseDueAt`: when
 * the first answer is due; without it the mark itself says so.
 */
export const promisesLeft = (ticket: Ticket, responseDueAt?: Instant): readonly PromiseLeft[] => {
  if (!isOpen(ticket) || ticket.status === 'pending_customer') return [];
  const response = ticket.firstResponseAt === undefined ? (responseDueAt ?? ticket.warned?.response?.dueAt) : undefined;
  return [
    ...(response === undefined ? [] : [withMark('response', ticket, response)]),
    withMark('resolution', ticket, ticket.dueAt),
  ];
};

const withMark = (promise: SlaPromise, { warned }: Ticket, dueAt: Instant): PromiseLeft => {
  const mark = warned?.[promise];
  return { promise, dueAt, ...(mark?.dueAt === dueAt ? { percent: mark.percent } : {}) };
};

import { type AlertLine, lineId } from '../../src/application/ports/alert-ledger.ts';
import { type PersonActor, personId, refOf, type TicketId, ticketNumber } from '../../src/domain/values.ts';
import { ana, service } from '../support/deeds.ts';
import { at } from './delivery-jobs.ts';

/** Somebody is told of the first level, so many minutes after Monday, nine o'clock. */
export const lineOf = (
  ticketId: TicketId,
  { to = ana, minute = 0, ...more }: Partial<AlertLine> & { to?: PersonActor; minute?: number } = {},
): AlertLine => ({
  ...{ ticketId, number: ticketNumber('INC-1'), rev: 3, teamId: service, priority: 'P3' },
  ...{ condition: 'NOT_ASSIGNED', episode: 1, level: 1, repeat: 0 },
  recipient: { ...refOf(to), as: 'tech', because: 'on-duty', delivery: 'card' },
  address: { kind: 'personal', person: personId(to.id) },
  state: 'intended',
  dueAt: at(minute),
  at: at(minute),
  ...more,
});

/** What is told apart on a list of lines. */
export const namesOf = (lines: readonly AlertLine[]): string[] =>
  lines.map((each) => `${each.ticketId} ${lineId(each)}`);

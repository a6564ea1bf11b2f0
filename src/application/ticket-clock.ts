import { nextDueOf } from '../domain/decide-tick.ts';
import type { Desk } from '../domain/policy.ts';
import { isRefusal } from '../domain/refusals.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import { commandId, type Instant, type PersonId, type TicketId } from '../domain/values.ts';
import { StoreError } from './errors.ts';
import type { Covers } from './ports/covers.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import type { RunCommand } from './run-command.ts';

export interface TicketClockParts {
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly run: RunCommand;
  readonly desk: Desk;
  readonly covers: Pick<Covers, 'of'>;
}

/**
 * Lets happen what has come due on a ticket. Answers when to look again where nothing is due yet: a timer may be older than
 * what the ticket says now. After a change the ticket sets its own next timer.
 */
export const tickOf =
  ({ tickets, run, desk, covers }: TicketClockParts) =>
  async (id: TicketId, now: Instant): Promise<Instant | undefined> => {
    const loaded = await tickets.load(id);
    const due = loaded && nextDueOf(loaded.ticket, desk, now);
    if (!loaded || due === undefined || due > now) return due;
    const deputies = await deputiesOf(covers, loaded.ticket, now);
    const command = commandId(`tick:${id}:${loaded.ticket.rev}`);
    const outcome = await run(id, { type: 'tick', id: command, at: now, by: { kind: 'desk' }, deputies }, loaded);
    if (isRefusal(outcome)) throw new StoreError('unavailable', `The clock of ticket ${id}: ${outcome.refused}`);
    return undefined;
  };

/** Who acts in the owner's place at that moment: an alert reaches them, too. */
const deputiesOf = async (
  covers: TicketClockParts['covers'],
  ticket: Ticket,
  at: Instant,
): Promise<readonly PersonId[]> => {
  const owner = ownerOf(ticket);
  if (!owner) return [];
  const active = (await covers.of(owner.id)).filter(
    ({ from, until, ticketId }) => from <= at && at < until && (ticketId === undefined || ticketId === ticket.id),
  );
  return active.map(({ deputy }) => deputy.id);
};

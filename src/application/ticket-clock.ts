import { nextDueOf } from '../domain/decide-tick.ts';
import type { Desk } from '../domain/policy.ts';
import { isRefusal } from '../domain/refusals.ts';
import { commandId, type Instant, type TicketId } from '../domain/values.ts';
import { StoreError } from './errors.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import type { RunCommand } from './run-command.ts';

export interface TicketClockParts {
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly run: RunCommand;
  readonly desk: Desk;
}

/**
 * Lets happen what has come due on a ticket. Answers when to look again where nothing is due yet: a timer may be older than
 * what the ticket says now. After a change the ticket sets its own next timer.
 */
export const tickOf =
  ({ tickets, run, desk }: TicketClockParts) =>
  async (id: TicketId, now: Instant): Promise<Instant | undefined> => {
    const loaded = await tickets.load(id);
    const due = loaded && nextDueOf(loaded.ticket, desk);
    if (!loaded || due === undefined || due > now) return due;
    const command = commandId(`tick:${id}:${loaded.ticket.rev}`);
    const outcome = await run(id, { type: 'tick', id: command, at: now, by: { kind: 'desk' } }, loaded);
    if (isRefusal(outcome)) throw new StoreError('unavailable', `The clock of ticket ${id}: ${outcome.refused}`);
    return undefined;
  };

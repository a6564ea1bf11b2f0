import type { TicketCommand } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import { effectsOf } from '../domain/effects.ts';
import type { Recorded, TicketEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import type { Desk } from '../domain/policy.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusals.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketId } from '../domain/values.ts';
import type { LoadedTicket, TicketStore } from './ports/ticket-store.ts';

export interface CommandParts {
  readonly tickets: TicketStore;
  readonly desk: Desk;
  /** Called after a batch is durable: the relay need not wait for its next look. */
  readonly committed: () => void;
}

export interface Applied {
  readonly ticket: Ticket;
  readonly recorded: readonly Recorded[];
  /** This command id had been applied before, or changed nothing. */
  readonly repeated: boolean;
}

export type CommandOutcome = Applied | Refusal;

/** `seen`: what the caller has just loaded, `null` when it found nothing; the first try decides on it, and saves a read. */
export type RunCommand = (id: TicketId, command: TicketCommand, seen?: LoadedTicket | null) => Promise<CommandOutcome>;

const TRIES = 4;

/**
 * The one write path: get → decide → evolve → effects → one batch in the ticket's partition. Where someone was faster it
 * decides again on what they left, at most three times more; so the second of two who accept is refused by the rule.
 */
export const runCommand =
  (parts: CommandParts): RunCommand =>
  async (id, command, seen) => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const loaded = attempt === 0 && seen !== undefined ? seen : await parts.tickets.load(id);
      const outcome = await tryOnce(parts, command, loaded ?? undefined);
      if (outcome !== 'stale') return outcome;
    }
    return refuse('busy-try-again');
  };

const tryOnce = async (
  parts: CommandParts,
  command: TicketCommand,
  loaded: LoadedTicket | undefined,
): Promise<CommandOutcome | 'stale'> => {
  const decision = decide(loaded?.ticket, command, parts.desk);
  if (isRefusal(decision))
    return loaded ? unlessApplied(parts.tickets, loaded.ticket.id, { command, decision }) : decision;
  const change = applied(loaded, decision);
  if (!change.after) return refuse('not-found');
  if (change.recorded.length === 0) return { ticket: change.after, recorded: [], repeated: true };
  const effects = effectsOf({ before: loaded?.ticket, recorded: change.recorded, after: change.after });
  const outcome = await parts.tickets.commit({
    commandId: command.id,
    ticket: change.after,
    recorded: change.recorded,
    effects,
    ...(loaded ? { etag: loaded.etag } : {}),
  });
  if (outcome === 'stale') return 'stale';
  if (outcome === 'repeated') return repeated(parts.tickets, change.after.id);
  parts.committed();
  return { ticket: change.after, recorded: change.recorded, repeated: false };
};

const applied = (
  loaded: LoadedTicket | undefined,
  events: readonly TicketEvent[],
): { after: Ticket | undefined; recorded: Recorded[] } => {
  const first = (loaded?.ticket.rev ?? 0) + 1;
  const recorded = events.map((event, index) => ({ rev: first + index, event }));
  const after = recorded.reduce((ticket, { event }) => evolve(ticket, event), loaded?.ticket);
  return { after, recorded };
};

/** A command that comes again after it was applied meets what it has made itself: that is no refusal. */
const unlessApplied = async (
  tickets: TicketStore,
  id: TicketId,
  { command, decision }: { command: TicketCommand; decision: Refusal },
): Promise<CommandOutcome> => ((await tickets.wasApplied(id, command.id)) ? repeated(tickets, id) : decision);

const repeated = async (tickets: TicketStore, id: TicketId): Promise<CommandOutcome> => {
  const now = await tickets.load(id);
  return now ? { ticket: now.ticket, recorded: [], repeated: true } : refuse('not-found');
};

import type { TicketCommand } from '../domain/commands.ts';
import { actingFor } from '../domain/cover.ts';
import { decide } from '../domain/decide.ts';
import { outcomeOf } from '../domain/decision.ts';
import { effectsOf } from '../domain/effects-of.ts';
import type { Recorded, TicketEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import type { Desk } from '../domain/policy.ts';
import { type Refusal, refuse } from '../domain/refusals.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import type { TicketId } from '../domain/values.ts';
import type { Covers } from './ports/covers.ts';
import type { LoadedTicket, TicketStore } from './ports/ticket-store.ts';

export interface CommandParts {
  readonly tickets: TicketStore;
  readonly covers: Pick<Covers, 'of'>;
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
  given: TicketCommand,
  loaded: LoadedTicket | undefined,
): Promise<CommandOutcome | 'stale'> => {
  const command = await withCover(parts, given, loaded?.ticket);
  const { refusal, events } = outcomeOf(decide(loaded?.ticket, command, parts.desk));
  if (refusal && events.length === 0)
    return loaded ? unlessApplied(parts.tickets, loaded.ticket.id, { command, refusal }) : refusal;
  const change = applied(loaded, events);
  if (!change.after) return refuse('not-found');
  if (change.recorded.length === 0) return { ticket: change.after, recorded: [], repeated: true };
  const outcome = await parts.tickets.commit({
    commandId: command.id,
    ticket: change.after,
    recorded: change.recorded,
    effects: effectsOf({ before: loaded?.ticket, recorded: change.recorded, after: change.after }, parts.desk),
    ...(loaded ? { etag: loaded.etag } : {}),
  });
  if (outcome === 'stale') return 'stale';
  if (outcome === 'done') parts.committed();
  if (refusal) return refusal;
  if (outcome === 'repeated') return repeated(parts.tickets, change.after.id);
  return { ticket: change.after, recorded: change.recorded, repeated: false };
};

/** Who takes the owner's place is decided here and nowhere else: what a caller claims is forgotten. */
const withCover = async (
  { covers, desk }: CommandParts,
  command: TicketCommand,
  ticket: Ticket | undefined,
): Promise<TicketCommand> => {
  if (command.by.kind !== 'person') return command;
  const { actingFor: _claimed, ...by } = command.by;
  const owner = ticket && ownerOf(ticket);
  if (!owner || owner.id === by.id) return { ...command, by } as TicketCommand;
  const acting = actingFor({
    ticket,
    by,
    covers: await covers.of(owner.id),
    roster: desk.roster,
    at: command.at,
  });
  return { ...command, by: acting ? { ...by, actingFor: acting } : by } as TicketCommand;
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
  { command, refusal }: { command: TicketCommand; refusal: Refusal },
): Promise<CommandOutcome> => ((await tickets.wasApplied(id, command.id)) ? repeated(tickets, id) : refusal);

const repeated = async (tickets: TicketStore, id: TicketId): Promise<CommandOutcome> => {
  const now = await tickets.load(id);
  return now ? { ticket: now.ticket, recorded: [], repeated: true } : refuse('not-found');
};

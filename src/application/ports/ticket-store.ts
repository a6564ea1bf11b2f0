import type { Effect } from '../../domain/effects.ts';
import type { Recorded } from '../../domain/events.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { CommandId, TicketId } from '../../domain/values.ts';

export interface LoadedTicket {
  readonly ticket: Ticket;
  /** The store's version of the ticket document; it locks the whole case. */
  readonly etag: string;
}

/** What one command writes, all in the ticket's partition and all or nothing. `etag` is absent for a new ticket. */
export interface TicketCommit {
  readonly commandId: CommandId;
  readonly etag?: string;
  readonly ticket: Ticket;
  readonly recorded: readonly Recorded[];
  readonly effects: readonly Effect[];
}

/** `done`: durable · `repeated`: this command id was applied before · `stale`: someone was faster, load again. */
export type CommitOutcome = 'done' | 'repeated' | 'stale';

/** The effects of one command, waiting to be carried out. */
export interface OutboxEntry {
  readonly ticketId: TicketId;
  readonly rev: number;
  readonly effects: readonly Effect[];
}

export interface TicketStore {
  load(id: TicketId): Promise<LoadedTicket | undefined>;
  commit(commit: TicketCommit): Promise<CommitOutcome>;
  /** Whether this command id was applied to the ticket; remembered for a week. */
  wasApplied(id: TicketId, command: CommandId): Promise<boolean>;
  /** The ticket's events, newest first; `before` is exclusive. */
  history(id: TicketId, page: { limit: number; before?: number }): Promise<readonly Recorded[]>;
  /** Outbox entries since `token`, at least once, in order per ticket. `seen` is 0 when the reader has caught up. */
  outbox(token: string | null, max: number): Promise<{ entries: readonly OutboxEntry[]; token: string; seen: number }>;
  /** Some of all tickets, in no order; for repair. */
  some(continuation?: string): Promise<{ ids: readonly TicketId[]; continuation?: string }>;
  /** Forgets an entry whose effects are all carried out; twice is harmless. */
  discharge(entry: Pick<OutboxEntry, 'ticketId' | 'rev'>): Promise<void>;
}

import type { Effect, QueueEntry } from '../../domain/effects.ts';
import type { ContactId, PersonId, TeamId, TicketId, TicketNumber } from '../../domain/values.ts';

export interface QueuePage {
  readonly entries: readonly QueueEntry[];
  readonly continuation?: string;
}

export type Bucket = QueueEntry['bucket'];
export type ListName = { team: TeamId | '*' } | { owner: PersonId } | { requester: ContactId };

/** Projections: lists of tickets, fed by the relay and therefore a moment behind. Applying twice or late is harmless. */
export interface QueueLists {
  apply(effect: Extract<Effect, { kind: 'project' }>): Promise<void>;
  /** Soonest due first, or most urgent first (`by: 'priority'`). `limit` 1..100. */
  page(
    list: ListName,
    options: { bucket: Bucket; limit: number; by?: 'due' | 'priority'; continuation?: string },
  ): Promise<QueuePage>;
  byNumber(number: TicketNumber): Promise<TicketId | undefined>;
  /** Remembers which ticket a mail belongs to, so that an answer to that mail finds it. */
  rememberThread(internetMessageId: string, ticketId: TicketId): Promise<void>;
  byThread(internetMessageId: string): Promise<TicketId | undefined>;
}

import type { Effect, ListedEnvelope, ListedTask, QueueEntry } from '../../domain/effects.ts';
import type { ContactId, PersonId, TeamId, TicketId, TicketNumber } from '../../domain/values.ts';

export interface QueuePage {
  readonly entries: readonly QueueEntry[];
  readonly continuation?: string;
}

export type Bucket = QueueEntry['bucket'];
/** `children`: the tickets that hang on one. */
export type ListName = { team: TeamId | '*' } | { owner: PersonId } | { requester: ContactId } | { children: TicketId };
/** Envelopes of a team or of whoever helps. */
export type EnvelopeList = { helping: TeamId } | { expert: PersonId };

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly continuation?: string;
}

export interface RowQuery {
  readonly bucket: Bucket;
  readonly limit: number;
  readonly continuation?: string;
}

/** Projections: lists of tickets, fed by the relay and therefore a moment behind. Applying twice or late is harmless. */
export interface QueueLists {
  apply(effect: Extract<Effect, { kind: 'project' }>): Promise<void>;
  /** Soonest due first, or most urgent first (`by: 'priority'`). `limit` 1..100. */
  page(
    list: ListName,
    options: { bucket: Bucket; limit: number; by?: 'due' | 'priority'; continuation?: string },
  ): Promise<QueuePage>;
  /** Envelopes and tasks on their lists; the same guards. */
  applyRows(effect: Extract<Effect, { kind: 'rows' }>): Promise<void>;
  /** Most urgent first. */
  envelopes(list: EnvelopeList, query: RowQuery): Promise<RowPage<ListedEnvelope>>;
  /** Soonest due first; those without a date last. */
  tasks(assignee: PersonId, query: RowQuery): Promise<RowPage<ListedTask>>;
  byNumber(number: TicketNumber): Promise<TicketId | undefined>;
  /** Remembers which ticket a mail belongs to, so that an answer to that mail finds it. */
  rememberThread(internetMessageId: string, ticketId: TicketId): Promise<void>;
  byThread(internetMessageId: string): Promise<TicketId | undefined>;
}

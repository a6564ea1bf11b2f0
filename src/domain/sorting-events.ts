import type { Happened } from './frame.ts';
import type { Instant, Level, Priority, TicketType } from './values.ts';

export type TicketTriaged = Happened & {
  readonly type: 'TicketTriaged';
  readonly impact?: Level;
  readonly urgency?: Level;
  readonly priority: Priority;
  readonly dueAt: Instant;
};
export type PriorityOverridden = Happened & {
  readonly type: 'PriorityOverridden';
  readonly priority: Priority;
  readonly dueAt: Instant;
  readonly text: string;
};
export type TypeSet = Happened & { readonly type: 'TypeSet'; readonly ticketType: TicketType };
export type TicketTagged = Happened & { readonly type: 'TicketTagged'; readonly tags: readonly string[] };

export type SortingEvent = TicketTriaged | PriorityOverridden | TypeSet | TicketTagged;

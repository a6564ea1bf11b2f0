import type { Frame } from './frame.ts';
import type { Level, Priority, TicketType } from './values.ts';

/** What a ticket is sorted by: how bad, how soon, what kind, which words. */
export type Triage = Frame & { readonly type: 'triage'; readonly impact?: Level; readonly urgency?: Level };
export type OverridePriority = Frame & {
  readonly type: 'override-priority';
  readonly priority: Priority;
  readonly reason: string;
};
export type SetType = Frame & { readonly type: 'set-type'; readonly ticketType: TicketType };
/** All tags it shall have. */
export type Tag = Frame & { readonly type: 'tag'; readonly tags: readonly string[] };

export type SortingCommand = Triage | OverridePriority | SetType | Tag;

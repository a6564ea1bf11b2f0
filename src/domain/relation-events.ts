import type { Happened } from './frame.ts';
import type { Actor, Instant, PersonId, PersonRef, TicketRef } from './values.ts';

/** Another person owns the target: it needs their yes, or a lead's. */
export type MergeProposed = Happened & {
  readonly type: 'MergeProposed';
  readonly into: TicketRef;
  readonly ownerId: PersonId;
};
export type MergeRefused = Happened & { readonly type: 'MergeRefused'; readonly text: string };
export type TicketMerged = Happened & {
  readonly type: 'TicketMerged';
  readonly into: TicketRef;
  readonly dueAt?: Instant;
};
export type MergeUndone = Happened<Actor> & {
  readonly type: 'MergeUndone';
  readonly from: TicketRef;
  readonly dueAt: Instant;
};
/** On the target: what came in, and what left again. */
export type TicketAbsorbed = Happened<Actor> & { readonly type: 'TicketAbsorbed'; readonly other: TicketRef };
export type AbsorptionUndone = Happened<Actor> & { readonly type: 'AbsorptionUndone'; readonly other: TicketRef };
export type TicketSplit = Happened & {
  readonly type: 'TicketSplit';
  readonly into: TicketRef;
  readonly subject: string;
  readonly text: string;
};
export type SplitUndone = Happened & { readonly type: 'SplitUndone'; readonly into: TicketRef };
/** On the part that had been split off. */
export type PartTakenBack = Happened<Actor> & { readonly type: 'PartTakenBack'; readonly other: TicketRef };
export type LinkedToParent = Happened & { readonly type: 'LinkedToParent'; readonly parent: TicketRef };
export type UnlinkedFromParent = Happened & { readonly type: 'UnlinkedFromParent'; readonly parent: TicketRef };
export type MajorIncidentDeclared = Happened & {
  readonly type: 'MajorIncidentDeclared';
  readonly coordinator: PersonRef;
  readonly cadenceMinutes: number;
  readonly nextUpdateAt: Instant;
};
export type MajorIncidentUpdated = Happened & {
  readonly type: 'MajorIncidentUpdated';
  readonly text: string;
  readonly mail: boolean;
  readonly nextUpdateAt: Instant;
};
/** The coordinator was reminded that everybody waits for news. */
export type UpdateReminded = Happened<Actor> & { readonly type: 'UpdateReminded'; readonly nextUpdateAt: Instant };
export type ParentUpdated = Happened & {
  readonly type: 'ParentUpdated';
  readonly parent: TicketRef;
  readonly text: string;
  readonly mail: boolean;
};

export type RelationEvent =
  | MergeProposed
  | MergeRefused
  | TicketMerged
  | MergeUndone
  | TicketAbsorbed
  | AbsorptionUndone
  | TicketSplit
  | SplitUndone
  | PartTakenBack
  | LinkedToParent
  | UnlinkedFromParent
  | MajorIncidentDeclared
  | MajorIncidentUpdated
  | UpdateReminded
  | ParentUpdated;

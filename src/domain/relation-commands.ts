import type { Frame } from './frame.ts';
import type { ContactId, Instant, PersonId, PersonRef, TicketRef } from './values.ts';

/** The ticket another shall go into, as it stood when it was looked up; merged ones are followed to their end first. */
export interface MergeTarget extends TicketRef {
  readonly requesterId: ContactId;
  readonly ownerId?: PersonId;
  readonly ended: boolean;
}

export type ProposeMerge = Frame & { readonly type: 'propose-merge'; readonly into: MergeTarget };
export type Merge = Frame & { readonly type: 'merge'; readonly into: MergeTarget };
export type RefuseMerge = Frame & { readonly type: 'refuse-merge'; readonly reason: string };
export type UndoMerge = Frame & { readonly type: 'undo-merge' };
/** `into` is the ticket that will be opened with these words; its number is drawn before. */
export type Split = Frame & {
  readonly type: 'split';
  readonly into: TicketRef;
  readonly subject: string;
  readonly text: string;
};
/** `splitAt`: when the part came into being, as it was looked up. */
export type UndoSplit = Frame & { readonly type: 'undo-split'; readonly into: TicketRef; readonly splitAt: Instant };
/** Two levels and no more: a child has no children. What was looked up stands with the command. */
export type Link = Frame & {
  readonly type: 'link';
  readonly parent: TicketRef & { readonly isChild: boolean; readonly ended: boolean };
  readonly hasChildren: boolean;
};
export type Unlink = Frame & { readonly type: 'unlink' };
export type DeclareMajor = Frame & {
  readonly type: 'declare-major';
  readonly coordinator: PersonRef;
  readonly cadenceMinutes?: number;
};
/** What every customer of the incident and its children reads. */
export type MajorUpdate = Frame & { readonly type: 'major-update'; readonly text: string };
/** The same words on a child; `mail` is false where its customer got them already through another child. */
export type ParentUpdate = Frame & {
  readonly type: 'parent-update';
  readonly text: string;
  readonly parent: TicketRef;
  readonly mail: boolean;
};

export type RelationCommand =
  | ProposeMerge
  | Merge
  | RefuseMerge
  | UndoMerge
  | Split
  | UndoSplit
  | Link
  | Unlink
  | DeclareMajor
  | MajorUpdate
  | ParentUpdate;

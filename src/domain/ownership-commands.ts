import type { Frame } from './frame.ts';
import type { TransferReason } from './ticket.ts';
import type { Actor, Instant, PersonActor, PersonRef, TeamId } from './values.ts';

/** Through which door an owner was to be changed. */
export type Door = 'card' | 'chat' | 'mail' | 'api' | 'hubspot' | 'replay' | 'service';

/** A tap on Accept: the ticket is held for a moment in which a mis-tap can be undone. */
export type Reserve = Frame & { readonly type: 'reserve' };
export type UndoReserve = Frame & { readonly type: 'undo-reserve' };
/** The plain assignment of other desks: never done, always recorded, answered with the way to get help. */
export type Assign = Frame<Actor> & { readonly type: 'assign'; readonly to: PersonRef; readonly door: Door };
export type Offer = Frame & { readonly type: 'offer'; readonly to: PersonRef };
export type DeclineOffer = Frame & { readonly type: 'decline-offer'; readonly reason: string };
/** Before anybody owns it, a ticket may go to the team it belongs to. */
export type Route = Frame & { readonly type: 'route'; readonly teamId: TeamId; readonly reason?: string };

export interface TransferProposal {
  readonly to: PersonRef;
  readonly reason?: TransferReason | 'other';
  /** First day of absence, and for a leave the last one. */
  readonly from?: Instant;
  readonly until?: Instant;
  readonly evidence: string;
}

export type ProposeTransfer = Frame & TransferProposal & { readonly type: 'propose-transfer' };
export type ConfirmTransfer = Frame & { readonly type: 'confirm-transfer' };
export type RejectTransfer = Frame & { readonly type: 'reject-transfer'; readonly reason: string };
/** One ticket of a leaver, whose case was proposed by one person and confirmed by another. */
export type Transfer = Frame & {
  readonly type: 'transfer';
  readonly owner: PersonRef;
  readonly proposal: TransferProposal & { readonly by: PersonActor };
};

export type OwnershipCommand =
  | Reserve
  | UndoReserve
  | Assign
  | Offer
  | DeclineOffer
  | Route
  | ProposeTransfer
  | ConfirmTransfer
  | RejectTransfer
  | Transfer;

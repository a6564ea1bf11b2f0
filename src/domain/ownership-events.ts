import type { Happened } from './frame.ts';
import type { Door, TransferProposal } from './ownership-commands.ts';
import type { TransferReason } from './ticket.ts';
import type { Actor, Instant, PersonRef, TeamId } from './values.ts';

export type TicketReserved = Happened & { readonly type: 'TicketReserved'; readonly until: Instant };
export type ReservationUndone = Happened & { readonly type: 'ReservationUndone' };
/** Someone wanted another owner. The owner stays; the report counts it. */
export type OwnerChangeRefused = Happened<Actor> & {
  readonly type: 'OwnerChangeRefused';
  readonly door: Door;
  readonly to: PersonRef;
};
export type TicketOffered = Happened & {
  readonly type: 'TicketOffered';
  readonly to: PersonRef;
  readonly until: Instant;
};
/** `offeredBy` learns of it. */
export type OfferDeclined = Happened & {
  readonly type: 'OfferDeclined';
  readonly offeredBy: PersonRef;
  readonly text: string;
};
export type OfferExpired = Happened<Actor> & { readonly type: 'OfferExpired' };
export type TicketRouted = Happened & {
  readonly type: 'TicketRouted';
  readonly from: TeamId;
  readonly to: TeamId;
  readonly text?: string;
};
export type TransferProposed = Happened &
  Pick<TransferProposal, 'to' | 'from' | 'until'> & {
    readonly type: 'TransferProposed';
    readonly reason: TransferReason;
    readonly text: string;
  };
export type TransferRejected = Happened & { readonly type: 'TransferRejected'; readonly text: string };
/** The only event that changes an owner. `by` confirmed what `proposedBy` had proposed. */
export type OwnershipTransferred = Happened & {
  readonly type: 'OwnershipTransferred';
  readonly from: PersonRef;
  readonly to: PersonRef;
  readonly reason: TransferReason;
  readonly proposedBy: PersonRef;
  /** One of all the tickets of a leaver: the bulk act tells of them at once. */
  readonly ofLeaver?: true;
};

export type OwnershipEvent =
  | TicketReserved
  | ReservationUndone
  | OwnerChangeRefused
  | TicketOffered
  | OfferDeclined
  | OfferExpired
  | TicketRouted
  | TransferProposed
  | TransferRejected
  | OwnershipTransferred;

import type { TransferProposal } from '../../domain/ownership-commands.ts';
import type { Instant, PersonActor, PersonId, PersonRef } from '../../domain/values.ts';

/** Someone leaves, or is away for long: what was proposed for all their tickets. */
export interface LeaverCase {
  readonly id: string;
  readonly owner: PersonRef;
  /** Who takes over; the tickets are spread over them. */
  readonly takers: readonly PersonId[];
  readonly proposal: Omit<TransferProposal, 'to'> & { readonly by: PersonActor };
  readonly proposedAt: Instant;
}

export interface LeaverCases {
  /** The first under an id stands. */
  keep(made: LeaverCase): Promise<void>;
  find(id: string): Promise<LeaverCase | undefined>;
}

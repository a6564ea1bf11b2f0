import type { Contract, EnvelopeOutcome } from './envelope.ts';
import type { Happened } from './frame.ts';
import type { Actor, Instant, PersonRef, TeamId } from './values.ts';

interface OnEnvelope<By extends Actor = Happened['by']> extends Happened<By> {
  readonly seq: number;
}

/** When the answer is due from now on. */
interface Ola {
  readonly olaAt?: Instant;
}

export type EnvelopeRequested = OnEnvelope &
  Contract & { readonly type: 'EnvelopeRequested'; readonly teamId: TeamId; readonly offeredTo?: PersonRef } & Ola;
export type EnvelopeEdited = OnEnvelope & Contract & Ola & { readonly type: 'EnvelopeEdited' };
/** `overLimit`: the team had its hands full by then; recorded, never refused. */
export type EnvelopeAccepted = OnEnvelope & {
  readonly type: 'EnvelopeAccepted';
  readonly overLimit?: { readonly active: number; readonly limit: number };
};
/** `next`: who is asked now; `leadAsked`: everyone else has declined; neither: nobody is left. */
export type EnvelopeDeclined = OnEnvelope & {
  readonly type: 'EnvelopeDeclined';
  readonly text: string;
  readonly next?: PersonRef;
  readonly leadAsked?: true;
  readonly ended?: true;
};
export type EnvelopeReleased = OnEnvelope & Ola & { readonly type: 'EnvelopeReleased'; readonly text?: string };
export type OwnerQueried = OnEnvelope & { readonly type: 'OwnerQueried'; readonly text: string };
export type QueryAnswered = OnEnvelope & Ola & { readonly type: 'QueryAnswered'; readonly text: string };
export type EnvelopeCompleted = OnEnvelope & {
  readonly type: 'EnvelopeCompleted';
  readonly text: string;
  readonly outcome: EnvelopeOutcome;
  readonly toTeamId?: TeamId;
};
/** By the owner, by resolving the ticket, or by the desk when the owner says nothing for two business days. */
export type EnvelopeConfirmed = OnEnvelope<Actor> & {
  readonly type: 'EnvelopeConfirmed';
  readonly expert: PersonRef;
};
export type EnvelopeSentBack = OnEnvelope & Ola & { readonly type: 'EnvelopeSentBack'; readonly text: string };
export type EnvelopeWithdrawn = OnEnvelope & { readonly type: 'EnvelopeWithdrawn'; readonly text?: string };

interface OnTask extends Happened {
  readonly task: number;
}
export type TaskAdded = OnTask & {
  readonly type: 'TaskAdded';
  readonly title: string;
  readonly assignee: PersonRef;
  readonly dueAt?: Instant;
  readonly envelope?: number;
};
export type TaskAssigned = OnTask & { readonly type: 'TaskAssigned'; readonly assignee: PersonRef };
export type TaskFinished = OnTask & { readonly type: 'TaskFinished' };
export type TaskCancelled = OnTask & { readonly type: 'TaskCancelled' };

export type TaskEvent = TaskAdded | TaskAssigned | TaskFinished | TaskCancelled;

export type EnvelopeEvent =
  | EnvelopeRequested
  | EnvelopeEdited
  | EnvelopeAccepted
  | EnvelopeDeclined
  | EnvelopeReleased
  | OwnerQueried
  | QueryAnswered
  | EnvelopeCompleted
  | EnvelopeConfirmed
  | EnvelopeSentBack
  | EnvelopeWithdrawn
  | TaskEvent;

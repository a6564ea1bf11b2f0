import type { Contract, EnvelopeOutcome } from './envelope.ts';
import type { Frame } from './frame.ts';
import type { Instant, PersonRef, TeamId } from './values.ts';

interface OnEnvelope extends Frame {
  readonly seq: number;
}

/** To a team, or to one person (then the team is theirs unless named). */
export type RequestEnvelope = Frame &
  Contract & { readonly type: 'request-envelope'; readonly teamId?: TeamId; readonly expert?: PersonRef };
export type EditEnvelope = OnEnvelope & Contract & { readonly type: 'edit-envelope' };
/** `wip`: how many the team works on now and its limit, as far as the lists know; help is never refused for it. */
export type AcceptEnvelope = OnEnvelope & {
  readonly type: 'accept-envelope';
  readonly wip?: { readonly active: number; readonly limit: number };
};
export type DeclineEnvelope = OnEnvelope & { readonly type: 'decline-envelope'; readonly reason: string };
export type ReleaseEnvelope = OnEnvelope & { readonly type: 'release-envelope'; readonly reason?: string };
export type QueryOwner = OnEnvelope & { readonly type: 'query-owner'; readonly text: string };
export type AnswerQuery = OnEnvelope & { readonly type: 'answer-query'; readonly text: string };
export type CompleteEnvelope = OnEnvelope & {
  readonly type: 'complete-envelope';
  readonly result: string;
  readonly outcome?: EnvelopeOutcome;
  readonly toTeamId?: TeamId;
};
export type ConfirmEnvelope = OnEnvelope & { readonly type: 'confirm-envelope' };
export type SendBack = OnEnvelope & { readonly type: 'send-back'; readonly reason: string };
export type WithdrawEnvelope = OnEnvelope & { readonly type: 'withdraw-envelope'; readonly reason?: string };
export type WithdrawAll = Frame & { readonly type: 'withdraw-all'; readonly reason?: string };

/** `assignee` absent: whoever adds it. */
export type AddTask = Frame & {
  readonly type: 'add-task';
  readonly title: string;
  readonly assignee?: PersonRef;
  readonly dueAt?: Instant;
  readonly envelope?: number;
};
export type AssignTask = OnEnvelope & { readonly type: 'assign-task'; readonly assignee: PersonRef };
export type FinishTask = OnEnvelope & { readonly type: 'finish-task' };
export type CancelTask = OnEnvelope & { readonly type: 'cancel-task' };

export type EnvelopeCommand =
  | RequestEnvelope
  | EditEnvelope
  | AcceptEnvelope
  | DeclineEnvelope
  | ReleaseEnvelope
  | QueryOwner
  | AnswerQuery
  | CompleteEnvelope
  | ConfirmEnvelope
  | SendBack
  | WithdrawEnvelope
  | WithdrawAll
  | TaskCommand;

export type TaskCommand = AddTask | AssignTask | FinishTask | CancelTask;

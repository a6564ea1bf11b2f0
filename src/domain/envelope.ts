import type { Instant, PersonId, PersonRef, TeamId, TicketId } from './values.ts';

/**
 * Help asked of experts while the ticket stays with its owner. A row holds facts; the question and the result are prose and
 * live in the events that `contractRev` and `resultRev` name.
 */
export interface EnvelopeRow {
  /** Counts the ticket's envelopes from 1. */
  readonly seq: number;
  readonly state: EnvelopeState;
  readonly teamId: TeamId;
  readonly requestedBy: PersonRef;
  readonly requestedAt: Instant;
  /** When it came into its state. */
  readonly since: Instant;
  readonly contractRev: number;
  /** The one person who is asked; absent: whoever of the team accepts first. */
  readonly offeredTo?: PersonRef;
  readonly declinedBy: readonly PersonId[];
  /** Everyone has declined, so the team's lead was asked. */
  readonly leadAsked?: true;
  readonly expert?: PersonRef;
  readonly dueAt?: Instant;
  /** When the answer is due by the operational target, with all time in which the owner was asked. */
  readonly olaAt?: Instant;
  readonly outcome?: EnvelopeOutcome;
  /** Where `not_ours` points. */
  readonly toTeamId?: TeamId;
  readonly resultRev?: number;
}

export type EnvelopeState =
  'requested' | 'accepted' | 'waiting_on_owner' | 'completed' | 'confirmed' | 'declined' | 'withdrawn';

export type EnvelopeOutcome = 'solved' | 'advice' | 'not_ours';

/** What is asked for, as a contract: only the question is needed. */
export interface Contract {
  readonly question: string;
  readonly stepsTried?: string;
  /** What counts as done. */
  readonly doneWhen?: string;
  readonly dueAt?: Instant;
  readonly skills?: readonly string[];
}

/** What an envelope may be asked, beside being requested. */
export type EnvelopeAction =
  | 'edit-envelope'
  | 'withdraw-envelope'
  | 'accept-envelope'
  | 'decline-envelope'
  | 'release-envelope'
  | 'query-owner'
  | 'answer-query'
  | 'complete-envelope'
  | 'confirm-envelope'
  | 'send-back';

/** The steps of the state machine; the source of every list of what is allowed now. */
export const ENVELOPE_ALLOWED: Readonly<Record<EnvelopeState, readonly EnvelopeAction[]>> = {
  requested: ['accept-envelope', 'decline-envelope', 'edit-envelope', 'withdraw-envelope'],
  accepted: ['complete-envelope', 'query-owner', 'release-envelope', 'edit-envelope', 'withdraw-envelope'],
  waiting_on_owner: ['answer-query', 'complete-envelope', 'release-envelope', 'edit-envelope', 'withdraw-envelope'],
  completed: ['confirm-envelope', 'send-back'],
  confirmed: [],
  declined: [],
  withdrawn: [],
};

export const isUnanswered = ({ state }: EnvelopeRow): boolean =>
  state === 'requested' || state === 'accepted' || state === 'waiting_on_owner';

/** Unanswered, or answered and not confirmed yet. */
export const isOngoing = (row: EnvelopeRow): boolean => isUnanswered(row) || row.state === 'completed';

/** How many of the envelopes that count have an answer: "1 of 2 answered". */
export const answeredOf = (
  envelopes: readonly EnvelopeRow[],
): { readonly answered: number; readonly asked: number } => {
  const asked = envelopes.filter(({ state }) => state !== 'withdrawn' && state !== 'declined');
  return { answered: asked.filter((row) => !isUnanswered(row)).length, asked: asked.length };
};

const KEPT = 8;

const byEnd = (a: EnvelopeRow, b: EnvelopeRow): number => Number(a.since > b.since) - Number(a.since < b.since);

/**
 * Finished rows beyond the few that ended last leave the ticket's document; their story stays in the events. What ends at
 * `now` stays in any case, however much it is: those who worked on it, and the lists, still have to learn of the end.
 */
export const withoutOldest = (envelopes: readonly EnvelopeRow[], now: Instant): readonly EnvelopeRow[] => {
  const finished = envelopes.filter((row) => !isOngoing(row)).sort(byEnd);
  const beyond = finished.slice(0, Math.max(0, finished.length - KEPT));
  return envelopes.filter((row) => !beyond.includes(row) || row.since === now);
};

/** Names an envelope everywhere: the ticket finds it without a look-up. Never leaves the desk. */
export const envelopeId = (ticket: TicketId, seq: number): string => `${ticket}~${seq}`;

/** The parts of an envelope's id; undefined for what is none. */
export const envelopeOf = (id: string): { readonly ticketId: TicketId; readonly seq: number } | undefined => {
  const found = /^([0-9a-f-]{36})~([1-9]\d{0,5})$/u.exec(id);
  return found ? { ticketId: found[1] as TicketId, seq: Number(found[2]) } : undefined;
};

import { confirmFault, proposalFault, confirmersOf } from '../domain/decide-transfer.ts';
import type { TransferProposal } from '../domain/ownership-commands.ts';
import type { Desk } from '../domain/policy.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import {
  type Instant,
  instantOf,
  millisecondsOf,
  type PersonActor,
  type PersonId,
  type PersonRef,
  refOf,
} from '../domain/values.ts';
import type { MoveLeaver } from './bulk-kinds.ts';
import type { JobRunner } from './job-runner.ts';
import { ownedBy, type OwnedParts } from './owned-tickets.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Identity } from './ports/identity.ts';
import type { Job, JobItem, Json } from './ports/jobs.ts';
import type { LeaverCase, LeaverCases } from './ports/leaver-cases.ts';
import type { Timers } from './ports/timers.ts';

export interface LeaverParts extends OwnedParts {
  readonly cases: LeaverCases;
  readonly jobs: Pick<JobRunner, 'start' | 'whenEnding'>;
  readonly timers: Pick<Timers, 'set'>;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly desk: Desk;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly enqueued: () => void;
}

export interface LeaverWish extends Omit<TransferProposal, 'to'> {
  readonly owner: PersonId;
  readonly takers: readonly PersonId[];
}

/** All tickets of one who leaves, in one command: proposed by one person, confirmed by another, one transfer a ticket. */
export interface LeaverService {
  propose(wish: LeaverWish, by: PersonActor): Promise<LeaverCase | Refusal>;
  /** Answers the job that moves them; it shows how far it is. Confirming twice is confirming once, whoever does. */
  confirm(caseId: string, by: PersonActor): Promise<Job | Refusal>;
  /**
   * A round is over: what came meanwhile is moved as well. This is looked at before the end is saved, so that no kill loses
   * it; once more afterwards finds what came in between.
   */
  wentOn(job: Job): Promise<void>;
  /** Asks those who may confirm; its timer calls until the case is there, or never came. Answers when to look again. */
  ask(caseId: string, proposed: { readonly rev: number; readonly now: Instant }): Promise<Instant | undefined>;
}

export const leaverService = (parts: LeaverParts): LeaverService => {
  parts.jobs.whenEnding('leaver', (job) => nextRound(parts, job));
  return {
    propose: (wish, by) => propose(parts, wish, by),
    confirm: (caseId, by) => confirm(parts, caseId, by),
    wentOn: (job) => nextRound(parts, job),
    ask: (caseId, proposed) => ask(parts, caseId, proposed),
  };
};

const SUBJECT = 'leaver:';

/** The case whose timer this is. */
export const caseIn = (subject: string): string | undefined =>
  subject.startsWith(SUBJECT) ? subject.slice(SUBJECT.length) : undefined;

const personOf = ({ roster }: Desk, id: PersonId): PersonRef | undefined => {
  const person = roster.person(id);
  return person && refOf(person);
};

/** Each of those who take over is checked as for a single ticket. */
const wishFault = (
  desk: Desk,
  { owner: ownerId, takers, ...proposal }: LeaverWish,
  by: PersonActor,
): Refusal | undefined => {
  if (!mayRole(by, 'move-leaver')) return refuse('role-may-not');
  const owner = personOf(desk, ownerId);
  if (!owner || takers.length === 0) return refuse('person-unknown');
  return takers
    .map((id) => proposalFault({ owner, proposal: { ...proposal, to: { id, name: '' } }, by }, desk))
    .find((fault) => fault !== undefined);
};

const propose = async (parts: LeaverParts, wish: LeaverWish, by: PersonActor): Promise<LeaverCase | Refusal> => {
  const fault = wishFault(parts.desk, wish, by);
  if (fault) return fault;
  const { owner: ownerId, takers, ...proposal } = wish;
  const owner = personOf(parts.desk, ownerId) ?? { id: ownerId, name: '' };
  const now = parts.clock.now();
  const id = parts.identity.named(`leaver|${ownerId}|${by.id}|${now}`);
  const made: LeaverCase = { id, owner, takers, proposal: { ...proposal, by }, proposedAt: now };
  await parts.timers.set({ subject: `${SUBJECT}${id}`, dueAt: now, rev: millisecondsOf(now) });
  await parts.cases.keep(made);
  return made;
};

const WRITTEN_WITHIN_MS = 60_000;
const AGAIN_MS = 1_000;

/** The timer was set first: a case that is not there after a minute was never written, and nobody is asked about it. */
const ask = async (
  parts: LeaverParts,
  caseId: string,
  { rev, now }: { readonly rev: number; readonly now: Instant },
): Promise<Instant | undefined> => {
  const found = await parts.cases.find(caseId);
  const at = millisecondsOf(now);
  if (!found) return at - rev < WRITTEN_WITHIN_MS ? instantOf(at + AGAIN_MS) : undefined;
  for (const to of confirmersOf(parts.desk, found.owner.id, found.proposal.by.id))
    await parts.deliveries.enqueue(
      { channel: 'teams', kind: 'person-card', to, card: 'leaver', subject: `${caseId}|${to}`, rev: 1 },
      now,
    );
  parts.enqueued();
  return undefined;
};

/** Whoever agreed first did; to agree once more finds the same job. */
const confirm = async (parts: LeaverParts, caseId: string, by: PersonActor): Promise<Job | Refusal> => {
  const found = await parts.cases.find(caseId);
  if (!found) return refuse('no-transfer-proposed');
  if (!mayRole(by, 'confirm-transfer')) return refuse('role-may-not');
  const fault = confirmFault({ owner: found.owner, proposedBy: found.proposal.by.id, by }, parts.desk);
  if (fault) return fault;
  const items = await ownedBy(parts, found.owner.id);
  const job = await parts.jobs.start(orderOf(found, { round: 1, by, items }));
  return !isRefusal(job) && job.state === 'expired' ? refuse('no-preview') : job;
};

type MoveRound = MoveLeaver & { readonly case: string; readonly round: number };

interface Round {
  readonly round: number;
  readonly by: PersonActor;
  readonly items: readonly JobItem[];
}

const orderOf = ({ id, owner, takers, proposal }: LeaverCase, { round, by, items }: Round) => {
  const params: MoveRound = { owner, takers, proposal, case: id, round };
  return {
    id: round === 1 ? id : `${id}-${round}`,
    kind: 'leaver',
    by,
    params: params as unknown as Json,
    items,
  };
};

/** Another round where something is left that this one did not meet in vain. The same next round, however often it is asked. */
const nextRound = async (parts: LeaverParts, job: Job): Promise<void> => {
  if (job.kind !== 'leaver' || job.state !== 'done') return;
  const { case: caseId, round } = job.params as unknown as MoveRound;
  const found = await parts.cases.find(caseId);
  if (!found) return;
  const refused = new Set(job.items.filter((_item, place) => job.marks[place] === 'r').map(({ ticketId }) => ticketId));
  const items = await ownedBy(parts, found.owner.id);
  if (items.every(({ ticketId }) => refused.has(ticketId))) return;
  await parts.jobs.start(orderOf(found, { round: round + 1, by: job.by, items }));
};

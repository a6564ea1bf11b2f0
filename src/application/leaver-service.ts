import { confirmFault, proposalFault, confirmersOf } from '../domain/decide-transfer.ts';
import type { TransferProposal } from '../domain/ownership-commands.ts';
import type { Desk } from '../domain/policy.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import { ownerOf } from '../domain/ticket.ts';
import { type PersonActor, type PersonId, type PersonRef, refOf } from '../domain/values.ts';
import type { MoveLeaver } from './bulk-kinds.ts';
import { allOn } from './bulk-service.ts';
import type { JobOrders } from './job-orders.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Identity } from './ports/identity.ts';
import type { Job, JobItem, Json } from './ports/jobs.ts';
import type { LeaverCase, LeaverCases } from './ports/leaver-cases.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface LeaverParts {
  readonly cases: LeaverCases;
  readonly jobs: JobOrders;
  readonly queues: Pick<QueueLists, 'page'>;
  readonly tickets: Pick<TicketStore, 'load'>;
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
  /** Answers the job that moves them; it shows how far it is. Confirming twice is confirming once. */
  confirm(caseId: string, by: PersonActor): Promise<Job | Refusal>;
  /** A round is over: what came meanwhile is moved as well. */
  wentOn(job: Job): Promise<void>;
  find(caseId: string): Promise<LeaverCase | undefined>;
}

export const leaverService = (parts: LeaverParts): LeaverService => ({
  propose: (wish, by) => propose(parts, wish, by),
  confirm: (caseId, by) => confirm(parts, caseId, by),
  wentOn: async (job) => {
    const [caseId = '', round = '1'] =
      (job.items.length > 0 ? (job.params as { case?: string }).case : '')?.split('#') ?? [];
    if (job.kind === 'leaver' && job.state === 'done' && caseId !== '' && job.skipped < job.total)
      await startRound(parts, { caseId, round: Number(round) + 1, by: job.by });
  },
  find: (caseId) => parts.cases.find(caseId),
});

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
  await parts.cases.keep(made);
  for (const to of confirmersOf(parts.desk, ownerId, by.id))
    await parts.deliveries.enqueue(
      { channel: 'teams', kind: 'person-card', to, card: 'leaver', subject: `${id}|${to}`, rev: 1 },
      now,
    );
  parts.enqueued();
  return made;
};

const confirm = async (parts: LeaverParts, caseId: string, by: PersonActor): Promise<Job | Refusal> => {
  const found = await parts.cases.find(caseId);
  if (!found) return refuse('no-transfer-proposed');
  if (!mayRole(by, 'confirm-transfer')) return refuse('role-may-not');
  const fault = confirmFault({ owner: found.owner, proposedBy: found.proposal.by.id, by }, parts.desk);
  return fault ?? startRound(parts, { caseId, round: 1, by });
};

interface Round {
  readonly caseId: string;
  readonly round: number;
  readonly by: PersonActor;
}

const MOST_ROUNDS = 50;

/** The list is a moment behind, so each ticket is asked itself whose it is. */
const stillTheirs = async ({ queues, tickets }: LeaverParts, owner: PersonId): Promise<readonly JobItem[]> => {
  const listed = await allOn(queues, { owner }, ['open', 'done']);
  const theirs: JobItem[] = [];
  for (const { ticketId, number } of listed) {
    const ticket = (await tickets.load(ticketId))?.ticket;
    if (ticket && ownerOf(ticket)?.id === owner) theirs.push({ ticketId, number });
  }
  return theirs;
};

const startRound = async (parts: LeaverParts, { caseId, round, by }: Round): Promise<Job | Refusal> => {
  const found = await parts.cases.find(caseId);
  if (!found || round > MOST_ROUNDS) return refuse('no-transfer-proposed');
  const items = await stillTheirs(parts, found.owner.id);
  if (items.length === 0 && round > 1) return refuse('no-transfer-proposed');
  const { owner, takers, proposal } = found;
  const params: MoveLeaver & { case: string } = { owner, takers, proposal, case: `${caseId}#${round}` };
  const id = round === 1 ? caseId : `${caseId}-${round}`;
  const job = await parts.jobs.preview({ id, kind: 'leaver', by, params: params as unknown as Json, items });
  return isRefusal(job) ? job : parts.jobs.confirm(id, by);
};

import type { CommandOf } from './commands.ts';
import { type Decision, reasonFault } from './decision.ts';
import type { TicketEvent } from './events.ts';
import { allows } from './lifecycle.ts';
import type { TransferProposal } from './ownership-commands.ts';
import { notNow } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import { mayOwn } from './roles.ts';
import { managerOf, supervisorOf } from './roster.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import { type Instant, millisecondsOf, type PersonActor, type PersonId, type PersonRef, refOf } from './values.ts';

/** The only way to another owner: the owner has left, or is away for more than 30 days. Two people, evidence, for ever. */

const DAY = 86_400_000;

const reasonRefused = ({ reason, from, until }: TransferProposal, { policy }: Desk): Refusal | undefined => {
  if (reason === 'termination') return undefined;
  if (reason !== 'extended_leave') return refuse('transfer-not-exceptional', { limit: policy.longestAbsenceDays });
  const days = from && until ? (millisecondsOf(until) - millisecondsOf(from)) / DAY : 0;
  return days > policy.longestAbsenceDays ? undefined : refuse('leave-too-short', { limit: policy.longestAbsenceDays });
};

/** Those who answer for the owner: the supervisor, the leads and managers of the owner's teams, the managers above. */
const lineOf = ({ roster }: Desk, ownerId: PersonId): { supervisors: Set<PersonId>; managers: Set<PersonId> } => {
  const owner = roster.person(ownerId);
  if (!owner) return wholeLine(roster);
  const teams = owner.teams.flatMap((id) => roster.team(id) ?? []);
  const supervisor = supervisorOf(roster, owner)?.id;
  const manager = managerOf(roster, owner)?.id;
  const seconds = teams.filter((team) => team.manager === undefined).flatMap((team) => team.secondConfirmer ?? []);
  const managers = new Set([...(manager ? [manager] : []), ...teams.flatMap((team) => team.manager ?? []), ...seconds]);
  const leads = teams.flatMap((team) => team.lead ?? []);
  return { supervisors: new Set([...(supervisor ? [supervisor] : []), ...leads, ...managers]), managers };
};

/** Whoever has left the configuration has no line any more: all who lead and manage answer for what they owned. */
const wholeLine = (roster: Desk['roster']): { supervisors: Set<PersonId>; managers: Set<PersonId> } => {
  const managers = roster.teams().flatMap(({ manager, secondConfirmer }) => manager ?? secondConfirmer ?? []);
  const leads = roster.teams().flatMap(({ lead }) => lead ?? []);
  return { supervisors: new Set([...leads, ...managers]), managers: new Set(managers) };
};

/** Who is asked to confirm: the managers of the owner's line, or the configured second person where there is none. */
export const confirmersOf = (desk: Desk, ownerId: PersonId, proposer: PersonId): readonly PersonId[] =>
  [...lineOf(desk, ownerId).managers].filter((id) => id !== proposer && id !== ownerId);

interface Proposed {
  readonly owner: PersonRef;
  readonly proposal: TransferProposal;
  readonly by: PersonActor;
}

/** What is wrong with a proposal, for one ticket as for all tickets of a leaver. */
export const proposalFault = ({ owner, proposal, by }: Proposed, desk: Desk): Refusal | undefined => {
  if (by.id === owner.id) return refuse('four-eyes', { owner });
  if (!lineOf(desk, owner.id).supervisors.has(by.id)) return refuse('not-in-line', { owner });
  const person = desk.roster.person(proposal.to.id);
  if (!person) return refuse('person-unknown');
  if (!mayOwn(person) || person.id === owner.id) return refuse('may-not-own', { owner: refOf(person) });
  const evidence = proposal.evidence.trim() === '' ? refuse('evidence-missing') : reasonFault(proposal.evidence, desk);
  return reasonRefused(proposal, desk) ?? evidence;
};

interface Confirming {
  readonly owner: PersonRef;
  readonly proposedBy: PersonId;
  readonly by: PersonActor;
}

/** Four eyes: a manager of the owner's line who did not propose it and is not the owner. */
export const confirmFault = ({ owner, proposedBy, by }: Confirming, desk: Desk): Refusal | undefined => {
  if (by.id === proposedBy || by.id === owner.id) return refuse('four-eyes', { owner });
  return lineOf(desk, owner.id).managers.has(by.id) ? undefined : refuse('not-in-line', { owner });
};

const nobodys = (): Refusal => refuse('only-by-accept');

interface Made {
  readonly at: Instant;
  readonly by: PersonActor;
  readonly proposal: TransferProposal;
}

const proposed = (desk: Desk, { at, by, proposal }: Made): TicketEvent => ({
  type: 'TransferProposed',
  at,
  by,
  to: refOf(desk.roster.person(proposal.to.id) ?? proposal.to),
  reason: proposal.reason === 'termination' ? 'termination' : 'extended_leave',
  text: proposal.evidence.trim(),
  ...(proposal.from ? { from: proposal.from } : {}),
  ...(proposal.until ? { until: proposal.until } : {}),
});

export const proposeTransfer = (ticket: Ticket, command: CommandOf<'propose-transfer'>, desk: Desk): Decision => {
  const owner = ownerOf(ticket);
  if (!owner) return nobodys();
  if (!allows(ticket, 'propose-transfer')) return notNow(ticket);
  const { at, by } = command;
  return proposalFault({ owner, proposal: command, by }, desk) ?? [proposed(desk, { at, by, proposal: command })];
};

export const confirmTransfer = (ticket: Ticket, { at, by }: CommandOf<'confirm-transfer'>, desk: Desk): Decision => {
  const owner = ownerOf(ticket);
  if (!owner || !ticket.transfer) return refuse('no-transfer-proposed');
  if (!allows(ticket, 'confirm-transfer')) return notNow(ticket);
  const { to, reason, proposedBy } = ticket.transfer;
  return (
    confirmFault({ owner, proposedBy: proposedBy.id, by }, desk) ?? [
      { type: 'OwnershipTransferred', at, by, from: owner, to, reason, proposedBy },
    ]
  );
};

export const rejectTransfer = (ticket: Ticket, command: CommandOf<'reject-transfer'>, desk: Desk): Decision => {
  const owner = ownerOf(ticket);
  if (!owner || !ticket.transfer) return refuse('no-transfer-proposed');
  if (!allows(ticket, 'reject-transfer')) return notNow(ticket);
  const { at, by, reason } = command;
  const mine = ticket.transfer.proposedBy.id === by.id || lineOf(desk, owner.id).managers.has(by.id);
  if (!mine) return refuse('not-in-line', { owner });
  return reasonFault(reason, desk) ?? [{ type: 'TransferRejected', at, by, text: reason.trim() }];
};

/** One ticket of a leaver's case: proposed and confirmed as a whole, checked and recorded on each. */
export const transfer = (ticket: Ticket, { at, by, owner, proposal }: CommandOf<'transfer'>, desk: Desk): Decision => {
  const current = ownerOf(ticket);
  if (!current) return nobodys();
  if (current.id !== owner.id) return refuse('owner-is-set', { owner: current });
  if (!allows(ticket, 'transfer')) return notNow(ticket);
  const refused =
    proposalFault({ owner: current, proposal, by: proposal.by }, desk) ??
    confirmFault({ owner: current, proposedBy: proposal.by.id, by }, desk);
  if (refused) return refused;
  const to = refOf(desk.roster.person(proposal.to.id) ?? proposal.to);
  const reason = proposal.reason === 'termination' ? 'termination' : 'extended_leave';
  return [
    proposed(desk, { at, by: proposal.by, proposal }),
    { type: 'OwnershipTransferred', at, by, from: current, to, reason, proposedBy: refOf(proposal.by), ofLeaver: true },
  ];
};

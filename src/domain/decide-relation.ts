import type { CommandOf } from './commands.ts';
import { confirmed, withdrawn } from './decide-envelope.ts';
import { type Decision, personIn, reasonFault, textFault } from './decision.ts';
import { daysAfter, pauseEnded, reopenedDue } from './due.ts';
import { mayEnd, mayWork, notNow } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { MergeTarget } from './relation-commands.ts';
import { isLead } from './roles.ts';
import { canBeMailed, type Ticket } from './ticket.ts';
import { allows } from './lifecycle.ts';
import { instantOf, millisecondsOf, oneLine, type PersonActor } from './values.ts';

/** Merging is for the same matter of the same customer; other customers with the same trouble become children of one ticket. */
const mergeFault = (ticket: Ticket, into: MergeTarget): Refusal | undefined => {
  const other = { id: into.id, number: into.number };
  if (into.id === ticket.id) return refuse('merge-cycle', { other });
  if (into.ended) return refuse('merge-ended', { other });
  return into.requesterId === ticket.requester.contactId ? undefined : refuse('merge-other-customer', { other });
};

/** The owner of the target gives their yes by merging themselves; a lead may; into a ticket nobody owns anyone may. */
const hasYes = (into: MergeTarget, by: PersonActor): boolean =>
  into.ownerId === undefined || into.ownerId === by.id || into.ownerId === by.actingFor?.id || isLead(by);

export const proposeMerge = (ticket: Ticket, command: CommandOf<'propose-merge'>, desk: Desk): Decision => {
  const { at, by, into } = command;
  const refused = mayEnd(ticket, 'propose-merge', by) ?? mergeFault(ticket, into);
  if (refused) return refused;
  if (hasYes(into, by) || into.ownerId === undefined) return mergedInto(ticket, { at, by, into }, desk);
  return [{ type: 'MergeProposed', at, by, into: { id: into.id, number: into.number }, ownerId: into.ownerId }];
};

const mergedInto = (
  ticket: Ticket,
  { at, by, into }: Pick<CommandOf<'merge'>, 'at' | 'by' | 'into'>,
  desk: Desk,
): Decision => [
  ...withdrawn(ticket, { at, by }),
  ...confirmed(ticket, at, by),
  { type: 'TicketMerged', at, by, into: { id: into.id, number: into.number }, ...pauseEnded(ticket, at, desk) },
];

/** Whoever merges owns this ticket, or was asked for their yes to it. */
export const merge = (ticket: Ticket, command: CommandOf<'merge'>, desk: Desk): Decision => {
  const { at, by, into } = command;
  const asked = ticket.mergeProposed?.id === into.id && ticket.mergeProposed.ownerId === by.id;
  const refused =
    (asked ? (allows(ticket, 'merge') ? undefined : notNow(ticket)) : mayEnd(ticket, 'merge', by)) ??
    mergeFault(ticket, into);
  if (refused) return refused;
  const other = { id: into.id, number: into.number };
  return hasYes(into, by) ? mergedInto(ticket, { at, by, into }, desk) : refuse('merge-needs-yes', { other });
};

export const refuseMerge = (ticket: Ticket, { at, by, reason }: CommandOf<'refuse-merge'>, desk: Desk): Decision => {
  const asked = ticket.mergeProposed;
  if (!asked) return refuse('no-merge-proposed');
  const may = asked.ownerId === by.id || asked.by.id === by.id || isLead(by);
  if (!may) return refuse('role-may-not');
  return reasonFault(reason, desk) ?? [{ type: 'MergeRefused', at, by, text: reason.trim() }];
};

export const undoMerge = (ticket: Ticket, { at, by }: CommandOf<'undo-merge'>, desk: Desk): Decision => {
  const refused = mayEnd(ticket, 'undo-merge', by);
  if (refused) return refused;
  if (ticket.status !== 'cancelled' || !ticket.mergedInto) return notNow(ticket);
  const until = daysAfter(ticket.cancelledAt, desk.policy.undoCancelDays);
  if (at > until) return refuse('undo-too-late', { until });
  return [{ type: 'MergeUndone', at, by, from: ticket.mergedInto, dueAt: reopenedDue(ticket, at, desk) }];
};

export const split = (ticket: Ticket, command: CommandOf<'split'>, desk: Desk): Decision => {
  const { at, by, into, subject, text } = command;
  const refused = mayEnd(ticket, 'split', by) ?? textFault(subject, desk) ?? textFault(text, desk);
  return refused ?? [{ type: 'TicketSplit', at, by, into, subject: oneLine(subject, 200), text: text.trim() }];
};

/** Takes the part back as long as nobody has begun to work on it: the part itself decides that. */
export const undoSplit = (ticket: Ticket, command: CommandOf<'undo-split'>, desk: Desk): Decision => {
  const { at, by, into, splitAt } = command;
  const refused = mayEnd(ticket, 'undo-split', by);
  if (refused) return refused;
  const until = daysAfter(splitAt, desk.policy.undoCancelDays);
  return at > until ? refuse('undo-too-late', { until }) : [{ type: 'SplitUndone', at, by, into }];
};

export const link = (ticket: Ticket, { at, by, parent, hasChildren }: CommandOf<'link'>): Decision => {
  const other = { id: parent.id, number: parent.number };
  const refused = mayEnd(ticket, 'link', by);
  if (refused) return refused;
  if (parent.id === ticket.id || parent.isChild || hasChildren) return refuse('parent-is-child', { other });
  if (ticket.major) return refuse('already-major', { owner: ticket.major.coordinator });
  if (parent.ended) return refuse('merge-ended', { other });
  return ticket.parent?.id === parent.id ? [] : [{ type: 'LinkedToParent', at, by, parent: other }];
};

export const unlink = (ticket: Ticket, { at, by }: CommandOf<'unlink'>): Decision =>
  mayEnd(ticket, 'unlink', by) ??
  (ticket.parent ? [{ type: 'UnlinkedFromParent', at, by, parent: ticket.parent }] : refuse('not-linked'));

const nextUpdate = (at: CommandOf<'major-update'>['at'], minutes: number) =>
  instantOf(millisecondsOf(at) + minutes * 60_000);

export const declareMajor = (ticket: Ticket, command: CommandOf<'declare-major'>, desk: Desk): Decision => {
  const { at, by, cadenceMinutes = desk.policy.cadenceMinutes } = command;
  if (!allows(ticket, 'declare-major')) return notNow(ticket);
  if (ticket.parent) return refuse('parent-is-child', { other: ticket.parent });
  if (ticket.major) return refuse('already-major', { owner: ticket.major.coordinator });
  const coordinator = personIn(desk, command.coordinator);
  if (!coordinator) return refuse('person-unknown');
  if (!(cadenceMinutes >= 5 && cadenceMinutes <= 24 * 60)) return refuse('due-date-past');
  const nextUpdateAt = nextUpdate(at, cadenceMinutes);
  return [{ type: 'MajorIncidentDeclared', at, by, coordinator, cadenceMinutes, nextUpdateAt }];
};

/** One update by the coordinator, the owner or a lead; the relay carries it to every child's customer. */
export const majorUpdate = (ticket: Ticket, { at, by, text }: CommandOf<'major-update'>, desk: Desk): Decision => {
  if (!allows(ticket, 'major-update')) return notNow(ticket);
  if (!ticket.major) return refuse('not-major');
  const refused = ticket.major.coordinator.id === by.id || isLead(by) ? undefined : mayWork(ticket, 'major-update', by);
  const nextUpdateAt = nextUpdate(at, ticket.major.cadenceMinutes);
  return (
    refused ??
    textFault(text, desk) ?? [
      { type: 'MajorIncidentUpdated', at, by, text: text.trim(), mail: canBeMailed(ticket), nextUpdateAt },
    ]
  );
};

/** The parent's words reach the child's customer under the child's owner; who may speak was decided at the parent. */
export const parentUpdate = (ticket: Ticket, command: CommandOf<'parent-update'>, desk: Desk): Decision => {
  const { at, by, text, parent, mail } = command;
  if (!allows(ticket, 'parent-update')) return notNow(ticket);
  if (ticket.parent?.id !== parent.id) return refuse('not-linked');
  return (
    textFault(text, desk) ?? [
      { type: 'ParentUpdated', at, by, parent, text: text.trim(), mail: mail && canBeMailed(ticket) },
    ]
  );
};

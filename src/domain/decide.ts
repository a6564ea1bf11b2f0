import { acknowledgeAlert, alertsEndedBy } from './decide-alert.ts';
import type { CommandOf, PersonCommand, TicketCommand } from './commands.ts';
import {
  answerQuery,
  confirmEnvelope,
  editEnvelope,
  requestEnvelope,
  sendBack,
  withdrawAll,
  withdrawEnvelope,
} from './decide-envelope.ts';
import { acceptEnvelope, completeEnvelope, declineEnvelope, queryOwner, releaseEnvelope } from './decide-expert.ts';
import { acceptTicket, assign, declineOffer, offer, reserve, route, undoReserve } from './decide-ownership.ts';
import {
  declareMajor,
  link,
  majorUpdate,
  merge,
  parentUpdate,
  proposeMerge,
  refuseMerge,
  split,
  undoMerge,
  undoSplit,
  unlink,
} from './decide-relation.ts';
import { overridePriority, setType, tag, triage } from './decide-sorting.ts';
import { cancel, close, pend, reopen, resolve, resume, undoCancel } from './decide-state.ts';
import { addTask, assignTask, cancelTask, finishTask } from './decide-task.ts';
import { settled, tick, told } from './decide-tick.ts';
import { confirmTransfer, proposeTransfer, rejectTransfer, transfer } from './decide-transfer.ts';
import { addNote, askAndWait, reply, replyAndResolve } from './decide-work.ts';
import { type Decision, isEvents } from './decision.ts';
import type { TicketEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { reservationOf } from './ownership.ts';
import type { Desk } from './policy.ts';
import { refuse } from './refusals.ts';
import { mayRole } from './roles.ts';
import type { Ticket } from './ticket.ts';
import { customerWrote, openTicket } from './decide-arrival.ts';

/** The one place where it is decided what may happen. Pure: the same ticket, command and desk always give the same answer. */
export const decide = (ticket: Ticket | undefined, command: TicketCommand, desk: Desk): Decision => {
  const decision = decideFirst(ticket, command, desk);
  return isEvents(decision) ? [...decision, ...alertsEndedBy(ticket, decision, desk)] : decision;
};

const decideFirst = (ticket: Ticket | undefined, command: TicketCommand, desk: Desk): Decision => {
  if (command.type === 'open') return ticket ? [] : openTicket(command, desk);
  if (!ticket) return refuse('not-found');
  if (command.type === 'customer-wrote') return customerWrote(ticket, command, desk);
  if (command.type === 'tick') return tick(ticket, command, desk);
  if (command.type === 'told') return told(ticket, command, desk);
  return decideForPerson(ticket, command, desk);
};

type Decider<T extends PersonCommand['type']> = (ticket: Ticket, command: CommandOf<T>, desk: Desk) => Decision;

/** Who decides what: a command without an entry does not compile. */
const DECIDERS: { readonly [T in PersonCommand['type']]: Decider<T> } = {
  accept: acceptTicket,
  reserve,
  'undo-reserve': undoReserve,
  assign,
  offer,
  'decline-offer': declineOffer,
  route,
  'propose-transfer': proposeTransfer,
  'confirm-transfer': confirmTransfer,
  'reject-transfer': rejectTransfer,
  transfer,
  note: addNote,
  reply,
  'reply-resolve': replyAndResolve,
  ask: askAndWait,
  pend,
  resume,
  resolve,
  reopen,
  close,
  cancel,
  'undo-cancel': undoCancel,
  'request-envelope': requestEnvelope,
  'edit-envelope': editEnvelope,
  'withdraw-envelope': withdrawEnvelope,
  'withdraw-all': withdrawAll,
  'answer-query': answerQuery,
  'confirm-envelope': confirmEnvelope,
  'send-back': sendBack,
  'accept-envelope': acceptEnvelope,
  'decline-envelope': declineEnvelope,
  'release-envelope': releaseEnvelope,
  'query-owner': queryOwner,
  'complete-envelope': completeEnvelope,
  'add-task': addTask,
  'assign-task': assignTask,
  'finish-task': finishTask,
  'cancel-task': cancelTask,
  triage,
  'override-priority': overridePriority,
  'set-type': setType,
  tag,
  'propose-merge': proposeMerge,
  merge,
  'refuse-merge': refuseMerge,
  'undo-merge': undoMerge,
  split,
  'undo-split': undoSplit,
  link,
  unlink,
  'acknowledge-alert': acknowledgeAlert,
  'declare-major': declareMajor,
  'major-update': majorUpdate,
  'parent-update': parentUpdate,
};

const decideForPerson = (ticket: Ticket, command: PersonCommand, desk: Desk): Decision => {
  if (command.by.kind === 'person' && !mayRole(command.by, command.type)) return refuse('role-may-not');
  const before = firstOf(ticket, command);
  const now = before.reduce<Ticket>((each, event) => evolve(each, event) ?? each, ticket);
  const decider = DECIDERS[command.type] as Decider<PersonCommand['type']>;
  const decision = decider(now, command as CommandOf<PersonCommand['type']>, desk);
  return isEvents(decision) ? [...before, ...decision] : decision;
};

/** These do not turn a tap on Accept into an owner: they undo it, repeat it, or have nothing to do with owning. */
const LEAVES_RESERVED: readonly PersonCommand['type'][] = [
  'undo-reserve',
  'reserve',
  'accept',
  'note',
  'acknowledge-alert',
  'add-task',
  'tag',
];

/** Whoever tapped Accept owns the ticket with their first act, or when the time to undo is over. */
const firstOf = (ticket: Ticket, { type, by, at }: PersonCommand): readonly TicketEvent[] => {
  const held = reservationOf(ticket);
  if (!held) return [];
  const acts = by.kind === 'person' && held.id === by.id && !LEAVES_RESERVED.includes(type);
  return acts && by.kind === 'person' ? [{ type: 'TicketAccepted', at, by }] : settled(ticket, at);
};

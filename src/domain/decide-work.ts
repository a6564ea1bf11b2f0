import type { AcceptTicket, AddNote, AskAndWait, Reply, ReplyAndResolve } from './commands.ts';
import { pauseEnded } from './due.ts';
import type { TicketEvent } from './events.ts';
import { mayAccept, mayWork } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type Action, type Refusal, refuse } from './refusals.ts';
import { canBeMailed, ownerOf, type Ticket } from './ticket.ts';
import type { PersonActor } from './values.ts';

type Decision = readonly TicketEvent[] | Refusal;

/** Text a person sends: neither blank nor longer than the desk allows. It is refused, never cut: nobody's words get lost. */
export const textFault = (text: string, desk: Desk): Refusal | undefined => {
  if (text.trim() === '') return refuse('text-missing');
  return text.length > desk.policy.textLimit
    ? refuse('text-too-long', { limit: desk.policy.textLimit, text })
    : undefined;
};

export const acceptTicket = (ticket: Ticket, { at, by }: AcceptTicket): Decision =>
  mayAccept(ticket, by) ?? [{ type: 'TicketAccepted', at, by }];

/** Notes are internal and welcome in every state, from everyone who works at the desk. */
export const addNote = (_ticket: Ticket, { at, by, text }: AddNote, desk: Desk): Decision => {
  if (by.roles.every((role) => role === 'auditor')) return refuse('role-may-not');
  return textFault(text, desk) ?? [{ type: 'NoteAdded', at, by, text: text.trim() }];
};

interface Answer {
  readonly action: Action;
  readonly by: PersonActor;
  readonly text: string;
}

const answerFault = (ticket: Ticket, { action, by, text }: Answer, desk: Desk): Refusal | undefined =>
  mayWork(ticket, action, by) ?? (canBeMailed(ticket) ? undefined : refuse('no-address')) ?? textFault(text, desk);

export const reply = (ticket: Ticket, { at, by, text }: Reply, desk: Desk): Decision =>
  answerFault(ticket, { action: 'reply', by, text }, desk) ?? [
    { type: 'CustomerAnswered', at, by, text: text.trim(), intent: 'answer' },
  ];

/** One act: answers and resolves, and accepts first where nobody owns the ticket. */
export const replyAndResolve = (ticket: Ticket, { at, by, text }: ReplyAndResolve, desk: Desk): Decision => {
  const fault = ownerOf(ticket) ? undefined : mayAccept(ticket, by);
  const refused = fault ?? answerFault(ticket, { action: 'reply-resolve', by, text }, desk);
  if (refused) return refused;
  return [
    ...(ticket.status === 'new' ? [{ type: 'TicketAccepted' as const, at, by }] : []),
    { type: 'CustomerAnswered', at, by, text: text.trim(), intent: 'solution' },
    { type: 'TicketResolved', at, by, mail: false, ...pauseEnded(ticket, at, desk) },
  ];
};

/** Asks the customer and waits, in one act: the clock of resolution pauses until they answer. */
export const askAndWait = (ticket: Ticket, { at, by, text }: AskAndWait, desk: Desk): Decision =>
  answerFault(ticket, { action: 'ask', by, text }, desk) ?? [
    { type: 'CustomerAnswered', at, by, text: text.trim(), intent: 'question' },
    ...(ticket.status === 'pending_customer' ? [] : [{ type: 'TicketPaused' as const, at, by }]),
  ];

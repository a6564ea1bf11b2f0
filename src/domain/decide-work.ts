import type { AddNote, AskAndWait, Reply, ReplyAndResolve } from './commands.ts';
import { confirmed, stillOpen } from './decide-envelope.ts';
import { acceptTicket } from './decide-ownership.ts';
import { type Decision, outcomeOf, textFault } from './decision.ts';
import { pauseEnded } from './due.ts';
import { mayWork } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type Action, type Refusal, refuse } from './refusals.ts';
import { canBeMailed, ownerOf, type Ticket } from './ticket.ts';
import type { PersonActor } from './values.ts';

/** Notes are internal and welcome in every state, from everyone who works at the desk. */
export const addNote = (_ticket: Ticket, { at, by, text, engagement }: AddNote, desk: Desk): Decision =>
  textFault(text, desk) ?? [{ type: 'NoteAdded', at, by, text: text.trim(), ...(engagement ? { engagement } : {}) }];

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
export const replyAndResolve = (ticket: Ticket, command: ReplyAndResolve, desk: Desk): Decision => {
  const { at, by, text } = command;
  const accepting = ownerOf(ticket)
    ? { events: [] }
    : outcomeOf(acceptTicket(ticket, { ...command, type: 'accept' }, desk));
  const refused =
    accepting.refusal ?? answerFault(ticket, { action: 'reply-resolve', by, text }, desk) ?? stillOpen(ticket);
  if (refused) return refused;
  return [
    ...accepting.events,
    ...confirmed(ticket, at, by),
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

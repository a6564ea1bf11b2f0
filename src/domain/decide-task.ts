import type { CommandOf } from './commands.ts';
import { type Decision, personIn, textFault } from './decision.ts';
import type { TaskRow } from './task.ts';
import { notNow } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import { allows } from './lifecycle.ts';
import type { Ticket } from './ticket.ts';
import { oneLine, refOf } from './values.ts';

/** Tasks are everyone's who works at the desk: to be added, taken over and ended by anyone, each act under its name. */

const LONGEST_TITLE = 120;

const openTask = (ticket: Ticket, seq: number): TaskRow | Refusal => {
  const row = ticket.tasks?.find((each) => each.seq === seq);
  if (!row) return refuse('task-unknown');
  return row.state === 'open' ? row : refuse('task-not-now');
};

export const addTask = (ticket: Ticket, command: CommandOf<'add-task'>, desk: Desk): Decision => {
  const { at, by, title, assignee, dueAt, envelope } = command;
  if (!allows(ticket, 'add-task')) return notNow(ticket);
  const person = assignee ? personIn(desk, assignee) : refOf(by);
  if (!person) return refuse('person-unknown');
  if (envelope !== undefined && !ticket.envelopes?.some(({ seq }) => seq === envelope))
    return refuse('envelope-unknown');
  if (dueAt !== undefined && dueAt <= at) return refuse('due-date-past');
  const open = (ticket.tasks ?? []).filter(({ state }) => state === 'open').length;
  if (open >= desk.policy.mostOpenTasks) return refuse('too-many', { limit: desk.policy.mostOpenTasks });
  return (
    textFault(title, desk, LONGEST_TITLE) ?? [
      {
        type: 'TaskAdded',
        at,
        by,
        task: (ticket.tasksEver ?? 0) + 1,
        title: oneLine(title, LONGEST_TITLE),
        assignee: person,
        ...(dueAt ? { dueAt } : {}),
        ...(envelope === undefined ? {} : { envelope }),
      },
    ]
  );
};

export const assignTask = (
  ticket: Ticket,
  { at, by, seq, assignee }: CommandOf<'assign-task'>,
  desk: Desk,
): Decision => {
  if (!allows(ticket, 'assign-task')) return notNow(ticket);
  const row = openTask(ticket, seq);
  if ('refused' in row) return row;
  const person = personIn(desk, assignee);
  if (!person) return refuse('person-unknown');
  return person.id === row.assignee.id ? [] : [{ type: 'TaskAssigned', at, by, task: seq, assignee: person }];
};

export const finishTask = (ticket: Ticket, { at, by, seq }: CommandOf<'finish-task'>): Decision => {
  const row = openTask(ticket, seq);
  return 'refused' in row ? row : [{ type: 'TaskFinished', at, by, task: seq }];
};

export const cancelTask = (ticket: Ticket, { at, by, seq }: CommandOf<'cancel-task'>): Decision => {
  const row = openTask(ticket, seq);
  return 'refused' in row ? row : [{ type: 'TaskCancelled', at, by, task: seq }];
};

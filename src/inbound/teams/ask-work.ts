import type { CommandOf } from '../../domain/commands.ts';
import { ticketNumber } from '../../domain/values.ts';
import { numberOf, textOf } from './activity.ts';
import { dayOf, frameOf, personIn, type Tap, type Verb } from './tap.ts';

const optional = (value: string): { text?: string } => (value.trim() === '' ? {} : { text: value });

const REASONS = ['spam', 'duplicate', 'mistake'] as const;
const NUMBER = /^(INC|REQ)-\d{1,12}$/u;

/** A duplicate names the other ticket, which is looked up; what is no reason counts as missing, and the rule says what to do. */
const cancel: Verb = (tap) => {
  const { data } = tap.action;
  const reason = REASONS.find((each) => each === textOf(data, 'cancelReason'));
  const other = ticketNumber(textOf(data, 'duplicateOf'));
  if (reason === 'duplicate' && NUMBER.test(other)) return { ...frameOf(tap), type: 'cancel-duplicate', number: other };
  return { ...frameOf(tap), type: 'cancel', ...(reason ? { reason } : {}) };
};

const ENGAGEMENTS = ['call', 'meeting'] as const;

const note: Verb = (tap) => {
  const engagement = ENGAGEMENTS.find((each) => each === textOf(tap.action.data, 'engagement'));
  const text = textOf(tap.action.data, 'noteText');
  return { ...frameOf(tap), type: 'note', text, ...(engagement ? { engagement } : {}) };
};

const pend: Verb = (tap) => {
  const followUpAt = dayOf(tap, 'pendUntil');
  return {
    ...frameOf(tap),
    type: 'pend',
    for: textOf(tap.action.data, 'pendFor') === 'change' ? 'change' : 'vendor',
    ...(followUpAt === undefined ? {} : { followUpAt }),
  };
};

const answers =
  (type: 'reply' | 'reply-resolve' | 'ask'): Verb =>
  (tap) => ({ ...frameOf(tap), type, text: textOf(tap.action.data, 'replyText') });

const plain =
  (type: 'resume' | 'close' | 'reopen' | 'undo-cancel'): Verb =>
  (tap) => ({ ...frameOf(tap), type });

const task =
  (type: 'finish-task' | 'cancel-task'): Verb =>
  (tap) => ({ ...frameOf(tap), type, seq: taskIn(tap) });

/** Tasks and envelopes count from 1: what names none is unknown to the rules. */
const taskIn = ({ action }: Tap): number => numberOf(action.data, 'task') ?? 0;

const addTask: Verb = (tap) => {
  const { data } = tap.action;
  const [assignee, dueAt, envelope] = [personIn(tap), dayOf(tap, 'taskDue'), numberOf(data, 'envelope')];
  const facts: Partial<CommandOf<'add-task'>> = {
    ...(assignee ? { assignee } : {}),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(envelope === undefined ? {} : { envelope }),
  };
  return { ...frameOf(tap), type: 'add-task', title: textOf(data, 'taskTitle'), ...facts };
};

/** The work on a ticket: answers, notes, states, tasks. */
export const WORK_VERBS: Readonly<Record<string, Verb>> = {
  reply: answers('reply'),
  'reply-resolve': answers('reply-resolve'),
  ask: answers('ask'),
  note,
  pend,
  resume: plain('resume'),
  resolve: (tap) => ({ ...frameOf(tap), type: 'resolve', ...optional(textOf(tap.action.data, 'resolveText')) }),
  reopen: plain('reopen'),
  close: plain('close'),
  cancel,
  'undo-cancel': plain('undo-cancel'),
  'add-task': addTask,
  'assign-task': (tap) => {
    const assignee = personIn(tap);
    const seq = numberOf(tap.action.data, 'taskSeq') ?? taskIn(tap);
    return assignee && { ...frameOf(tap), type: 'assign-task', seq, assignee };
  },
  'finish-task': task('finish-task'),
  'cancel-task': task('cancel-task'),
};

import { type EnvelopeRow, withoutOldest } from './envelope.ts';
import type { EnvelopeEvent, TaskEvent } from './envelope-events.ts';
import { type TaskRow, withoutOldestTasks } from './task.ts';
import type { Ticket } from './ticket.ts';
import { type PersonRef, refOf } from './values.ts';

/** What an event of an envelope or a task changes on the ticket; the owner is not among it. */
export type EnvelopeFacts = Partial<Pick<Ticket, 'envelopes' | 'envelopesEver' | 'tasks' | 'tasksEver' | 'credit'>>;

type RowEvent = Exclude<EnvelopeEvent, TaskEvent>;

const isTask = (event: EnvelopeEvent): event is TaskEvent => 'task' in event;

export const evolveEnvelope = (ticket: Ticket, event: EnvelopeEvent): EnvelopeFacts => {
  if (isTask(event)) return evolveTask(ticket, event);
  if (event.type === 'EnvelopeRequested') {
    const row = requested(ticket, event);
    return { envelopes: withoutOldest([...(ticket.envelopes ?? []), row], event.at), envelopesEver: event.seq };
  }
  const envelopes = (ticket.envelopes ?? []).map((row) =>
    row.seq === event.seq ? withoutUndefined({ ...row, ...changed(row, event, ticket.rev + 1) }) : row,
  );
  const credit = event.type === 'EnvelopeConfirmed' ? { credit: credited(ticket.credit ?? [], event.expert) } : {};
  return { envelopes: withoutOldest(envelopes, event.at), ...credit };
};

const requested = ({ rev }: Ticket, event: Extract<RowEvent, { type: 'EnvelopeRequested' }>): EnvelopeRow => ({
  seq: event.seq,
  state: 'requested',
  teamId: event.teamId,
  requestedBy: refOf(event.by),
  requestedAt: event.at,
  since: event.at,
  contractRev: rev + 1,
  declinedBy: [],
  ...(event.offeredTo ? { offeredTo: event.offeredTo } : {}),
  ...(event.dueAt ? { dueAt: event.dueAt } : {}),
  ...(event.olaAt ? { olaAt: event.olaAt } : {}),
});

type RowChange = { readonly [F in keyof EnvelopeRow]?: EnvelopeRow[F] | undefined };

/** Each event knows what ends with it: a field set to undefined leaves the row. */
const changed = (row: EnvelopeRow, event: Exclude<RowEvent, { type: 'EnvelopeRequested' }>, rev: number): RowChange => {
  const since = event.at;
  switch (event.type) {
    case 'EnvelopeEdited':
      return { contractRev: rev, dueAt: event.dueAt, ...olaOf(event) };
    case 'EnvelopeAccepted':
      return { state: 'accepted', since, expert: refOf(event.by), offeredTo: undefined, leadAsked: undefined };
    case 'EnvelopeDeclined':
      return {
        ...(event.ended ? { state: 'declined', since } : {}),
        declinedBy: [...new Set([...row.declinedBy, event.by.id])],
        offeredTo: event.next,
        leadAsked: event.leadAsked,
      };
    case 'EnvelopeReleased':
      return { state: 'requested', since, expert: undefined, ...olaOf(event) };
    case 'OwnerQueried':
      return { state: 'waiting_on_owner', since };
    case 'QueryAnswered':
      return { state: 'accepted', since, ...olaOf(event) };
    case 'EnvelopeCompleted':
      return { state: 'completed', since, outcome: event.outcome, toTeamId: event.toTeamId, resultRev: rev };
    case 'EnvelopeConfirmed':
      return { state: 'confirmed', since };
    case 'EnvelopeSentBack':
      return {
        state: 'accepted',
        since,
        outcome: undefined,
        toTeamId: undefined,
        resultRev: undefined,
        ...olaOf(event),
      };
    case 'EnvelopeWithdrawn':
      return { state: 'withdrawn', since };
  }
};

const olaOf = ({ olaAt }: Pick<EnvelopeRow, 'olaAt'>): Pick<EnvelopeRow, 'olaAt'> => (olaAt ? { olaAt } : {});

const withoutUndefined = (row: RowChange): EnvelopeRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as EnvelopeRow;

type Credit = NonNullable<Ticket['credit']>;

const credited = (credit: Credit, expert: PersonRef): Credit => {
  const known = credit.find(({ id }) => id === expert.id);
  return known
    ? credit.map((each) => (each === known ? { ...each, answers: each.answers + 1 } : each))
    : [...credit, { ...expert, answers: 1 }];
};

const evolveTask = (ticket: Ticket, event: TaskEvent): EnvelopeFacts => {
  if (event.type === 'TaskAdded') {
    const { task: seq, title, assignee, dueAt, envelope } = event;
    const row: TaskRow = {
      seq,
      title,
      state: 'open',
      assignee,
      ...(dueAt ? { dueAt } : {}),
      ...(envelope === undefined ? {} : { envelope }),
    };
    return { tasks: withoutOldestTasks([...(ticket.tasks ?? []), row]), tasksEver: seq };
  }
  const tasks = (ticket.tasks ?? []).map((row) => (row.seq === event.task ? { ...row, ...taskChange(event) } : row));
  return { tasks: withoutOldestTasks(inOrderOfEnd(tasks, event)) };
};

/** What has just ended stands last, so that the oldest to leave is the one that ended first. */
const inOrderOfEnd = (tasks: readonly TaskRow[], { task }: TaskEvent): readonly TaskRow[] => {
  const hasEnded = ({ seq, state }: TaskRow): boolean => seq === task && state !== 'open';
  return [...tasks.filter((row) => !hasEnded(row)), ...tasks.filter(hasEnded)];
};

const taskChange = (event: Exclude<TaskEvent, { type: 'TaskAdded' }>): Partial<TaskRow> => {
  switch (event.type) {
    case 'TaskAssigned':
      return { assignee: event.assignee };
    case 'TaskFinished':
      return { state: 'done' };
    case 'TaskCancelled':
      return { state: 'cancelled' };
  }
};

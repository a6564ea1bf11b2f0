import type { Change, Effect, ListedEnvelope, ListedTask, OfTicket, QueueEntry } from './effects.ts';
import { type EnvelopeRow, isUnanswered } from './envelope.ts';
import type { TaskRow } from './task.ts';
import { isOpen, ownerOf, type Ticket } from './ticket.ts';
import type { Instant } from './values.ts';

const bucketOf = (ticket: Ticket): QueueEntry['bucket'] => {
  if (ticket.status === 'new') return 'waiting';
  return isOpen(ticket) ? 'open' : 'done';
};

/**
 * The lists a ticket stands on: its team's, everybody's, its owner's until it is closed, its parent's, its requester's,
 * and the look-up by number.
 */
const listsOf = (ticket: Ticket): string[] => {
  const owner = ownerOf(ticket);
  const open = isOpen(ticket);
  return [
    open ? `q:${ticket.teamId}:open` : `q:${ticket.teamId}:closed:${ticket.changedAt.slice(0, 7).replace('-', '')}`,
    ...(open ? ['q:*:open'] : []),
    ...(owner && (open || ticket.status === 'resolved') ? [`a:${owner.id}`] : []),
    ...(ticket.parent ? [`c:${ticket.parent.id}`] : []),
    `r:${ticket.requester.contactId}`,
    `num:${ticket.number}`,
  ];
};

export const projectOf = ({ before, after }: Change): Effect => {
  const on = listsOf(after);
  const owner = ownerOf(after);
  return {
    kind: 'project',
    on,
    off: before ? listsOf(before).filter((list) => !on.includes(list)) : [],
    entry: {
      ticketId: after.id,
      rev: after.rev,
      bucket: bucketOf(after),
      status: after.status,
      priority: after.priority,
      dueAt: after.dueAt,
      number: after.number,
      subject: after.subject,
      requester: after.requester.name,
      requesterId: after.requester.contactId,
      ...(owner ? { ownerName: owner.name } : {}),
    },
  };
};

const ofTicket = (ticket: Ticket): Omit<OfTicket, 'bucket' | 'dueAt'> => {
  const owner = ownerOf(ticket);
  return {
    ticketId: ticket.id,
    rev: ticket.rev,
    priority: ticket.priority,
    number: ticket.number,
    subject: ticket.subject,
    requester: ticket.requester.name,
    ...(owner ? { ownerName: owner.name } : {}),
  };
};

const headerChanged = (before: Ticket | undefined, after: Ticket): boolean =>
  before?.priority !== after.priority ||
  before.subject !== after.subject ||
  before.requester.name !== after.requester.name ||
  ownerOf(before)?.name !== ownerOf(after)?.name;

/** Envelopes stand on their team's list while they are unanswered, and on the list of whoever is asked or has them. */
const envelopeLists = (row: EnvelopeRow | undefined): string[] => {
  if (!row || !isUnanswered(row)) return [];
  const person = row.expert?.id ?? row.offeredTo?.id;
  return [`eq:${row.teamId}`, ...(person ? [`e:${person}`] : [])];
};

const taskLists = (row: TaskRow | undefined): string[] => (row?.state === 'open' ? [`t:${row.assignee.id}`] : []);

/** The lists of envelopes and tasks; only what changed is written again. */
export const rowsOf = ({ before, after }: Change): Effect[] => {
  const all = headerChanged(before, after);
  const envelopes = (after.envelopes ?? []).flatMap((row): Effect[] => {
    const known = before?.envelopes?.find(({ seq }) => seq === row.seq);
    const [on, was] = [envelopeLists(row), envelopeLists(known)];
    if (known === row && !(all && on.length > 0)) return [];
    return [{ kind: 'rows', key: `${after.id}~${row.seq}`, entry: listedEnvelope(after, row), ...moved(on, was) }];
  });
  const tasks = (after.tasks ?? []).flatMap((row): Effect[] => {
    const known = before?.tasks?.find(({ seq }) => seq === row.seq);
    const [on, was] = [taskLists(row), taskLists(known)];
    if (known === row && !(all && on.length > 0)) return [];
    return [{ kind: 'rows', key: `${after.id}~t${row.seq}`, entry: listedTask(after, row), ...moved(on, was) }];
  });
  return [...envelopes, ...tasks].filter(
    (effect) => effect.kind === 'rows' && effect.on.length + effect.off.length > 0,
  );
};

const moved = (on: string[], was: string[]): { on: string[]; off: string[] } => ({
  on,
  off: was.filter((list) => !on.includes(list)),
});

const listedEnvelope = (ticket: Ticket, row: EnvelopeRow): ListedEnvelope => ({
  ...ofTicket(ticket),
  bucket: row.state === 'requested' ? 'waiting' : isUnanswered(row) ? 'open' : 'done',
  dueAt: row.dueAt ?? ticket.dueAt,
  seq: row.seq,
  state: row.state,
  teamId: row.teamId,
  ...(row.expert ? { expertName: row.expert.name } : {}),
});

/** Far ahead of every date: a task without one stands last. */
const NO_DATE = '9999-12-31T00:00:00.000Z' as Instant;

const listedTask = (ticket: Ticket, row: TaskRow): ListedTask => ({
  ...ofTicket(ticket),
  bucket: row.state === 'open' ? 'open' : 'done',
  dueAt: row.dueAt ?? NO_DATE,
  task: row.seq,
  title: row.title,
  assigneeName: row.assignee.name,
});

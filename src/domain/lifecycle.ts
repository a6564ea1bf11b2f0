import type { Action } from './refusals.ts';
import type { Ticket } from './ticket.ts';

const TASKS: readonly Action[] = ['add-task', 'assign-task', 'finish-task', 'cancel-task'];
const SORTING: readonly Action[] = ['triage', 'override-priority', 'set-type', 'tag'];
const RELATIONS: readonly Action[] = [
  'propose-merge',
  'merge',
  'refuse-merge',
  'split',
  'undo-split',
  'link',
  'unlink',
  'declare-major',
  'major-update',
  'parent-update',
];
const TRANSFERS: readonly Action[] = ['propose-transfer', 'confirm-transfer', 'reject-transfer', 'transfer', 'assign'];
const ENVELOPES: readonly Action[] = [
  'request-envelope',
  'withdraw-all',
  'accept-envelope',
  'decline-envelope',
  'release-envelope',
  'query-owner',
  'answer-query',
  'complete-envelope',
  'confirm-envelope',
  'send-back',
  'edit-envelope',
  'withdraw-envelope',
];
const BESIDE: readonly Action[] = [...ENVELOPES, ...TASKS, ...SORTING, ...RELATIONS, ...TRANSFERS];
const WAITING: readonly Action[] = ['note', 'reply', 'reply-resolve', 'ask', 'resume', 'resolve', 'cancel', ...BESIDE];
const ENDED: readonly Action[] = ['tag', 'set-type', 'finish-task', 'cancel-task', 'undo-split', 'parent-update'];

/** What a ticket in each state may be asked; the order is the order of the buttons. The source of every "allowed now" list. */
export const ALLOWED: Readonly<Record<Ticket['status'], readonly Action[]>> = {
  new: [
    'accept',
    'reserve',
    'undo-reserve',
    'reply-resolve',
    'note',
    'offer',
    'decline-offer',
    'route',
    'cancel',
    ...TASKS,
    ...SORTING,
    ...RELATIONS,
  ],
  in_progress: ['note', 'reply', 'reply-resolve', 'ask', 'pend', 'resolve', 'cancel', ...BESIDE],
  pending_customer: WAITING,
  pending_vendor: WAITING,
  pending_change: WAITING,
  resolved: ['note', 'reopen', 'close', ...ENDED, ...TRANSFERS],
  closed: ['note', 'reopen', ...ENDED, ...TRANSFERS],
  cancelled: ['note', 'undo-cancel', 'undo-merge', 'finish-task', 'cancel-task'],
};

export const allows = (ticket: Ticket, action: Action): boolean => ALLOWED[ticket.status].includes(action);

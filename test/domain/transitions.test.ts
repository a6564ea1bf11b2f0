import { describe, expect, test } from '@jest/globals';
import { ALLOWED } from '../../src/domain/lifecycle.ts';
import type { Action, RefusalCode } from '../../src/domain/refusals.ts';
import type { Status } from '../../src/domain/ticket.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  cancels,
  closes,
  type Deed,
  eve,
  lea,
  max,
  notes,
  pends,
  reopens,
  replies,
  repliesAndResolves,
  resolves,
  resumes,
  theDesk,
  undoesCancel,
  vera,
} from '../support/deeds.ts';
import { arrived, given, inState, STATUSES } from '../support/given.ts';

/** The acts that move a ticket from state to state, or could. */
type Step =
  | 'accept'
  | 'note'
  | 'reply'
  | 'reply-resolve'
  | 'ask'
  | 'pend'
  | 'resume'
  | 'resolve'
  | 'reopen'
  | 'close'
  | 'cancel'
  | 'undo-cancel';

/** What leads where: written out by hand, so that the table of the domain is held against a second opinion. */
const LEADS: Readonly<Record<Status, Partial<Record<Step, Status>>>> = {
  new: { accept: 'in_progress', 'reply-resolve': 'resolved', note: 'new', cancel: 'cancelled' },
  in_progress: {
    note: 'in_progress',
    reply: 'in_progress',
    'reply-resolve': 'resolved',
    ask: 'pending_customer',
    pend: 'pending_vendor',
    resolve: 'resolved',
    cancel: 'cancelled',
  },
  pending_customer: {
    note: 'pending_customer',
    reply: 'pending_customer',
    'reply-resolve': 'resolved',
    ask: 'pending_customer',
    resume: 'in_progress',
    resolve: 'resolved',
    cancel: 'cancelled',
  },
  pending_vendor: {
    note: 'pending_vendor',
    reply: 'pending_vendor',
    'reply-resolve': 'resolved',
    ask: 'pending_customer',
    resume: 'in_progress',
    resolve: 'resolved',
    cancel: 'cancelled',
  },
  pending_change: {
    note: 'pending_change',
    reply: 'pending_change',
    'reply-resolve': 'resolved',
    ask: 'pending_customer',
    resume: 'in_progress',
    resolve: 'resolved',
    cancel: 'cancelled',
  },
  resolved: { note: 'resolved', reopen: 'in_progress', close: 'closed' },
  closed: { note: 'closed', reopen: 'in_progress' },
  cancelled: { note: 'cancelled', 'undo-cancel': 'in_progress' },
};

const WORKED: readonly Status[] = ['in_progress', 'pending_customer', 'pending_vendor', 'pending_change'];
const OPEN: readonly Status[] = ['new', ...WORKED];
const SOLVED: readonly Status[] = ['resolved', 'closed'];

/** Everything else that may be asked, and in which states: by hand as well. */
const BESIDE: Readonly<Record<Exclude<Action, Step>, readonly Status[]>> = {
  reserve: ['new'],
  'undo-reserve': ['new'],
  offer: ['new'],
  'decline-offer': ['new'],
  route: ['new'],
  assign: [...WORKED, ...SOLVED],
  'propose-transfer': [...WORKED, ...SOLVED],
  'confirm-transfer': [...WORKED, ...SOLVED],
  'reject-transfer': [...WORKED, ...SOLVED],
  transfer: [...WORKED, ...SOLVED],
  'request-envelope': WORKED,
  'edit-envelope': WORKED,
  'withdraw-envelope': WORKED,
  'withdraw-all': WORKED,
  'accept-envelope': WORKED,
  'decline-envelope': WORKED,
  'release-envelope': WORKED,
  'query-owner': WORKED,
  'answer-query': WORKED,
  'complete-envelope': WORKED,
  'confirm-envelope': WORKED,
  'send-back': WORKED,
  'add-task': OPEN,
  'assign-task': OPEN,
  'finish-task': STATUSES,
  'cancel-task': STATUSES,
  triage: OPEN,
  'override-priority': OPEN,
  'set-type': [...OPEN, ...SOLVED],
  tag: [...OPEN, ...SOLVED],
  'propose-merge': OPEN,
  merge: OPEN,
  'refuse-merge': OPEN,
  'undo-merge': ['cancelled'],
  split: OPEN,
  'undo-split': [...OPEN, ...SOLVED],
  link: OPEN,
  unlink: OPEN,
  /** Asked of an alert, not of a state. */
  'acknowledge-alert': [],
  'declare-major': OPEN,
  'major-update': OPEN,
  'parent-update': [...OPEN, ...SOLVED],
};

const BY: Readonly<Record<Step, (by: PersonActor) => Deed>> = {
  accept: accepts,
  note: notes,
  reply: replies,
  'reply-resolve': repliesAndResolves,
  ask: asks,
  pend: (by) => pends(by, 'vendor'),
  resume: resumes,
  resolve: resolves,
  reopen: reopens,
  close: closes,
  cancel: (by) => cancels(by, 'spam'),
  'undo-cancel': undoesCancel,
};
/** What is said to be allowed: of the two ways to undo, a ticket that was cancelled has one. */
const SAID = { ...ALLOWED, cancelled: ALLOWED.cancelled.filter((action) => action !== 'undo-merge') };
const STEPS = Object.keys(BY) as Step[];
const everyPair = STATUSES.flatMap((status) => STEPS.map((action) => [status, action] as const));
const allowed = everyPair.filter(([status, action]) => LEADS[status][action] !== undefined);
const forbidden = everyPair.filter(([status, action]) => LEADS[status][action] === undefined);

/** Accepting is answered with the owner's name; a new ticket says that it wants an owner first. */
const refusalOf = (status: Status, action: Step): RefusalCode => {
  if (action === 'accept') return 'owner-is-set';
  const ending = action === 'close' || action === 'undo-cancel';
  return status === 'new' && !ending ? 'no-owner-yet' : 'not-allowed-now';
};

describe('what a ticket may be asked', () => {
  test.each(STATUSES)('%s: the list of what is allowed is the list of what works', (status) => {
    const beside = Object.entries(BESIDE).flatMap(([action, where]) => (where.includes(status) ? [action] : []));
    expect([...ALLOWED[status]].sort()).toEqual([...Object.keys(LEADS[status]), ...beside].sort());
  });

  test.each(allowed)('%s: %s is decided', (status, action) => {
    given(inState(ana)[status]).when(BY[action](ana)).thenTicket({ status: LEADS[status][action] });
  });

  test.each(forbidden)('%s: %s is refused, and the refusal says what helps', (status, action) => {
    given(inState(ana)[status])
      .when(BY[action](ana))
      .thenRefused(
        refusalOf(status, action),
        action === 'accept' ? { owner: { id: ana.id, name: ana.name } } : { allowed: SAID[status] },
      );
  });

  test('a cancelled ticket that nobody owned is not accepted either', () => {
    given(arrived(), cancels(ana, 'spam'))
      .when(accepts(ben))
      .thenRefused('not-allowed-now', { allowed: SAID.cancelled });
    given(arrived(), cancels(ana, 'spam'))
      .when(repliesAndResolves(ben))
      .thenRefused('not-allowed-now', { allowed: SAID.cancelled });
  });
});

describe('who may ask it', () => {
  const others: readonly Step[] = STEPS.filter((action) => action !== 'note' && action !== 'accept');
  const ofTheOwner = allowed.filter(([status, action]) => status !== 'new' && others.includes(action));
  const endings: readonly Step[] = ['cancel', 'undo-cancel', 'close'];

  test.each(ofTheOwner)('%s: %s is refused to a colleague, who learns the owner', (status, action) => {
    given(inState(ana)[status])
      .when(BY[action](ben))
      .thenRefused('only-the-owner', { owner: { id: ana.id, name: ana.name } });
  });

  test.each(ofTheOwner.filter(([, action]) => !endings.includes(action)))(
    '%s: %s is refused to a lead too: one voice',
    (status, action) => {
      given(inState(ana)[status]).when(BY[action](lea)).thenRefused('only-the-owner');
    },
  );

  test.each(ofTheOwner.filter(([, action]) => endings.includes(action)))(
    '%s: %s is open to a lead and a manager',
    (status, action) => {
      given(inState(ana)[status]).when(BY[action](lea)).thenTicket({ status: LEADS[status][action], ownerId: ana.id });
      given(inState(ana)[status]).when(BY[action](max)).thenTicket({ status: LEADS[status][action], ownerId: ana.id });
    },
  );

  test.each(allowed.filter(([, action]) => action !== 'note'))(
    '%s: %s is refused to an auditor and to an expert',
    (status, action) => {
      given(inState(ana)[status]).when(BY[action](vera)).thenRefused('role-may-not');
      given(inState(ana)[status]).when(BY[action](eve)).thenRefused('role-may-not');
    },
  );

  test.each(STATUSES)('%s: anyone of the desk may leave a note, an auditor may not', (status) => {
    given(inState(ana)[status]).when(notes(ben)).then({ type: 'NoteAdded', by: ben });
    given(inState(ana)[status]).when(notes(eve)).then({ type: 'NoteAdded', by: eve });
    given(inState(ana)[status]).when(notes(vera)).thenRefused('role-may-not');
  });

  test('anyone who works tickets may cancel one that nobody owns, and undo that', () => {
    given(arrived()).when(cancels(ben, 'spam')).thenTicket({ status: 'cancelled', ownerId: undefined });
    given(arrived(), cancels(ben, 'spam')).when(undoesCancel(ana)).thenTicket({ status: 'new', ownerId: undefined });
  });

  test('the desk itself closes what has been resolved long enough', () => {
    given(inState(ana).resolved).when(closes(theDesk)).then({ type: 'TicketClosed', by: theDesk });
  });
});

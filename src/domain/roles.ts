import type { PersonCommand } from './commands.ts';
import type { PersonActor, Role } from './values.ts';

/** What a person may ask of the desk itself, beside the commands on a ticket. */
export type DeskAct =
  'open' | 'start-cover' | 'end-cover' | 'move-leaver' | 'bulk' | 'report-transfers' | 'merge-contacts' | 'read';

/** Who works tickets: experts help through envelopes, auditors read. */
const WORKS = ['agent', 'team_lead', 'manager', 'admin'] as const satisfies readonly Role[];
const LEADS = ['team_lead', 'manager', 'admin'] as const satisfies readonly Role[];
const HELPS = ['agent', 'expert', 'team_lead', 'manager', 'admin'] as const satisfies readonly Role[];
const LINE = ['team_lead', 'manager'] as const satisfies readonly Role[];
const MANAGES = ['manager', 'admin'] as const satisfies readonly Role[];
const ALL = [...HELPS, 'auditor'] as const satisfies readonly Role[];

/**
 * What each role may do, as one table: a role that is not named may not, whatever the ticket. Who of them may do it with
 * this very ticket (its owner, a member of the team, a lead) is decided by the rules after it.
 */
export const MAY: Readonly<Record<PersonCommand['type'] | DeskAct, readonly Role[]>> = {
  accept: WORKS,
  reserve: WORKS,
  'undo-reserve': WORKS,
  assign: HELPS,
  offer: LEADS,
  'decline-offer': WORKS,
  route: WORKS,
  'propose-transfer': LINE,
  'confirm-transfer': [...LINE, 'admin'],
  'reject-transfer': [...LINE, 'admin'],
  transfer: [...LINE, 'admin'],
  note: HELPS,
  reply: WORKS,
  'reply-resolve': WORKS,
  ask: WORKS,
  pend: WORKS,
  resume: WORKS,
  resolve: WORKS,
  reopen: WORKS,
  close: WORKS,
  cancel: WORKS,
  'undo-cancel': WORKS,
  'request-envelope': WORKS,
  'edit-envelope': WORKS,
  'withdraw-envelope': WORKS,
  'withdraw-all': WORKS,
  'answer-query': WORKS,
  'confirm-envelope': WORKS,
  'send-back': WORKS,
  'accept-envelope': HELPS,
  'decline-envelope': HELPS,
  'release-envelope': HELPS,
  'query-owner': HELPS,
  'complete-envelope': HELPS,
  'add-task': HELPS,
  'assign-task': HELPS,
  'finish-task': HELPS,
  'cancel-task': HELPS,
  triage: WORKS,
  'override-priority': LEADS,
  'set-type': WORKS,
  tag: WORKS,
  'propose-merge': WORKS,
  merge: WORKS,
  'refuse-merge': WORKS,
  'undo-merge': WORKS,
  split: WORKS,
  'undo-split': WORKS,
  link: WORKS,
  unlink: WORKS,
  'acknowledge-alert': HELPS,
  'declare-major': MANAGES,
  'major-update': HELPS,
  'parent-update': WORKS,
  open: WORKS,
  'start-cover': WORKS,
  'end-cover': WORKS,
  'move-leaver': LINE,
  bulk: WORKS,
  'report-transfers': [...LEADS, 'auditor'],
  'merge-contacts': WORKS,
  read: ALL,
};

export const mayRole = (by: Pick<PersonActor, 'roles'>, act: PersonCommand['type'] | DeskAct): boolean =>
  by.roles.some((role) => MAY[act].includes(role));

export const isLead = (by: Pick<PersonActor, 'roles'>): boolean =>
  by.roles.some((role) => (LEADS as readonly Role[]).includes(role));

/** Who may give help: auditors only read. */
export const mayHelp = (person: Pick<PersonActor, 'roles'>): boolean => mayRole(person, 'accept-envelope');

/** Who may ever own a ticket: the roles that accept. */
export const mayOwn = (person: { readonly roles: readonly Role[]; readonly shared?: boolean }): boolean =>
  person.shared !== true && mayRole(person, 'accept');

import { describe, expect, test } from '@jest/globals';
import { isLead, MAY, mayOwn, mayRole } from '../../src/domain/roles.ts';
import type { Role } from '../../src/domain/values.ts';

const ROLES: readonly Role[] = ['agent', 'expert', 'team_lead', 'manager', 'admin', 'auditor'];

/** The same table by hand, a column for each role in that order: who accepts, who helps, who leads, who reads. */
const TABLE: Readonly<Record<keyof typeof MAY, string>> = {
  accept: 'x-xxx-',
  reserve: 'x-xxx-',
  'undo-reserve': 'x-xxx-',
  assign: 'xxxxx-',
  offer: '--xxx-',
  'decline-offer': 'x-xxx-',
  route: 'x-xxx-',
  'propose-transfer': '--xx--',
  'confirm-transfer': '--xxx-',
  'reject-transfer': '--xxx-',
  transfer: '--xxx-',
  note: 'xxxxx-',
  reply: 'x-xxx-',
  'reply-resolve': 'x-xxx-',
  ask: 'x-xxx-',
  pend: 'x-xxx-',
  resume: 'x-xxx-',
  resolve: 'x-xxx-',
  reopen: 'x-xxx-',
  close: 'x-xxx-',
  cancel: 'x-xxx-',
  'undo-cancel': 'x-xxx-',
  'request-envelope': 'x-xxx-',
  'edit-envelope': 'x-xxx-',
  'withdraw-envelope': 'x-xxx-',
  'withdraw-all': 'x-xxx-',
  'answer-query': 'x-xxx-',
  'confirm-envelope': 'x-xxx-',
  'send-back': 'x-xxx-',
  'accept-envelope': 'xxxxx-',
  'decline-envelope': 'xxxxx-',
  'release-envelope': 'xxxxx-',
  'query-owner': 'xxxxx-',
  'complete-envelope': 'xxxxx-',
  'add-task': 'xxxxx-',
  'assign-task': 'xxxxx-',
  'finish-task': 'xxxxx-',
  'cancel-task': 'xxxxx-',
  triage: 'x-xxx-',
  'override-priority': '--xxx-',
  'set-type': 'x-xxx-',
  tag: 'x-xxx-',
  'propose-merge': 'x-xxx-',
  merge: 'x-xxx-',
  'refuse-merge': 'x-xxx-',
  'undo-merge': 'x-xxx-',
  split: 'x-xxx-',
  'undo-split': 'x-xxx-',
  link: 'x-xxx-',
  unlink: 'x-xxx-',
  'acknowledge-alert': 'xxxxx-',
  'declare-major': '---xx-',
  'major-update': 'xxxxx-',
  'parent-update': 'x-xxx-',
  open: 'x-xxx-',
  'start-cover': 'x-xxx-',
  'end-cover': 'x-xxx-',
  'move-leaver': '--xx--',
  bulk: 'x-xxx-',
  'report-transfers': '--xxxx',
  'merge-contacts': 'x-xxx-',
  read: 'xxxxxx',
};
const ACTS = Object.keys(TABLE) as (keyof typeof MAY)[];

describe('what each role may do', () => {
  test.each(ACTS)('%s', (act) => {
    const said = ROLES.map((role) => (mayRole({ roles: [role] }, act) ? 'x' : '-')).join('');
    expect(said).toBe(TABLE[act]);
  });

  test('the table has these acts and no others', () => {
    expect(Object.keys(MAY).sort()).toEqual([...ACTS].sort());
  });

  test('who has no role may nothing, and who has two may what either may', () => {
    for (const act of ACTS) expect(mayRole({ roles: [] }, act)).toBe(false);
    expect(mayRole({ roles: ['auditor', 'expert'] }, 'note')).toBe(true);
    expect(mayRole({ roles: ['expert', 'agent'] }, 'accept')).toBe(true);
  });
});

test('an auditor reads, and nothing else on a ticket', () => {
  expect(ACTS.filter((act) => MAY[act].includes('auditor'))).toEqual(['report-transfers', 'read']);
});

test('leads are team leads, managers and admins', () => {
  expect(ROLES.filter((role) => isLead({ roles: [role] }))).toEqual(['team_lead', 'manager', 'admin']);
});

test('whoever accepts may own, but for an account that many use', () => {
  expect(ROLES.filter((role) => mayOwn({ roles: [role] }))).toEqual(['agent', 'team_lead', 'manager', 'admin']);
  expect(mayOwn({ roles: ['agent'], shared: true })).toBe(false);
  expect(mayOwn({ roles: ['agent'], shared: false })).toBe(true);
});

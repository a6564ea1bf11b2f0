import type { RefusalCode } from '../domain/refusals.ts';

/** How a refusal leaves the house: HTTP status and how loud it is logged. A new refusal without a row does not compile. */
export const REFUSAL_STATUS: Readonly<
  Record<RefusalCode, { readonly status: number; readonly level: 'info' | 'warn' }>
> = {
  'owner-is-set': { status: 409, level: 'info' },
  'no-owner-yet': { status: 409, level: 'info' },
  'only-the-owner': { status: 403, level: 'info' },
  'not-allowed-now': { status: 409, level: 'info' },
  'not-found': { status: 404, level: 'info' },
  'text-missing': { status: 422, level: 'info' },
  'text-too-long': { status: 422, level: 'info' },
  'reason-missing': { status: 422, level: 'info' },
  'follow-up-date-missing': { status: 422, level: 'info' },
  'follow-up-date-past': { status: 422, level: 'info' },
  'duplicate-target-missing': { status: 422, level: 'info' },
  'undo-too-late': { status: 409, level: 'info' },
  'reopen-too-late': { status: 409, level: 'info' },
  'role-may-not': { status: 403, level: 'warn' },
  'no-address': { status: 409, level: 'info' },
  'team-unknown': { status: 404, level: 'info' },
  'busy-try-again': { status: 503, level: 'warn' },
  'unknown-command': { status: 400, level: 'info' },
};

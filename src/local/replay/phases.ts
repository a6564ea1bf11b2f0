import type { LogState } from './read-log.ts';
import type { Deed } from './steps.ts';

/** Where a ticket stands by the log, in the desk's terms; `vendor` and `change` are what it is pending for. */
export type Phase = 'working' | 'customer' | 'vendor' | 'change' | 'resolved' | 'closed';

export const isEnded = (phase: Phase): boolean => phase === 'resolved' || phase === 'closed';

/** ServiceNow's states as the desk's; a problem is waited for like a change, evidence like a vendor. */
export const PHASES: Readonly<Record<Exclude<LogState, 'New'>, Phase>> = {
  Active: 'working',
  'Awaiting User Info': 'customer',
  'Awaiting Vendor': 'vendor',
  'Awaiting Evidence': 'vendor',
  'Awaiting Problem': 'change',
  Resolved: 'resolved',
  Closed: 'closed',
};

/** By the ways the desk has: whoever waits resumes before they wait for somebody else. */
export const waysTo = (from: Phase, to: Phase): readonly Deed[] => {
  const resumed: readonly Deed[] = from === 'working' ? [] : [{ do: 'resume' }];
  switch (to) {
    case 'working':
      return resumed;
    case 'customer':
      return [{ do: 'ask' }];
    case 'vendor':
    case 'change':
      return [...resumed, { do: 'pend', for: to }];
    case 'resolved':
      return [{ do: 'resolve' }];
    case 'closed':
      return from === 'resolved' ? [{ do: 'close' }] : [{ do: 'resolve' }, { do: 'close' }];
  }
};

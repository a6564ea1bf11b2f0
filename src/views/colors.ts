import type { Status } from '../domain/ticket.ts';
import type { Priority } from '../domain/values.ts';

/** The client's own names of colours, so that they fit its theme and its contrast. */
export const STATUS_COLOR: Readonly<Record<Status, string>> = {
  new: 'Accent',
  in_progress: 'Default',
  pending_customer: 'Warning',
  pending_vendor: 'Warning',
  pending_change: 'Warning',
  resolved: 'Good',
  closed: 'Default',
  cancelled: 'Default',
};
export const PRIORITY_COLOR: Readonly<Record<Priority, string>> = {
  P1: 'Attention',
  P2: 'Warning',
  P3: 'Default',
  P4: 'Default',
};

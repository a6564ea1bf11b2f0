import type { LeaverWish } from '../../application/leaver-service.ts';
import { type Instant, personId, type PersonId, startOfDay } from '../../domain/values.ts';
import { type CardAction, textOf } from './activity.ts';

const REASONS = ['termination', 'extended_leave'] as const;

/** A bare day, as a date input gives it, from its beginning. */
const dayIn = ({ data }: CardAction, field: string): Instant | undefined => startOfDay(textOf(data, field), 'UTC');

export const transferReasonIn = ({ data }: CardAction): LeaverWish['reason'] & string =>
  REASONS.find((each) => each === textOf(data, 'transferReason')) ?? 'other';

export const leaveIn = (action: CardAction): Pick<LeaverWish, 'from' | 'until'> => {
  const [from, until] = [dayIn(action, 'leaveFrom'), dayIn(action, 'leaveUntil')];
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
};

/** What the form of a leaver asks: who goes, who takes over, why, and what proves it. */
export const leaverWish = (action: CardAction, named: (field: 'leaver' | 'to') => PersonId): LeaverWish => ({
  owner: named('leaver'),
  takers: textOf(action.data, 'toId').includes(',')
    ? textOf(action.data, 'toId')
        .split(',')
        .filter((each) => each !== '')
        .map(personId)
    : [named('to')],
  reason: transferReasonIn(action),
  evidence: textOf(action.data, 'evidence'),
  ...leaveIn(action),
});

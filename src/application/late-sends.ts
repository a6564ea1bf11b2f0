import { type Instant, instantOf, millisecondsOf } from '../domain/values.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries, Delivery, DeliveryChannel } from './ports/deliveries.ts';

export interface LateSendsParts {
  readonly deliveries: Pick<Deliveries, 'due'>;
  readonly alarms: Pick<Alarms, 'raiseHourly'>;
  readonly clock: Clock;
  /** Who looks. */
  readonly holder: string;
}

const CHANNELS: readonly DeliveryChannel[] = ['teams', 'mail', 'internal-mail'];
const LATE_MS = 5 * 60_000;

/**
 * Whether what is to be sent is sent: a send that fails is put off, and so is overdue no more; one that is overdue for long is one
 * that nobody tries. At most one alarm an hour tells of the longest.
 */
export const lookForLateSends = async ({ deliveries, alarms, clock, holder }: LateSendsParts): Promise<void> => {
  const until = clock.now();
  const at = instantOf(millisecondsOf(until) - LATE_MS);
  const found = await Promise.all(CHANNELS.map((channel) => deliveries.due(channel, { at, limit: 1 })));
  const [longest] = found.flat().sort(byDue);
  if (longest)
    await alarms.raiseHourly({
      kind: 'sends-late',
      from: longest.dueAt,
      until,
      by: holder,
      channel: longest.job.channel,
    });
};

const byDue = (a: Delivery, b: Delivery): number => compare(a.dueAt, b.dueAt);
const compare = (a: Instant, b: Instant): number => (a < b ? -1 : a > b ? 1 : 0);

import type { Instant } from '../../domain/values.ts';
import type { DeliveryChannel } from './deliveries.ts';

/**
 * What the desk tells of itself, to those who run it. `sweeper-silent`: nobody watched the clocks of the tickets · `sends-late`:
 * something waits to be sent, and nobody seems to try.
 */
export interface Alarm {
  /** Made of the kind and `from`. */
  readonly id: string;
  readonly kind: 'sweeper-silent' | 'sends-late';
  /** The last sign of life, or when the longest overdue was to be sent. */
  readonly from: Instant;
  /** When it was found out. */
  readonly until: Instant;
  /** The process that was silent. */
  readonly before?: string;
  /** The process that found it out; of a silent sweeper, the one that sweeps from now on. */
  readonly by: string;
  /** Of what is sent late. */
  readonly channel?: DeliveryChannel;
}

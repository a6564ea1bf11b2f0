import type { Clock } from '../../application/ports/clock.ts';
import type { TicketStore } from '../../application/ports/ticket-store.ts';
import type { Timers } from '../../application/ports/timers.ts';
import type { CommandOutcome } from '../../application/run-command.ts';
import type { Ask } from '../../application/ticket-service.ts';
import type { Core } from '../../core.ts';
import type { Instant, PersonActor, TicketId } from '../../domain/values.ts';
import type { DeskOfLog } from './desk-of-log.ts';
import { type Tally, timed } from './tally.ts';

/** The desk on which a log is played: the real services over a real store. */
export interface Stage {
  readonly core: Pick<Core, 'service' | 'settle' | 'relay'>;
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly timers: Pick<Timers, 'due'>;
  readonly desk: DeskOfLog;
  readonly clock: Pick<Clock, 'now'> & { set(to: Instant): void };
  readonly tally: Tally;
}

/** One incident while it is played. */
export interface Played {
  readonly incident: string;
  readonly id: TicketId;
  owner?: PersonActor;
  /** The desk's numbers of the planned envelopes that were really sent. */
  readonly envelopes: Map<number, number>;
}

/** One command through the service, counted. */
export const send = (stage: Stage, { id }: Played, ask: Ask): Promise<CommandOutcome> =>
  timed(stage.tally, ask.type, () => stage.core.service.act(id, ask));

import { ticketId } from '../domain/values.ts';
import type { AlertServices } from './alert-services.ts';
import { coveredBy, type CoverService } from './cover-service.ts';
import { caseIn, type LeaverService } from './leaver-service.ts';
import type { SweeperParts } from './sweeper.ts';
import type { tickOf } from './ticket-clock.ts';

export interface DueParts {
  readonly covers: Pick<CoverService, 'ended'>;
  readonly leavers: Pick<LeaverService, 'ask'>;
  readonly alerting: Pick<AlertServices, 'fire'>;
  readonly tick: ReturnType<typeof tickOf>;
}

/** Whose timer it is, and what they do: a cover's end, a leaver's case, a digest, rules that begin, or a ticket's own clock. */
export const whatIsDue =
  ({ covers, leavers, alerting, tick }: DueParts): SweeperParts['fire'] =>
  async (subject, { now, rev }) => {
    const owner = coveredBy(subject);
    if (owner !== undefined) return covers.ended(owner, now);
    const leaving = caseIn(subject);
    if (leaving !== undefined) return leavers.ask(leaving, { rev, now });
    const alerted = alerting.fire(subject);
    return alerted ? alerted(now) : tick(ticketId(subject), now);
  };

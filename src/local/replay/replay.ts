import type { Clock } from '../../application/ports/clock.ts';
import type { Log } from '../../application/ports/log.ts';
import { coreOf } from '../../core.ts';
import { type Instant, instantOf } from '../../domain/values.ts';
import { signedMessageIds } from '../../outbound/graph/message-ids.ts';
import { systemClock } from '../../outbound/machine.ts';
import { openStores } from '../../stores.ts';
import { type Audit, audit } from './audit.ts';
import { deskOfLog } from './desk-of-log.ts';
import { type Incident, incidentsOf, planOf } from './plan.ts';
import { play } from './play.ts';
import type { AuditLog } from './read-log.ts';
import { type Step, UNKNOWN_AGENT } from './steps.ts';
import { count, newTally, type Tally } from './tally.ts';

/** What a replay found. `seconds`: how long the playing took, without reading the file and the audit. */
export interface Replayed {
  readonly log: AuditLog;
  readonly incidents: number;
  /** Incidents in which the log never names an assignee. */
  readonly neverAssigned: readonly string[];
  readonly byUnknown: number;
  readonly reassignments: number;
  readonly tally: Tally;
  readonly audit: Audit;
  readonly seconds: number;
}

export interface ReplayOptions {
  /** An empty folder for the store. */
  readonly folder: string;
  /** Hears how far it is. */
  readonly finished?: (incidents: number) => void;
}

/** Plays a log against the real services in an empty store, which is closed again afterwards. Errors: StoreError. */
export const replay = async (log: AuditLog, { folder, finished }: ReplayOptions): Promise<Replayed> => {
  const incidents = incidentsOf(log.rows);
  const plans = incidents.map(planOf);
  const desk = deskOfLog(log.rows);
  const clock = logClock(plans.flat());
  const tally = newTally();
  const stores = await openStores({ folder, clock });
  try {
    const messageIds = signedMessageIds('only-for-replays');
    const core = coreOf({ config: desk.config, clock, log: countingLog(tally), messageIds }, stores);
    const began = performance.now();
    const tickets = await play({ core, tickets: stores.tickets, desk, clock, tally }, plans, finished);
    const seconds = (performance.now() - began) / 1_000;
    const accepting = new Map(
      plans.flat().flatMap((step) => (step.do === 'accept' ? [[step.incident, step.agent]] : [])),
    );
    const expected = [...tickets].map(([incident, id]) => {
      const owner = accepting.get(incident);
      return { incident, id, owner: owner === undefined ? undefined : desk.agent(owner).id };
    });
    return {
      log,
      incidents: incidents.length,
      neverAssigned: incidents.map(({ number }) => number).filter((number) => !accepting.has(number)),
      byUnknown: [...accepting.values()].filter((agent) => agent === UNKNOWN_AGENT).length,
      reassignments: incidents.map(mostReassigned).reduce((sum, each) => sum + each, 0),
      tally,
      audit: await audit(stores.tickets, expected),
      seconds,
    };
  } finally {
    await stores.close();
  }
};

/** The count only ever grows, so its highest is the last. */
const mostReassigned = ({ rows }: Incident): number =>
  rows.reduce((most, { reassignments }) => Math.max(most, reassignments), 0);

/** The time of the log; it goes only where it is set to. */
const logClock = (steps: readonly Step[]): Clock & { set(to: Instant): void } => {
  let now = steps.map(({ at }) => at).sort()[0] ?? instantOf(0);
  return {
    now: () => now,
    sleep: systemClock.sleep,
    set: (to) => {
      now = to;
    },
  };
};

const countingLog = ({ logged }: Tally): Log => {
  const heard = (event: string): void => {
    count(logged, event);
  };
  return { info: () => undefined, warn: heard, error: heard };
};

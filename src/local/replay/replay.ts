import type { Clock } from '../../application/ports/clock.ts';
import type { Log } from '../../application/ports/log.ts';
import { type Core, coreOf } from '../../core.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { type Instant, instantOf, type TicketId } from '../../domain/values.ts';
import { signedMessageIds } from '../../outbound/graph/message-ids.ts';
import { systemClock } from '../../outbound/machine.ts';
import { openStores, type Stores } from '../../stores.ts';
import { type Audit, audit, type Expected } from './audit.ts';
import { type DeskOfLog, deskOfLog } from './desk-of-log.ts';
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
  /** The hours of all teams; without them no hour is closed. */
  readonly calendar?: Calendar;
  /** Hears how far it is. */
  readonly finished?: (incidents: number) => void;
  /** Looks at the desk when all is played, before its store is closed. */
  readonly afterwards?: (desk: PlayedDesk) => Promise<void>;
}

export interface PlayedDesk {
  readonly core: Core;
  readonly stores: Stores;
  readonly people: DeskOfLog;
  /** The ticket of each incident. */
  readonly tickets: ReadonlyMap<string, TicketId>;
  /** The moment of the last step. */
  readonly until: Instant;
}

/** Plays a log against the real services in an empty store, which is closed again afterwards. Errors: StoreError. */
export const replay = async (log: AuditLog, options: ReplayOptions): Promise<Replayed> => {
  const incidents = incidentsOf(log.rows);
  const plans = incidents.map(planOf);
  const desk = deskOfLog(log.rows, options.calendar);
  const clock = logClock(plans.flat());
  const tally = newTally();
  const stores = await openStores({ folder: options.folder, clock });
  try {
    const messageIds = signedMessageIds('only-for-replays');
    const core = coreOf({ config: desk.config, clock, log: countingLog(tally), messageIds }, stores);
    await core.matrix.load();
    const began = performance.now();
    const tickets = await play({ core, ...stores, desk, clock, tally }, plans, options.finished);
    const seconds = (performance.now() - began) / 1_000;
    const accepting = acceptingIn(plans.flat());
    await options.afterwards?.({ core, stores, people: desk, tickets, until: clock.now() });
    return {
      log,
      incidents: incidents.length,
      neverAssigned: incidents.map(({ number }) => number).filter((number) => !accepting.has(number)),
      byUnknown: [...accepting.values()].filter((agent) => agent === UNKNOWN_AGENT).length,
      reassignments: incidents.map(mostReassigned).reduce((sum, each) => sum + each, 0),
      tally,
      audit: await audit(stores.tickets, expectedOf({ tickets, accepting, desk })),
      seconds,
    };
  } finally {
    await stores.close();
  }
};

/** Who accepts each incident first, under their names in the log. */
const acceptingIn = (steps: readonly Step[]): ReadonlyMap<string, string> =>
  new Map(steps.flatMap((step) => (step.do === 'accept' ? [[step.incident, step.agent]] : [])));

const expectedOf = ({
  tickets,
  accepting,
  desk,
}: {
  readonly tickets: ReadonlyMap<string, TicketId>;
  readonly accepting: ReadonlyMap<string, string>;
  readonly desk: DeskOfLog;
}): readonly Expected[] =>
  [...tickets].map(([incident, id]) => {
    const owner = accepting.get(incident);
    return { incident, id, owner: owner === undefined ? undefined : desk.agent(owner).id };
  });

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

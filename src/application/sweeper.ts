import type { Instant } from '../domain/values.ts';
import { loop, type Loop } from './loop.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { DueTimer, Timers } from './ports/timers.ts';
import type { SweepWatch } from './sweep-watch.ts';

export interface SweeperParts {
  readonly timers: Timers;
  /**
   * Does what is due for the subject; twice is harmless. Answers when it is due next where it is not due yet: what stands in
   * the timer may be old. Undefined: nothing is left to wait for, or it changed and so will set its timer itself.
   */
  readonly fire: (
    subject: string,
    due: { readonly dueAt: Instant; readonly rev: number; readonly now: Instant },
  ) => Promise<Instant | undefined>;
  /** Decides whether it is for this process to sweep. */
  readonly watch: SweepWatch;
  readonly clock: Clock;
  readonly log: Log;
}

const PAGE = 200;
const LANES = 8;
const LONGEST_REST = 256;

/** After faults a timer rests for so many rounds; counted in rounds, so that a clock set back cannot make it rest for long. */
interface Rest {
  readonly rev: number;
  readonly faults: number;
  rounds: number;
}
type Resting = Map<string, Rest>;

/**
 * Fires what is due, then forgets it: a kill in between fires it again. One that fails stays, rests longer each time and holds
 * up no other. It keeps no place: what was set late, or fell due while nobody looked, is due at the next look. Of several
 * processes one sweeps; that two do so for a moment does no harm, for every act compares versions.
 */
export const sweeper = (parts: SweeperParts): Loop => {
  const resting: Resting = new Map();
  const round = (): Promise<boolean> =>
    parts.watch.during(async (holds) => {
      const waiting = await awake(parts, resting);
      const more = waiting.length === PAGE;
      await inLanes(waiting, async (timer) => {
        if (await holds()) await sweep(parts, timer, resting);
      });
      return more;
    });
  const sweeping = loop({ name: 'sweeper', pauseMs: 1_000, clock: parts.clock, log: parts.log, round });
  return {
    ...sweeping,
    run: async (signal) => {
      await sweeping.run(signal);
      await parts.watch.end();
    },
  };
};

/** The longest due, without those that rest; who is due no more has no rest to keep. */
const awake = async ({ timers, clock }: SweeperParts, resting: Resting): Promise<DueTimer[]> => {
  const found: DueTimer[] = [];
  const met = new Set<string>();
  for await (const timer of timers.due(clock.now())) {
    met.add(timer.subject);
    const rest = resting.get(timer.subject);
    if (rest?.rev === timer.rev && rest.rounds > 0) rest.rounds -= 1;
    else if (found.push(timer) === PAGE) return found;
  }
  for (const subject of resting.keys()) if (!met.has(subject)) resting.delete(subject);
  return found;
};

const inLanes = async (waiting: DueTimer[], work: (timer: DueTimer) => Promise<void>): Promise<void> => {
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
};

const sweep = async (parts: SweeperParts, timer: DueTimer, resting: Resting): Promise<void> => {
  const now = parts.clock.now();
  if (timer.dueAt > now) return;
  const fired = await attempt(parts, timer, now);
  if (fired === 'fault') {
    const known = resting.get(timer.subject);
    const faults = known?.rev === timer.rev ? known.faults + 1 : 1;
    resting.set(timer.subject, { rev: timer.rev, faults, rounds: Math.min(2 ** (faults - 1), LONGEST_REST) });
    return;
  }
  await (fired.next === undefined ? parts.timers.forget(timer) : parts.timers.postpone(timer, fired.next));
};

const attempt = async (
  { fire, log }: SweeperParts,
  { subject, dueAt, rev }: DueTimer,
  now: Instant,
): Promise<{ next: Instant | undefined } | 'fault'> => {
  try {
    return { next: await fire(subject, { dueAt, rev, now }) };
  } catch (fault) {
    log.error('timer-fault', {
      subject,
      rev,
      fault: fault instanceof Error ? fault.name : typeof fault,
      message: String(fault),
    });
    return 'fault';
  }
};

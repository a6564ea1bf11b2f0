import { type Instant, millisecondsOf } from '../domain/values.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './ports/clock.ts';
import type { Heartbeats, KeptHeartbeat } from './ports/heartbeats.ts';
import type { Lease, Leases } from './ports/leases.ts';
import type { Log } from './ports/log.ts';

export interface SweepWatchParts {
  readonly leases: Leases;
  readonly heartbeats: Heartbeats;
  readonly alarms: Pick<Alarms, 'raise' | 'raiseHourly'>;
  /** Looks for what is overdue; once a minute. */
  readonly lookForLate: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** This process, and no other. */
  readonly holder: string;
  /** Milliseconds of a clock that nobody sets: tells a process that was stopped from a clock that was moved. */
  readonly uptime: () => number;
  /** How long a process that fell silent keeps the others waiting; 15 unless told. */
  readonly leaseSeconds?: number | undefined;
}

/** One of several processes sweeps, is seen to do so, and is replaced when it does not. */
export interface SweepWatch {
  /**
   * Carries the round out while this process holds the lease; otherwise nothing happens, and nothing is said to wait. A long round
   * asks `holds` before each step, and ends where it does not.
   */
  during(round: (holds: () => Promise<boolean>) => Promise<boolean>): Promise<boolean>;
  /** Stops on purpose: the next one need not wait, and nobody is alarmed. */
  end(): Promise<void>;
}

const NAME = 'sweeper';
const LEASE_SECONDS = 15;
/** A sign of life costs a write, so it is rarer than a round; five seconds are a third of a lease and a twelfth of what health allows. */
const BEAT_MS = 5_000;
/** Unwatched for longer is always told; for a shorter time at most once an hour, or a desk that keeps crashing cries all day. */
const SILENT_MS = 30_000;
const UNHEALTHY_MS = 60_000;
const LATE_LOOK_MS = 60_000;

interface Watch {
  lease?: Lease | undefined;
  /** Whether it was ours when it was last asked for. */
  had: boolean;
  /** When the lease was asked for, by this desk's clock. */
  since: number;
  /** The last sign of life that is known, our own or another's. */
  last?: KeptHeartbeat | undefined;
  /** When our last one was written, by the clock that nobody sets. */
  beatUptime: number;
  lookedBack: boolean;
  roundAt: number;
  nextLook: number;
  /** Since when no round came to its end, by the clock that nobody sets. */
  failingSince?: number | undefined;
  asking?: Promise<boolean> | undefined;
}

export const sweepWatch = (parts: SweepWatchParts): SweepWatch => {
  const watch: Watch = { had: false, since: 0, beatUptime: 0, lookedBack: false, roundAt: 0, nextLook: 0 };
  return {
    during: async (round) => {
      if (!(await holds(parts, watch)) && !(await takes(parts, watch))) return false;
      await lookBack(parts, watch);
      const more = await tried(parts, watch, () => round(() => holds(parts, watch)));
      if (!(await holds(parts, watch))) return false;
      watch.failingSince = undefined;
      await beat(parts, watch);
      await lookForLate(parts, watch);
      return more;
    },
    end: () => end(parts, watch),
  };
};

/** Who holds the lease and gets no round done lets another try: the lease is not renewed for ever by mere asking. */
const tried = async (parts: SweepWatchParts, watch: Watch, round: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await round();
  } catch (fault) {
    watch.failingSince ??= parts.uptime();
    if (watch.lease && parts.uptime() - watch.failingSince > SILENT_MS) await letGo(parts, watch, watch.lease);
    throw fault;
  }
};

const letGo = async ({ leases, log, holder }: SweepWatchParts, watch: Watch, lease: Lease): Promise<void> => {
  log.warn('sweeper-gives-up', { holder });
  Object.assign(watch, { lease: undefined, had: false, lookedBack: false, failingSince: undefined });
  await leases.release(lease);
};

const nowOf = ({ clock }: SweepWatchParts): number => millisecondsOf(clock.now());
const ttlOf = ({ leaseSeconds = LEASE_SECONDS }: SweepWatchParts): number => leaseSeconds;

/** Whether the lease is ours, renewed when less than half of it is left; asked for once, however many want to know. */
const holds = (parts: SweepWatchParts, watch: Watch): Promise<boolean> => {
  if (!watch.lease) return Promise.resolve(false);
  const age = nowOf(parts) - watch.since;
  if (age >= 0 && age < ttlOf(parts) * 500) return Promise.resolve(true);
  watch.asking ??= renews(parts, watch, watch.lease).finally(() => {
    watch.asking = undefined;
  });
  return watch.asking;
};

const renews = async (parts: SweepWatchParts, watch: Watch, lease: Lease): Promise<boolean> => {
  const since = nowOf(parts);
  keepLease(watch, since, await parts.leases.renew(lease));
  return watch.lease !== undefined;
};

/** A lease that ended and is taken again was nobody else's: only one that another has by now is worth a word. */
const takes = async (parts: SweepWatchParts, watch: Watch): Promise<boolean> => {
  const since = nowOf(parts);
  keepLease(watch, since, await parts.leases.take(NAME, { holder: parts.holder, ttlSeconds: ttlOf(parts) }));
  if (!watch.lease && watch.had) parts.log.warn('sweeper-lease-lost', { holder: parts.holder });
  watch.had = watch.lease !== undefined;
  return watch.had;
};

/** Who lost it looks back anew when it is taken again: somebody else may have watched meanwhile, or nobody. */
const keepLease = (watch: Watch, since: number, lease: Lease | undefined): void => {
  Object.assign(watch, lease ? { lease, since } : { lease, lookedBack: false });
};

/** Whoever takes the watch over tells whether anybody had it. Told before it is looked at as done: a fault tells it again. */
const lookBack = async (parts: SweepWatchParts, watch: Watch): Promise<void> => {
  if (watch.lookedBack) return;
  watch.last = await parts.heartbeats.last(NAME);
  const { last } = watch;
  if (last && !last.released) await tellSilence(parts, watch, last);
  Object.assign(watch, { lookedBack: true, roundAt: 0 });
};

/**
 * Another one that did not say goodbye has died, hangs or was stopped. Our own silence counts only where time really passed: a clock
 * that is set ahead makes no alarm.
 */
const tellSilence = async (parts: SweepWatchParts, watch: Watch, last: KeptHeartbeat): Promise<void> => {
  const until = parts.clock.now();
  const silentMs = millisecondsOf(until) - millisecondsOf(last.at);
  const ours = last.holder === parts.holder;
  if (ours && (silentMs <= SILENT_MS || parts.uptime() - watch.beatUptime <= SILENT_MS)) return;
  const from: Instant = silentMs < 0 ? until : last.at;
  const facts = { kind: 'sweeper-silent' as const, from, until, before: last.holder, by: parts.holder };
  await (silentMs > SILENT_MS ? parts.alarms.raise(facts) : parts.alarms.raiseHourly(facts));
};

/** After a round that came to its end, so that one who holds the lease and gets nothing done looks as silent as it is. */
const beat = async (parts: SweepWatchParts, watch: Watch): Promise<void> => {
  const { last } = watch;
  const at = parts.clock.now();
  const age = last ? millisecondsOf(at) - millisecondsOf(last.at) : BEAT_MS;
  const stands = last?.holder === parts.holder && !last.released && age >= 0 && age < BEAT_MS;
  if (stands) return;
  const kept = await parts.heartbeats.beat(NAME, { holder: parts.holder, at, released: false }, last?.etag);
  if (kept) Object.assign(watch, { last: kept, beatUptime: parts.uptime() });
  else keepLease(watch, 0, undefined);
};

/** Not in the first minute of a watch, nor after a gap: those who send deserve the time to begin. */
const lookForLate = async (parts: SweepWatchParts, watch: Watch): Promise<void> => {
  const now = nowOf(parts);
  const gap = now - watch.roundAt;
  watch.roundAt = now;
  if (gap < 0 || gap > SILENT_MS) watch.nextLook = now + LATE_LOOK_MS;
  if (now < watch.nextLook) return;
  watch.nextLook = now + LATE_LOOK_MS;
  await parts.lookForLate();
};

const end = async (parts: SweepWatchParts, watch: Watch): Promise<void> => {
  const { lease, last } = watch;
  if (!lease) return;
  keepLease(watch, 0, undefined);
  watch.had = false;
  try {
    if (last?.holder === parts.holder)
      await parts.heartbeats.beat(NAME, { ...last, at: parts.clock.now(), released: true }, last.etag);
    await parts.leases.release(lease);
  } catch (fault) {
    parts.log.warn('sweeper-lease-not-released', { message: String(fault) });
  }
};

/** Whether the last sign of life is so old that somebody must look after the process. Without any, nobody has begun yet. */
export const sweeperIsSilent = async ({
  heartbeats,
  clock,
}: Pick<SweepWatchParts, 'heartbeats' | 'clock'>): Promise<boolean> => {
  const last = await heartbeats.last(NAME);
  return last !== undefined && millisecondsOf(clock.now()) - millisecondsOf(last.at) > UNHEALTHY_MS;
};

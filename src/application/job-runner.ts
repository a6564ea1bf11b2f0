import { type CarryOut, inMs, type JobOrderParts, type JobOrders, jobOrders } from './job-orders.ts';
import { begun, type ItemResult, openPlaces, pauseAfter, progress } from './job-progress.ts';
import { loop, type Loop } from './loop.ts';
import type { HeldJob, Job } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';

export interface JobRunnerParts extends JobOrderParts {
  readonly log: Log;
  /** Called after each save of progress; its fault harms nothing. What it shows is best drawn from the stored job. */
  readonly progressed: (job: Job) => Promise<void>;
}

export interface JobRunner extends Loop, JobOrders {
  /**
   * What belongs to the end of a kind's jobs: called before an end is saved, so that no kill loses it. At least once; its
   * fault puts the end off until the lease is over.
   */
  whenEnding(kind: string, act: Ending): void;
}

type Ending = (job: Job) => Promise<void>;
type Endings = ReadonlyMap<string, Ending>;

const AT_A_TIME = 25;
const LANES = 4;
const LEASE_MS = 60_000;
const JOBS_A_ROUND = 10;

/**
 * Bulk acts. A round takes 25 items of each job that is due, under a lease, and saves what became of them: a stop waits for no
 * job's end, two jobs share the time, and a kill repeats at most those 25, which changes nothing the second time.
 */
export const jobRunner = (given: JobRunnerParts): JobRunner => {
  const endings = new Map<string, Ending>();
  const parts = { ...given, endings };
  const looping = loop({
    name: 'jobs',
    pauseMs: 1_000,
    clock: parts.clock,
    log: parts.log,
    round: () => round(parts),
  });
  return {
    ...looping,
    ...jobOrders(parts, looping.hint),
    whenEnding: (kind, act) => {
      endings.set(kind, act);
    },
  };
};

type Running = JobRunnerParts & { readonly endings: Endings };

/** A job that cannot be worked holds up no other; its fault comes last. */
const round = async (parts: Running): Promise<boolean> => {
  const due = await parts.jobs.due({ at: parts.clock.now(), limit: JOBS_A_ROUND });
  const faults: unknown[] = [];
  let worked = 0;
  for (const id of due) {
    const did = await work(parts, id).catch((fault: unknown) => void faults.push(fault));
    if (did) worked += 1;
  }
  if (faults.length > 0) throw faults[0];
  return worked > 0;
};

/** False: another runner has it, or this release does not know its kind, and it is looked at again when the lease ends. */
const work = async (parts: Running, id: string): Promise<boolean> => {
  const held = await parts.jobs.find(id);
  const now = parts.clock.now();
  if (!held || held.dueAt > now) return false;
  const kind = parts.kinds[held.job.kind];
  const act = held.job.state === 'undoing' ? kind?.undo : kind?.run;
  const job = act ? begun(held.job, now) : held.job;
  const leased = await parts.jobs.save({ ...held, job, dueAt: inMs(parts.clock, LEASE_MS) });
  if (!leased) return false;
  if (!act) {
    parts.log.error('job-kind-unknown', { job: id, kind: job.kind });
    return false;
  }
  await workSome(parts, leased, act);
  return true;
};

const workSome = async (parts: Running, leased: HeldJob, act: CarryOut): Promise<void> => {
  const { job } = leased;
  const places = openPlaces(job).slice(0, AT_A_TIME);
  const results = await inLanes(places, (place) => attempt(parts, { job, place }, act));
  const after = progress(job, results, parts.clock.now());
  if (after.state === 'done') await parts.endings.get(job.kind)?.(after);
  const dueAt = inMs(parts.clock, pauseAfter(job, after, places));
  if (await parts.jobs.save({ ...leased, job: after, dueAt })) await tell(parts, after);
  else parts.log.warn('job-lease-lost', { job: job.id });
};

const inLanes = async <Result>(
  places: readonly number[],
  act: (place: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const waiting = [...places];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(await act(next));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
};

const faultOf = (fault: unknown): Readonly<Record<string, unknown>> => ({
  fault: fault instanceof Error ? fault.name : typeof fault,
  message: String(fault),
});

const attempt = async (
  { log }: JobRunnerParts,
  { job, place }: { readonly job: Job; readonly place: number },
  act: CarryOut,
): Promise<ItemResult> => {
  const item = job.items[place];
  if (!item) return { place, outcome: 'not-found' };
  try {
    return { place, outcome: await act(job, item) };
  } catch (fault) {
    log.warn('job-item-fault', { job: job.id, ticket: item.ticketId, ...faultOf(fault) });
    return { place, outcome: 'fault' };
  }
};

const tell = async ({ progressed, log }: JobRunnerParts, job: Job): Promise<void> => {
  try {
    await progressed(job);
  } catch (fault) {
    log.error('job-progress-untold', { job: job.id, ...faultOf(fault) });
  }
};

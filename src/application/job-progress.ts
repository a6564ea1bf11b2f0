import type { RefusalCode } from '../domain/refusals.ts';
import type { Instant } from '../domain/values.ts';
import type { ItemMark, Job } from './ports/jobs.ts';

/** What carrying out an item came to; `skipped`: there was nothing to do. */
export type ItemOutcome = 'done' | 'skipped' | RefusalCode;

/** Of one item, by its place among the job's. */
export interface ItemResult {
  readonly place: number;
  readonly outcome: ItemOutcome | 'fault';
}

export const MOST_TRIES = 20;
const SHOWN_REFUSALS = 50;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

const triesOf = ({ retries }: Job, place: number): number => retries[place] ?? 0;

/** What is left in this phase. What failed comes after what was not tried yet, so that it holds up nothing; an undo is of what was done. */
export const openPlaces = (job: Job): readonly number[] => {
  const open: ItemMark = job.state === 'undoing' ? 'd' : '.';
  return [...job.marks]
    .flatMap((mark, place) => (mark === open ? [place] : []))
    .sort((a, b) => triesOf(job, a) - triesOf(job, b));
};

/** A crowd at the ticket passes as a fault does. */
const passes = (outcome: ItemResult['outcome']): boolean => outcome === 'fault' || outcome === 'busy-try-again';

const markOf = ({ state }: Job, outcome: ItemResult['outcome']): ItemMark => {
  if (state === 'undoing') return outcome === 'done' ? 'u' : 'k';
  if (outcome === 'done') return 'd';
  return outcome === 'skipped' ? 's' : 'r';
};

const settle = (job: Job, { place, outcome }: ItemResult): Job => {
  const tries = triesOf(job, place) + 1;
  if (passes(outcome) && tries < MOST_TRIES) return { ...job, retries: { ...job.retries, [place]: tries } };
  const { [place]: _over, ...retries } = job.retries;
  const through = {
    ...job,
    retries,
    marks: `${job.marks.slice(0, place)}${markOf(job, outcome)}${job.marks.slice(place + 1)}`,
    done: job.done + 1,
  };
  if (outcome === 'done') return through;
  if (outcome === 'skipped') return { ...through, skipped: job.skipped + 1 };
  const refusals = job.items.slice(place, place + 1).map(({ number }) => ({ number, code: outcome }));
  return {
    ...through,
    refusals: [...job.refusals, ...refusals].slice(0, SHOWN_REFUSALS),
    refusalCount: job.refusalCount + 1,
  };
};

/** The job after these items; at its end where nothing is left. */
export const progress = (job: Job, results: readonly ItemResult[], at: Instant): Job => {
  const after = { ...results.reduce(settle, job), rev: job.rev + 1 };
  if (openPlaces(after).length > 0) return after;
  return { ...after, state: job.state === 'undoing' ? 'undone' : 'done', endedAt: at };
};

/** Milliseconds to wait where nothing came through: 1 s, doubling to a minute. */
export const pauseAfter = (before: Job, after: Job, worked: readonly number[]): number => {
  if (after.done > before.done || worked.length === 0) return 0;
  const tries = Math.max(...worked.map((place) => triesOf(after, place)));
  return Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
};

/** A confirmed job begins. */
export const begun = (job: Job, at: Instant): Job =>
  job.state === 'waiting' ? { ...job, state: 'running', startedAt: at, rev: job.rev + 1 } : job;

/** The undo counts anew; it works only on what was done, never on what others had done before. */
export const undoing = (job: Job): Job => ({
  ...job,
  state: 'undoing',
  total: [...job.marks].filter((mark) => mark === 'd').length,
  done: 0,
  skipped: 0,
  refusals: [],
  refusalCount: 0,
  retries: {},
  rev: job.rev + 1,
});

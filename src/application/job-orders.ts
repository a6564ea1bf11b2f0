import { isRefusal, type Refusal, refuse } from '../domain/refusals.ts';
import { type Instant, instantOf, millisecondsOf, type PersonActor } from '../domain/values.ts';
import { type ItemOutcome, undoing } from './job-progress.ts';
import type { Clock } from './ports/clock.ts';
import type { HeldJob, Job, JobItem, Jobs } from './ports/jobs.ts';

export type CarryOut = (job: Job, item: JobItem) => Promise<ItemOutcome>;

/**
 * One kind of bulk act. An item may be carried out more than once, before and after a kill: `itemCommand(job, item)` is its
 * command's id, and a command that was applied before is `done`, not `skipped`.
 */
export interface JobKind {
  readonly run: CarryOut;
  readonly undo?: CarryOut;
  /** Milliseconds after the end. */
  readonly undoWithinMs: number;
  /** Milliseconds between confirming and beginning; 10 seconds unless told. */
  readonly startsAfterMs?: number;
}

type Order = Pick<Job, 'id' | 'kind' | 'by' | 'params' | 'items'>;

/** What a person does with a bulk act; the acts themselves are the runner's. */
export interface JobOrders {
  /** Freezes what was chosen. The same id again is the same preview. Refuses `too-many`, `unknown-command`. */
  preview(order: Order): Promise<Job | Refusal>;
  /**
   * Confirmed as it is made, in one write, where it was agreed to before: no kill can come between. The same id again is the
   * same job, whoever asks. Refuses `too-many`, `unknown-command`.
   */
  start(order: Order): Promise<Job | Refusal>;
  /** Refuses `no-preview`, `not-your-preview`; a second tap finds what the first one did. */
  confirm(id: string, by: PersonActor): Promise<Job | Refusal>;
  /** Before it begins. Refuses `undo-too-late` afterwards. */
  cancel(id: string, by: PersonActor): Promise<Job | Refusal>;
  /** After it ended, within its kind's window. Refuses `undo-too-late`, and `not-allowed-now` where it cannot be undone. */
  undo(id: string, by: PersonActor): Promise<Job | Refusal>;
}

export interface JobOrderParts {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly kinds: Readonly<Record<string, JobKind>>;
}

/** Tickets in one job. */
export const MOST_ITEMS = 2_000;
const CONFIRM_WITHIN_MS = 15 * 60_000;
const STARTS_AFTER_MS = 10_000;
const TRIES = 4;

/** `hint`: there may be something to do now. */
export const jobOrders = (parts: JobOrderParts, hint: () => void): JobOrders => {
  const hinted = <Outcome>(outcome: Outcome): Outcome => {
    hint();
    return outcome;
  };
  return {
    preview: (order) => preview(parts, order),
    start: async (order) => hinted(await start(parts, order)),
    confirm: async (id, by) => hinted(await confirm(parts, { id, by })),
    cancel: (id, by) => change(parts, { id, by }, cancelled),
    undo: async (id, by) => hinted(await change(parts, { id, by }, (held) => takenBack(parts, held))),
  };
};

export const inMs = (clock: Clock, milliseconds: number): Instant =>
  instantOf(millisecondsOf(clock.now()) + milliseconds);

const orderFault = ({ kinds }: JobOrderParts, { kind, items }: Order): Refusal | undefined => {
  if (items.length > MOST_ITEMS) return refuse('too-many', { limit: MOST_ITEMS });
  return kinds[kind] ? undefined : refuse('unknown-command');
};

const preview = async (parts: JobOrderParts, order: Order): Promise<Job | Refusal> =>
  orderFault(parts, order) ??
  parts.jobs.create(
    made(order, { state: 'previewed', notBefore: parts.clock.now() }),
    inMs(parts.clock, CONFIRM_WITHIN_MS),
  );

const start = async (parts: JobOrderParts, order: Order): Promise<Job | Refusal> => {
  const notBefore = beginsAt(parts, order.kind);
  return orderFault(parts, order) ?? parts.jobs.create(made(order, { state: 'waiting', notBefore }), notBefore);
};

const beginsAt = ({ clock, kinds }: JobOrderParts, kind: string): Instant =>
  inMs(clock, kinds[kind]?.startsAfterMs ?? STARTS_AFTER_MS);

const made = (order: Order, begin: Pick<Job, 'state' | 'notBefore'>): Job => ({
  ...order,
  ...begin,
  marks: '.'.repeat(order.items.length),
  total: order.items.length,
  done: 0,
  skipped: 0,
  refusals: [],
  refusalCount: 0,
  retries: {},
  rev: 1,
});

type Changed = Pick<HeldJob, 'job' | 'dueAt'>;
interface Ask {
  readonly id: string;
  readonly by: PersonActor;
}

/** `next` is undefined where the job is already as it is wanted. Decided again where someone was faster. */
const change = async (
  { jobs }: JobOrderParts,
  { id, by }: Ask,
  next: (held: HeldJob) => Changed | Refusal | undefined,
): Promise<Job | Refusal> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const held = await jobs.find(id);
    if (!held) return refuse('no-preview');
    if (held.job.by.id !== by.id) return refuse('not-your-preview');
    const wanted = next(held);
    if (!wanted) return held.job;
    if (isRefusal(wanted)) return wanted;
    const saved = await jobs.save({ ...held, ...wanted });
    if (saved) return saved.job;
  }
  return refuse('busy-try-again');
};

const expired = ({ job, dueAt }: HeldJob): Changed => ({ job: { ...job, state: 'expired', rev: job.rev + 1 }, dueAt });

const confirm = async (parts: JobOrderParts, ask: Ask): Promise<Job | Refusal> => {
  const outcome = await change(parts, ask, (held) => {
    if (held.job.state !== 'previewed') return undefined;
    if (held.dueAt <= parts.clock.now()) return expired(held);
    const notBefore = beginsAt(parts, held.job.kind);
    return { job: { ...held.job, state: 'waiting', notBefore, rev: held.job.rev + 1 }, dueAt: notBefore };
  });
  return !isRefusal(outcome) && outcome.state === 'expired' ? refuse('no-preview') : outcome;
};

const cancelled = (held: HeldJob): Changed | Refusal | undefined => {
  const { state, notBefore } = held.job;
  if (state === 'expired') return undefined;
  return state === 'previewed' || state === 'waiting' ? expired(held) : refuse('undo-too-late', { until: notBefore });
};

const takenBack = (parts: JobOrderParts, { job }: HeldJob): Changed | Refusal | undefined => {
  if (job.state === 'undoing' || job.state === 'undone') return undefined;
  const kind = parts.kinds[job.kind];
  if (job.endedAt === undefined || !kind?.undo) return refuse('not-allowed-now');
  const until = instantOf(millisecondsOf(job.endedAt) + kind.undoWithinMs);
  const now = parts.clock.now();
  return now > until ? refuse('undo-too-late', { until }) : { job: undoing(job), dueAt: now };
};

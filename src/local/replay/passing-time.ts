import type { DueTimer } from '../../application/ports/timers.ts';
import { type Instant, later } from '../../domain/values.ts';
import type { Stage } from './stage.ts';

/** What stands in the way of time: the desk, its timers, and the clock that is set. */
type Passing = Pick<Stage, 'timers' | 'clock'> & { readonly core: Pick<Stage['core'], 'settle' | 'relay'> };

/**
 * Lets time pass until just before that moment: whatever is due meanwhile happens when it is due. The clock then stands at the
 * last of it. A timer that is still there afterwards had a fault, and is not tried again until it is another one.
 */
export const passes = async (stage: Passing, to: Instant): Promise<void> => {
  const tried = new Set<string>();
  await stage.core.relay.drain();
  for (let next = await dueBefore(stage, to, tried); next; next = await dueBefore(stage, to, tried)) {
    tried.add(nameOf(next));
    stage.clock.set(later(next.dueAt, stage.clock.now()));
    await stage.core.settle();
    await stage.core.relay.drain();
  }
};

const nameOf = ({ subject, etag }: DueTimer): string => `${subject}~${etag}`;

const dueBefore = async (
  { timers }: Passing,
  to: Instant,
  tried: ReadonlySet<string>,
): Promise<DueTimer | undefined> => {
  for await (const timer of timers.due(to)) {
    if (timer.dueAt >= to) return undefined;
    if (!tried.has(nameOf(timer))) return timer;
  }
  return undefined;
};

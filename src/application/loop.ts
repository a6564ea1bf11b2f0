import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

/** Work that repeats: at a hint at once, otherwise after a pause; a fault is logged and the work goes on after `pauseMs`. */
export interface Loop {
  hint(): void;
  run(signal: AbortSignal): Promise<void>;
  /** One round now, after the one that may be under way: two rounds never overlap. True: more may be waiting. */
  once(): Promise<boolean>;
}

export interface LoopParts {
  readonly name: string;
  readonly pauseMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly round: () => Promise<boolean>;
}

export const loop = (parts: LoopParts): Loop => {
  let hinted = false;
  let wake: AbortController | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const once = (): Promise<boolean> => {
    const round = last.then(parts.round);
    last = round.catch(() => undefined);
    return round;
  };
  const rest = async (signal: AbortSignal): Promise<void> => {
    wake = new AbortController();
    if (!hinted) await parts.clock.sleep(parts.pauseMs, AbortSignal.any([signal, wake.signal]));
  };
  return {
    once,
    hint: () => {
      hinted = true;
      wake?.abort();
    },
    run: async (signal) => {
      while (!signal.aborted) {
        hinted = false;
        const more = await attempt(parts, once, signal);
        if (!more && !signal.aborted) await rest(signal);
      }
    },
  };
};

const attempt = async (
  { name, log, clock, pauseMs }: LoopParts,
  once: Loop['once'],
  signal: AbortSignal,
): Promise<boolean> => {
  try {
    return await once();
  } catch (fault) {
    log.error('loop-fault', {
      loop: name,
      fault: fault instanceof Error ? fault.name : typeof fault,
      message: String(fault),
    });
    await clock.sleep(Math.min(pauseMs, 1_000), signal);
    return false;
  }
};

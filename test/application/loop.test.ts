import { expect, test } from '@jest/globals';
import { loop, type Loop } from '../../src/application/loop.ts';
import { type HandClock, handClock, listening } from './parts.ts';

/** Lets everything happen that can happen without time passing. */
const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

interface Work {
  readonly clock: HandClock;
  readonly looping: Loop;
  readonly said: readonly string[];
  rounds(): number;
  run(): { end(): Promise<void> };
}

const working = (round: (n: number) => Promise<boolean> = () => Promise.resolve(false)): Work => {
  const clock = handClock();
  const log = listening();
  let rounds = 0;
  const looping = loop({ name: 'test', pauseMs: 30_000, clock, log, round: () => round((rounds += 1)) });
  return {
    clock,
    looping,
    said: log.said,
    rounds: () => rounds,
    run: () => {
      const stopping = new AbortController();
      const running = looping.run(stopping.signal);
      return {
        end: () => {
          stopping.abort();
          return running;
        },
      };
    },
  };
};

test('looks at once, then after each pause', async () => {
  const work = working();
  const { end } = work.run();
  await quiet();
  expect(work.rounds()).toBe(1);
  work.clock.passes(29);
  await quiet();
  expect(work.rounds()).toBe(1);
  work.clock.passes(1);
  await quiet();
  expect(work.rounds()).toBe(2);
  await end();
});

test('a hint ends the pause', async () => {
  const work = working();
  const { end } = work.run();
  await quiet();
  work.looping.hint();
  await quiet();
  expect(work.rounds()).toBe(2);
  await end();
});

test('a hint during a round is not lost: another round follows at once', async () => {
  const gate = Promise.withResolvers<boolean>();
  const work = working((n) => (n === 1 ? gate.promise : Promise.resolve(false)));
  const { end } = work.run();
  await quiet();
  work.looping.hint();
  gate.resolve(false);
  await quiet();
  expect(work.rounds()).toBe(2);
  await end();
});

test('goes on without a pause while more is waiting', async () => {
  const work = working((n) => Promise.resolve(n < 5));
  const { end } = work.run();
  await quiet();
  expect(work.rounds()).toBe(5);
  await end();
});

test('two rounds never overlap, also when one is asked for from outside', async () => {
  let [running, most] = [0, 0];
  const work = working(async () => {
    running += 1;
    most = Math.max(most, running);
    await quiet();
    running -= 1;
    return false;
  });
  await Promise.all([work.looping.once(), work.looping.once(), work.looping.once()]);
  expect([work.rounds(), most]).toEqual([3, 1]);
});

test('a fault is logged, and the work goes on after a pause, not in a hot circle', async () => {
  const work = working((n) => (n === 1 ? Promise.reject(new TypeError('broken')) : Promise.resolve(false)));
  const { end } = work.run();
  await quiet();
  expect(work.said).toEqual(['loop-fault']);
  expect(work.rounds()).toBe(1);
  work.clock.passes(1);
  await quiet();
  work.clock.passes(30);
  await quiet();
  expect(work.rounds()).toBe(2);
  await end();
});

test('ends in the middle of a pause, at once', async () => {
  const work = working();
  const { end } = work.run();
  await quiet();
  await end();
  work.clock.passes(300);
  expect(work.rounds()).toBe(1);
});

test('whoever asks for a round learns of its fault; the next round is unharmed', async () => {
  const work = working((n) => (n === 1 ? Promise.reject(new TypeError('broken')) : Promise.resolve(true)));
  await expect(work.looping.once()).rejects.toThrow('broken');
  expect(await work.looping.once()).toBe(true);
});

import { describe, expect, test } from '@jest/globals';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { allDue, deskStore, inOwnRoom } from '../store/desk-store.ts';
import { otto } from '../support/deeds.ts';
import { at, cellOf, matrixProcess, type MatrixProcess, openTickets, ruleOf } from './matrix-desk.ts';
import { handClock, killedAfter } from './parts.ts';

const desk = deskStore();

/** A desk that has worked off its first version, with so many open tickets that have no timers. */
const deskWith = async (tickets: number, store: DocumentStore = inOwnRoom(desk.store)) => {
  const one = matrixProcess(store);
  await one.matrix.load();
  await untilQuiet(one);
  const ids = await openTickets(one.queues, tickets);
  one.redrawn.length = 0;
  return { one, ids, store };
};

/** Fires what is due as a sweeper does, until nothing is; answers the tickets that were to be looked at. */
const look = async ({ matrix, timers, clock }: MatrixProcess): Promise<readonly string[]> => {
  const woken: string[] = [];
  for (let due = await allDue(timers, clock.now()); due.length > 0; due = await allDue(timers, clock.now()))
    for (const timer of due) {
      const ofMatrix = timer.subject.startsWith('matrix:');
      if (!ofMatrix) woken.push(timer.subject);
      const next = ofMatrix ? await matrix.retime(timer.rev, clock.now()) : undefined;
      await (next === undefined ? timers.forget(timer) : timers.postpone(timer, next));
    }
  return woken.sort();
};
const untilQuiet = async (process: MatrixProcess): Promise<void> => {
  for (const minutes of [0, 1, 3]) {
    process.minutesPass(minutes);
    await look(process);
  }
};
const edit = (process: MatrixProcess, thresholdMinutes: number, minute?: number) =>
  process.matrix.edit({
    ...{ by: otto, cell: cellOf(), change: { thresholdMinutes, delivery: 'card' } },
    ...(minute === undefined ? {} : { from: at(minute) }),
  });

describe('when other rules begin', () => {
  test('every open ticket is looked at, its cards are drawn anew, and not before', async () => {
    const { one, ids } = await deskWith(5);
    await edit(one, 7, 10);
    one.minutesPass(5);
    expect([await look(one), await one.matrix.retime(2, one.clock.now())]).toEqual([[], at(10)]);
    one.minutesPass(1);
    expect(await look(one)).toEqual(ids);
    expect([...one.redrawn].sort()).toEqual(ids);
  });

  test('they are looked at once more, for what was on its way to its timer meanwhile; then no more', async () => {
    const { one, ids } = await deskWith(3);
    await edit(one, 7);
    one.minutesPass(1);
    expect(await look(one)).toEqual(ids);
    one.minutesPass(1);
    expect(await look(one)).toEqual([]);
    one.minutesPass(1);
    expect(await look(one)).toEqual(ids);
    one.minutesPass(600);
    expect([await look(one), await allDue(one.timers, at(100_000))]).toEqual([[], []]);
    expect(one.redrawn).toHaveLength(3);
  });

  test('a ticket whose timer is a newer one keeps it', async () => {
    const { one, ids } = await deskWith(2);
    const [subject = ''] = ids;
    await one.timers.set({ subject, dueAt: at(500), rev: 9 });
    await edit(one, 7);
    one.minutesPass(1);
    expect(await look(one)).toEqual(ids.slice(1));
  });

  test('many are looked at a part at a time', async () => {
    const { one, ids } = await deskWith(250);
    await edit(one, 7);
    one.minutesPass(1);
    const now = one.clock.now();
    const next: unknown[] = [];
    for (let fires = 0; fires < 4; fires += 1) next.push(await one.matrix.retime(2, now));
    expect(next).toEqual([now, now, now, at(7)]);
    const due = (await allDue(one.timers, now)).map(({ subject }) => subject).filter((each) => each !== 'matrix:2');
    expect(due.sort()).toEqual(ids);
  });

  test('after a kill another process goes on where it was', async () => {
    const { one, ids, store } = await deskWith(350);
    await edit(one, 7);
    one.minutesPass(1);
    const killed = matrixProcess(killedAfter(store, 260), { clock: one.clock });
    const untilKilled = async (): Promise<void> => {
      for (let fires = 0; fires < 10; fires += 1) await killed.matrix.retime(2, one.clock.now());
    };
    await expect(untilKilled()).rejects.toThrow('killed');
    const other = matrixProcess(store, { clock: one.clock });
    await other.matrix.load();
    expect([...new Set(await look(other))]).toEqual(ids);
    const again = other.redrawn.filter((each) => killed.redrawn.includes(each));
    expect([new Set([...killed.redrawn, ...other.redrawn]).size, again.length < 200]).toEqual([350, true]);
  });

  test('a version nobody knows, because its writer was killed, wakes nobody', async () => {
    const { one } = await deskWith(2);
    expect(await one.matrix.retime(7, one.clock.now())).toBeUndefined();
  });
});

test('rules that are new at a start begin at once', async () => {
  const { one, ids, store } = await deskWith(3);
  const file = { matrix: { rules: [ruleOf(6)], defaults: false }, hash: 'another' };
  const two = matrixProcess(store, { file, clock: one.clock });
  await two.matrix.load();
  expect(await look(two)).toEqual(ids);
});

test('the first start of a desk looks at the tickets it has', async () => {
  const store = inOwnRoom(desk.store);
  const one = matrixProcess(store, { clock: handClock() });
  const ids = await openTickets(one.queues, 3);
  await one.matrix.load();
  expect(await look(one)).toEqual(ids);
});

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Loop } from '../../src/application/loop.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { Timers } from '../../src/application/ports/timers.ts';
import type { SweepWatch } from '../../src/application/sweep-watch.ts';
import { sweeper, type SweeperParts } from '../../src/application/sweeper.ts';
import { type Instant, instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { timerDocuments } from '../../src/store/timer-documents.ts';
import { allDue, deskStore, inOwnRoom } from '../store/desk-store.ts';
import { monday } from '../support/given.ts';
import { handClock, type HandClock, killedAfter, listening } from './parts.ts';

const desk = deskStore();

type Fire = SweeperParts['fire'];
const nothingLeft: Fire = () => Promise.resolve(undefined);
/** Whoever wants to sweep may: what happens when two do at once is to be seen here, too. Leases are in sweep-watch.test.ts. */
const unwatched: SweepWatch = {
  during: (round) => round(() => Promise.resolve(true)),
  end: () => Promise.resolve(),
};
/** Nine o'clock on Monday and so many minutes. */
const at = (minute: number): Instant => instantOf(millisecondsOf(monday) + minute * 60_000);

interface Desk {
  readonly clock: HandClock;
  readonly timers: Timers;
  /** What was fired, also in vain: subject and rev. */
  readonly fired: string[];
  readonly said: readonly string[];
  set(subject: string, minute: number, rev?: number): Promise<void>;
  readonly looking: Loop;
  /** Another sweeper at the same timers, after a kill or beside this one. */
  again(fire?: Fire, store?: (inner: DocumentStore) => DocumentStore): Desk;
}

const aDesk = (fire: Fire = nothingLeft, room = inOwnRoom(desk.store), clock = handClock()): Desk => {
  const fired: string[] = [];
  const log = listening();
  const timers = timerDocuments(room);
  const heard: Fire = (subject, due) => {
    fired.push(`${subject} rev ${due.rev}`);
    return fire(subject, due);
  };
  return {
    ...{ clock, timers, fired, said: log.said },
    set: (subject, minute, rev = 1) => timers.set({ subject, dueAt: at(minute), rev }),
    looking: sweeper({ timers, fire: heard, watch: unwatched, clock, log }),
    again: (other = fire, store = (inner) => inner) => aDesk(other, store(room), clock),
  };
};

/** Looks until nothing more is waiting at this moment. */
const look = async ({ looking }: Desk): Promise<void> => {
  for (let rounds = 0; await looking.once(); rounds += 1) if (rounds > 100) throw new TypeError('never comes to rest');
};
const minutesPass = async (on: Desk, minutes: number): Promise<void> => {
  on.clock.passes(minutes * 60);
  await look(on);
};
const left = async (on: Desk): Promise<string[]> =>
  (await allDue(on.timers, at(1_000_000))).map(({ subject }) => subject);

describe('a timer', () => {
  test('fires at its moment, not before, and once', async () => {
    const moments: unknown[] = [];
    const on = aDesk((subject, due) => {
      moments.push({ subject, ...due });
      return Promise.resolve(undefined);
    });
    await on.set('ticket-1', 10, 7);
    on.clock.passes(599);
    await look(on);
    expect(moments).toEqual([]);
    on.clock.passes(1);
    await look(on);
    await minutesPass(on, 60);
    expect(moments).toEqual([{ subject: 'ticket-1', dueAt: at(10), rev: 7, now: at(10) }]);
    expect(await left(on)).toEqual([]);
  });

  test('that is set too late fires at the next look', async () => {
    const on = aDesk();
    await minutesPass(on, 60);
    await on.set('ticket-1', 10);
    await look(on);
    expect(on.fired).toEqual(['ticket-1 rev 1']);
  });

  test('that was moved since fires at the new moment only', async () => {
    const on = aDesk();
    await on.set('ticket-1', 10, 1);
    await on.set('ticket-1', 30, 2);
    await minutesPass(on, 29);
    expect(on.fired).toEqual([]);
    await minutesPass(on, 1);
    expect(on.fired).toEqual(['ticket-1 rev 2']);
  });

  test('whose subject is not due yet waits for the moment that the subject names', async () => {
    const on = aDesk((_subject, { now }) => Promise.resolve(now < at(30) ? at(30) : undefined));
    await on.set('ticket-1', 10);
    await minutesPass(on, 29);
    expect(on.fired).toHaveLength(1);
    await minutesPass(on, 1);
    expect(on.fired).toHaveLength(2);
    expect(await left(on)).toEqual([]);
  });

  test('that is set while the one before it fires is not forgotten with it', async () => {
    const on: Desk = aDesk(async (_subject, { rev }) => {
      if (rev === 1) await on.set('ticket-1', 20, 2);
      return undefined;
    });
    await on.set('ticket-1', 10, 1);
    await minutesPass(on, 10);
    await minutesPass(on, 10);
    expect(on.fired).toEqual(['ticket-1 rev 1', 'ticket-1 rev 2']);
  });
});

describe('a kill', () => {
  test('between firing and forgetting fires again, with the same rev', async () => {
    const on = aDesk();
    await on.set('ticket-1', 10);
    on.clock.passes(600);
    const killed = on.again(nothingLeft, (store) => killedAfter(store, 0));
    await expect(killed.looking.once()).rejects.toThrow('killed');
    expect(killed.fired).toEqual(['ticket-1 rev 1']);
    await look(on);
    await look(on);
    expect(on.fired).toEqual(['ticket-1 rev 1']);
    expect(await left(on)).toEqual([]);
  });

  test('in the middle of many loses none', async () => {
    const on = aDesk();
    for (let n = 0; n < 40; n += 1) await on.set(`ticket-${n}`, n);
    on.clock.passes(3_600);
    const killed = on.again(nothingLeft, (store) => killedAfter(store, 13));
    await expect(killed.looking.once()).rejects.toThrow('killed');
    await look(on);
    expect(new Set([...killed.fired, ...on.fired]).size).toBe(40);
    expect(on.fired).toHaveLength(40 - 13);
  });
});

test('after two days without the desk everything fires, the longest due first, and once', async () => {
  const on = aDesk();
  const minutes = Array.from({ length: 450 }, (_, n) => ((n * 191) % 450) * 6);
  for (const minute of minutes) await on.set(`ticket-${minute}`, minute);
  await on.set('tomorrow', 3_000);
  await minutesPass(on, 2 * 1_440);
  const wanted = [...minutes].sort((a, b) => a - b).map((minute) => `ticket-${minute} rev 1`);
  expect(on.fired).toEqual(wanted);
  expect(await left(on)).toEqual(['tomorrow']);
});

describe('a clock that is set back', () => {
  test('fires nothing early and loses nothing', async () => {
    const on = aDesk();
    await on.set('ticket-1', 10);
    await on.set('ticket-2', 90);
    await minutesPass(on, 60);
    await minutesPass(on, -120);
    await on.set('ticket-3', -30);
    await on.set('ticket-4', 30);
    await look(on);
    expect(on.fired).toEqual(['ticket-1 rev 1']);
    await minutesPass(on, 30);
    expect(on.fired.slice(1)).toEqual(['ticket-3 rev 1']);
    await minutesPass(on, 120);
    expect(on.fired.slice(2)).toEqual(['ticket-4 rev 1', 'ticket-2 rev 1']);
  });

  test('while one waits for its turn takes that turn away', async () => {
    const on: Desk = aDesk((subject) => {
      if (subject === 'ticket-0') on.clock.passes(-3_600);
      return Promise.resolve(undefined);
    });
    for (let n = 0; n < 30; n += 1) await on.set(`ticket-${n}`, n);
    await minutesPass(on, 30);
    expect(on.fired.length).toBeLessThan(9);
    await minutesPass(on, 60);
    expect(new Set(on.fired).size).toBe(30);
  });

  test('does not make one rest for long that failed while the clock was a year ahead', async () => {
    let broken = true;
    const on = aDesk(() => (broken ? Promise.reject(new TypeError('broken')) : Promise.resolve(undefined)));
    await on.set('ticket-1', 10);
    await minutesPass(on, 525_600);
    broken = false;
    await minutesPass(on, 20 - 525_600);
    await look(on);
    expect(on.fired).toHaveLength(2);
  });
});

test('two sweepers at once lose nothing, and leave nothing', async () => {
  const one = aDesk();
  const other = one.again();
  for (let n = 0; n < 300; n += 1) await one.set(`ticket-${n}`, n % 7);
  one.clock.passes(600);
  await Promise.all([look(one), look(other)]);
  expect(new Set([...one.fired, ...other.fired]).size).toBe(300);
  expect(await left(one)).toEqual([]);
});

describe('one that fails', () => {
  const failing =
    (bad: (subject: string) => boolean): Fire =>
    (subject) =>
      bad(subject) ? Promise.reject(new TypeError('broken')) : Promise.resolve(undefined);

  test('is said, stays, and is tried again; the others go on', async () => {
    let broken = true;
    const on = aDesk(failing((subject) => broken && subject === 'ticket-1'));
    for (const n of [0, 1, 2]) await on.set(`ticket-${n}`, n);
    await minutesPass(on, 10);
    expect(on.said).toEqual(['timer-fault']);
    expect(await left(on)).toEqual(['ticket-1']);
    broken = false;
    await look(on);
    await look(on);
    expect(on.fired).toHaveLength(4);
    expect(await left(on)).toEqual([]);
  });

  test('rests longer each time: 1 round, 2, 4 … at most 256', async () => {
    const on = aDesk(failing(() => true));
    await on.set('ticket-1', 0);
    const tried: number[] = [];
    for (let round = 0; tried.length < 11 && round < 1_000; round += 1) {
      await on.looking.once();
      if (on.fired.length > tried.length) tried.push(round);
    }
    const rests = tried.slice(1).map((round, n) => round - (tried[n] ?? 0) - 1);
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 256]);
  });

  test('and then does not, rests as shortly as the first time when it fails again', async () => {
    let broken = true;
    const on = aDesk((_subject, { now }) =>
      broken ? Promise.reject(new TypeError('broken')) : Promise.resolve(later(now)),
    );
    const later = (now: Instant): Instant => instantOf(millisecondsOf(now) + 60_000);
    await on.set('ticket-1', 0);
    for (let round = 0; round < 6; round += 1) await look(on);
    broken = false;
    for (let round = 0; round < 6; round += 1) await look(on);
    expect(on.fired).toHaveLength(4);
    broken = true;
    await minutesPass(on, 1);
    await look(on);
    await look(on);
    expect(on.fired).toHaveLength(6);
  });

  test('is tried at once when its subject sets it anew', async () => {
    const on = aDesk(failing(() => true));
    await on.set('ticket-1', 0, 1);
    for (let round = 0; round < 7; round += 1) await look(on);
    const before = on.fired.length;
    await on.set('ticket-1', 0, 2);
    await look(on);
    expect(on.fired.slice(before)).toEqual(['ticket-1 rev 2']);
  });

  test('holds up nobody, also where hundreds fail that were due before', async () => {
    const on = aDesk(failing((subject) => subject.startsWith('bad')));
    for (let n = 0; n < 450; n += 1) await on.set(`bad-${n}`, n / 1_000);
    await on.set('good', 9);
    await minutesPass(on, 10);
    expect(on.fired).toContain('good rev 1');
    expect(await left(on)).toHaveLength(450);
  });
});

/**
 * A ticket as the product has it: it knows its own next due, its timer is set later, twice or out of order, and firing is
 * decided by what the ticket says.
 */
interface Case {
  rev: number;
  dueAt: Instant | undefined;
}

const step = fc.oneof(
  fc.record({ what: fc.constant('plan' as const), ticket: fc.nat(3), inMinutes: fc.integer({ min: -20, max: 60 }) }),
  fc.record({ what: fc.constant('relay' as const), pick: fc.nat(50) }),
  fc.record({ what: fc.constant('pass' as const), minutes: fc.integer({ min: -15, max: 45 }) }),
  fc.record({ what: fc.constant('look' as const) }),
  fc.record({ what: fc.constant('kill' as const), after: fc.nat(3) }),
);

test('whatever is set late, twice, killed or set back: nothing fires before its moment, and in the end nothing waits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const cases = new Map<string, Case>();
      const early: string[] = [];
      const fire: Fire = (subject, { dueAt, now }) => {
        if (now < dueAt) early.push(subject);
        const known = cases.get(subject);
        if (known?.dueAt === undefined) return Promise.resolve(undefined);
        if (known.dueAt > now) return Promise.resolve(known.dueAt);
        cases.set(subject, { rev: known.rev + 1, dueAt: undefined });
        return Promise.resolve(undefined);
      };
      const on = aDesk(fire);
      const outbox: { subject: string; dueAt: Instant; rev: number }[] = [];
      for (const each of steps) {
        if (each.what === 'plan') {
          const subject = `ticket-${each.ticket}`;
          const rev = (cases.get(subject)?.rev ?? 0) + 1;
          const dueAt = instantOf(millisecondsOf(on.clock.now()) + each.inMinutes * 60_000);
          cases.set(subject, { rev, dueAt });
          outbox.push({ subject, dueAt, rev });
        }
        const late = each.what === 'relay' ? outbox[each.pick % outbox.length] : undefined;
        if (late) await on.timers.set(late);
        if (each.what === 'pass') on.clock.passes(each.minutes * 60);
        if (each.what === 'look') await look(on);
        if (each.what === 'kill')
          await look(on.again(fire, (store) => killedAfter(store, each.after))).catch(() => undefined);
      }
      for (const each of outbox) await on.timers.set(each);
      await minutesPass(on, 10_000);
      expect(early).toEqual([]);
      expect([...cases.values()].filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
      expect(await left(on)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

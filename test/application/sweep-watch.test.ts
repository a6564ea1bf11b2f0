import { describe, expect, test } from '@jest/globals';
import { alarmOf, alarms } from '../../src/application/alarms.ts';
import { lookForLateSends } from '../../src/application/late-sends.ts';
import type { Loop } from '../../src/application/loop.ts';
import type { Deliveries } from '../../src/application/ports/deliveries.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { Reports } from '../../src/application/ports/reports.ts';
import { sweeper } from '../../src/application/sweeper.ts';
import { sweeperIsSilent, sweepWatch } from '../../src/application/sweep-watch.ts';
import type { Roster } from '../../src/domain/roster.ts';
import { type Instant, instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { deliveryDocuments } from '../../src/store/delivery-documents.ts';
import { heartbeatDocuments, leaseDocuments } from '../../src/store/lease-documents.ts';
import { reportDocuments } from '../../src/store/report-documents.ts';
import { timerDocuments } from '../../src/store/timer-documents.ts';
import { deskStore, inOwnRoom } from '../store/desk-store.ts';
import { ana, lea, max, mia, otto } from '../support/deeds.ts';
import { PEOPLE, rosterWith } from '../support/desk-roster.ts';
import { monday } from '../support/given.ts';
import { handClock, killedAfter, listening } from './parts.ts';

const desk = deskStore();
/** Nine o'clock on Monday and so many seconds. */
const at = (seconds: number): Instant => instantOf(millisecondsOf(monday) + seconds * 1_000);
const DAY = 86_400;

interface Process {
  readonly looking: Loop;
  readonly fired: string[];
  readonly said: readonly string[];
}

interface ProcessWishes {
  /** What it does while it fires. */
  readonly firing?: (subject: string) => Promise<void>;
  readonly store?: (inner: DocumentStore) => DocumentStore;
}

interface House {
  /** A process of this name; nothing of it runs until it looks. */
  process(holder: string, wishes?: ProcessWishes): Process;
  /** Real time: every clock goes on. */
  passes(seconds: number): void;
  /** Somebody sets the clock of the machine on which desk and database are; no time passes. */
  clockIsSet(seconds: number): void;
  /** The same, where the database is on another machine. */
  deskClockIsSet(seconds: number): void;
  due(subject: string, seconds: number): Promise<void>;
  readonly reports: Reports;
  readonly deliveries: Deliveries;
  now(): Instant;
  isSilent(): Promise<boolean>;
  /** Commits of heartbeats so far. */
  beats(): number;
}

const openHouse = (roster: Roster = rosterWith()): House => {
  let [real, beats] = [0, 0];
  const own = inOwnRoom(desk.store);
  const room: DocumentStore = {
    ...own,
    commit: (container, pk, ops) => {
      if (pk === 'heartbeat') beats += 1;
      return own.commit(container, pk, ops);
    },
  };
  const clock = handClock();
  const [reports, deliveries, timers] = [reportDocuments(room), deliveryDocuments(room), timerDocuments(room)];
  const process: House['process'] = (holder, { firing, store = (inner: DocumentStore) => inner } = {}) => {
    const [log, kept] = [listening(), store(room)];
    const fired: string[] = [];
    const told = alarms({
      reports: reportDocuments(kept),
      deliveries: deliveryDocuments(kept),
      directory: roster,
      clock,
      log,
      enqueued: () => undefined,
    });
    const watch = sweepWatch({
      leases: leaseDocuments(kept),
      heartbeats: heartbeatDocuments(kept),
      alarms: told,
      lookForLate: () => lookForLateSends({ deliveries: deliveryDocuments(kept), alarms: told, clock, holder }),
      ...{ clock, log, holder },
      uptime: () => real,
    });
    const fire = async (subject: string): Promise<undefined> => {
      fired.push(subject);
      await firing?.(subject);
    };
    return { fired, said: log.said, looking: sweeper({ timers: timerDocuments(kept), fire, watch, clock, log }) };
  };
  return {
    ...{ process, reports, deliveries },
    passes: (seconds) => {
      real += seconds * 1_000;
      clock.passes(seconds);
      desk.passes(seconds);
    },
    clockIsSet: (seconds) => {
      clock.passes(seconds);
      desk.passes(seconds);
    },
    deskClockIsSet: (seconds) => {
      clock.passes(seconds);
    },
    due: (subject, seconds) => timers.set({ subject, dueAt: at(seconds), rev: 1 }),
    now: () => clock.now(),
    isSilent: () => sweeperIsSilent({ heartbeats: heartbeatDocuments(room), clock }),
    beats: () => beats,
  };
};

/** Rounds a second apart, as the loop makes them. */
const watches = async (house: House, { looking }: Process, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) {
    await looking.once();
    house.passes(1);
  }
};
const stopsOnPurpose = async ({ looking }: Process): Promise<void> => {
  await looking.run(AbortSignal.abort());
};

interface Told {
  readonly to: string;
  readonly subject: string;
}
/** Every alarm's card that waits to be sent. */
const cards = async ({ deliveries }: House): Promise<readonly Told[]> =>
  (await deliveries.due('teams', { at: at(1_000 * DAY), limit: 100 })).flatMap(({ job }) =>
    job.channel === 'teams' && job.kind === 'person-card' && job.card === 'alarm'
      ? [{ to: job.to, subject: job.subject }]
      : [],
  );
/** The alarms as their cards would show them. */
const alarmsIn = async (house: House) =>
  Promise.all((await cards(house)).map(({ subject }) => alarmOf(house, subject)));

describe('of two processes', () => {
  test('one sweeps', async () => {
    const house = openHouse();
    const [one, other] = [house.process('one'), house.process('other')];
    for (let n = 0; n < 10; n += 1) {
      await house.due(`ticket-${n}`, n);
      await Promise.all([watches(house, one, 1), other.looking.once()]);
    }
    await one.looking.once();
    expect(one.fired).toHaveLength(10);
    expect(other.fired).toEqual([]);
    expect(await cards(house)).toEqual([]);
  });

  test('the other one sweeps when the first falls silent, within the time of a lease, and says so', async () => {
    const house = openHouse();
    const [one, other] = [house.process('one'), house.process('other')];
    await watches(house, one, 10);
    await house.due('ticket-1', 11);
    const silence = house.now();
    await watches(house, other, 16);
    expect(one.fired).toEqual([]);
    expect(other.fired).toEqual(['ticket-1']);
    const [alarm, ...more] = await alarmsIn(house);
    expect(more).toEqual([]);
    expect(alarm).toMatchObject({ kind: 'sweeper-silent', before: 'one', by: 'other' });
    expect(millisecondsOf(silence) - millisecondsOf(alarm?.from ?? monday)).toBeLessThanOrEqual(5_000);
    expect(millisecondsOf(alarm?.until ?? monday) - millisecondsOf(silence)).toBeLessThanOrEqual(15_000);
  });

  test('the first neither sweeps nor hides the other’s sign of life when it wakes up', async () => {
    const house = openHouse();
    const [one, other] = [house.process('one'), house.process('other')];
    await watches(house, one, 3);
    house.passes(20);
    await watches(house, other, 10);
    await house.due('ticket-1', 0);
    const before = house.beats();
    await watches(house, one, 3);
    expect(one.fired).toEqual([]);
    expect(one.said).toEqual(['sweeper-lease-lost']);
    expect(house.beats()).toBe(before);
  });

  test('the first does not believe a clock that was set back that it still holds the lease', async () => {
    const house = openHouse();
    const [one, other] = [house.process('one'), house.process('other')];
    await watches(house, one, 3);
    house.passes(20);
    await watches(house, other, 1);
    house.deskClockIsSet(-3_600);
    await house.due('ticket-1', -3_700);
    await one.looking.once();
    expect(one.fired).toEqual([]);
  });

  test('the first stops in the middle of a round when it has lost the lease', async () => {
    const house = openHouse();
    const other = house.process('other');
    let asleep = false;
    const one = house.process('one', {
      firing: async () => {
        if (asleep) return;
        asleep = true;
        house.passes(20);
        await other.looking.once();
      },
    });
    for (let n = 0; n < 100; n += 1) await house.due(`ticket-${String(n).padStart(3, '0')}`, n / 100);
    house.passes(1);
    await one.looking.once();
    expect(one.fired.length).toBeLessThan(10);
    expect(new Set([...one.fired, ...other.fired]).size).toBe(100);
  });

  test('the other one need not wait when the first stops on purpose, and nobody is alarmed, days later neither', async () => {
    const house = openHouse();
    const one = house.process('one');
    await watches(house, one, 3);
    await stopsOnPurpose(one);
    await house.due('ticket-1', 0);
    const other = house.process('other');
    await other.looking.once();
    expect(other.fired).toEqual(['ticket-1']);
    await stopsOnPurpose(other);
    house.passes(2 * DAY);
    await house.process('third').looking.once();
    expect(await cards(house)).toEqual([]);
  });
});

describe('an outage', () => {
  test('of two days is told at the next start: from when, until when, who was it, who goes on', async () => {
    const house = openHouse();
    await watches(house, house.process('desk-1:17'), 1);
    house.passes(2 * DAY);
    await house.process('desk-2:4').looking.once();
    expect(await alarmsIn(house)).toEqual([
      {
        id: `sweeper-silent~${at(0)}`,
        kind: 'sweeper-silent',
        from: at(0),
        until: at(2 * DAY + 1),
        before: 'desk-1:17',
        by: 'desk-2:4',
      },
    ]);
  });

  test('is told once, whoever dies while it is told', async () => {
    for (let writes = 0; ; writes += 1) {
      const house = openHouse();
      await watches(house, house.process('one'), 1);
      house.passes(DAY);
      const dying = house.process('dying', { store: (inner) => killedAfter(inner, writes) });
      const lived = await dying.looking.once().then(
        () => true,
        () => false,
      );
      house.passes(60);
      await house.process('other').looking.once();
      const found = (await alarmsIn(house)).filter((alarm) => alarm?.before === 'one');
      expect(found).toHaveLength(1);
      if (lived) {
        expect(writes).toBe(4);
        return;
      }
    }
  });

  test('is told when it can be told: a fault that passes does not silence it', async () => {
    const house = openHouse();
    await watches(house, house.process('one'), 1);
    house.passes(DAY);
    let faults = 3;
    const other = house.process('other', {
      store: (inner) => ({
        ...inner,
        commit: (container, pk, ops) =>
          container === 'reports' && (faults -= 1) >= 0
            ? Promise.reject(new TypeError('not now'))
            : inner.commit(container, pk, ops),
      }),
    });
    for (let round = 0; round < 3; round += 1) await expect(other.looking.once()).rejects.toThrow('not now');
    await other.looking.once();
    expect(await cards(house)).toHaveLength(1);
  });

  test('of seconds is told once an hour, or a desk that keeps crashing cries all day; a long one is told always', async () => {
    const house = openHouse();
    const crashes = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) {
        await watches(house, house.process(`crashing ${house.now()}`), 6);
        house.passes(15);
      }
    };
    await crashes(10);
    expect(await cards(house)).toHaveLength(1);
    house.passes(60);
    await crashes(10);
    expect(await cards(house)).toHaveLength(2);
    house.passes(3_600 - 60);
    await crashes(10);
    expect(await cards(house)).toHaveLength(3);
  });

  test('that never was is not told: the first start of all has nobody before it', async () => {
    const house = openHouse();
    await watches(house, house.process('one'), 100);
    expect(await cards(house)).toEqual([]);
  });

  test('of one that stood still is told by itself when it goes on', async () => {
    const house = openHouse();
    const one = house.process('one');
    await watches(house, one, 6);
    house.passes(600);
    await one.looking.once();
    expect(await alarmsIn(house)).toMatchObject([{ before: 'one', by: 'one', from: at(5), until: at(606) }]);
  });

  test('is not what a clock makes that is set ahead or back', async () => {
    const house = openHouse();
    const one = house.process('one');
    await watches(house, one, 6);
    house.clockIsSet(2 * DAY);
    await watches(house, one, 6);
    house.clockIsSet(-4 * DAY);
    await watches(house, one, 6);
    expect(await cards(house)).toEqual([]);
    expect(await house.isSilent()).toBe(false);
  });

  test('is told to the administrators, else to the managers, else to whoever leads', async () => {
    const without = (...gone: readonly string[]) =>
      rosterWith({ people: PEOPLE.filter(({ id }) => !gone.includes(id)) });
    const told = async (roster: Roster) => {
      const house = openHouse(roster);
      await watches(house, house.process('one'), 1);
      house.passes(DAY);
      await house.process('other').looking.once();
      return (await cards(house)).map(({ to }) => to).sort();
    };
    expect(await told(rosterWith())).toEqual([otto.id]);
    expect(await told(without(otto.id))).toEqual([max.id, mia.id].sort());
    expect(await told(without(otto.id, max.id, mia.id))).toContain(lea.id);
    expect(await told(without(otto.id, max.id, mia.id))).not.toContain(ana.id);
  });
});

describe('the sign of life', () => {
  test('is a write every five seconds, not every round', async () => {
    const house = openHouse();
    await watches(house, house.process('one'), 60);
    expect(house.beats()).toBe(12);
  });

  test('grows old when nobody sweeps for a minute, and is young again after the next round', async () => {
    const house = openHouse();
    const one = house.process('one');
    expect(await house.isSilent()).toBe(false);
    await watches(house, one, 1);
    house.passes(58);
    expect(await house.isSilent()).toBe(false);
    house.passes(2);
    expect(await house.isSilent()).toBe(true);
    await one.looking.once();
    expect(await house.isSilent()).toBe(false);
  });

  test('is not given by one that holds the lease and gets no round done', async () => {
    const house = openHouse();
    await watches(house, house.process('one'), 1);
    await house.due('ticket-1', 0);
    house.passes(30);
    const stuck = house.process('stuck', {
      store: (inner) => ({
        ...inner,
        query: (container, spec) =>
          container === 'timers' ? Promise.reject(new TypeError('no timers')) : inner.query(container, spec),
      }),
    });
    for (let second = 0; second < 40; second += 1) {
      await expect(stuck.looking.once()).rejects.toThrow('no timers');
      house.passes(1);
    }
    expect(await house.isSilent()).toBe(true);
  });
});

test('one that gets no round done lets another have the lease, which sweeps and tells of the silence', async () => {
  const house = openHouse();
  await house.due('ticket-1', 0);
  const stuck = house.process('stuck', {
    store: (inner) => ({
      ...inner,
      query: (container, spec) =>
        container === 'timers' ? Promise.reject(new TypeError('no timers')) : inner.query(container, spec),
    }),
  });
  const well = house.process('well');
  for (let second = 0; second < 40 && well.fired.length === 0; second += 1) {
    await stuck.looking.once().catch(() => undefined);
    await well.looking.once();
    house.passes(1);
  }
  expect(well.fired).toEqual(['ticket-1']);
  expect(stuck.said).toContain('sweeper-gives-up');
});

describe('what is not sent', () => {
  const waits = (house: House, seconds: number, to = ana.id): Promise<void> =>
    house.deliveries.enqueue(
      { channel: 'teams', kind: 'person-card', to, card: 'job', subject: `job ${seconds}`, rev: 1 },
      at(seconds),
    );
  const late = async (house: House) =>
    (await alarmsIn(house)).flatMap((alarm) => (alarm?.kind === 'sends-late' ? [alarm] : []));

  test('for more than five minutes is told by whoever sweeps', async () => {
    const house = openHouse();
    const one = house.process('one');
    for (const [place, { id }] of PEOPLE.entries()) await waits(house, 30 + ((place * 7) % PEOPLE.length), id);
    await watches(house, one, 300);
    expect(await late(house)).toEqual([]);
    await watches(house, one, 120);
    expect(await late(house)).toMatchObject([{ from: at(30), by: 'one', channel: 'teams' }]);
  });

  test('is told once an hour, however much of it there is', async () => {
    const house = openHouse();
    const one = house.process('one');
    for (const seconds of [30, 40, 50, 3_000]) await waits(house, seconds);
    await watches(house, one, 3_600);
    expect(await late(house)).toHaveLength(1);
    await house.deliveries.due('teams', { at: at(30), limit: 10 }).then(async (first) => {
      for (const each of first) await house.deliveries.postpone({ ...each }, at(9_000));
    });
    await watches(house, one, 600);
    expect(await late(house)).toHaveLength(2);
  });

  test('is told when it can be told: a fault that passes does not silence it', async () => {
    const house = openHouse();
    let faults = 1;
    const one = house.process('one', {
      store: (inner) => ({
        ...inner,
        commit: (container, pk, ops) =>
          container === 'deliveries' && (faults -= 1) >= 0
            ? Promise.reject(new TypeError('not now'))
            : inner.commit(container, pk, ops),
      }),
    });
    await waits(house, 30);
    await expect(watches(house, one, 600)).rejects.toThrow('not now');
    expect(await late(house)).toEqual([]);
    await watches(house, one, 120);
    expect(await late(house)).toHaveLength(1);
  });

  test.each([
    ['of the whole machine', 'clockIsSet'],
    ['that the database does not have', 'deskClockIsSet'],
  ] as const)(
    'is not told right after a jump of the clock %s: those who send begin to send just now',
    async (_of, jump) => {
      const house = openHouse();
      const one = house.process('one');
      await watches(house, one, 70);
      await waits(house, 30);
      house[jump](DAY);
      await watches(house, one, 59);
      expect(await late(house)).toEqual([]);
      const [waiting] = await house.deliveries.due('teams', { at: at(30), limit: 10 });
      if (waiting) await house.deliveries.settle(waiting);
      await watches(house, one, 10);
      expect(await late(house)).toEqual([]);
    },
  );
});

import { describe, expect, test } from '@jest/globals';
import { MOST_TRIES, type ItemOutcome } from '../../src/application/job-progress.ts';
import type { JobKind } from '../../src/application/job-orders.ts';
import { jobRunner, type JobRunner } from '../../src/application/job-runner.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { itemCommand, type Job, type JobItem, type Jobs } from '../../src/application/ports/jobs.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusals.ts';
import { type PersonActor, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { jobDocuments } from '../../src/store/job-documents.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { deskStore } from '../store/desk-store.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { ana, ben } from '../support/deeds.ts';
import { type HandClock, handClock, killedAfter, listening } from './parts.ts';

const desk = deskStore();

/** The tickets that bulk acts are done to: each command id counts once, however often it comes. */
interface Shelf {
  readonly asked: string[];
  readonly applied: Set<string>;
  readonly kind: JobKind;
}

type Answer = (job: Job, item: JobItem) => Promise<ItemOutcome>;
const willingly: Answer = () => Promise.resolve('done');

/** Lamps that are switched off in bulk, and on again. */
const shelf = (answer: Answer = willingly, details: Partial<JobKind> = {}): Shelf => {
  const asked: string[] = [];
  const applied = new Set<string>();
  const act: Answer = async (job, item) => {
    const command = itemCommand(job, item);
    asked.push(command);
    const outcome = await answer(job, item);
    if (outcome === 'done') applied.add(command);
    return outcome;
  };
  return { asked, applied, kind: { run: act, undo: act, undoWithinMs: 3_600_000, ...details } };
};

/** Each test has a partition of its own: a runner would work the jobs of the others, too. */
let desks = 0;
const privately = (store: DocumentStore): DocumentStore => {
  const name = `test-${(desks += 1)}`;
  return {
    ...store,
    get: (container, pk, id) => store.get(container, `${name}~${pk}`, id),
    commit: (container, pk, ops) => store.commit(container, `${name}~${pk}`, ops),
    query: (container, spec) => store.query(container, { ...spec, pk: `${name}~${spec.pk}` }),
  };
};

interface Office {
  readonly runner: JobRunner;
  readonly clock: HandClock;
  readonly jobs: Jobs;
  readonly told: Job[];
  readonly said: readonly string[];
  now(): Promise<Job>;
}

interface Wishes {
  readonly store?: DocumentStore;
  readonly clock?: HandClock;
  readonly kinds?: Readonly<Record<string, JobKind>>;
  readonly progressed?: (job: Job) => Promise<void>;
  readonly seenBy?: (jobs: Jobs) => Jobs;
}

const officeWith = (kind: JobKind, wishes: Wishes = {}): Office => {
  const clock = wishes.clock ?? handClock();
  const jobs = jobDocuments(wishes.store ?? privately(desk.store));
  const log = listening();
  const told: Job[] = [];
  const progressed = (job: Job): Promise<void> => {
    told.push(job);
    return wishes.progressed?.(job) ?? Promise.resolve();
  };
  const seen = wishes.seenBy?.(jobs) ?? jobs;
  const runner = jobRunner({ jobs: seen, clock, log, kinds: wishes.kinds ?? { off: kind }, progressed });
  return {
    runner,
    clock,
    jobs,
    told,
    said: log.said,
    now: async () => {
      const held = await jobs.find('job-1');
      if (!held) throw new TypeError('no job');
      return held.job;
    },
  };
};

const itemsOf = (count: number): readonly JobItem[] =>
  Array.from({ length: count }, (_, n) => ({ ticketId: ticketId(`t${n}`), number: ticketNumber(`INC-${1001 + n}`) }));
const commandsOf = (count: number, undone = ''): string[] =>
  Array.from({ length: count }, (_, n) => `job:job-1:t${n}${undone}`);

const previews = (office: Office, count: number, details: { id?: string; kind?: string } = {}) =>
  office.runner.preview({
    id: 'job-1',
    kind: 'off',
    by: ana,
    params: { why: 'dark' },
    items: itemsOf(count),
    ...details,
  });

const sure = (outcome: Job | Refusal): Job => {
  if (isRefusal(outcome)) throw new TypeError(`refused: ${outcome.refused}`);
  return outcome;
};

/** Previewed, confirmed, and its ten seconds have passed. */
const started = async (office: Office, count: number): Promise<void> => {
  await previews(office, count);
  sure(await office.runner.confirm('job-1', ana));
  office.clock.passes(10);
};

const untilQuiet = async ({ runner }: Office): Promise<number> => {
  let rounds = 0;
  while (await runner.once()) rounds += 1;
  return rounds;
};

const finished = async (office: Office, count: number): Promise<Job> => {
  await started(office, count);
  await untilQuiet(office);
  return office.now();
};

describe('a preview', () => {
  test('does nothing, and keeps who chose what', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    const job = sure(await previews(office, 3));
    expect(job).toMatchObject({ state: 'previewed', by: ana, params: { why: 'dark' }, total: 3, done: 0 });
    office.clock.passes(86_400);
    expect(await office.runner.once()).toBe(false);
    expect(asked).toEqual([]);
    expect((await office.now()).items).toEqual(itemsOf(3));
  });

  test('asked for twice is the first one: what was chosen is frozen', async () => {
    const office = officeWith(shelf().kind);
    await previews(office, 3);
    expect(sure(await previews(office, 9)).items).toHaveLength(3);
    sure(await office.runner.confirm('job-1', ana));
    expect(sure(await previews(office, 9))).toMatchObject({ state: 'waiting', total: 3 });
  });

  test('takes 2,000 and says so when there are more', async () => {
    const office = officeWith(shelf().kind);
    expect(await previews(office, 2_001)).toEqual({ refused: 'too-many', limit: 2_000 });
    expect(await office.jobs.find('job-1')).toBeUndefined();
    expect(sure(await previews(office, 2_000)).items).toHaveLength(2_000);
  });

  test('of an act nobody knows is refused', async () => {
    const office = officeWith(shelf().kind);
    expect(await previews(office, 1, { kind: 'explode' })).toEqual({ refused: 'unknown-command' });
  });

  test('is good for a quarter of an hour', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    await previews(office, 1);
    office.clock.passes(900);
    for (const _tap of [1, 2]) expect(await office.runner.confirm('job-1', ana)).toEqual({ refused: 'no-preview' });
    expect(await office.now()).toMatchObject({ state: 'expired' });
    office.clock.passes(60);
    await untilQuiet(office);
    expect(asked).toEqual([]);
  });
});

describe('confirming', () => {
  test('begins after ten seconds, not before', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    await previews(office, 1);
    expect(sure(await office.runner.confirm('job-1', ana)).state).toBe('waiting');
    office.clock.passes(9);
    expect(await office.runner.once()).toBe(false);
    expect(asked).toEqual([]);
    office.clock.passes(1);
    await untilQuiet(office);
    expect(asked).toEqual(commandsOf(1));
  });

  test('begins when its kind says', async () => {
    const { kind, asked } = shelf(willingly, { startsAfterMs: 0 });
    const office = officeWith(kind);
    await previews(office, 1);
    await office.runner.confirm('job-1', ana);
    await untilQuiet(office);
    expect(asked).toHaveLength(1);
  });

  test('by somebody else is refused, and so are their cancelling and undoing', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    await previews(office, 1);
    const refused = { refused: 'not-your-preview' };
    expect(await office.runner.confirm('job-1', ben)).toEqual(refused);
    expect(await office.runner.cancel('job-1', ben)).toEqual(refused);
    office.clock.passes(60);
    await untilQuiet(office);
    expect(asked).toEqual([]);
    sure(await office.runner.confirm('job-1', ana));
    office.clock.passes(10);
    await untilQuiet(office);
    expect(await office.runner.undo('job-1', ben)).toEqual(refused);
    expect(await office.now()).toMatchObject({ state: 'done' });
  });

  test('of what was never previewed is refused', async () => {
    const { runner } = officeWith(shelf().kind);
    for (const ask of [runner.confirm, runner.cancel, runner.undo])
      expect(await ask('job-9', ana)).toEqual({ refused: 'no-preview' });
  });

  test('twice is once, and moves nothing', async () => {
    const office = officeWith(shelf().kind);
    await previews(office, 1);
    const first = sure(await office.runner.confirm('job-1', ana));
    office.clock.passes(9);
    expect(sure(await office.runner.confirm('job-1', ana))).toEqual(first);
    office.clock.passes(1);
    await untilQuiet(office);
    expect(sure(await office.runner.confirm('job-1', ana)).state).toBe('done');
  });

  test('can be taken back before it begins, without a trace; not afterwards', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    await previews(office, 1);
    await office.runner.confirm('job-1', ana);
    expect(sure(await office.runner.cancel('job-1', ana)).state).toBe('expired');
    expect(sure(await office.runner.cancel('job-1', ana)).state).toBe('expired');
    office.clock.passes(60);
    await untilQuiet(office);
    expect(asked).toEqual([]);
    expect(await office.runner.confirm('job-1', ana)).toEqual({ refused: 'no-preview' });

    const late = officeWith(kind);
    const { notBefore } = await finished(late, 1);
    expect(await late.runner.cancel('job-1', ana)).toEqual({ refused: 'undo-too-late', until: notBefore });
  });
});

describe('the work', () => {
  test('is done to each item once, and told every 25 items and at the end', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    const job = await finished(office, 60);
    expect([...asked].sort()).toEqual(commandsOf(60).sort());
    expect(office.told.map(({ done, total, state }) => [done, total, state])).toEqual([
      [25, 60, 'running'],
      [50, 60, 'running'],
      [60, 60, 'done'],
    ]);
    const revs = office.told.map(({ rev }) => rev);
    expect(revs).toEqual([...new Set(revs)].sort((a, b) => a - b));
    expect(job).toMatchObject({ marks: 'd'.repeat(60), startedAt: office.clock.now(), endedAt: office.clock.now() });
    expect(await office.runner.once()).toBe(false);
  });

  test('of nothing is done at once', async () => {
    expect(await finished(officeWith(shelf().kind), 0)).toMatchObject({ state: 'done', done: 0, total: 0 });
  });

  test('has four lanes', async () => {
    let [running, most] = [0, 0];
    const { kind } = shelf(async () => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      running -= 1;
      return 'done';
    });
    await finished(officeWith(kind), 40);
    expect(most).toBe(4);
  });

  test('counts what was refused and what needed nothing; names the first fifty that were refused', async () => {
    const { kind } = shelf((_job, { number }) => {
      const n = Number(number.slice(4)) - 1001;
      return Promise.resolve(n < 80 ? 'only-the-owner' : n < 90 ? 'skipped' : 'done');
    });
    const job = await finished(officeWith(kind), 100);
    expect(job).toMatchObject({ state: 'done', done: 100, skipped: 10, refusalCount: 80 });
    expect(job.refusals).toHaveLength(50);
    expect(job.refusals[0]).toMatchObject({ code: 'only-the-owner' });
    expect(job.marks).toBe(`${'r'.repeat(80)}${'s'.repeat(10)}${'d'.repeat(10)}`);
  });

  test('goes on where telling of it fails', async () => {
    const office = officeWith(shelf().kind, { progressed: () => Promise.reject(new TypeError('no card')) });
    expect(await finished(office, 30)).toMatchObject({ state: 'done', done: 30 });
    expect(office.said).toContain('job-progress-untold');
  });

  test('of two jobs shares the time: the short one does not wait for the long one', async () => {
    const { kind } = shelf();
    const office = officeWith(kind);
    for (const [id, count] of [
      ['job-1', 500],
      ['job-2', 10],
    ] as const) {
      await previews(office, count, { id });
      await office.runner.confirm(id, ana);
    }
    office.clock.passes(10);
    await office.runner.once();
    expect(office.told.map(({ id, state }) => [id, state])).toEqual(
      expect.arrayContaining([
        ['job-1', 'running'],
        ['job-2', 'done'],
      ]),
    );
  });

  test('of a job that cannot be read holds up no other, and is not passed over in silence', async () => {
    const unreadable = (jobs: Jobs): Jobs => ({
      ...jobs,
      find: (id) => (id === 'job-0' ? Promise.reject(new TypeError('unreadable')) : jobs.find(id)),
      due: async (options) => ['job-0', ...(await jobs.due(options))],
    });
    const office = officeWith(shelf().kind, { seenBy: unreadable });
    await started(office, 3);
    await expect(office.runner.once()).rejects.toThrow('unreadable');
    expect(await office.now()).toMatchObject({ state: 'done', done: 3 });
  });

  test('of an act that this release does not know waits for one that does, and holds up no other', async () => {
    const { kind, asked } = shelf();
    const store = privately(desk.store);
    const clock = handClock();
    const office = officeWith(kind, { store, clock });
    await started(office, 3);
    await previews(office, 1, { id: 'job-2' });
    await office.runner.confirm('job-2', ana);
    office.clock.passes(10);
    const older = officeWith(kind, { store, clock, kinds: {} });
    expect(await untilQuiet(older)).toBe(0);
    expect(older.said).toEqual(['job-kind-unknown', 'job-kind-unknown']);
    office.clock.passes(60);
    await untilQuiet(office);
    expect(asked).toHaveLength(4);
  });
});

describe('an item that fails', () => {
  const troubled = (fails: (item: JobItem) => boolean, how: () => Promise<ItemOutcome>): Shelf =>
    shelf((_job, item) => (fails(item) ? how() : Promise.resolve('done')));
  const broken = (): Promise<ItemOutcome> => Promise.reject(new TypeError('broken'));
  const first = ({ ticketId: id }: JobItem): boolean => id === 't0';

  test('holds up no other, and is tried again', async () => {
    let faults = 0;
    const { kind, applied } = troubled((item) => first(item) && (faults += 1) <= 3, broken);
    const office = officeWith(kind);
    await started(office, 60);
    await untilQuiet(office);
    expect(await office.now()).toMatchObject({ state: 'running', done: 59, refusalCount: 0 });
    expect(applied.size).toBe(59);
    office.clock.passes(4);
    await untilQuiet(office);
    expect(await office.now()).toMatchObject({ state: 'done', done: 60, refusalCount: 0 });
    expect((await office.now()).retries).toEqual({});
    expect(applied.size).toBe(60);
  });

  test.each<[string, () => Promise<ItemOutcome>, string]>([
    ['fails for ever', broken, 'fault'],
    ['is busy for ever', () => Promise.resolve('busy-try-again'), 'busy-try-again'],
  ])('that %s is given up after twenty tries, ever further apart', async (_what, how, code) => {
    const { kind, asked } = troubled(first, how);
    const office = officeWith(kind);
    await started(office, 2);
    const waits: number[] = [];
    for (let seconds = 0; (await office.now()).state !== 'done'; seconds += 1) {
      if (await office.runner.once()) waits.push(seconds);
      office.clock.passes(1);
    }
    expect(asked.filter((command) => command === 'job:job-1:t0')).toHaveLength(MOST_TRIES);
    expect(waits.slice(0, 6).map((at, n) => at - (waits[n - 1] ?? 0))).toEqual([0, 1, 2, 4, 8, 16]);
    expect(Math.max(...waits.map((at, n) => at - (waits[n - 1] ?? 0)))).toBe(60);
    expect(await office.now()).toMatchObject({
      done: 2,
      refusalCount: 1,
      refusals: [{ number: 'INC-1001', code }],
      marks: 'rd',
    });
  });
});

describe('undoing', () => {
  test('is of what was done, not of what others had done before or what was refused', async () => {
    const { kind, applied } = shelf((job, { ticketId: id }) =>
      Promise.resolve(job.state === 'running' && id === 't0' ? 'skipped' : id === 't1' ? 'role-may-not' : 'done'),
    );
    const office = officeWith(kind);
    await finished(office, 40);
    office.clock.passes(3_600);
    expect(sure(await office.runner.undo('job-1', ana))).toMatchObject({ state: 'undoing', total: 38, done: 0 });
    await untilQuiet(office);
    expect(await office.now()).toMatchObject({
      state: 'undone',
      total: 38,
      done: 38,
      refusalCount: 0,
      marks: `sr${'u'.repeat(38)}`,
    });
    expect([...applied].filter((command) => command.endsWith(':undo')).sort()).toEqual(
      commandsOf(40, ':undo').slice(2).sort(),
    );
  });

  test('says what could not be undone', async () => {
    const { kind } = shelf((job, item) =>
      Promise.resolve(job.state === 'undoing' && item.ticketId === 't1' ? 'not-allowed-now' : 'done'),
    );
    const office = officeWith(kind);
    await finished(office, 3);
    await office.runner.undo('job-1', ana);
    await untilQuiet(office);
    expect(await office.now()).toMatchObject({
      state: 'undone',
      done: 3,
      refusals: [{ number: 'INC-1002', code: 'not-allowed-now' }],
      marks: 'uku',
    });
  });

  test('twice is once', async () => {
    const { kind, asked } = shelf();
    const office = officeWith(kind);
    await finished(office, 3);
    for (const _tap of [1, 2]) {
      sure(await office.runner.undo('job-1', ana));
      await untilQuiet(office);
    }
    expect(asked).toHaveLength(6);
  });

  test('has its time', async () => {
    const office = officeWith(shelf().kind);
    const { endedAt } = await finished(office, 1);
    office.clock.passes(3_601);
    expect(await office.runner.undo('job-1', ana)).toMatchObject({ refused: 'undo-too-late' });
    expect(await office.now()).toMatchObject({ state: 'done', endedAt });
  });

  test('is refused before the end, and where the kind has none', async () => {
    const office = officeWith(shelf().kind);
    await started(office, 1);
    expect(await office.runner.undo('job-1', ana)).toEqual({ refused: 'not-allowed-now' });
    const { undo: _undo, ...final } = shelf().kind;
    const sending = officeWith(final);
    await finished(sending, 1);
    expect(await sending.runner.undo('job-1', ana)).toEqual({ refused: 'not-allowed-now' });
  });
});

describe('a kill', () => {
  test('in the middle: another process takes it up when the lease ends, and each item counts once', async () => {
    const { folder, remove } = await temporaryFolder();
    const clock = handClock();
    const open = () => openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.parse(clock.now()) });
    const dying = await open();
    let acts = 0;
    const dead = Promise.withResolvers<void>();
    const things = shelf(() => {
      acts += 1;
      if (acts <= 37) return Promise.resolve('done');
      dead.resolve();
      return new Promise(() => undefined);
    });
    const before = officeWith(things.kind, { store: dying, clock });
    await started(before, 100);
    void untilQuiet(before);
    await dead.promise;
    await dying.close();

    const living = await open();
    const others = shelf();
    const after = officeWith(others.kind, { store: living, clock });
    expect(await after.now()).toMatchObject({ state: 'running', done: 25 });
    clock.passes(59);
    expect(await after.runner.once()).toBe(false);
    clock.passes(1);
    await untilQuiet(after);
    expect(await after.now()).toMatchObject({ state: 'done', done: 100, refusalCount: 0, marks: 'd'.repeat(100) });
    expect(new Set([...things.applied, ...others.applied])).toEqual(new Set(commandsOf(100)));
    expect(others.asked).toHaveLength(75);
    await living.close();
    await remove();
  });

  test('after any write: the job ends, and no item is left out', async () => {
    for (let writes = 2; writes <= 9; writes += 1) {
      const store = privately(desk.store);
      const things = shelf();
      const office = officeWith(things.kind, { store: killedAfter(store, writes) });
      await started(office, 60);
      await untilQuiet(office).catch(() => undefined);
      office.clock.passes(60);
      const again = officeWith(things.kind, { store, clock: office.clock });
      await untilQuiet(again);
      expect([writes, (await again.now()).state, things.applied.size]).toEqual([writes, 'done', 60]);
    }
  });

  test('while undoing: the undo goes on, with the commands it had', async () => {
    const store = privately(desk.store);
    const things = shelf();
    const office = officeWith(things.kind, { store });
    await finished(office, 60);
    const dying = officeWith(things.kind, { store: killedAfter(store, 3), clock: office.clock });
    await dying.runner.undo('job-1', ana);
    await untilQuiet(dying).catch(() => undefined);
    office.clock.passes(60);
    await untilQuiet(office);
    expect(await office.now()).toMatchObject({ state: 'undone', marks: 'u'.repeat(60) });
    expect(things.applied).toEqual(new Set([...commandsOf(60), ...commandsOf(60, ':undo')]));
  });
});

describe('two runners', () => {
  test('never work one job at the same time', async () => {
    const store = privately(desk.store);
    const clock = handClock();
    let [running, most] = [0, 0];
    const { kind, asked } = shelf(async () => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      running -= 1;
      return 'done';
    });
    const one = officeWith(kind, { store, clock });
    const two = officeWith(kind, { store, clock });
    await started(one, 200);
    for (let look = 0; look < 100 && (await one.now()).state !== 'done'; look += 1)
      await Promise.all([one.runner.once(), two.runner.once()]);
    expect(most).toBe(4);
    expect(asked).toHaveLength(200);
    expect(await one.now()).toMatchObject({ state: 'done', done: 200 });
  });

  test('one too slow for its lease loses it, and its late words change nothing', async () => {
    const store = privately(desk.store);
    const clock = handClock();
    const gate = Promise.withResolvers<ItemOutcome>();
    const begins = Promise.withResolvers<void>();
    const slow = officeWith(
      shelf(() => {
        begins.resolve();
        return gate.promise;
      }).kind,
      { store, clock },
    );
    const quick = officeWith(shelf().kind, { store, clock });
    await started(slow, 2);
    const late = slow.runner.once();
    await begins.promise;
    expect(await quick.runner.once()).toBe(false);
    clock.passes(60);
    await untilQuiet(quick);
    gate.resolve('role-may-not');
    await late;
    expect(slow.said).toEqual(['job-lease-lost']);
    expect(slow.told).toEqual([]);
    expect(await quick.now()).toMatchObject({ state: 'done', refusalCount: 0, marks: 'dd' });
  });

  test('who finds a job that another one has just taken leaves it', async () => {
    const store = privately(desk.store);
    const clock = handClock();
    const gate = Promise.withResolvers<ItemOutcome>();
    const begins = Promise.withResolvers<void>();
    const waiting = shelf(() => {
      begins.resolve();
      return gate.promise;
    });
    const one = officeWith(waiting.kind, { store, clock });
    const others = shelf();
    const stale = (jobs: Jobs): Jobs => ({ ...jobs, due: () => Promise.resolve(['job-1']) });
    const two = officeWith(others.kind, { store, clock, seenBy: stale });
    await started(one, 2);
    const working = one.runner.once();
    await begins.promise;
    expect(await two.runner.once()).toBe(false);
    gate.resolve('done');
    await working;
    expect(others.asked).toEqual([]);
    expect(await one.now()).toMatchObject({ state: 'done', done: 2 });
  });

  test('confirming and beginning meet taking back: one of them wins, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { kind, asked } = shelf();
      const office = officeWith(kind);
      await started(office, 5);
      const [back] = await Promise.all([office.runner.cancel('job-1', ana), office.runner.once()]);
      await untilQuiet(office);
      expect(asked).toHaveLength(isRefusal(back) ? 5 : 0);
    }
  });
});

describe('the jobs that are due', () => {
  test('are those whose time has come, the earliest first, whatever they wait for', async () => {
    const office = officeWith(shelf().kind);
    const begin = office.clock.now();
    for (const id of ['c', 'a', 'd', 'b']) {
      sure(await previews(office, 1, { id }));
      await office.runner.confirm(id, ana);
      office.clock.passes(1);
    }
    const undone = await office.jobs.find('d');
    if (!undone) throw new TypeError('no job');
    await office.jobs.save({ ...undone, job: { ...undone.job, state: 'undoing' }, dueAt: begin });
    office.clock.passes(8);
    const at = office.clock.now();
    expect(await office.jobs.due({ at, limit: 10 })).toEqual(['d', 'c', 'a']);
    expect(await office.jobs.due({ at, limit: 2 })).toEqual(['d', 'c']);
    expect(await office.jobs.due({ at: begin, limit: 10 })).toEqual(['d']);
  });
});

test('the loop finds what waits by itself', async () => {
  const stopping = new AbortController();
  const ended = Promise.withResolvers<void>();
  const office = officeWith(shelf().kind, {
    progressed: ({ state }) => {
      if (state === 'done') ended.resolve();
      return Promise.resolve();
    },
  });
  const running = office.runner.run(stopping.signal);
  await started(office, 30);
  await ended.promise;
  stopping.abort();
  await running;
  expect(await office.now()).toMatchObject({ state: 'done', done: 30 });
});

test('who chose the tickets is the person, with their name as it was', async () => {
  const office = officeWith(shelf().kind);
  const renamed: PersonActor = { ...ana, name: 'Ana Married' };
  await previews(office, 1);
  sure(await office.runner.confirm('job-1', renamed));
  expect((await office.now()).by.name).toBe('Ana Alves');
});

import { describe, expect, test } from '@jest/globals';
import type { EditWish } from '../../src/application/matrix-service.ts';
import { refOf } from '../../src/domain/values.ts';
import { ana, lea, max, otto, vera } from '../support/deeds.ts';
import { deskStore, inOwnRoom } from '../store/desk-store.ts';
import { at, cellOf, configured, matrixProcess, minutesOf, ruleOf, versionIn } from './matrix-desk.ts';
import { killedAfter } from './parts.ts';

const desk = deskStore();
const aRoom = () => inOwnRoom(desk.store);
const started = async (...[store = aRoom(), options]: Partial<Parameters<typeof matrixProcess>>) => {
  const process = matrixProcess(store, options);
  await process.matrix.load();
  return process;
};
const wish = (thresholdMinutes: number | 'reset', more: Partial<EditWish> = {}): EditWish => ({
  by: otto,
  cell: cellOf(),
  change: thresholdMinutes === 'reset' ? 'reset' : { thresholdMinutes, delivery: 'card' },
  ...more,
});

describe('what is configured', () => {
  test('holds before anything is read, and from the start on as version 1, by nobody', async () => {
    const one = matrixProcess(aRoom());
    expect(minutesOf(one.matrix.at(at(-60)))).toBe(5);
    await one.matrix.load();
    expect(one.matrix.history(9)).toEqual([{ version: 1, from: at(0), at: at(0) }]);
    expect([at(-60), at(0), at(60)].map((each) => minutesOf(one.matrix.at(each)))).toEqual([5, 5, 5]);
  });

  test('and is the same at the next start adds nothing, also when two start at once', async () => {
    const store = aRoom();
    const both = [matrixProcess(store), matrixProcess(store)];
    await Promise.all(both.map(({ matrix }) => matrix.load()));
    await started(store);
    for (const { matrix } of both) expect(matrix.history(9)).toHaveLength(1);
    expect(await both[0]?.book.versions()).toHaveLength(1);
  });

  test('and is another at the next start holds from then on; what was before stays what it was', async () => {
    const store = aRoom();
    const one = await started(store);
    one.minutesPass(30);
    const two = await started(store, { file: configured(ruleOf(6)), clock: one.clock });
    expect([at(29), at(30)].map((each) => minutesOf(two.matrix.at(each)))).toEqual([5, 6]);
    expect(minutesOf(one.matrix.at(at(31)))).toBe(5);
    await one.matrix.refresh();
    expect(minutesOf(one.matrix.at(at(31)))).toBe(6);
  });

  test('leaves standing what was edited on a card, where it can stand', async () => {
    const store = aRoom();
    const one = await started(store);
    await one.matrix.edit(wish(7));
    await one.matrix.edit(wish(19, { cell: cellOf({ level: 2 }) }));
    one.minutesPass(30);
    const two = await started(store, { file: configured(ruleOf(6), ruleOf(18, { level: 3 })), clock: one.clock });
    const now = two.matrix.at(at(30));
    expect([1, 2, 3].map((level) => minutesOf(now, { level: level as 1 }))).toEqual([7, undefined, 18]);
    const [newest] = two.matrix.history(1);
    expect(newest?.dropped).toMatchObject([
      { edit: { cell: { level: 2 } }, faults: [expect.stringMatching(/level 3/u)] },
    ]);
    expect(two.said).toContain('matrix-edit-dropped');
  });
});

describe('an edit', () => {
  test('begins with the next full minute that is at least a minute away, and not sooner', async () => {
    const one = await started();
    one.clock.passes(61);
    const made = versionIn(await one.matrix.edit(wish(7)));
    expect(made).toMatchObject({ version: 2, from: at(3), at: at(61 / 60), by: refOf(otto) });
    expect([at(2.99), at(3)].map((each) => minutesOf(one.matrix.at(each)))).toEqual([5, 7]);
    expect(one.matrix.at(at(3)).rules).toHaveLength(2);
  });

  test('on a full minute begins with the next one', async () => {
    const one = await started();
    expect(versionIn(await one.matrix.edit(wish(7)))).toMatchObject({ from: at(1) });
  });

  test('is known to every process by then, if they look once a minute', async () => {
    const store = aRoom();
    const [one, two] = [await started(store), await started(store)];
    await one.matrix.edit(wish(7));
    expect(minutesOf(two.matrix.at(at(1)))).toBe(5);
    await Promise.all([two.matrix.refresh(), two.matrix.refresh()]);
    expect([at(0.99), at(1)].map((each) => minutesOf(two.matrix.at(each)))).toEqual([5, 7]);
    expect(two.matrix.history(9)).toHaveLength(2);
  });

  test('keeps all of a rule, and is read anew after a restart', async () => {
    const store = aRoom();
    const one = await started(store);
    const change = { thresholdMinutes: 7, delivery: 'digest', repeatEveryMinutes: 30, maxRepeats: 3 } as const;
    await one.matrix.edit(wish(7, { change }));
    const two = await started(store);
    expect(two.matrix.at(at(1)).rules).toContainEqual({ ...cellOf(), ...change });
    expect(two.matrix.history(9)).toEqual(one.matrix.history(9));
  });

  test('of two at the same moment both are kept, whoever comes first', async () => {
    const store = aRoom();
    const both = [await started(store), await started(store)];
    const levels = [1, 2] as const;
    await Promise.all(
      both.map(({ matrix }, index) => matrix.edit(wish(index + 7, { cell: cellOf({ level: levels[index] ?? 1 }) }))),
    );
    for (const { matrix } of both) {
      await matrix.refresh();
      expect(levels.map((level) => minutesOf(matrix.at(at(1)), { level }))).toEqual([7, 8]);
      expect(matrix.history(9).map(({ version }) => version)).toEqual([3, 2, 1]);
    }
  });

  test.each([ana, lea, max, vera])('is an admin’s: $name may not', async (by) => {
    const one = await started();
    expect(await one.matrix.edit(wish(7, { by }))).toEqual({ refused: 'role-may-not' });
    expect(await one.matrix.reload(configured(ruleOf(9)), by)).toEqual({ refused: 'role-may-not' });
    expect(await one.book.versions()).toHaveLength(1);
  });

  test('with faults changes nothing, and is told all of them', async () => {
    const one = await started();
    const change = { thresholdMinutes: 20, delivery: 'card', repeatEveryMinutes: 0 } as const;
    expect(await one.matrix.edit(wish(7, { change }))).toEqual({
      faults: [expect.stringMatching(/repeats every 0/u), expect.stringMatching(/level 2 .* not after the 20 of/u)],
    });
    const cell = cellOf({ team: 'nowhere' as never });
    expect(await one.matrix.edit(wish(7, { cell }))).toEqual({ faults: [expect.stringMatching(/team nowhere/u)] });
    expect(await one.book.versions()).toHaveLength(1);
  });
});

describe('an edit for later', () => {
  test('begins then; what is edited meanwhile holds until then', async () => {
    const one = await started();
    await one.matrix.edit(wish(9, { from: at(100) }));
    await one.matrix.edit(wish(7));
    const shown = [0, 1, 99, 100].map((minute) => minutesOf(one.matrix.at(at(minute))));
    expect(shown).toEqual([5, 7, 7, 9]);
  });

  test('is not lost when the configuration changes meanwhile', async () => {
    const store = aRoom();
    const one = await started(store);
    await one.matrix.edit(wish(9, { from: at(100) }));
    one.minutesPass(50);
    const two = await started(store, { file: configured(ruleOf(6)), clock: one.clock });
    expect([49, 50, 99, 100].map((minute) => minutesOf(two.matrix.at(at(minute))))).toEqual([5, 6, 6, 9]);
  });

  test('that was meant for the past begins as soon as any', async () => {
    const one = await started();
    expect(versionIn(await one.matrix.edit(wish(7, { from: at(-9) }))).edit?.from).toBe(at(1));
  });

  test('may not be more than a year ahead', async () => {
    const one = await started();
    expect(await one.matrix.edit(wish(7, { from: at(600_000) }))).toEqual({
      faults: [expect.stringMatching(/in more than a year/u)],
    });
  });
});

describe('back to what is configured', () => {
  test('takes the edit away, and what was planned for that cell', async () => {
    const one = await started();
    await one.matrix.edit(wish(9, { from: at(100) }));
    await one.matrix.edit(wish(7));
    one.minutesPass(10);
    expect(versionIn(await one.matrix.edit(wish('reset'))).edits).toEqual([]);
    expect([10, 11, 100].map((minute) => minutesOf(one.matrix.at(at(minute))))).toEqual([7, 5, 5]);
  });

  test('where nothing was edited adds no version', async () => {
    const one = await started();
    expect(versionIn(await one.matrix.edit(wish('reset'))).version).toBe(1);
    expect(await one.book.versions()).toHaveLength(1);
  });

  test('that would let a level pass the one above it is refused', async () => {
    const one = await started();
    await one.matrix.edit(wish(50, { cell: cellOf({ level: 2 }) }));
    await one.matrix.edit(wish(30));
    expect(await one.matrix.edit(wish('reset', { cell: cellOf({ level: 2 }) }))).toEqual({
      faults: [expect.stringMatching(/level 2 .* 20 minutes, which is not after the 30/u)],
    });
  });
});

describe('the configuration, read anew', () => {
  test('with faults is not taken: all are told, the rules stay', async () => {
    const one = await started();
    const faults = ['alerts: a', 'alerts: b'];
    expect(await one.matrix.reload({ faults }, otto)).toEqual({ faults });
    one.minutesPass(10);
    expect([minutesOf(one.matrix.at(at(10))), await one.book.versions()]).toEqual([5, [expect.anything()]]);
  });

  test('holds as an edit does, under the name of whoever asked, and the edits stay', async () => {
    const one = await started();
    await one.matrix.edit(wish(19, { cell: cellOf({ level: 2 }) }));
    const made = versionIn(await one.matrix.reload(configured(ruleOf(6)), otto));
    expect(made).toMatchObject({ from: at(1), by: refOf(otto) });
    const [before, then] = [one.matrix.at(at(0.9)), one.matrix.at(at(1))];
    expect([minutesOf(before), minutesOf(then), minutesOf(then, { level: 2 })]).toEqual([5, 6, 19]);
  });

  test('that is the same adds nothing', async () => {
    const one = await started();
    const file = configured(ruleOf(6));
    await one.matrix.reload(file, otto);
    expect(versionIn(await one.matrix.reload(file, otto)).version).toBe(2);
    expect(await one.book.versions()).toHaveLength(2);
  });
});

test.each([0, 1, 2, 3])(
  'a kill after %i writes of an edit leaves it whole or undone, and never without its timer',
  async (writes) => {
    const store = aRoom();
    const one = await started(store);
    const killed = matrixProcess(killedAfter(store, writes), { clock: one.clock });
    await killed.matrix.edit(wish(7)).catch((fault: unknown) => expect(String(fault)).toContain('killed'));
    await one.matrix.refresh();
    const due: string[] = [];
    for await (const { subject } of one.timers.due(at(60))) due.push(subject);
    const isThere = minutesOf(one.matrix.at(at(1))) === 7;
    expect([isThere, isThere && !due.includes('matrix:2')]).toEqual([writes >= 2, false]);
  },
);

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlertRule } from '../../src/domain/alert-rules.ts';
import { isSameCell, nameOfCell, type RuleCell } from '../../src/domain/matrix-check.ts';
import {
  countingFrom,
  type MatrixEdit,
  matrixAt,
  newFaults,
  rebased,
  withEdit,
} from '../../src/domain/matrix-edits.ts';
import { refOf } from '../../src/domain/values.ts';
import { otto } from '../support/deeds.ts';
import { after, minutes, monday } from '../support/given.ts';

const at = (minute: number): typeof monday => after(monday, minutes(minute));
const cell = (more: Partial<RuleCell> = {}): RuleCell => ({
  ...{ subject: '*', team: '*', priority: 'P1', type: '*', condition: 'NOT_ASSIGNED', level: 1 },
  ...more,
});
const rule = (thresholdMinutes: number, of: RuleCell = cell()): AlertRule => ({
  ...of,
  thresholdMinutes,
  delivery: 'card',
});
const edit = (from: number, thresholdMinutes: number | 'reset', of: RuleCell = cell()): MatrixEdit => ({
  cell: of,
  ...(thresholdMinutes === 'reset' ? {} : { rule: rule(thresholdMinutes, of) }),
  by: refOf(otto),
  at: monday,
  from: at(from),
});
const base = { rules: [rule(5), rule(50, cell({ level: 2 }))], defaults: false };
const known = { teams: [], calendars: [] };
/** The first level's minutes, at each of these moments. */
const shown = (edits: readonly MatrixEdit[], ...moments: readonly number[]): (number | undefined)[] =>
  moments.map(
    (minute) => matrixAt({ base, edits }, at(minute)).rules.find((each) => isSameCell(each, cell()))?.thresholdMinutes,
  );

test('an edit holds from its moment on, in the place of what is configured', () => {
  expect(shown([edit(10, 7)], 9, 10, 11)).toEqual([5, 7, 7]);
  expect(matrixAt({ base, edits: [edit(10, 7)] }, at(10)).rules).toHaveLength(2);
});

test('of several the one that began last holds, whichever was made first; of two at once the one made last', () => {
  expect(shown([edit(30, 9), edit(10, 7)], 9, 10, 29, 30)).toEqual([5, 7, 7, 9]);
  expect(shown([edit(10, 7), edit(10, 8)], 10)).toEqual([8]);
});

test('what goes back to the configuration does so from its moment on, and takes along what was planned there', () => {
  const planned = [edit(10, 7), edit(40, 9), edit(40, 60, cell({ level: 2 }))];
  const edits = withEdit(planned, edit(20, 'reset'));
  expect(shown(edits, 9, 10, 19, 20, 41)).toEqual([5, 7, 7, 5, 5]);
  expect(edits.filter((each) => each.cell.level === 2)).toHaveLength(1);
});

test('what counts no more is left out, and nothing is otherwise from then on', () => {
  const anEdit = fc
    .tuple(fc.nat(6), fc.oneof(fc.constant('reset' as const), fc.integer({ min: 1, max: 9 })), fc.constantFrom(1, 2, 3))
    .map(([from, minutes, level]) => edit(from, minutes, cell({ level: level as 1 | 2 | 3 })));
  fc.assert(
    fc.property(fc.array(anEdit, { maxLength: 8 }), fc.nat(6), (edits, from) => {
      const kept = countingFrom(edits, at(from));
      for (let minute = from; minute < 8; minute += 1) {
        const sorted = (each: readonly MatrixEdit[]) =>
          [...matrixAt({ base, edits: each }, at(minute)).rules].sort((a, b) => a.level - b.level);
        expect(sorted(kept)).toEqual(sorted(edits));
        expect(new Set(sorted(edits).map(nameOfCell)).size).toBe(sorted(edits).length);
      }
      expect(kept.filter((each) => each.from <= at(from) && !each.rule)).toEqual([]);
    }),
  );
});

test('an edit is measured against what holds when it begins, and against what is planned for later', () => {
  const faultsWith = (edits: readonly MatrixEdit[], one: MatrixEdit) =>
    newFaults({ before: { base, edits }, after: { base, edits: withEdit(edits, one) }, from: one.from }, known);
  expect(faultsWith([], edit(10, 49))).toEqual([]);
  expect(faultsWith([], edit(10, 50))).toHaveLength(1);
  const lower = edit(20, 30, cell({ level: 2 }));
  expect(faultsWith([lower], edit(10, 29))).toEqual([]);
  expect(faultsWith([lower], edit(10, 30))).toHaveLength(1);
  const back = [edit(0, 60, cell({ level: 2 })), edit(0, 55)];
  expect(faultsWith(back, edit(10, 'reset', cell({ level: 2 })))).toHaveLength(1);
});

test('what was wrong already is no fault of an edit', () => {
  const faulty = {
    rules: [...base.rules, rule(1, cell({ condition: 'NOT_UPDATED', team: 'gone' as never }))],
    defaults: false,
  };
  const of = { before: { base: faulty, edits: [] }, after: { base: faulty, edits: [edit(10, 7)] }, from: at(10) };
  expect(newFaults(of, known)).toEqual([]);
});

test('over another configuration edits stay, but for those that cannot stand there', () => {
  const edits = [edit(0, 7), edit(0, 8, cell({ level: 2 })), edit(30, 9, cell({ condition: 'NOT_UPDATED' }))];
  const other = { rules: [rule(2), rule(7, cell({ level: 3 }))], defaults: false };
  const { kept, dropped } = rebased(other, { edits, from: at(10) }, known);
  expect(kept).toEqual([edits[2]]);
  expect(dropped.map((each) => each.edit)).toEqual([edits[0], edits[1]]);
  expect(dropped[0]?.faults).toEqual([expect.stringMatching(/level 3 .* not after the 7/u)]);
});

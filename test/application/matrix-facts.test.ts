import { describe, expect, test } from '@jest/globals';
import type { CellFacts, RuleScope } from '../../src/application/matrix-facts.ts';
import type { MatrixService } from '../../src/application/matrix-service.ts';
import { refOf, teamId } from '../../src/domain/values.ts';
import { deskStore, inOwnRoom } from '../store/desk-store.ts';
import { otto, service } from '../support/deeds.ts';
import { at, cellOf, configured, matrixProcess, ruleOf } from './matrix-desk.ts';

const desk = deskStore();
const started = async (file = configured(ruleOf(5), ruleOf(20, { level: 2 })), defaults = true) => {
  const one = matrixProcess(inOwnRoom(desk.store), { file: { ...file, matrix: { ...file.matrix, defaults } } });
  await one.matrix.load();
  return one;
};
const everybody: RuleScope = { subject: '*', team: '*', priority: '*', type: '*' };
const p1: RuleScope = { ...everybody, priority: 'P1' };
const incidentInService: RuleScope = { subject: 'ticket', team: service, priority: 'P1', type: 'incident' };
const cellIn = (matrix: MatrixService, scope: RuleScope, index = 0): CellFacts | undefined =>
  matrix.facts(scope).cells[index];

describe('what stands in a scope', () => {
  test('is nine cells, each with its rule and where it comes from', async () => {
    const { matrix } = await started();
    const { cells, ...rest } = matrix.facts(incidentInService);
    expect(rest).toEqual({ scope: incidentInService, version: 1, from: at(0) });
    expect(
      cells.map(({ condition, level, source, rule }) => [condition, level, source, rule?.thresholdMinutes]),
    ).toEqual([
      ['NOT_ASSIGNED', 1, 'configured', 5],
      ['NOT_ASSIGNED', 2, 'configured', 20],
      ['NOT_ASSIGNED', 3, 'default', 15],
      ['NOT_UPDATED', 1, 'default', 30],
      ['NOT_UPDATED', 2, 'default', 60],
      ['NOT_UPDATED', 3, 'default', 120],
      ['NOT_COMPLETED', 1, 'default', -30],
      ['NOT_COMPLETED', 2, 'default', 0],
      ['NOT_COMPLETED', 3, 'default', 30],
    ]);
  });

  test('says who edited it, and only until it is reset', async () => {
    const { matrix, minutesPass } = await started();
    await matrix.edit({ by: otto, cell: cellOf(), change: { thresholdMinutes: 4, delivery: 'card' } });
    expect(cellIn(matrix, p1)).toMatchObject({ source: 'configured', planned: [{ from: at(1), rule: ruleOf(4) }] });
    minutesPass(1);
    const edited = { rule: ruleOf(4), source: 'edited', by: refOf(otto), at: at(0), planned: [] };
    expect(cellIn(matrix, p1)).toMatchObject(edited);
    expect(cellIn(matrix, incidentInService)).toMatchObject(edited);
    await matrix.edit({ by: otto, cell: cellOf(), change: 'reset' });
    expect(cellIn(matrix, p1)).toMatchObject({ source: 'edited', planned: [{ from: at(2) }] });
    minutesPass(1);
    expect(cellIn(matrix, p1)).toEqual({ ...cellOf0, rule: ruleOf(5), source: 'configured', planned: [] });
  });

  test('shows what is planned, soonest first', async () => {
    const { matrix } = await started();
    for (const [minutes, from] of [
      [3, 300],
      [4, 100],
    ] as const)
      await matrix.edit({
        by: otto,
        cell: cellOf(),
        change: { thresholdMinutes: minutes, delivery: 'card' },
        from: at(from),
      });
    expect(cellIn(matrix, p1)?.planned.map(({ from }) => from)).toEqual([at(100), at(300)]);
    expect(cellIn(matrix, p1, 1)?.planned).toEqual([]);
  });

  test('shows a level that is switched off as the rule that does so', async () => {
    const off = { ...ruleOf(5), delivery: 'off' } as const;
    const { matrix } = await started(configured(off), false);
    expect(cellIn(matrix, incidentInService)).toMatchObject({ rule: off, source: 'configured' });
    expect(cellIn(matrix, incidentInService, 1)).toEqual({ ...cellOf0, level: 2, source: 'default', planned: [] });
  });

  test('of everybody shows no rule of some, and no default, which is another for each priority', async () => {
    const { matrix } = await started(configured(ruleOf(5), ruleOf(4, { priority: '*', team: service })));
    expect(cellIn(matrix, everybody)).toEqual({ ...cellOf0, source: 'default', planned: [] });
    expect(cellIn(matrix, { ...everybody, team: service })?.rule?.thresholdMinutes).toBe(4);
    expect(cellIn(matrix, { ...everybody, team: teamId('network') })?.rule).toBeUndefined();
  });
});

const cellOf0 = { condition: 'NOT_ASSIGNED', level: 1 } as const;

test('what was changed is told newest first, each with what stood there before', async () => {
  const { matrix } = await started();
  const team = cellOf({ team: service });
  const change = { thresholdMinutes: 4, delivery: 'digest' } as const;
  await matrix.edit({ by: otto, cell: team, change, from: at(90) });
  await matrix.edit({ by: otto, cell: team, change: 'reset', from: at(95) });
  await matrix.reload(configured(ruleOf(9)), otto);
  const by = refOf(otto);
  expect(matrix.history(9)).toEqual([
    { version: 4, from: at(1), at: at(0), by },
    {
      version: 3,
      from: at(1),
      at: at(0),
      by,
      edit: { cell: team, by, at: at(0), from: at(95) },
      before: { ...team, ...change },
    },
    {
      ...{ version: 2, from: at(1), at: at(0), by, before: ruleOf(5) },
      edit: { cell: team, rule: { ...team, ...change }, by, at: at(0), from: at(90) },
    },
    { version: 1, from: at(0), at: at(0) },
  ]);
  expect(matrix.history(2).map(({ version }) => version)).toEqual([4, 3]);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskEntries } from '../../src/desk-file.ts';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { alertCardsOf, ledgerOf, linesOf } from './alert-hands.ts';
import { arrives, type Case, type Hands, handsOf, passes, type Shown, until } from './hands.ts';
import { cellOf, changesSeenBy, edits, matrixOf, NO_CARD, withAdmins } from './matrix-hands.ts';

/** The rules in the configuration are changed while the desk works: with faults nothing of it counts, without it does. */

let desk: TestDesk;
let anna: Hands;
let sam: Hands;
let mara: Hands;

beforeEach(async () => {
  desk = await openDesk({ config: withAdmins });
  [anna, sam, mara] = [handsOf(desk, 'anna'), handsOf(desk, 'sam'), handsOf(desk, 'mara')];
  await until(desk, '09:00');
});
afterEach(() => desk.close());

const WAITS_1 = ['NOT_ASSIGNED', 1] as const;

/** A P2: level 1 after 30 minutes, 2 after 60, 3 after 120. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  return one;
};
const rule = (more: object): object => ({ priority: 'P2', condition: 'NOT_ASSIGNED', level: 1, ...more });
const withRules =
  (...rules: readonly object[]) =>
  (file: DeskEntries): object => ({ ...file, alerts: { ...file.alerts, rules } });
const reloads = async (person: Hands): Promise<Shown> => (await person.says('reload')).at(-1) ?? NO_CARD;
const begins = async (): Promise<void> => {
  await passes(desk, { minutes: 2, seconds: 1 });
  await desk.settled();
};

describe('a configuration with faults', () => {
  const FAULTY = (file: DeskEntries): object => ({
    ...file,
    alerts: {
      rules: [
        rule({ team: 'carriers', thresholdMinutes: 20 }),
        rule({ thresholdMinutes: 20, repeatEveryMinutes: -5 }),
        rule({ level: 2, thresholdMinutes: 10 }),
        rule({ condition: 'NOT_UPDATED', thresholdMinutes: 20, calendar: 'moon' }),
      ],
      fallback: ['a0000000-0000-4000-8000-0000000000ff'],
    },
    people: file.people.map((each) => {
      if (each.name.startsWith('Anna')) return { ...each, supervisor: 'a0000000-0000-4000-8000-0000000000fe' };
      return each.name.startsWith('Mara') ? { ...each, supervisor: file.people[3]?.id } : each;
    }),
    calendars: [
      {
        id: 'office',
        weekly: [
          { days: [1, 2], from: '09:00', to: '17:00' },
          { days: [2], from: '16:00', to: '18:00' },
        ],
      },
    ],
  });

  test('tells all of them at once, and the old rules go on: for what waits, and for what comes', async () => {
    const one = await urgent();
    await edits(mara, WAITS_1, { thresholdMinutes: '25' });
    await begins();
    await desk.configures(FAULTY);
    const { text } = await reloads(mara);
    expect(text).toContain('Nothing was changed');
    expect(text).toContain('The old rules stay in force. What is wrong:');
    for (const fault of [
      'names team carriers, which does not exist',
      'repeats every -5 minutes',
      'which is not after the 20 of',
      'names calendar moon, which does not exist',
      'the fallback names a0000000-0000-4000-8000-0000000000ff',
      'a0000000-0000-4000-8000-0000000000fe',
      'is open twice at a time',
      'go round in a circle: somebody must have none',
    ])
      expect(text).toContain(fault);
    await begins();
    expect(cellOf(await matrixOf(anna), ...WAITS_1)[0]).toBe('after 25 min');
    expect(await changesSeenBy(anna)).toHaveLength(2);
    const other = await urgent();
    await passes(desk, { minutes: 19 });
    expect(await linesOf(desk, one)).toEqual([]);
    await passes(desk, { minutes: 3 });
    expect(await ledgerOf(desk, one)).toEqual(['NOT_ASSIGNED 1 Anna accepted', 'NOT_ASSIGNED 1 Ben accepted']);
    expect(await linesOf(desk, other)).toEqual([]);
    await passes(desk, { minutes: 4 });
    expect(await ledgerOf(desk, other)).toHaveLength(2);
  });

  test('and one that is no JSON at all says so', async () => {
    await desk.configures(() => '{ "zone": ');
    expect((await reloads(mara)).text).toContain('is no JSON');
    expect(await changesSeenBy(mara)).toHaveLength(1);
  });

  test('leads back to the matrix, and mended it counts', async () => {
    const one = await urgent();
    await desk.configures(FAULTY);
    const faults = await reloads(mara);
    expect((await mara.presses(faults, 'Back to the matrix')).text).toContain('Version 1, ');
    await desk.configures(withRules(rule({ thresholdMinutes: 12 })));
    expect((await reloads(mara)).text).toContain('Alert matrix');
    await begins();
    await passes(desk, { minutes: 11 });
    expect(await ledgerOf(desk, one)).toHaveLength(2);
  });
});

describe('a configuration without faults', () => {
  test('holds from the next full minute that is a minute away, for what waits already, and says who read it', async () => {
    const one = await urgent();
    await desk.configures(
      withRules(rule({ thresholdMinutes: 10 }), rule({ level: 3, delivery: 'off', thresholdMinutes: 300 })),
    );
    expect(cellOf(await matrixOf(mara), ...WAITS_1)[0]).toBe('after 30 min');
    expect(cellOf(await reloads(mara), ...WAITS_1)).toBeDefined();
    await passes(desk, { seconds: 30 });
    expect(cellOf(await matrixOf(anna), ...WAITS_1)[0]).toBe('after 30 min');
    await begins();
    const cell = cellOf(await matrixOf(anna), ...WAITS_1);
    expect(cell[0]).toBe('after 10 min');
    expect(cell.at(-1)).toMatch(/^configuration/u);
    expect((await changesSeenBy(anna))[0]).toMatch(
      /^2 · Mara Meyer · .*09:0\d · .*\nThe configuration was read anew\./u,
    );
    await passes(desk, { minutes: 8 });
    expect(await ledgerOf(desk, one)).toEqual(['NOT_ASSIGNED 1 Anna accepted', 'NOT_ASSIGNED 1 Ben accepted']);
    await passes(desk, { minutes: 130 });
    expect(alertCardsOf(mara, one)).toEqual([]);
  });

  test('leaves standing what was edited on a card; what can stand no longer is named', async () => {
    await edits(mara, WAITS_1, { thresholdMinutes: '10' });
    await edits(sam, ['NOT_ASSIGNED', 2], { thresholdMinutes: '100' });
    await begins();
    await desk.configures(withRules(rule({ thresholdMinutes: 20 }), rule({ level: 3, thresholdMinutes: 90 })));
    await reloads(mara);
    await begins();
    const shown = await matrixOf(anna);
    expect(cellOf(shown, ...WAITS_1)[0]).toBe('after 10 min');
    expect(cellOf(shown, 'NOT_ASSIGNED', 2)[0]).toBe('after 1 h');
    expect(cellOf(shown, 'NOT_ASSIGNED', 3)[0]).toBe('after 1 h 30 min');
    expect((await changesSeenBy(anna))[0]).toMatch(/No longer stands: Sitting in the queue, level 2/u);
  });

  test('that says the same changes nothing', async () => {
    await reloads(mara);
    await desk.configures((file) => file);
    await reloads(mara);
    expect(await changesSeenBy(mara)).toHaveLength(1);
  });

  test('may name only what the desk that runs knows', async () => {
    const team = {
      id: 'printers',
      name: 'Printers',
      mailbox: 'print@desk.example',
      mailboxStartsAt: '2026-01-01T00:00:00Z',
    };
    await desk.configures((file) => ({
      ...withRules(rule({ team: 'printers', thresholdMinutes: 7 }))(file),
      teams: [...file.teams, { ...file.teams[0], ...team }],
    }));
    const { text } = await reloads(mara);
    expect(text).toContain('names team printers, which does not exist until the desk is started anew');
    expect(await changesSeenBy(mara)).toHaveLength(1);
  });
});

test('who is no admin is refused, and nothing is read', async () => {
  await desk.configures(withRules(rule({ thresholdMinutes: 10 })));
  expect((await reloads(anna)).text).toBe('Your role may not do this. Ask a team lead.');
  expect(await changesSeenBy(anna)).toHaveLength(1);
});

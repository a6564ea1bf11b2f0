import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { elementsOf } from '../support/cards.ts';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, ledgerOf, linesOf } from './alert-hands.ts';
import { arrives, type Case, dayFromNow, type Hands, handsOf, passes, type Shown, titlesOn, until } from './hands.ts';
import { cellForm, cellOf, changesSeenBy, edits, matrixOf, withAdmins } from './matrix-hands.ts';

/** An admin changes when somebody is told: on the card, from a moment on, for what waits already, and back again. */

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
const WAITS_2 = ['NOT_ASSIGNED', 2] as const;

/** A P2: level 1 after 30 minutes, 2 after 60, 3 after 120. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  return one;
};
/** Rules begin within two minutes, and every ticket is looked at. */
const begins = async (): Promise<void> => {
  await passes(desk, { minutes: 2, seconds: 1 });
  await desk.settled();
};
/** How many minutes after its arrival whoever was told of a level was to be told. */
const dueOf = async (one: Case, level: number): Promise<readonly number[]> => {
  const queued = (await desk.running.tickets.load(one.id as never))?.ticket.createdAt ?? '';
  const lines = (await linesOf(desk, one)).filter((line) => line.level === level && line.condition === 'NOT_ASSIGNED');
  return [...new Set(lines.map(({ dueAt }) => (Date.parse(dueAt) - Date.parse(queued)) / 60_000))];
};
const nextOf = async (one: Case): Promise<string | undefined> =>
  /^Sitting in the queue: (level \d .*)$/mu.exec((await anna.says(`explain ${one.number}`)).at(-1)?.text ?? '')?.[1];

describe('a threshold that is changed', () => {
  test('to a lower one fires at its own moment, with nothing done to the ticket', async () => {
    const one = await urgent();
    expect(await nextOf(one)).toMatch(/^level 1 tells the techs at 09:3\d$/u);
    await edits(mara, WAITS_1, { thresholdMinutes: '10' });
    const before = (await desk.running.tickets.load(one.id as never))?.ticket.rev;
    await begins();
    expect(await nextOf(one)).toMatch(/^level 1 tells the techs at 09:1\d$/u);
    await passes(desk, { minutes: 7, seconds: 30 });
    expect(await linesOf(desk, one)).toEqual([]);
    expect((await desk.running.tickets.load(one.id as never))?.ticket.rev).toBe(before);
    await passes(desk, { minutes: 1 });
    expect(await ledgerOf(desk, one)).toEqual(['NOT_ASSIGNED 1 Anna accepted', 'NOT_ASSIGNED 1 Ben accepted']);
    expect(await dueOf(one, 1)).toEqual([10]);
    expect(alertCardOf(anna, one).text).toContain('Threshold: after 10 min');
  });

  test('to a higher one does not fire at the old moment, but at the new one, also after a restart', async () => {
    const one = await urgent();
    await edits(mara, WAITS_1, { thresholdMinutes: '50' });
    await begins();
    await passes(desk, { minutes: 30 });
    expect(await linesOf(desk, one)).toEqual([]);
    await desk.restart();
    await passes(desk, { minutes: 17 });
    expect(await linesOf(desk, one)).toEqual([]);
    await passes(desk, { minutes: 1, seconds: 30 });
    expect(await dueOf(one, 1)).toEqual([50]);
    await passes(desk, { minutes: 10 });
    expect(await dueOf(one, 2)).toEqual([60]);
  });

  test('says on the cards of alerts that are on when the next level comes now; nobody is told again', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    expect(alertCardOf(anna, one).text).toMatch(/^Next: level 2 tells the supervisor at 10:0\d$/mu);
    await edits(mara, WAITS_2, { thresholdMinutes: '90' });
    await begins();
    expect(alertCardOf(anna, one).text).toMatch(/^Next: level 2 tells the supervisor at 10:3\d$/mu);
    await passes(desk, { minutes: 40 });
    expect(alertCardsOf(sam, one)).toEqual([]);
    expect(alertCardsOf(anna, one)).toHaveLength(1);
    await passes(desk, { minutes: 18 });
    expect(alertCardOf(sam, one).text).toContain('Level 2');
    expect(await dueOf(one, 1)).toEqual([30]);
    expect(await dueOf(one, 2)).toEqual([90]);
  });

  test('to one that has passed already fires when the rule begins, and not sooner', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 45 });
    await edits(mara, WAITS_2, { thresholdMinutes: '40' });
    await passes(desk, { seconds: 30 });
    expect(alertCardsOf(sam, one)).toEqual([]);
    await begins();
    expect(alertCardOf(sam, one).text).toContain('Level 2');
    expect(alertCardOf(sam, one).text).toContain('Threshold: after 40 min');
  });

  test('to none leaves that level out', async () => {
    const one = await urgent();
    await edits(mara, WAITS_1, { thresholdMinutes: '30', delivery: 'off' });
    await begins();
    expect(cellOf(await matrixOf(mara), ...WAITS_1)[0]).toBe('off');
    await passes(desk, { minutes: 40 });
    expect(await linesOf(desk, one)).toEqual([]);
    await passes(desk, { minutes: 20 });
    expect(await ledgerOf(desk, one)).toEqual(['Anna', 'Ben', 'Sam'].map((name) => `NOT_ASSIGNED 2 ${name} accepted`));
  });
});

describe('the card of the matrix', () => {
  test('says what is in force, what comes and from when, and whose it is', async () => {
    expect(cellOf(await matrixOf(anna), ...WAITS_1)).toEqual(['after 30 min', 'a card at once', 'default']);
    const shown = await edits(mara, WAITS_1, { thresholdMinutes: '10' });
    const [when, , planned] = cellOf(shown, ...WAITS_1);
    expect(when).toBe('after 30 min');
    expect(planned).toMatch(/^from .*, 09:0\d: after 10 min, a card at once$/u);
    await begins();
    const cell = cellOf(await matrixOf(anna), ...WAITS_1);
    expect(cell.slice(0, 2)).toEqual(['after 10 min', 'a card at once']);
    expect(cell.at(-1)).toMatch(/^Mara Meyer, .*, 09:0\d: Tickets · .*$/u);
    expect(cellOf(await matrixOf(anna, 'P1'), ...WAITS_1)).toEqual(['after 5 min', 'a card at once', 'default']);
    expect((await matrixOf(anna)).text).toContain('Version 2, in force from');
  });

  test('keeps who changed what, when, from when on, and what stood there', async () => {
    await edits(mara, WAITS_1, { thresholdMinutes: '10' });
    await begins();
    await edits(sam, WAITS_1, { thresholdMinutes: '15', repeatEveryMinutes: '5', maxRepeats: '3' });
    const [last, first, start] = await changesSeenBy(anna);
    expect(last).toMatch(/^3 · Sam Sommer · .*, 09:0\d · in force from .*, 09:0\d\n/u);
    expect(last).toContain('Sitting in the queue, level 1');
    expect(last).toContain(
      'after 10 min, a card at once → after 15 min, a card at once, again every 5 min, 3× at most',
    );
    expect(first).toMatch(/^2 · Mara Meyer · .*, 09:0\d · in force from .*, 09:0\d\n/u);
    expect(first).toContain('after 30 min, a card at once → after 10 min, a card at once');
    expect(start).toMatch(/^1 · The configuration · /u);
  });

  test('leads back to the configuration; what was planned goes with it', async () => {
    const one = await urgent();
    await edits(mara, WAITS_1, { thresholdMinutes: '10' });
    await edits(mara, WAITS_1, { thresholdMinutes: '5', effectiveFrom: `${dayFromNow(desk, 3)} 09:00` });
    await begins();
    const form = await cellForm(mara, await matrixOf(mara), WAITS_1);
    await mara.presses(form, 'Back to what the configuration says');
    await begins();
    expect(cellOf(await matrixOf(mara), ...WAITS_1)).toEqual(['after 30 min', 'a card at once', 'default']);
    expect(titlesOn(await cellForm(mara, await matrixOf(mara), WAITS_1))).not.toContain(
      'Back to what the configuration says',
    );
    await passes(desk, { minutes: 20 });
    expect(await linesOf(desk, one)).toEqual([]);
    await passes(desk, { minutes: 7 });
    expect(await dueOf(one, 1)).toEqual([30]);
    expect((await changesSeenBy(mara))[0]).toMatch(/^4 · Mara Meyer .*\n.*→ configuration$/u);
  });

  test('takes a moment for later, and says what it cannot read as one', async () => {
    const one = await urgent();
    const day = dayFromNow(desk);
    let faulty = await cellForm(mara, await matrixOf(mara), WAITS_1);
    for (const typed of ['tomorrow', `${day}`, '2099-02-30 09:00', '2099-13-01 09:00', `${day} 24:00`]) {
      faulty = await mara.presses(faulty, 'Save', { thresholdMinutes: '10', effectiveFrom: typed });
      expect(faulty.text).toContain(`"${typed}" is no moment: write it like 2026-01-31 09:00.`);
    }
    await mara.presses(faulty, 'Save', { thresholdMinutes: '10', effectiveFrom: `${day} 09:20` });
    await passes(desk, { minutes: 17 });
    await desk.settled();
    expect(await linesOf(desk, one)).toEqual([]);
    expect(cellOf(await matrixOf(mara), ...WAITS_1)[0]).toBe('after 30 min');
    await passes(desk, { minutes: 3, seconds: 5 });
    await desk.settled();
    expect(cellOf(await matrixOf(mara), ...WAITS_1)[0]).toBe('after 10 min');
    expect(await dueOf(one, 1)).toEqual([10]);
  });
});

/** What stands in a field of the form. */
const inputOf = ({ card }: Shown, field: string): unknown => elementsOf(card).find(({ id }) => id === field)?.['value'];

interface Refused {
  readonly cell?: Parameters<typeof edits>[1];
  readonly typed: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

describe('what cannot stand', () => {
  const REFUSED: Readonly<Record<string, Refused>> = {
    'no number': { typed: { thresholdMinutes: 'soon' }, words: ['no number of minutes'] },
    nothing: { typed: { thresholdMinutes: '' }, words: ['no number of minutes'] },
    'before anything waits': { typed: { thresholdMinutes: '-5' }, words: ['before anything waits: take 0 or more'] },
    'not after the level below': {
      cell: WAITS_2,
      typed: { thresholdMinutes: '30' },
      words: ['which is not after the 30 of'],
    },
    'after the level above': { typed: { thresholdMinutes: '60' }, words: ['which is not after the 60 of'] },
    'longer than a year': {
      cell: ['NOT_UPDATED', 3],
      typed: { thresholdMinutes: '999999' },
      words: ['more than a year'],
    },
    'a repeat that is no number': {
      typed: { repeatEveryMinutes: 'often' },
      words: ['repeats every ? minutes: take at least 1'],
    },
    'several faults': {
      typed: { thresholdMinutes: '-5', repeatEveryMinutes: '0', maxRepeats: '51' },
      words: ['take 0 or more', 'repeats every 0 minutes: take at least 1', 'repeats 51 times: take a whole number'],
    },
    'how often, but not when': { typed: { maxRepeats: '3' }, words: ['not after how many minutes'] },
    'in years': { typed: { effectiveFrom: '2199-01-01 09:00' }, words: ['in more than a year'] },
  };

  test.each(Object.entries(REFUSED))(
    '%s: is refused with all that is wrong, keeps what was typed, and changes nothing',
    async (_name, { cell = WAITS_1, typed, words }) => {
      const form = await cellForm(mara, await matrixOf(mara), cell);
      const refused = await mara.insists(form, 'Save', typed);
      expect(refused.text).toContain('The old rules stay in force. What is wrong:');
      for (const each of words) expect(refused.text).toContain(each);
      for (const [field, value] of Object.entries(typed))
        expect(inputOf(refused, field)).toBe(value === '' ? undefined : value);
      expect(refused.text).not.toMatch(/NaN|undefined|\[object/u);
      expect(await changesSeenBy(mara)).toHaveLength(1);
    },
  );
});

describe('who is no admin', () => {
  test('reads the rules and has no way to change them, nor through the card of somebody who may', async () => {
    const shown = await matrixOf(anna);
    expect(shown.text).toContain('An administrator can change it.');
    expect(titlesOn(shown)).toEqual(['Show', 'Last changes']);
    const form = await cellForm(mara, await matrixOf(mara), WAITS_1);
    const refused = await anna.presses(form, 'Save', { thresholdMinutes: '1' });
    expect(refused.text).toBe('Your role may not do this. Ask a team lead.');
    expect(await changesSeenBy(anna)).toHaveLength(1);
    await begins();
    expect(cellOf(await matrixOf(anna), ...WAITS_1)[0]).toBe('after 30 min');
  });
});

describe('two admins at once', () => {
  test('on two cells: both hold', async () => {
    const [first, second] = await Promise.all([
      cellForm(mara, await matrixOf(mara), WAITS_1),
      cellForm(sam, await matrixOf(sam), WAITS_2),
    ]);
    await Promise.all([
      mara.taps(first, 'Save', { thresholdMinutes: '10' }),
      sam.taps(second, 'Save', { thresholdMinutes: '90' }),
    ]);
    await begins();
    const shown = await matrixOf(anna);
    expect(cellOf(shown, ...WAITS_1)[0]).toBe('after 10 min');
    expect(cellOf(shown, ...WAITS_2)[0]).toBe('after 1 h 30 min');
    expect(await changesSeenBy(anna)).toHaveLength(3);
  });

  test('on the same cell: one rule holds, and the history names both', async () => {
    const forms = [
      [mara, await cellForm(mara, await matrixOf(mara), WAITS_1), '10'],
      [sam, await cellForm(sam, await matrixOf(sam), WAITS_1), '20'],
    ] as const;
    await Promise.all(forms.map(([person, form, minutes]) => person.taps(form, 'Save', { thresholdMinutes: minutes })));
    await begins();
    const [last, first] = await changesSeenBy(anna);
    const minutes = /→ after (\d+) min/u.exec(last ?? '')?.[1];
    expect(cellOf(await matrixOf(anna), ...WAITS_1)[0]).toBe(`after ${minutes} min`);
    expect([last, first].map((each) => /· (\w+) /u.exec(each ?? '')?.[1]).sort()).toEqual(['Mara', 'Sam']);
  });

  test('of two that exclude each other the later one is refused', async () => {
    const [first, second] = [
      await cellForm(mara, await matrixOf(mara), WAITS_1),
      await cellForm(sam, await matrixOf(sam), WAITS_2),
    ];
    const answers = await Promise.all([
      mara.taps(first, 'Save', { thresholdMinutes: '50' }),
      sam.taps(second, 'Save', { thresholdMinutes: '40' }),
    ]);
    expect(answers.filter(({ text }) => text.includes('is not after the'))).toHaveLength(1);
    await begins();
    expect(await changesSeenBy(anna)).toHaveLength(2);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDesk, PEOPLE, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, ledgerOf, postsTo } from './alert-hands.ts';
import { arrives, type Case, type Hands, handsOf, inEnglish, mailsTo, passes, until } from './hands.ts';

/** Quiet hours, many at once, and a desk that was away: what may wait waits, what may not comes through, and nothing is lost. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;
let mara: Hands;

const NIGHT = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00', zone: 'Europe/Berlin' };

/** Anna and Sam are not to be disturbed at night. */
beforeEach(async () => {
  desk = await openDesk({
    config: (file) => {
      const read = inEnglish(file);
      const sleeps = (id: unknown): boolean => id === PEOPLE.anna || id === PEOPLE.sam;
      return {
        ...read,
        people: read.people.map((each) => (sleeps(each.id) ? { ...each, quiet: NIGHT } : each)) as never,
      };
    },
  });
  [anna, ben] = [handsOf(desk, 'anna'), handsOf(desk, 'ben')];
  [sam, mara] = [handsOf(desk, 'sam'), handsOf(desk, 'mara')];
});
afterEach(() => desk.close());

const triaged = async (one: Case, urgency: 'medium' | 'high'): Promise<void> => {
  await sam.does(one, 'Save', { impact: 'high', urgency });
};
const isDigest = ({ text }: { readonly text: string }): boolean => text.includes('Your teams on');
const digests = (person: Hands) => person.chat().filter(isDigest);
const isRollUp = ({ text }: { readonly text: string }): boolean =>
  /tickets? waits? in the queue|Nothing is left/u.test(text);
const rollUps = (person: Hands) => person.chat().filter((shown) => isRollUp(shown) && !isDigest(shown));

describe('an alert that rises while somebody sleeps', () => {
  /** Level 1 was shown in the evening, level 2 waits for the morning. */
  const late = async (): Promise<Case> => {
    await until(desk, '21:20');
    const one = await arrives(desk);
    await triaged(one, 'medium');
    await passes(desk, { minutes: 31 });
    await passes(desk, { minutes: 31 });
    expect(await ledgerOf(desk, one)).toContain('NOT_ASSIGNED 2 Anna held');
    return one;
  };

  test('the card that was shown before turns quiet at once, not in the morning', async () => {
    const one = await late();
    await ben.does(one, 'Accept');
    await passes(desk, { minutes: 5 });
    expect(alertCardOf(anna, one).text).toMatch(/accepted (?:at|on) .*\d\d:\d\d by Ben Berger/u);
    const before = postsTo(desk, 'anna');
    await until(desk, '07:02');
    expect(postsTo(desk, 'anna')).toBe(before);
  });

  test('what becomes most urgent comes through', async () => {
    const one = await late();
    await triaged(one, 'high');
    await passes(desk, { minutes: 2 });
    expect(await ledgerOf(desk, one)).toContain('NOT_ASSIGNED 3 Anna accepted');
    expect(alertCardOf(anna, one).text).toContain('Level 3');
  });
});

describe('many alike', () => {
  const eight = async (): Promise<Case[]> => {
    const cases: Case[] = [];
    for (let count = 0; count < 8; count += 1) cases.push(await arrives(desk));
    return cases;
  };

  test('never take one along that is most urgent: it has a post of its own', async () => {
    await until(desk, '09:00');
    await eight();
    await passes(desk, { minutes: 117 });
    const urgent = await arrives(desk);
    await triaged(urgent, 'high');
    await passes(desk, { minutes: 4 });
    expect(rollUps(ben)).toHaveLength(1);
    await passes(desk, { seconds: 90 });
    expect(await ledgerOf(desk, urgent)).toContain('NOT_ASSIGNED 1 Ben accepted');
    expect(alertCardsOf(ben, urgent).some((shown) => !isRollUp(shown))).toBe(true);
  });

  test('are quiet when all of them are over', async () => {
    await until(desk, '09:00');
    const cases = await eight();
    await passes(desk, { minutes: 122 });
    expect(rollUps(ben)[0]?.text).toContain('8 tickets wait in the queue');
    for (const one of cases.slice(1)) await anna.does(one, 'Accept');
    await passes(desk, { minutes: 1 });
    expect(rollUps(ben)[0]?.text).toContain('7 more are over already.');
    await anna.does(cases[0] as Case, 'Accept');
    await passes(desk, { minutes: 1 });
    expect(rollUps(ben).map(({ text }) => text)).toEqual([expect.stringContaining('Nothing is left of it.')]);
  });

  test('that waited for the end of quiet hours are one card in the morning', async () => {
    await until(desk, '21:00');
    await eight();
    await passes(desk, { minutes: 125 });
    expect(rollUps(ben)).toHaveLength(1);
    const before = postsTo(desk, 'anna');
    await until(desk, '00:55');
    await until(desk, '06:59');
    expect(postsTo(desk, 'anna')).toBe(before);
    await passes(desk, { minutes: 2 });
    // Levels 1 and 2, and what is due soon: each once, however many tickets.
    expect(postsTo(desk, 'anna') - before).toBeLessThanOrEqual(3);
    expect(rollUps(anna).length).toBeGreaterThan(0);
  });
});

describe('a digest', () => {
  test('goes on where the one before ended, though the desk was away when it was due', async () => {
    await until(desk, '00:30');
    const one = await arrives(desk);
    await until(desk, '08:05');
    await passes(desk, { minutes: 30 });
    expect(await ledgerOf(desk, one, 'NOT_ASSIGNED')).toContain('NOT_ASSIGNED 3 Mara digest');
    await until(desk, '07:50');
    const before = digests(mara).length;
    desk.clock.advance({ minutes: 70 });
    await desk.restart();
    await desk.settled();
    await passes(desk, { minutes: 1 });
    expect(digests(mara)).toHaveLength(before + 1);
    expect(digests(mara).at(-1)?.text).toContain(one.number);
  });

  test('reaches by mail whoever has blocked the bot', async () => {
    await until(desk, '09:05');
    desk.mirror.block(PEOPLE.mara);
    const one = await arrives(desk);
    await until(desk, '08:05');
    await passes(desk, { minutes: 2 });
    const mails = mailsTo(desk, 'mara@desk.example');
    expect(mails.filter((text) => text.includes('Your teams on'))).toHaveLength(1);
    expect(mails.join('\n')).toContain(one.number);
  });
});

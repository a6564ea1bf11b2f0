import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, ledgerOf, linesOf, postsTo } from './alert-hands.ts';
import { arrives, type Case, type Hands, handsOf, inEnglish, passes, ticketCardOf, titlesOn } from './hands.ts';

/** A ticket burns: who is told, of what, when it stops, and that nobody loses it by that. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;
let mara: Hands;

beforeEach(async () => {
  desk = await openDesk({ config: inEnglish });
  [anna, ben] = [handsOf(desk, 'anna'), handsOf(desk, 'ben')];
  [sam, mara] = [handsOf(desk, 'sam'), handsOf(desk, 'mara')];
});
afterEach(() => desk.close());

const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(ticketCardOf(desk, one).text)?.[1];

/** High impact, medium urgency: a P2 that waits 30, 60 and 120 minutes in the queue. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  expect((await sam.looksAt(one)).text).toContain('P2');
  return one;
};

describe('a ticket that nobody accepts', () => {
  test('tells the techs, then the supervisor, then the manager: one card each, edited as it rises', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 28 });
    expect(await linesOf(desk, one)).toEqual([]);
    await passes(desk, { minutes: 3 });
    for (const tech of [anna, ben]) expect(alertCardOf(tech, one).text).toContain('Sitting in the queue · Level 1');
    expect(alertCardsOf(sam, one)).toEqual([]);
    await passes(desk, { minutes: 30 });
    for (const told of [anna, ben, sam])
      expect(alertCardOf(told, one).text).toContain('Sitting in the queue · Level 2');
    expect(alertCardsOf(mara, one)).toEqual([]);
    await passes(desk, { minutes: 60 });
    for (const told of [anna, ben, sam, mara]) {
      expect(alertCardsOf(told, one)).toHaveLength(1);
      expect(alertCardOf(told, one).text).toContain('Sitting in the queue · Level 3');
    }
    expect(postsTo(desk, 'anna')).toBe(1);
    expect(postsTo(desk, 'mara')).toBe(1);
    expect(await ledgerOf(desk, one)).toEqual([
      ...['Anna', 'Ben'].map((name) => `NOT_ASSIGNED 1 ${name} accepted`),
      ...['Anna', 'Ben', 'Sam'].map((name) => `NOT_ASSIGNED 2 ${name} accepted`),
      ...['Anna', 'Ben', 'Mara', 'Sam'].map((name) => `NOT_ASSIGNED 3 ${name} accepted`),
    ]);
    expect(owner(one)).toBe('nobody yet');
  });

  test('once it is accepted all cards turn quiet and say when and who', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 62 });
    await anna.presses(alertCardOf(anna, one), 'Accept');
    await passes(desk, { seconds: 31 });
    for (const told of [anna, ben, sam]) {
      const card = alertCardOf(told, one);
      expect(card.text).toMatch(/Sitting in the queue: accepted (?:at|on) .*\d\d:\d\d by Anna Arndt/u);
      expect(titlesOn(card)).toEqual(['Open']);
    }
    const posts = [postsTo(desk, 'anna'), postsTo(desk, 'ben'), postsTo(desk, 'sam')];
    await passes(desk, { minutes: 5 });
    expect([postsTo(desk, 'anna'), postsTo(desk, 'ben'), postsTo(desk, 'sam')]).toEqual(posts);
    expect(owner(one)).toBe('Anna Arndt');
  });
});

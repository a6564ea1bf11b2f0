import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDesk, PEOPLE, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, ledgerOf, linesOf, twiceIn } from './alert-hands.ts';
import { arrives, type Case, type Hands, handsOf, inEnglish, ownedBy, passes, until } from './hands.ts';

/** Much at once, much too late, or nothing urgent: nobody is told more than helps. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;
let mara: Hands;

/** Mondays to Fridays, as the calendar of the desk; every hour of them. */
const WEEKDAYS = { id: 'weekdays', weekly: [{ days: [1, 2, 3, 4, 5], from: '00:00', to: '24:00' }] };

beforeEach(async () => {
  desk = await openDesk({
    config: (file) => ({ ...inEnglish(file), calendar: 'weekdays', calendars: [WEEKDAYS] as never }),
  });
  [anna, ben] = [handsOf(desk, 'anna'), handsOf(desk, 'ben')];
  [sam, mara] = [handsOf(desk, 'sam'), handsOf(desk, 'mara')];
});
afterEach(() => desk.close());

const weekday = (): string =>
  new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', weekday: 'short' }).format(Date.parse(desk.clock.now()));
const until9On = async (day: string): Promise<void> => {
  do await until(desk, '09:00');
  while (weekday() !== day);
};
const digests = (person: Hands) => person.chat().filter(({ text }) => text.includes('Your teams on'));
const rollUps = (person: Hands) => person.chat().filter(({ text }) => text.includes('tickets wait in the queue'));

test('twelve tickets at once: at most five cards and one card of many for each, and twelve lines in the ledger', async () => {
  await until9On('Mon');
  const cases: Case[] = [];
  for (let count = 0; count < 12; count += 1) cases.push(await arrives(desk));
  await passes(desk, { minutes: 123 });
  await desk.settled();
  const lines = (await Promise.all(cases.map((one) => linesOf(desk, one)))).flat();
  expect(twiceIn(lines)).toEqual([]);
  for (const [person, id] of [
    [anna, PEOPLE.anna],
    [ben, PEOPLE.ben],
  ] as const) {
    expect(rollUps(person)).toHaveLength(1);
    expect(rollUps(person)[0]?.text).toContain('12 tickets wait in the queue');
    const own = lines.filter(({ recipient }) => recipient.id === id);
    const inState = (wanted: string) => own.filter(({ state }) => state === wanted);
    expect(own).toHaveLength(12);
    // What was not shown by itself when the sixth came is on the card of many, too.
    expect(inState('accepted').length).toBeLessThanOrEqual(5);
    expect(alertCardsOf(person).length - rollUps(person).length).toBe(inState('accepted').length);
    expect(inState('rolled-up')).toHaveLength(12 - inState('accepted').length);
  }
});

test('what is not urgent reaches the manager in the digest of the next working day, once, also after a restart', async () => {
  await until9On('Fri');
  const earlier = digests(mara).length;
  const one = await arrives(desk);
  await passes(desk, { hours: 8, minutes: 5 });
  expect(alertCardOf(sam, one).text).toContain('Level 3');
  expect(alertCardsOf(mara, one)).toEqual([]);
  expect(await ledgerOf(desk, one, 'NOT_ASSIGNED')).toContain('NOT_ASSIGNED 3 Mara digest');
  expect(digests(mara)).toHaveLength(earlier);
  await until(desk, '08:05');
  expect(weekday()).toBe('Sat');
  expect(digests(mara)).toHaveLength(earlier);
  await until(desk, '08:05');
  expect(digests(mara)).toHaveLength(earlier);
  await until(desk, '07:55');
  expect(digests(mara)).toHaveLength(earlier);
  desk.clock.advance({ minutes: 10 });
  await desk.restart();
  await desk.settled();
  await desk.restart();
  await desk.settled();
  expect(digests(mara)).toHaveLength(earlier + 1);
  expect(digests(mara).at(-1)?.text).toContain(one.number);
  expect(alertCardsOf(mara, one)).toEqual([]);
  await until(desk, '08:05');
  expect(digests(mara)).toHaveLength(earlier + 2);
});

test('after two days without the desk only the highest level is told, once, and the lower ones are superseded', async () => {
  await until9On('Tue');
  const one = await ownedBy(desk, anna);
  const waiting = await arrives(desk);
  desk.clock.advance({ days: 2 });
  await desk.restart();
  await desk.settled();
  await desk.settled();
  expect(await ledgerOf(desk, waiting, 'NOT_ASSIGNED')).toEqual(
    ['Anna accepted', 'Ben accepted', 'Mara digest', 'Sam accepted'].map((each) => `NOT_ASSIGNED 3 ${each}`),
  );
  expect(await ledgerOf(desk, one, 'NOT_UPDATED')).toEqual(
    ['Anna accepted', 'Mara digest', 'Sam accepted'].map((each) => `NOT_UPDATED 3 ${each}`),
  );
  for (const told of [anna, ben, sam])
    expect(alertCardsOf(told, waiting).filter(({ text }) => text.includes('Sitting in the queue'))).toHaveLength(1);
  const before = await linesOf(desk, one);
  await desk.restart();
  await passes(desk, { minutes: 10 });
  expect(await linesOf(desk, one)).toHaveLength(before.length);
});

test('a clock that jumps an hour ahead and back tells nothing twice', async () => {
  await until9On('Tue');
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  await passes(desk, { minutes: 61 });
  const [before, cards] = [await ledgerOf(desk, one), alertCardsOf(anna).length];
  expect(before).toContain('NOT_ASSIGNED 2 Sam accepted');
  await passes(desk, { hours: -1 });
  await desk.restart();
  await passes(desk, { minutes: 30 });
  await passes(desk, { minutes: 29 });
  expect(await ledgerOf(desk, one)).toEqual(before);
  expect(alertCardsOf(anna)).toHaveLength(cards);
  await passes(desk, { minutes: 65 });
  expect((await ledgerOf(desk, one)).filter((each) => each.startsWith('NOT_ASSIGNED 3'))).toHaveLength(4);
  expect(alertCardsOf(anna)).toHaveLength(cards);
});

import { afterEach, describe, expect, test } from '@jest/globals';
import type { AlertFacts } from '../../src/domain/alert-explain.ts';
import type { DeskEntries } from '../../src/desk-file.ts';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, linesOf, postsTo } from './alert-hands.ts';
import { arrives, type Case, type Hands, handsOf, inEnglish, passes, ticketCardOf, until } from './hands.ts';

/** What a card says will happen, and when, is what happens then; what was promised is on the ticket's card in time. */

let desk: TestDesk;
let anna: Hands;
let sam: Hands;
let mara: Hands;

const opens = async (config: (file: DeskEntries) => DeskEntries = (file) => file): Promise<void> => {
  desk = await openDesk({ config: (file) => config(inEnglish(file)) });
  [anna, sam, mara] = [handsOf(desk, 'anna'), handsOf(desk, 'sam'), handsOf(desk, 'mara')];
};
afterEach(() => desk.close());

const OFFICE = { id: 'office', weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }] };
const inOffice = (file: DeskEntries): DeskEntries => ({ ...file, calendar: 'office', calendars: [OFFICE] as never });

const weekday = (): string =>
  new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', weekday: 'short' }).format(Date.parse(desk.clock.now()));
const untilOn = async (day: string, time: string): Promise<void> => {
  do await until(desk, time);
  while (weekday() !== day);
};
const shownAt = (at: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(
    Date.parse(at),
  );

/** A P2: the first answer is due after an hour, the solution after eight; levels after 30, 60 and 120 minutes in the queue. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  return one;
};

type Condition = AlertFacts['condition'];

const factsOf = async ({ id }: Case, condition: Condition): Promise<AlertFacts | undefined> =>
  (await desk.running.core.queries.alertsOf(id as never))?.on.find((each) => each.condition === condition);
const levelsOf = async (one: Case, condition: Condition): Promise<readonly string[]> => {
  const lines = (await linesOf(desk, one)).filter((line) => line.condition === condition);
  return [...new Set(lines.map(({ level, repeat, dueAt }) => `${level}.${repeat} ${dueAt}`))].sort();
};

const MARGIN_SECONDS = 20;
/** To a while before that moment. */
const justBefore = (at: string): Promise<void> =>
  passes(desk, { seconds: (Date.parse(at) - Date.parse(desk.clock.now())) / 1_000 - MARGIN_SECONDS });

interface Climb {
  readonly person: Hands;
  readonly condition: Condition;
  /** The words with which the card says what comes next. */
  readonly says: string;
}

/** What comes next is said on the card, does not happen a while before, and happens then; answers when that was. */
const climbs = async (one: Case, { person, condition, says }: Climb): Promise<string> => {
  const next = (await factsOf(one, condition))?.next;
  if (!next) throw new TypeError('nothing comes next');
  const said = new RegExp(`^Next: ${says} (?:at|on .*,) ${shownAt(next.at)}$`, 'mu');
  expect(alertCardOf(person, one).text).toMatch(said);
  expect((await person.says(`explain ${one.number}`)).at(-1)?.text).toMatch(said);
  const before = await levelsOf(one, condition);
  await justBefore(next.at);
  expect(await levelsOf(one, condition)).toEqual(before);
  await passes(desk, { seconds: MARGIN_SECONDS });
  expect(await levelsOf(one, condition)).toEqual([...before, `${next.level}.${next.repeat} ${next.at}`]);
  return next.at;
};

describe('"next level at" on the card of an alert', () => {
  test('is the moment at which it fires, level by level; after the last there is none', async () => {
    await opens();
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    const of = { person: anna, condition: 'NOT_ASSIGNED' } as const;
    await climbs(one, { ...of, says: 'level 2 tells the supervisor' });
    expect(alertCardOf(sam, one).text).toContain('Level 2');
    await climbs(one, { ...of, says: 'level 3 tells the manager' });
    expect(alertCardOf(mara, one).text).toContain('Level 3');
    expect(alertCardOf(anna, one).text).toContain('Next: no further level');
  });

  test('leaps over the night and the weekend of the office, and says the day; the minutes are working minutes', async () => {
    await opens(inOffice);
    await untilOn('Fri', '16:15');
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    expect(alertCardOf(anna, one).text).toContain('Threshold: after 30 min');
    const of = { person: anna, condition: 'NOT_ASSIGNED' } as const;
    expect(alertCardOf(anna, one).text).toMatch(/^Next: level 2 tells the supervisor on Mon /mu);
    const monday = await climbs(one, { ...of, says: 'level 2 tells the supervisor' });
    expect(shownAt(monday)).toMatch(/^08:1\d$/u);
    expect(alertCardOf(sam, one).text).toMatch(/^Time passed: 1 h of working time since Fri .*16:1\d$/mu);
    const later = await climbs(one, { ...of, says: 'level 3 tells the manager' });
    expect(Date.parse(later) - Date.parse(monday)).toBe(3_600_000);
  });

  test('is that of the owner’s alert too: before, at and after the due moment, across the night', async () => {
    await opens(inOffice);
    await untilOn('Tue', '11:00');
    const one = await urgent();
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    await anna.does(one, 'Send', { replyText: 'We look for the cable.' });
    const date = ((await desk.running.tickets.load(one.id as never))?.ticket.dueAt ?? '') as string;
    expect(shownAt(date)).toMatch(/^10:0\d$/u);
    await untilOn('Wed', '09:10');
    await anna.does(one, 'Send', { replyText: 'We still look for it.' });
    const of = { person: sam, condition: 'NOT_COMPLETED' } as const;
    expect(await levelsOf(one, 'NOT_COMPLETED')).toHaveLength(1);
    await climbs(one, {
      ...of,
      person: anna,
      says: 'level 2 tells the supervisor',
    });
    await climbs(one, { ...of, says: 'level 3 tells the manager' });
    expect((await levelsOf(one, 'NOT_COMPLETED')).map((each) => each.slice(0, 3))).toEqual(['1.0', '2.0', '3.0']);
  });

  test('is that of a repeat, and what "I’m on it" holds comes when that is over', async () => {
    const rule = {
      priority: 'P2',
      condition: 'NOT_ASSIGNED',
      level: 1,
      thresholdMinutes: 20,
      repeatEveryMinutes: 7,
      maxRepeats: 9,
    };
    await opens((file) => ({ ...file, alerts: { ...file.alerts, rules: [rule] as never } }));
    const one = await urgent();
    await passes(desk, { minutes: 21 });
    const of = { person: anna, condition: 'NOT_ASSIGNED' } as const;
    await climbs(one, { ...of, says: 'told again' });
    await anna.presses(alertCardOf(anna, one), 'I’m on it');
    const until = (await factsOf(one, 'NOT_ASSIGNED'))?.held?.until;
    const at = await climbs(one, { ...of, says: '.*' });
    expect(at).toBe(until);
  });
});

describe('the marks of a promise', () => {
  const marks = (one: Case): readonly string[] =>
    ticketCardOf(desk, one)
      .text.split('\n')
      .filter((line) => /% of the time has passed|(?:response|Resolution) was due/u.test(line));

  test('stand on the ticket’s card at 75 % and 90 % of the first response, until it is given; they ping nobody', async () => {
    await opens();
    const one = await urgent();
    await passes(desk, { minutes: 29 });
    const before = [postsTo(desk, 'sam'), postsTo(desk, 'mara')];
    await passes(desk, { minutes: 15 });
    expect(marks(one)).toEqual([]);
    await passes(desk, { minutes: 2 });
    expect(marks(one)).toEqual([expect.stringMatching(/^First response due .*: 75 % of the time has passed$/u)]);
    await passes(desk, { minutes: 9 });
    expect(marks(one)).toEqual([expect.stringMatching(/^First response due .*: 90 % of the time has passed$/u)]);
    expect([postsTo(desk, 'sam'), postsTo(desk, 'mara')]).toEqual(before);
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    expect(marks(one)).toHaveLength(1);
    await anna.does(one, 'Send', { replyText: 'We look into it.' });
    expect(marks(one)).toEqual([]);
    await passes(desk, { minutes: 10 });
    expect(marks(one)).toEqual([]);
    const timeline = (await anna.does(one, 'Show all')).text;
    for (const percent of [75, 90]) expect(timeline.split(`${percent} %`)).toHaveLength(2);
  });

  test('of the solution come in time as well; a later due moment has marks of its own, resolved there are none', async () => {
    await opens();
    const one = await urgent();
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    await anna.does(one, 'Send', { replyText: 'We look into it.' });
    await passes(desk, { minutes: 357 });
    expect(marks(one)).toEqual([]);
    await passes(desk, { minutes: 4 });
    expect(marks(one)).toEqual([expect.stringMatching(/^Resolution due .*: 75 % of the time has passed$/u)]);
    await passes(desk, { minutes: 73 });
    expect(marks(one)).toEqual([expect.stringMatching(/^Resolution due .*: 90 % of the time has passed$/u)]);
    await sam.does(one, 'Save', { impact: 'low', urgency: 'medium' });
    expect(marks(one)).toEqual([]);
    await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
    expect(marks(one)).toEqual([expect.stringMatching(/^Resolution due .*: 75 %/u)]);
    await passes(desk, { minutes: 121 });
    expect(marks(one)).toEqual([expect.stringMatching(/^Resolution was due /u)]);
    await anna.does(one, 'Resolve');
    expect(marks(one)).toEqual([]);
  });

  test('stand still while the customer is asked', async () => {
    await opens();
    const one = await urgent();
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    await anna.does(one, 'Ask and wait', { replyText: 'Which floor?' });
    await passes(desk, { hours: 7 });
    expect(marks(one)).toEqual([]);
    await anna.does(one, 'Resume');
    await passes(desk, { minutes: 300 });
    expect(marks(one)).toEqual([]);
    await passes(desk, { minutes: 62 });
    expect(marks(one)).toEqual([expect.stringMatching(/^Resolution due .*: 75 %/u)]);
  });

  test('after a day without the desk only the higher one is said', async () => {
    await opens();
    const one = await urgent();
    desk.clock.advance({ minutes: 58 });
    await desk.restart();
    await desk.settled();
    await desk.settled();
    expect(marks(one)).toEqual([expect.stringMatching(/^First response due .*: 90 %/u)]);
    const timeline = (await anna.does(one, 'Show all')).text;
    expect(timeline).not.toContain('75 %');
    expect(alertCardsOf(anna, one)).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { wordsIn } from '../../src/views/words/language.ts';
import { openDesk, PEOPLE, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf } from './alert-hands.ts';
import {
  arrives,
  type Case,
  type Hands,
  handsOf,
  inEnglish,
  ownedBy,
  passes,
  type Shown,
  titlesOn,
  until,
} from './hands.ts';

/** Whoever asks the bot about a ticket's alerts reads what their cards say, and what became of each message. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;

/** Everybody reads English but Ben; Sam's chat is quiet from nine to noon. */
const QUIET = { days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '12:00', zone: 'Europe/Berlin' };

beforeEach(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      people: inEnglish(file).people.map((each) => {
        if (each.id === PEOPLE.ben) return { ...each, language: 'de' as const };
        return each.id === PEOPLE.sam ? { ...each, quiet: QUIET as never } : each;
      }),
    }),
  });
  [anna, ben, sam] = [handsOf(desk, 'anna'), handsOf(desk, 'ben'), handsOf(desk, 'sam')];
  await until(desk, '09:00');
});
afterEach(() => desk.close());

const VPN = { text: 'The VPN is down.' };

/** A P2: 30, 60 and 120 minutes in the queue, an hour for the first answer, eight for the solution. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk, VPN);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  return one;
};

const asks = async (person: Hands, what: string): Promise<Shown> => {
  const answers = await person.says(what);
  const [answer] = answers;
  if (!answer || answers.length > 1) throw new TypeError(`${answers.length} answers to "${what}"`);
  return answer;
};
const explained = (person: Hands, one: Case): Promise<Shown> =>
  asks(person, `${person.name === 'ben' ? 'erkläre' : 'explain'} ${one.number}`);
const ledger = async (person: Hands, one: Case): Promise<string> =>
  (await asks(person, `${person.name === 'ben' ? 'alarme' : 'alerts'} ${one.number}`)).text;

/** What stands behind a label. */
const said = (label: string, { text }: Shown): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${label}: `))
    ?.slice(label.length + 2);
const names = (text = ''): string[] => text.split(', ').sort();

describe('explain', () => {
  test.each([
    ['en', 'anna'],
    ['de', 'ben'],
  ] as const)('says the same as the card of the alert (%s)', async (language, name) => {
    const person = handsOf(desk, name);
    const { alert, matrix } = wordsIn(language);
    const one = await urgent();
    await passes(desk, { minutes: 62 });
    const [card, answer] = [alertCardOf(person, one), await explained(person, one)];
    expect(card.text).toContain(`${matrix.condition.NOT_ASSIGNED} · ${alert.level(2)}`);
    expect(answer.text).toContain(alert.atLevel(matrix.condition.NOT_ASSIGNED, 2));
    for (const label of [alert.threshold, alert.time, alert.nextLabel, alert.stops]) {
      expect(said(label, card)).toBeDefined();
      expect(said(label, answer)).toBe(said(label, card));
    }
    expect(said(alert.threshold, answer)).toBe(matrix.after('1 h'));
    expect(said(alert.time, answer)).toMatch(/^1 h 2 min .*09:0\d$/u);
    expect(said(alert.nextLabel, answer)).toMatch(/11:0\d/u);
    const others = names(said(alert.part.tech, card));
    expect(others).toHaveLength(1);
    expect(names(said(alert.part.tech, answer))).toEqual(['Anna Arndt', 'Ben Berger']);
    expect(names(said(alert.part.tech, answer))).toEqual(expect.arrayContaining(others));
    expect(said(alert.part.supervisor, answer)).toMatch(/^Sam Sommer \(.* 12:00\)$/u);
    expect(titlesOn(answer)).toEqual([alert.open]);
  });

  test('names the clocks that have told nobody yet, and what was promised', async () => {
    const one = await urgent();
    const answer = await explained(anna, one);
    expect(said('Sitting in the queue', answer)).toMatch(/^level 1 tells the techs at 09:3\d$/u);
    expect(said('Approaching or past due', answer)).toMatch(/^level 1 tells the techs at 16:0\d$/u);
    expect(said('First response', answer)).toMatch(/^due .* 10:0\d$/u);
    expect(said('Resolution', answer)).toMatch(/^due .* 17:0\d$/u);
    expect(said('Threshold', answer)).toBeUndefined();
  });

  test('says of a promise how much of its time has passed, then that it was due, then that it was kept', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 46 });
    expect(said('First response', await explained(anna, one))).toMatch(/^due .*: 75 % of the time has passed$/u);
    await passes(desk, { minutes: 16 });
    expect(said('First response', await explained(anna, one))).toMatch(/^was due .* 10:0\d$/u);
    expect(said('Erste Antwort', await explained(ben, one))).toMatch(/^war fällig .* 10:0\d$/u);
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    await anna.does(one, 'Send', { replyText: 'We look into it.' });
    expect(said('First response', await explained(anna, one))).toMatch(/^given .* 10:0\d$/u);
  });

  test('has a part for each alert, the highest level first, and one for help that was asked for', async () => {
    const one = await ownedBy(desk, anna, VPN);
    await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
    await passes(desk, { minutes: 421 });
    await anna.does(one, 'Ask Network for help');
    await passes(desk, { minutes: 31 });
    const { text } = await explained(anna, one);
    const parts = text.split('\n').filter((line) => / \(level \d\)$/u.test(line));
    expect(parts).toEqual([
      'Going stale (level 2)',
      'Due soon (level 1)',
      'Help 1 (Network): Sitting in the queue (level 1)',
    ]);
    expect(text).toContain('an answer to the customer; a date for the follow-up');
    expect(text).toContain('somebody takes the request; the request is withdrawn');
  });

  test('says who is on it and until when, to each in their words, and that the next level waits for it', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    await anna.presses(alertCardOf(anna, one), 'I’m on it');
    const until1031 = /10:3\d/u;
    for (const [person, words] of [
      [anna, 'You are on it until'],
      [ben, 'Anna Arndt kümmert sich bis'],
      [sam, 'Anna Arndt is on it until'],
    ] as const) {
      const answer = await explained(person, one);
      const line = answer.text.split('\n').find((each) => each.startsWith(words));
      expect(line).toMatch(until1031);
      const next = said(wordsIn(person === ben ? 'de' : 'en').alert.nextLabel, answer);
      expect(next).toMatch(until1031);
    }
  });

  test('of a ticket without an open clock says that there is none', async () => {
    const one = await ownedBy(desk, anna);
    await anna.does(one, 'Send', { replyText: 'Please try again.' });
    expect((await explained(anna, one)).text).toContain('Comes next, if nothing changes');
    await anna.does(one, 'Resolve');
    expect((await explained(anna, one)).text).toContain('No alert is on, and no clock runs.');
    expect((await explained(ben, one)).text).toContain('Es läuft kein Alarm und keine Uhr.');
    expect((await explained(anna, one)).text).not.toContain('Comes next');
  });

  test('of a number that nobody knows says so, and without a number how to ask', async () => {
    expect((await asks(anna, 'explain INC-999999')).text).toBe('There is no ticket INC-999999.');
    expect((await asks(ben, 'erkläre INC-999999')).text).toContain('INC-999999');
    expect((await asks(anna, `alerts ${'9'.repeat(400)}`)).text.length).toBeLessThan(80);
    for (const what of ['explain', 'alerts', 'ticket'])
      expect((await asks(anna, what)).text).toBe((await asks(anna, 'help')).text);
  });
});

describe('alerts', () => {
  test('before anybody was told says so', async () => {
    const one = await urgent();
    expect(await ledger(anna, one)).toContain('Nobody was told of any alert of this ticket yet.');
    expect(await ledger(ben, one)).toContain('Von diesem Ticket wurde noch niemand alarmiert.');
  });

  test('follows a message from its decision over its delivery to what its reader did', async () => {
    const one = await urgent();
    desk.mirror.fault({ match: `POST .*${PEOPLE.anna}`, status: 429, times: 100, retryAfter: 1 });
    await passes(desk, { minutes: 31 });
    const linesOf = async (name: string): Promise<string[]> => {
      const lines = (await ledger(sam, one)).split('\n');
      const at = lines.findIndex((line) => line.startsWith(`${name} · `));
      return at < 0 ? [] : lines.slice(at, at + 3);
    };
    const waiting = await linesOf('Anna Arndt');
    expect(waiting[0]).toBe('Anna Arndt · on duty in the team · own chat · sent');
    expect(waiting[1]).toBe('Sitting in the queue (level 1)');
    expect(waiting[2]).toMatch(/^decided .* 09:3\d · sent 09:3\d · seen: unknown$/u);
    desk.mirror.clearFaults();
    await passes(desk, { seconds: 30 });
    const delivered = await linesOf('Anna Arndt');
    expect(delivered[0]).toBe('Anna Arndt · on duty in the team · own chat · delivered');
    expect(delivered[2]).toMatch(/ · sent 09:3\d · delivered 09:3\d · seen: unknown$/u);
    await passes(desk, { minutes: 5 });
    await anna.presses(alertCardOf(anna, one), 'Open');
    expect((await linesOf('Anna Arndt'))[2]).toMatch(/ · delivered 09:3\d · seen: 09:3\d$/u);
    await anna.presses(alertCardOf(anna, one), 'Accept');
    await passes(desk, { seconds: 31 });
    expect((await linesOf('Anna Arndt'))[2]).toMatch(/ · seen: 09:3\d · acted 09:3\d$/u);
    expect((await linesOf('Ben Berger'))[2]).toMatch(/ · seen: unknown$/u);
  });

  test('says what is held and until when, and that what was over before was not shown', async () => {
    const [one, other] = [await urgent(), await urgent()];
    await passes(desk, { minutes: 62 });
    for (const each of [one, other])
      expect(await ledger(anna, each)).toContain('Sam Sommer · supervisor · own chat · held until 12:00');
    expect(await ledger(ben, one)).toContain('Sam Sommer · Leitung · eigener Chat · aufgehoben bis 12:00');
    await anna.does(other, 'Accept');
    await passes(desk, { minutes: 120 });
    const held = await ledger(anna, one);
    expect(held).toMatch(/Sam Sommer · supervisor · own chat · delivered\nSitting in the queue \(level 2\)/u);
    expect(held).toMatch(/decided .* 10:0\d · sent 12:0\d · delivered 12:0\d/u);
    expect(await ledger(anna, other)).toContain('Sam Sommer · supervisor · own chat · not shown: it was over before');
    expect(sam.chat().filter(({ text }) => text.includes(other.number) && text.includes('Sitting in'))).toEqual([]);
  });

  test('keeps the lines of each level and of an earlier episode, newest first', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    await passes(desk, { minutes: 30 });
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    await passes(desk, { minutes: 120 });
    const text = await ledger(anna, one);
    const levels = text.split('\n').filter((line) => /\(level \d\)$/u.test(line));
    expect(levels).toEqual([
      'Going stale (level 1)',
      ...Array.from({ length: 3 }, () => 'Sitting in the queue (level 2)'),
      ...Array.from({ length: 2 }, () => 'Sitting in the queue (level 1)'),
    ]);
  });

  test('names what was kept for the digest', async () => {
    const one = await arrives(desk);
    await passes(desk, { hours: 8, minutes: 5 });
    expect(await ledger(anna, one)).toContain('Mara Meyer · manager · own chat · kept for the daily digest');
    expect(await ledger(ben, one)).toContain('Mara Meyer · Management · eigener Chat · für die tägliche Übersicht');
    expect(said('Told (managers)', await explained(anna, one))).toBe('Mara Meyer (in the daily digest)');
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, ledgerOf, linesOf } from './alert-hands.ts';
import {
  arrives,
  type Case,
  dayFromNow,
  envelopeCardOf,
  type Hands,
  handsOf,
  inEnglish,
  mailsTo,
  passes,
  ticketCardOf,
  titlesOn,
} from './hands.ts';

/** A ticket has its owner, and yet nothing happens: who is told, what ends it, and what is one tap away. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;
let mara: Hands;
let elif: Hands;

beforeEach(async () => {
  desk = await openDesk({ config: inEnglish });
  [anna, ben, elif] = [handsOf(desk, 'anna'), handsOf(desk, 'ben'), handsOf(desk, 'elif')];
  [sam, mara] = [handsOf(desk, 'sam'), handsOf(desk, 'mara')];
});
afterEach(() => desk.close());

const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(ticketCardOf(desk, one).text)?.[1];
const LETTER = { text: 'The VPN is down.' };

/** A P2: the first answer is due after an hour, the solution after eight. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk, LETTER);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  return one;
};
const urgentOf = async (person: Hands): Promise<Case> => {
  const one = await urgent();
  await person.does(one, 'Accept');
  await passes(desk, { seconds: 31 });
  return one;
};

describe('the owner of a ticket without an answer', () => {
  test('is told, and no colleague; the answer ends it, the supervisor never hears of it', async () => {
    const one = await urgentOf(anna);
    await passes(desk, { minutes: 177 });
    expect(alertCardsOf(anna, one)).toEqual([]);
    await passes(desk, { minutes: 4 });
    expect(alertCardOf(anna, one).text).toContain('Going stale · Level 1');
    expect(alertCardsOf(ben, one)).toEqual([]);
    await anna.does(one, 'Send', { replyText: 'Please try the other cable.' });
    expect(alertCardOf(anna, one).text).toMatch(/Going stale: answered (?:at|on) .*\d\d:\d\d by Anna Arndt/u);
    await passes(desk, { minutes: 118 });
    expect(alertCardsOf(sam, one)).toEqual([]);
    expect(await ledgerOf(desk, one)).toEqual(['NOT_UPDATED 1 Anna accepted']);
  });

  test('a note that says nothing ends nothing, one that says something does', async () => {
    const one = await urgentOf(anna);
    await anna.does(one, 'Send', { replyText: 'Please try the other cable.' });
    await passes(desk, { minutes: 122 });
    expect(alertCardOf(anna, one).text).toContain('Going stale · Level 1');
    await anna.does(one, 'Save note', { noteText: 'ok' });
    expect(alertCardOf(anna, one).text).toContain('Going stale · Level 1');
    await anna.does(one, 'Save note', { noteText: 'The switch on floor 3 has a dead port, a new one is ordered.' });
    expect(alertCardOf(anna, one).text).toMatch(/Going stale: worked on (?:at|on) .*\d\d:\d\d by Anna Arndt/u);
    await passes(desk, { minutes: 118 });
    expect(await ledgerOf(desk, one)).toEqual(['NOT_UPDATED 1 Anna accepted']);
  });

  test('a date for the follow-up holds it until that day', async () => {
    const one = await urgentOf(anna);
    await anna.does(one, 'Send', { replyText: 'We wait for the vendor.' });
    await passes(desk, { minutes: 122 });
    await anna.does(one, 'Wait for others', { pendFor: 'A vendor', pendUntil: dayFromNow(desk, 3) });
    expect(alertCardOf(anna, one).text).toMatch(/Going stale: set to wait (?:at|on) /u);
    await passes(desk, { days: 1 });
    expect(await ledgerOf(desk, one, 'NOT_UPDATED')).toEqual(['NOT_UPDATED 1 Anna accepted']);
    await passes(desk, { days: 6 });
    expect((await ledgerOf(desk, one, 'NOT_UPDATED')).length).toBeGreaterThan(1);
  });

  test('before, at and after the due moment: the owner, the supervisor, the manager; solved, all is quiet', async () => {
    const one = await urgentOf(anna);
    await passes(desk, { minutes: 60 });
    await anna.does(one, 'Send', { replyText: 'We are looking for the cable.' });
    await passes(desk, { minutes: 361 });
    expect(await ledgerOf(desk, one, 'NOT_COMPLETED')).toEqual(['NOT_COMPLETED 1 Anna accepted']);
    await passes(desk, { minutes: 60 });
    expect(alertCardsOf(sam, one).at(-1)?.text).toContain('Past due · Level 2');
    expect(alertCardsOf(mara, one)).toEqual([]);
    await passes(desk, { minutes: 60 });
    expect(alertCardOf(mara, one).text).toContain('Past due · Level 3');
    await anna.does(one, 'Resolve', { resolveText: 'A new cable.' });
    for (const told of [anna, sam, mara])
      for (const card of alertCardsOf(told, one))
        expect(card.text).toMatch(/: (?:resolved|worked on|answered) (?:at|on) /u);
    expect(mailsTo(desk).join('\n')).not.toContain('Level');
  });
});

describe('"I’m on it"', () => {
  test('the next level waits until then and comes then; the timeline says who; a second one is refused with the name', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    const stale = alertCardOf(ben, one);
    const answer = await anna.presses(alertCardOf(anna, one), 'I’m on it');
    expect(answer.text).toMatch(/You are on it until|Anna Arndt is on it until/u);
    expect(alertCardOf(ben, one).text).toContain('Anna Arndt is on it until');
    expect(titlesOn(alertCardOf(ben, one))).not.toContain('I’m on it');
    expect((await ben.presses(stale, 'I’m on it')).text).toContain('Anna Arndt is on it already');
    await passes(desk, { minutes: 57 });
    expect(alertCardsOf(sam, one)).toEqual([]);
    await passes(desk, { minutes: 4 });
    expect(alertCardOf(sam, one).text).toContain('Sitting in the queue · Level 2');
    expect(owner(one)).toBe('nobody yet');
    const timeline = (await anna.does(one, 'Show all')).text;
    expect(timeline).toMatch(/Anna Arndt .*on it/u);
  });

  test('when it is over already it says so', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    const stale = alertCardOf(ben, one);
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    expect((await ben.presses(stale, 'I’m on it')).text).toContain('This alert is over already');
  });
});

describe('help from the alert', () => {
  test('one tap asks the team, and the owner stays', async () => {
    const one = await urgentOf(anna);
    await passes(desk, { minutes: 181 });
    await anna.presses(alertCardOf(anna, one), 'Ask Network for help');
    expect(envelopeCardOf(desk, one).text).toContain('Network');
    expect(ticketCardOf(desk, one).text).toContain('0 of 1 answered');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('where nobody has the ticket, whoever taps accepts it with that', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    const stale = alertCardOf(ben, one);
    await anna.presses(alertCardOf(anna, one), 'Accept and ask Network');
    expect(owner(one)).toBe('Anna Arndt');
    expect(ticketCardOf(desk, one).text).toContain('0 of 1 answered');
    expect((await ben.presses(stale, 'Accept and ask Network')).text).toContain('Anna Arndt');
    expect(owner(one)).toBe('Anna Arndt');
    expect(ticketCardOf(desk, one).text).toContain('0 of 1 answered');
  });
});

describe('help that was asked for', () => {
  test('has its own clocks: the experts are told, then their lead, not the owner; while the owner is asked they stand', async () => {
    const one = await urgentOf(anna);
    await anna.does(one, 'Send', { replyText: 'I ask the network.' });
    await anna.does(one, 'Ask Network for help');
    await passes(desk, { minutes: 31 });
    expect(alertCardOf(elif, one).text).toContain('Help 1 (Network): Sitting in the queue · Level 1');
    expect(alertCardsOf(anna, one)).toEqual([]);
    await passes(desk, { minutes: 30 });
    expect(alertCardOf(sam, one).text).toContain('Help 1 (Network): Sitting in the queue · Level 2');
    await elif.presses(alertCardOf(elif, one), 'Accept');
    expect(alertCardOf(elif, one).text).toMatch(/taken (?:at|on) .*\d\d:\d\d by Elif Ekinci/u);
    await elif.presses(envelopeCardOf(desk, one), 'Ask the owner', { query: 'Which floor?' });
    const told = async (): Promise<string[]> =>
      (await linesOf(desk, one))
        .filter(({ envelope }) => envelope === 1)
        .map(({ condition, level, recipient }) => `${condition} ${level} ${recipient.name}`);
    const before = await told();
    await passes(desk, { minutes: 300 });
    expect(await told()).toEqual(before);
    await anna.does(one, 'Answer', { answer1: 'Floor 3.' });
    await passes(desk, { minutes: 122 });
    expect(await told()).toContain('NOT_UPDATED 1 Elif Ekinci');
    expect(alertCardOf(elif, one).text).toContain('Help 1 (Network): ');
    expect(owner(one)).toBe('Anna Arndt');
  });
});

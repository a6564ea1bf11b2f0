import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDesk, PEOPLE, type PersonName, type TestDesk } from '../support/open-desk.ts';
import { alertCardOf, alertCardsOf, isAlert, linesOf } from './alert-hands.ts';
import { arrives, type Case, channelCards, type Hands, handsOf, inEnglish, mailsTo, passes } from './hands.ts';

/** Whoever cannot be told in one place is told in the next, and the ledger knows all of it. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;
let mara: Hands;

const CHANNEL = '19:tickets@thread.tacv2';

beforeEach(async () => {
  desk = await openDesk({ config: inEnglish });
  [anna, ben] = [handsOf(desk, 'anna'), handsOf(desk, 'ben')];
  [sam, mara] = [handsOf(desk, 'sam'), handsOf(desk, 'mara')];
});
afterEach(() => desk.close());

/** A P2 waits 30, 60 and 120 minutes in the queue. */
const urgent = async (): Promise<Case> => {
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  return one;
};

const inChannel = (one: Case) =>
  channelCards(desk, CHANNEL).filter((each) => isAlert(each) && each.text.includes(one.number));
const failedPings = (person: Hands) => person.chat().filter(({ text }) => text.includes('could not be told of'));
const ledger = async (one: Case): Promise<string> => (await sam.says(`alerts ${one.number}`))[0]?.text ?? '';
const lineOf = async (one: Case, person: PersonName) =>
  (await linesOf(desk, one)).find(({ recipient }) => recipient.id === PEOPLE[person]);

describe('somebody who has blocked the bot', () => {
  test('is told in the channel in the same tick, with their name; the supervisor learns of it once', async () => {
    const one = await urgent();
    desk.mirror.block(PEOPLE.anna);
    await passes(desk, { minutes: 31 });
    expect(alertCardsOf(anna, one)).toEqual([]);
    expect(alertCardsOf(ben, one)).toHaveLength(1);
    expect(inChannel(one)).toHaveLength(1);
    expect(inChannel(one)[0]?.text).toContain('<at>Anna Arndt</at>');
    expect(failedPings(sam)).toHaveLength(1);
    expect(failedPings(sam)[0]?.text).toContain('Anna Arndt could not be told of');
    const text = await ledger(one);
    expect(text).toContain('Anna Arndt · on duty in the team · channel of Service Desk · delivered');
    expect(text).toMatch(/Not taken by: own chat, \d\d:\d\d/u);
    expect(text).toContain('Ben Berger · on duty in the team · own chat · delivered');
    await passes(desk, { minutes: 20 });
    expect(inChannel(one)).toHaveLength(1);
    expect(failedPings(sam)).toHaveLength(1);
    expect(failedPings(mara)).toEqual([]);
  });

  test('gets a mail where the channel is gone too', async () => {
    const one = await urgent();
    desk.mirror.block(PEOPLE.anna);
    desk.mirror.loseChannel(CHANNEL);
    await passes(desk, { minutes: 31 });
    await desk.settled();
    const mails = mailsTo(desk, 'anna@desk.example');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(one.number);
    expect(await ledger(one)).toContain('Anna Arndt · on duty in the team · mail · sent');
    expect(failedPings(sam).length).toBeGreaterThan(0);
    expect(mailsTo(desk).join('\n')).not.toContain('Anna Arndt could not');
    await passes(desk, { minutes: 10 });
    expect(mailsTo(desk, 'anna@desk.example')).toHaveLength(1);
  });
});

test('where Teams asks to wait, each is told once when it lets them', async () => {
  const one = await urgent();
  desk.mirror.fault({ match: 'POST /v3/', status: 429, times: 2, retryAfter: 1 });
  await passes(desk, { minutes: 31 });
  for (let waits = 0; waits < 4; waits += 1) await passes(desk, { seconds: 20 });
  expect(desk.mirror.faults()).toEqual([]);
  for (const told of [anna, ben]) expect(alertCardsOf(told, one)).toHaveLength(1);
  expect((await linesOf(desk, one)).map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  expect(inChannel(one)).toEqual([]);
  expect(failedPings(sam)).toEqual([]);
});

describe('whether it was seen', () => {
  test('nobody knows, until a receipt of Teams says so', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    expect(await ledger(one)).toContain('seen: unknown');
    const { status } = await fetch(desk.mirror.endpointFor({ id: PEOPLE.anna }), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'event', name: 'application/vnd.microsoft.readReceipt', value: {} }),
    });
    expect(status).toBeLessThan(300);
    expect((await lineOf(one, 'anna'))?.seenAt).toBeDefined();
    expect((await lineOf(one, 'anna'))?.actedAt).toBeUndefined();
    expect((await lineOf(one, 'ben'))?.seenAt).toBeUndefined();
    expect(await ledger(one)).toMatch(/seen: \d\d:\d\d/u);
  });

  test('whoever opens the ticket from its card has seen it, whoever acts has acted', async () => {
    const one = await urgent();
    await passes(desk, { minutes: 31 });
    await ben.presses(alertCardOf(ben, one), 'Open');
    expect((await lineOf(one, 'ben'))?.seenAt).toBeDefined();
    expect((await lineOf(one, 'ben'))?.actedAt).toBeUndefined();
    await anna.presses(alertCardOf(anna, one), 'I’m on it');
    expect((await lineOf(one, 'anna'))?.actedAt).toBeDefined();
    expect(await ledger(one)).toMatch(/acted \d\d:\d\d/u);
  });
});

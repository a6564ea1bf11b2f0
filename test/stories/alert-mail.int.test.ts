import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDesk, PEOPLE, type PersonName, type TestDesk } from '../support/open-desk.ts';
import { linesOf } from './alert-hands.ts';
import { arrives, type Case, type Hands, handsOf, inEnglish, mailsTo, passes } from './hands.ts';

/** The last channel: a mail to one of the desk's own people, and what it must not do. */

let desk: TestDesk;
let anna: Hands;
let sam: Hands;

beforeEach(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      people: inEnglish(file).people.map((each) =>
        each.id === PEOPLE.ben ? { ...each, language: 'de' as const } : each,
      ),
    }),
  });
  [anna, sam] = [handsOf(desk, 'anna'), handsOf(desk, 'sam')];
  for (const name of ['anna', 'ben'] as const) desk.mirror.block(PEOPLE[name]);
});
afterEach(() => desk.close());

const addressOf = (name: PersonName): string => `${name}@desk.example`;
const lettersTo = (name: PersonName) => desk.inboxOf(addressOf(name));

/** A P2 of which nobody in the team can be told in Teams: the channel is gone when it comes due. */
const untold = async (): Promise<Case> => {
  const one = await arrives(desk);
  await sam.does(one, 'Save', { impact: 'high', urgency: 'medium' });
  desk.mirror.loseChannel('19:tickets@thread.tacv2');
  await passes(desk, { minutes: 31 });
  await desk.settled();
  return one;
};

test('says what holds, what comes next and what stops it, to each in their language', async () => {
  const one = await untold();
  const [english, german] = [lettersTo('anna'), lettersTo('ben')];
  expect(english.map(({ subject }) => subject)).toEqual([
    `[internal] ${one.number}: nobody has accepted it yet (level 1)`,
  ]);
  expect(german.map(({ subject }) => subject)).toEqual([
    `[intern] ${one.number}: es hat noch niemand angenommen (Stufe 1)`,
  ]);
  expect(english[0]?.body.content).toContain('What stops it: somebody accepts the ticket; it is cancelled.');
  expect(english[0]?.body.content).toMatch(/If nothing happens, level 2 is told at .*\d\d:\d\d\./u);
  expect(german[0]?.body.content).toContain('Was es beendet: jemand nimmt das Ticket an; es wird storniert.');
});

test('stands for itself: in no thread of a customer, and not in the ticket’s story', async () => {
  const one = await untold();
  const known = new Set(mailsTo(desk));
  const ids = [...lettersTo('anna'), ...lettersTo('ben')].map(({ internetMessageId }) => internetMessageId);
  expect(new Set(ids).size).toBe(2);
  expect([...known].join('\n')).not.toMatch(/nobody has accepted|noch niemand angenommen/u);
  expect((await sam.looksAt(one)).text).not.toContain('nobody has accepted it yet');
});

test('comes once for a level, for a later level again, and after that no more', async () => {
  const one = await untold();
  await passes(desk, { minutes: 10 });
  await desk.restart();
  await passes(desk, { minutes: 10 });
  expect(lettersTo('anna')).toHaveLength(1);
  await passes(desk, { minutes: 10 });
  await desk.settled();
  const subjects = lettersTo('anna').map(({ subject }) => subject);
  expect(subjects).toEqual(
    [1, 2].map((level) => `[internal] ${one.number}: nobody has accepted it yet (level ${level})`),
  );
  await sam.does(one, 'Accept');
  await passes(desk, { seconds: 31 });
  await passes(desk, { hours: 2 });
  await desk.settled();
  expect(lettersTo('anna')).toHaveLength(2);
});

test('an answer to it reaches neither the ticket nor its customer', async () => {
  const one = await untold();
  const [letter] = lettersTo('anna');
  const revOf = async () => (await desk.running.tickets.load(one.id as never))?.ticket.rev;
  const [rev, mails] = [await revOf(), mailsTo(desk).length];
  await desk.mails({
    from: addressOf('anna'),
    name: 'Anna Arndt',
    subject: `Re: ${letter?.subject}`,
    text: 'I look after it.',
    ...(letter ? { inReplyTo: letter.internetMessageId } : {}),
  });
  await desk.settled();
  expect(await revOf()).toBe(rev);
  expect((await sam.does(one, 'Show all')).text).not.toContain('I look after it.');
  expect(mailsTo(desk)).toHaveLength(mails);
});

test('the ledger names every place that did not take it', async () => {
  const one = await untold();
  const lines = (await linesOf(desk, one)).filter(({ level }) => level === 1);
  for (const line of lines) {
    expect(line.address.kind).toBe('mail');
    expect(line.tried?.map(({ address }) => address.kind)).toEqual(['personal', 'channel']);
  }
  const { text } = (await sam.says(`alerts ${one.number}`)).at(-1) ?? { text: '' };
  expect(text).toContain('Anna Arndt · on duty in the team · mail · sent');
  expect(text).toMatch(/Not taken by: own chat, \d\d:\d\d: /u);
  expect(text).toMatch(/Not taken by: channel of Service Desk, \d\d:\d\d: /u);
  expect(anna.chat()).toEqual([]);
});

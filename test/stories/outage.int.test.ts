import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CARLA, openDesk, type TestDesk } from '../support/open-desk.ts';
import {
  arrives,
  type Case,
  channelCards,
  type Hands,
  handsOf,
  inEnglish,
  mailsTo,
  ownedBy,
  passes,
  type Shown,
  ticketCardOf,
  titlesOn,
  until,
} from './hands.ts';

/** Many mails about one fault, and many tickets at once: one preview, one confirmation, progress, undo. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;
let mara: Hands;

const opened = async (): Promise<void> => {
  desk = await openDesk({
    config: inEnglish,
  });
  const at = (name: Hands['name']): Hands => handsOf(desk, name);
  [anna, ben, sam, mara] = [at('anna'), at('ben'), at('sam'), at('mara')];
  await until(desk, '09:05');
};

const onCard = (one: Case): string => ticketCardOf(desk, one).text;
/** What the desk told of the act last: alerts come in between. */
const last = (person: Hands): Shown =>
  person.chat().findLast(({ text }) => !text.includes('What stops it')) ?? { text: '' };
const saying = (person: Hands, words: string): readonly Shown[] =>
  person.chat().filter(({ text }) => text.includes(words));
const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(onCard(one))?.[1];

describe('an outage: 40 mails of 30 customers', () => {
  const customers = Array.from({ length: 30 }, (_, index) => `person${index}@outage${index}.example`);
  const writers = [...customers, ...customers.slice(0, 10)];
  const news = 'The intranet is back for half of you.';
  const mailsWith = (words: string): readonly number[] =>
    customers.map((address) => mailsTo(desk, address).filter((mail) => mail.includes(words)).length);
  const children = (parent: string): number =>
    channelCards(desk).filter(({ text }) => text.includes(`Part of: ${parent}`)).length;
  let parent = '';
  let one: Case;

  beforeAll(async () => {
    await opened();
    for (const [index, from] of writers.entries())
      await desk.mails({ from, name: `Person ${index}`, subject: 'Intranet shows error 500', text: 'It fails.' });
    await desk.settled();
  }, 120_000);
  afterAll(() => desk.close());

  test('the lead gets one card with all of them, and the preview of one tap changes nothing yet', async () => {
    const storms = saying(sam, 'tickets alike');
    expect(storms).toHaveLength(1);
    expect(storms[0]?.text).toContain('40 tickets alike: make INC-');
    parent = /make (INC-\d+) the parent/u.exec(storms[0]?.text ?? '')?.[1] ?? '';
    const preview = await sam.presses(storms[0] ?? { text: '' }, `Make them part of ${parent}`);
    expect(preview.text).toContain(`Make 39 tickets part of ${parent}`);
    expect(preview.text).toContain('Nothing has happened yet');
    expect(children(parent)).toBe(0);
    await sam.presses(preview, 'Do it');
  });

  test('confirmed, all of them become part of the first; the card says how far it is', () => {
    expect(children(parent)).toBe(39);
    expect(saying(sam, `Make 39 tickets part of ${parent}`)).toHaveLength(1);
    expect(last(sam).text).toContain('39 of 39');
  });

  test('a manager declares a major incident and names who coordinates; no agent does', async () => {
    const shown = (await mara.says(`ticket ${parent}`))[0] ?? { text: '' };
    expect(titlesOn((await anna.says(`ticket ${parent}`))[0] ?? { text: '' })).not.toContain('Declare major incident');
    await mara.presses(shown, 'Declare major incident', { personId: 'Ben Berger', cadence: '30' });
    expect(last(ben).text).toContain('Mara Meyer declared a major incident, and you coordinate it');
    one = { id: '', number: parent };
    expect(onCard(one)).toContain('Ben Berger coordinates');
  });

  test('one update of the coordinator reaches each of the 30 customers exactly once', async () => {
    await ben.presses(last(ben), 'Tell every customer', { majorText: news });
    expect(mailsWith(news)).toEqual(customers.map(() => 1));
    const mail = mailsTo(desk, customers[3]).at(-1) ?? '';
    for (const internal of ['Ben', 'Mara', 'parent']) expect(mail).not.toContain(internal);
  });

  test('the coordinator is reminded when the next update is due, and again', async () => {
    await passes(desk, { minutes: 29 });
    expect(saying(ben, 'News is due')).toHaveLength(0);
    await passes(desk, { minutes: 2 });
    expect(saying(ben, 'News is due')).toHaveLength(1);
    await passes(desk, { minutes: 31 });
    expect(saying(ben, 'News is due')).toHaveLength(2);
  });

  test('the linking is undone with one tap: news then reach the first ticket’s customer only', async () => {
    await sam.presses(last(sam), 'Undo');
    expect(last(sam).text).toContain('Undone');
    expect(children(parent)).toBe(0);
    await ben.does(one, 'Tell every customer', { majorText: 'It was the proxy.' });
    expect(mailsWith('It was the proxy.').reduce((sum, count) => sum + count)).toBe(1);
  });
});

describe('many at once, from the chat', () => {
  beforeAll(opened);
  afterAll(() => desk.close());
  let cases: Case[] = [];
  let round = 0;

  beforeEach(() => {
    cases = [];
    round += 1;
  });

  const threeFrom = async (make: (from: string) => Promise<Case>): Promise<void> => {
    for (const name of ['carla', 'dora', 'emil']) cases.push(await make(`${name}${round}@many.example`));
  };

  const chosen = async (act: string, typed: Readonly<Record<string, string>> = {}): Promise<Shown> => {
    const [form] = await anna.says('many');
    return anna.presses(form ?? { text: '' }, 'Preview', { tickets: cases.map(({ id }) => id), act, ...typed });
  };

  test('accepted together, taken back within 30 seconds, accepted again', async () => {
    await threeFrom((from) => arrives(desk, { from }));
    await anna.presses(await chosen('Accept'), 'Do it');
    for (const each of cases) expect(onCard(each)).toContain('Anna Arndt is taking it');
    await anna.presses(last(anna), 'Undo');
    await passes(desk, { minutes: 1 });
    expect(cases.map(owner)).toEqual(['nobody yet', 'nobody yet', 'nobody yet']);
    await anna.presses(await chosen('Accept'), 'Do it');
    const done = last(anna);
    await passes(desk, { seconds: 31 });
    expect(cases.map(owner)).toEqual(['Anna Arndt', 'Anna Arndt', 'Anna Arndt']);
    expect((await anna.presses(done, 'Undo')).text).toContain('Now it stands');
  });

  test('cancelled together and undone', async () => {
    await threeFrom((from) => ownedBy(desk, anna, { from }));
    await anna.presses(await chosen('Cancel', { cancelReason: 'Spam' }), 'Do it');
    for (const each of cases) expect(onCard(each)).toContain('Cancelled as: Spam');
    await passes(desk, { days: 2 });
    await anna.presses(last(anna), 'Undo');
    for (const each of cases) expect(onCard(each)).toContain('In progress');
    expect(cases.map(owner)).toEqual(['Anna Arndt', 'Anna Arndt', 'Anna Arndt']);
  });

  test('answered together: in the first seconds it can be left, then each customer has the answer once', async () => {
    await threeFrom((from) => ownedBy(desk, anna, { from }));
    const text = 'The lift will be repaired tomorrow.';
    const answers = (): readonly number[] =>
      ['carla', 'dora', 'emil'].map(
        (name) => mailsTo(desk, `${name}${round}@many.example`).filter((mail) => mail.includes(text)).length,
      );
    const left = await anna.presses(await chosen('Answer', { answerText: text }), 'Do it');
    await anna.presses(left, 'Leave it');
    await passes(desk, { minutes: 1 });
    expect(answers()).toEqual([0, 0, 0]);
    await anna.presses(await chosen('Answer', { answerText: text }), 'Do it');
    expect(answers()).toEqual([0, 0, 0]);
    await passes(desk, { seconds: 11 });
    expect(answers()).toEqual([1, 1, 1]);
    expect(last(anna).text).toContain('3 of 3');
  });

  test('a customer with two of the chosen cases reads the answer once; the other case has it as a note', async () => {
    const from = 'frida@many.example';
    cases = [await ownedBy(desk, anna, { from }), await ownedBy(desk, anna, { from })];
    const text = 'Both doors are open again.';
    await anna.presses(await chosen('Answer', { answerText: text }), 'Do it');
    await passes(desk, { seconds: 11 });
    expect(mailsTo(desk, from).filter((mail) => mail.includes(text))).toHaveLength(1);
    for (const one of cases) expect((await anna.looksAt(one)).text).toContain(text);
  });

  test('what a colleague owns is refused by name, the rest is done', async () => {
    await threeFrom((from) => arrives(desk, { from }));
    const preview = await chosen('Accept');
    await ben.does(cases[1] ?? { id: '', number: '' }, 'Accept');
    await passes(desk, { seconds: 31 });
    await anna.presses(preview, 'Do it');
    expect(last(anna).text).toContain('1 were refused');
    expect(last(anna).text).toContain(`${cases[1]?.number ?? '?'}: `);
    await passes(desk, { seconds: 31 });
    expect(cases.map(owner)).toEqual(['Anna Arndt', 'Ben Berger', 'Anna Arndt']);
  });

  test('somebody else’s preview is not confirmed, and an empty choice makes none', async () => {
    await threeFrom((from) => arrives(desk, { from }));
    const preview = await chosen('Accept');
    expect((await ben.presses(preview, 'Do it')).text).toContain('Somebody else made this preview');
    const [form] = await anna.says('many');
    expect((await anna.insists(form ?? { text: '' }, 'Preview', { act: 'Accept' })).text).toContain(
      'Nothing was chosen',
    );
    const empty = await anna.insists(form ?? { text: '' }, 'Preview', {
      tickets: cases.map(({ id }) => id),
      act: 'Answer',
    });
    expect(empty.text).toContain('the text is empty');
    expect(mailsTo(desk, CARLA)).toHaveLength(0);
  });
});

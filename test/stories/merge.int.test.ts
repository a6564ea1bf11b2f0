import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
} from './hands.ts';

/** Two tickets about one matter, one ticket about two: whatever is done, what a customer writes lies in exactly one of them. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;

beforeAll(async () => {
  desk = await openDesk({
    config: inEnglish,
  });
  [anna, ben, sam] = [handsOf(desk, 'anna'), handsOf(desk, 'ben'), handsOf(desk, 'sam')];
});
afterAll(() => desk.close());

const onCard = (one: Case): string => ticketCardOf(desk, one).text;
const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(onCard(one))?.[1];
const last = (person: Hands): Shown => person.chat().at(-1) ?? { text: '' };
const two = async (first: Hands, second: Hands): Promise<readonly [Case, Case]> => [
  await ownedBy(desk, first),
  await ownedBy(desk, second),
];
const merges = (person: Hands, from: Case, into: Case): Promise<Shown> =>
  person.does(from, 'Merge', { mergeInto: into.number });

/** The customer answers the mail that acknowledged the case. */
const repliesTo = async ({ number }: Case, text: string): Promise<void> => {
  const mail = desk.inboxOf(CARLA).find(({ subject }) => subject.includes(`[${number}]`));
  await desk.mails({ subject: `Re: ${mail?.subject ?? ''}`, text, inReplyTo: mail?.internetMessageId ?? '' });
  await desk.settled();
};

/** The numbers of the tickets whose story holds these words. */
const whereIs = async (words: string): Promise<readonly string[]> => {
  const numbers = new Set(channelCards(desk).map(({ text }) => text.slice(0, text.indexOf(' '))));
  const found: string[] = [];
  for (const number of numbers) {
    const shown = (await anna.says(`ticket ${number}`))[0] ?? { text: '' };
    const all = await anna.taps(shown, 'Show all');
    if (all.text.includes(words)) found.push(number);
  }
  return found;
};

describe('merging', () => {
  test('A into B: A says where it went, and what is answered to A’s mail lies in B', async () => {
    const [a, b] = await two(anna, anna);
    const before = mailsTo(desk).length;
    await merges(anna, a, b);
    expect(onCard(a)).toContain(`Merged into: ${b.number}`);
    expect((await anna.does(b, 'Show all')).text).toContain(`${a.number} was merged into this one`);
    expect(mailsTo(desk)).toHaveLength(before);
    await repliesTo(a, 'It squeaks as well.');
    expect(await whereIs('It squeaks as well.')).toEqual([b.number]);
    expect(last(anna).text).toContain(b.number);
    expect(last(anna).text).toContain('It squeaks as well.');
  });

  test('another customer’s ticket is refused, and so is one that has ended, is not there, or is the same', async () => {
    const [a, b] = await two(anna, anna);
    const dora = await ownedBy(desk, anna, { from: 'dora@other.example', name: 'Dora' });
    expect((await merges(anna, a, dora)).text).toContain(`${dora.number} belongs to another customer`);
    expect((await merges(anna, a, { id: '', number: 'INC-999999' })).text).toContain('no such ticket to merge into');
    expect((await merges(anna, a, a)).text).toContain('would lead back to this ticket');
    await anna.does(b, 'Resolve');
    expect((await merges(anna, a, b)).text).toContain('is no longer open');
    expect(onCard(a)).toContain('In progress');
  });

  test('into a colleague’s ticket it is asked: they agree', async () => {
    const [mine, theirs] = await two(anna, ben);
    await merges(anna, mine, theirs);
    expect(onCard(mine)).toContain('In progress');
    expect(last(ben).text).toContain('Anna Arndt would like to merge this ticket into one of yours');
    await ben.presses(last(ben), 'Agree to merge');
    expect(onCard(mine)).toContain(`Merged into: ${theirs.number}`);
    expect(owner(theirs)).toBe('Ben Berger');
  });

  test('or refuse, with a reason the other reads', async () => {
    const [mine, theirs] = await two(anna, ben);
    await merges(anna, mine, theirs);
    const asked = last(ben);
    expect((await ben.insists(asked, 'Refuse to merge', { refuseReason: '' })).text).toContain('Give a reason');
    await ben.presses(asked, 'Refuse to merge', { refuseReason: 'Mine is about the other scanner.' });
    expect(last(anna).text).toContain('Ben Berger refused the merge');
    expect(last(anna).text).toContain('Mine is about the other scanner.');
    expect(onCard(mine)).toContain('In progress');
    expect((await ben.presses(asked, 'Agree to merge')).text).toContain('No merge is proposed');
  });

  test('a lead merges without asking', async () => {
    const [mine, theirs] = await two(anna, ben);
    await merges(sam, mine, theirs);
    expect(onCard(mine)).toContain(`Merged into: ${theirs.number}`);
  });

  test('A into B and B into A at the same moment: what the customer writes then is in one ticket that is worked', async () => {
    const [a, b] = await two(anna, anna);
    const [cardA, cardB] = [await anna.looksAt(a), await anna.looksAt(b)];
    await Promise.all([
      anna.taps(cardA, 'Merge', { mergeInto: b.number }),
      anna.taps(cardB, 'Merge', { mergeInto: a.number }),
    ]);
    await desk.settled();
    const open = [a, b].filter((each) => onCard(each).includes(' · In progress'));
    expect(open).toHaveLength(1);
    await repliesTo(a, 'Where are we, after all?');
    await repliesTo(b, 'And where is the other one?');
    for (const words of ['Where are we, after all?', 'And where is the other one?']) {
      const found = await whereIs(words);
      expect(found).toEqual([open[0]?.number]);
    }
  });

  test('A into B, B into C: what is answered to A lies in C', async () => {
    const [a, b] = await two(anna, anna);
    const c = await ownedBy(desk, anna);
    await merges(anna, a, b);
    await merges(anna, b, c);
    await repliesTo(a, 'The end of the chain.');
    expect(await whereIs('The end of the chain.')).toEqual([c.number]);
  });

  test('into a ticket that was merged itself it goes on to where that one went', async () => {
    const [a, b] = await two(anna, anna);
    const c = await ownedBy(desk, anna);
    await merges(anna, b, c);
    await merges(anna, a, b);
    expect(onCard(a)).toContain(`Merged into: ${c.number}`);
  });

  test('undone within seven days it is a ticket of its own again, with its owner', async () => {
    const [a, b] = await two(anna, anna);
    await merges(anna, a, b);
    await passes(desk, { days: 6 });
    await anna.does(a, 'Undo merging');
    expect(onCard(a)).toContain('In progress');
    expect(owner(a)).toBe('Anna Arndt');
    expect((await anna.does(b, 'Show all')).text).toContain(`${a.number} is a ticket of its own again`);
    await repliesTo(a, 'Mine again.');
    expect(await whereIs('Mine again.')).toEqual([a.number]);
  });

  test('and not after them', async () => {
    const [a, b] = await two(anna, anna);
    await merges(anna, a, b);
    await passes(desk, { days: 8 });
    expect((await anna.does(a, 'Undo merging')).text).toContain('That could be undone until');
    expect(onCard(a)).toContain(`Merged into: ${b.number}`);
  });
});

describe('splitting', () => {
  const text = 'And the keyboard has no E.';
  const splits = async (): Promise<readonly [Case, Case]> => {
    const one = await ownedBy(desk, anna);
    await anna.does(one, 'Split off', { splitSubject: `Keyboard of ${one.number}`, splitText: text });
    const part = channelCards(desk).at(-1)?.text ?? '';
    return [one, { id: '', number: part.slice(0, part.indexOf(' ')) }];
  };

  test('the part begins unowned, with the same customer, and is answered for itself', async () => {
    const [one, part] = await splits();
    for (const words of ['New', `Split from: ${one.number}`, 'Carla Costa', text, 'Owner: nobody yet'])
      expect(onCard(part)).toContain(words);
    expect(owner(one)).toBe('Anna Arndt');
    await ben.does(part, 'Accept');
    await ben.does(part, 'Send', { replyText: 'A new keyboard is on its way.' });
    expect(mailsTo(desk).at(-1)).toContain('A new keyboard is on its way.');
    expect(desk.inboxOf(CARLA).at(-1)?.subject).toContain(`[${part.number}]`);
  });

  test('an untouched part is taken back into the ticket it came from', async () => {
    const [one, part] = await splits();
    const shown = await anna.presses(ticketCardOf(desk, part), 'Undo the splitting');
    expect(shown.text).toContain(`${one.number} · In progress`);
    expect(onCard(part)).toContain('Cancelled');
    expect(titlesOn(ticketCardOf(desk, part))).not.toContain('Accept');
  });

  test('a part that somebody has begun is not', async () => {
    const [, part] = await splits();
    const old = ticketCardOf(desk, part);
    await ben.does(part, 'Accept');
    await passes(desk, { seconds: 31 });
    await anna.presses(old, 'Undo the splitting');
    expect(owner(part)).toBe('Ben Berger');
    expect(onCard(part)).toContain('In progress');
  });

  test('and after seven days it stays, too', async () => {
    const [, part] = await splits();
    await passes(desk, { days: 8 });
    expect((await anna.does(part, 'Undo the splitting')).text).toContain('That could be undone until');
    expect(onCard(part)).toContain(' · New');
  });

  test('only whoever owns the ticket it came from, or a lead, takes it back', async () => {
    const [one, part] = await splits();
    expect((await ben.presses(ticketCardOf(desk, part), 'Undo the splitting')).text).toContain('Anna Arndt owns');
    expect(onCard(part)).toContain(' · New');
    await sam.does(part, 'Undo the splitting');
    expect(onCard(part)).toContain('Cancelled');
    expect(owner(one)).toBe('Anna Arndt');
  });
});

describe('cancelled as a duplicate', () => {
  test('of a number nobody knows it is refused; of a known one both say so', async () => {
    const one = await arrives(desk);
    const other = await arrives(desk);
    const cancels = (duplicateOf: string): Promise<Shown> =>
      anna.does(one, 'Cancel ticket', { cancelReason: 'Duplicate', duplicateOf });
    expect((await cancels('INC-999999')).text).toContain('Name the other ticket');
    expect((await cancels(one.number)).text).toContain('Name the other ticket');
    expect((await cancels('')).text).toContain('Name the other ticket');
    expect(onCard(one)).toContain(' · New');
    await cancels(` ${other.number.toLowerCase()} `);
    expect(onCard(one)).toContain(`Cancelled as: Duplicate ${other.number}`);
  });
});

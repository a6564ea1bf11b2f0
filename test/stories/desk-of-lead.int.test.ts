import { afterEach, describe, expect, test } from '@jest/globals';
import type { DeskEntries } from '../../src/desk-file.ts';
import { openDesk, PEOPLE, type PersonName, type TestDesk } from '../support/open-desk.ts';
import {
  arrives,
  type Case,
  dayFromNow,
  envelopeCardOf,
  type Hands,
  handsOf,
  inEnglish,
  ownedBy,
  passes,
  type Shown,
  ticketCardOf,
  titlesOn,
  until,
} from './hands.ts';

/** A lead asks the bot how it stands with their teams, and helps from there. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let sam: Hands;

type Entry = DeskEntries['people'][number];

const opens = async (changes: Partial<Record<PersonName, Partial<Entry>>> = {}): Promise<void> => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      people: inEnglish(file).people.map((each) => {
        const [name] = Object.entries(PEOPLE).find(([, id]) => id === each.id) ?? [];
        return { ...each, ...changes[name as PersonName] };
      }),
    }),
  });
  [anna, ben, sam] = [handsOf(desk, 'anna'), handsOf(desk, 'ben'), handsOf(desk, 'sam')];
  await until(desk, '09:00');
};
afterEach(() => desk.close());

const deskOf = async (person: Hands): Promise<Shown> => (await person.says('desk')).at(-1) ?? { text: '' };
const linesOf = ({ text }: Shown): string[] => text.split('\n');
/** The part of the card below a heading, up to the next one. */
const below = (shown: Shown, heading: string): string[] => {
  const lines = linesOf(shown);
  const from = lines.indexOf(heading);
  const rest = from < 0 ? [] : lines.slice(from + 1);
  const to = rest.findIndex((line) => ['Due next', 'Also waiting in the queue', 'Who has what'].includes(line));
  return to < 0 ? rest : rest.slice(0, to);
};
const numbersIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /^((?:INC|REQ)-\d+) P\d /u.exec(line)?.[1] ?? []);
const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(ticketCardOf(desk, one).text)?.[1];
const sorted = (one: Case, impact: string, urgency: string) => sam.does(one, 'Save', { impact, urgency });

test('says who has how much and what of it comes first, what burns next and whose it is', async () => {
  await opens();
  const [late, later] = [await ownedBy(desk, anna), await ownedBy(desk, anna)];
  const waiting = await arrives(desk);
  await sorted(late, 'high', 'high');
  await sorted(waiting, 'high', 'medium');
  await passes(desk, { hours: 5 });
  const card = await deskOf(sam);
  expect(numbersIn(below(card, 'Due next'))).toEqual([late.number, waiting.number, later.number]);
  expect(card.text).toMatch(new RegExp(`${late.number} P1 .*\\nOVERDUE since .*13:0\\d.*Owner: Anna Arndt`, 'u'));
  expect(card.text).toMatch(new RegExp(`${waiting.number} P2 .*\\ndue .* 17:0\\d .*Owner: nobody yet`, 'u'));
  const people = below(card, 'Who has what');
  expect(people).toContain('Anna Arndt · 2 in work · 1 overdue');
  expect(people[people.indexOf('Anna Arndt · 2 in work · 1 overdue') + 1]).toContain(`next: ${late.number} · `);
  expect(people).toContain('Ben Berger · nothing open');
  const named = people.filter((line) => / · (?:\d+ in work|nothing open)/u.test(line));
  expect(named[0]).toContain('Anna Arndt');
});

test('where more wait than burn, the most urgent of them stand below, each once', async () => {
  await opens();
  const cases: Case[] = [];
  for (let count = 0; count < 12; count += 1) cases.push(await arrives(desk));
  const card = await deskOf(sam);
  const shown = numbersIn(linesOf(card));
  expect(new Set(shown).size).toBe(shown.length);
  expect(numbersIn(below(card, 'Due next'))).toEqual(cases.slice(0, 10).map(({ number }) => number));
});

test('offers a ticket from there: the one who accepts has it, and the card says so', async () => {
  await opens();
  const one = await arrives(desk);
  const card = await deskOf(sam);
  const after = await sam.presses(card, `Offer ${one.number}`, { personId: 'Ben Berger' });
  expect(after.text).toContain('Your teams now');
  expect(owner(one)).toBe('nobody yet');
  const offer = ben.chat().findLast(({ text }) => text.includes(one.number));
  expect(offer?.text).toContain('Sam Sommer');
  await ben.presses(offer ?? { text: '' }, 'Accept');
  await passes(desk, { seconds: 31 });
  expect(owner(one)).toBe('Ben Berger');
  const now = await sam.presses(card, 'Refresh');
  expect(now.text).toContain('Ben Berger · 1 in work');
  expect(titlesOn(now)).not.toContain(`Offer ${one.number}`);
  expect((await sam.presses(card, `Offer ${one.number}`, { personId: 'Anna Arndt' })).text).toContain('Ben Berger');
  expect(owner(one)).toBe('Ben Berger');
});

test('a row opens its ticket; help is asked for from there in the place of the owner, who stays', async () => {
  await opens();
  const one = await ownedBy(desk, anna, { text: 'The VPN is down.' });
  const opened = await sam.presses(await deskOf(sam), { button: `Open ${one.number}`, of: { ticketId: one.id } });
  expect(opened.text).toContain(`${one.number} · `);
  expect(titlesOn(opened)).not.toContain('Ask Network for help');
  const acting = await sam.presses(opened, 'Act for the owner', {
    coverUntil: dayFromNow(desk),
    coverReason: 'Anna is in a meeting.',
  });
  await sam.presses(acting, 'Ask Network for help');
  expect(envelopeCardOf(desk, one).text).toContain('Network');
  expect(ticketCardOf(desk, one).text).toContain('0 of 1 answered');
  expect(owner(one)).toBe('Anna Arndt');
});

describe('somebody who is away', () => {
  test('is named so, and is offered nothing', async () => {
    await opens({ ben: { absentUntil: '2099-01-01T00:00:00Z' } });
    const one = await arrives(desk);
    const card = await deskOf(sam);
    expect(below(card, 'Who has what')).toContain('Ben Berger · nothing open · away');
    const choosing = (name: string) => () => sam.presses(card, `Offer ${one.number}`, { personId: name });
    expect(choosing('Ben Berger')).toThrow('no choice "Ben Berger"');
    await choosing('Anna Arndt')();
    expect(anna.chat().at(-1)?.text).toContain(one.number);
  });
});

test('before anything has come it says so, and who is there', async () => {
  await opens();
  const card = await deskOf(sam);
  expect(card.text).toContain('Nothing waits and nothing is due.');
  expect(below(card, 'Who has what')).toHaveLength(7);
  expect(titlesOn(card)).toEqual(['Refresh']);
});

describe('who does not lead', () => {
  test('is refused, in their language, and on a card of somebody who leads', async () => {
    await opens({ ben: { language: 'de' } });
    const one = await arrives(desk);
    const card = await deskOf(sam);
    for (const person of [anna, handsOf(desk, 'elif')]) {
      expect((await deskOf(person)).text).toBe('Your role may not do this. Ask a team lead.');
      expect((await person.presses(card, 'Refresh')).text).not.toContain('Who has what');
    }
    expect((await ben.says('lage')).at(-1)?.text).toBe('Ihre Rolle darf das nicht. Fragen Sie die Teamleitung.');
    expect((await anna.presses(card, `Offer ${one.number}`, { personId: 'Ben Berger' })).text).not.toContain(
      'Who has what',
    );
    expect(ben.chat().filter(({ text }) => text.includes(one.number))).toEqual([]);
  });

  test('and who leads sees the own teams and no other', async () => {
    await opens({ nils: { roles: ['team_lead'] } });
    const [own, other] = [await arrives(desk), await arrives(desk)];
    await sam.does(own, 'Send to this team', { routeTeam: 'Network' });
    const card = await deskOf(handsOf(desk, 'nils'));
    expect(numbersIn(linesOf(card))).toEqual([own.number]);
    expect(card.text).not.toContain(other.number);
    expect(card.text).not.toContain('Anna Arndt');
    expect(card.text).toContain('Elif Ekinci');
  });
});

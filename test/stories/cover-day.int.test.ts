import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openDesk, PEOPLE, type TestDesk } from '../support/open-desk.ts';
import {
  type Case,
  dayFromNow,
  envelopeCardOf,
  type Hands,
  handsOf,
  mailsTo,
  ownedBy,
  passes,
  type Shown,
  ticketCardOf,
  titlesOn,
  until,
} from './hands.ts';

/** Somebody acts for an owner for a while: inside both names are read, the customer hears one voice, and the owner learns all. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let elif: Hands;

const people = (): void => {
  [anna, ben, elif] = [handsOf(desk, 'anna'), handsOf(desk, 'ben'), handsOf(desk, 'elif')];
};
const onCard = (one: Case): string => ticketCardOf(desk, one).text;
const returns = (person: Hands): readonly Shown[] => person.chat().filter(({ text }) => text.includes('Welcome back'));
const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(onCard(one))?.[1];

describe('a day of acting cover', () => {
  beforeEach(async () => {
    desk = await openDesk();
    people();
    await until(desk, '09:00');
  });
  afterEach(() => desk.close());

  const handsOver = async (): Promise<void> => {
    const [form] = await anna.says('cover');
    const typed = { ownerId: 'Anna Arndt', deputyId: 'Ben Berger', coverUntil: dayFromNow(desk) };
    const shown = await anna.presses(form ?? { text: '' }, 'Start the cover', typed);
    expect(shown.text).toContain('Ben Berger now acts for Anna Arndt');
  };

  /** Ben answers, asks for help and resolves, as if it were his. */
  const worksFor = async (one: Case): Promise<void> => {
    await ben.does(one, 'Senden', { replyText: 'Please try the other cable.' });
    await ben.does(one, 'Network um Hilfe bitten');
    await elif.presses(envelopeCardOf(desk, one), 'Accept');
    await elif.presses(envelopeCardOf(desk, one), 'Complete', { result: 'The port is dead.' });
    await ben.does(one, 'Lösen', { resolveText: 'The port was changed.' });
  };

  test('whoever stands in may end it for the owner, a stranger may not', async () => {
    await handsOver();
    expect((await elif.says('back Anna'))[0]?.text).not.toContain('Nobody stands in any more');
    expect((await ben.says('back Anna'))[0]?.text).toContain('Die Vertretung ist beendet.');
    await desk.settled();
    expect(returns(anna).filter(({ card }) => card)).toHaveLength(1);
  });

  test('whoever is back says so: nobody acts for them any more, and the card comes at once', async () => {
    const one = await ownedBy(desk, anna, { text: 'The network socket is dead.' });
    await handsOver();
    await ben.does(one, 'Senden', { replyText: 'Please try the other cable.' });
    const [said] = await anna.says('back');
    expect(said?.text).toContain('A card tells the owner what was done in their name.');
    await desk.settled();
    expect(returns(anna).filter(({ card }) => card)).toHaveLength(1);
    expect((await ben.insists(ticketCardOf(desk, one), 'Send', { replyText: 'Once more.' })).text).toContain(
      'Anna Arndt',
    );
    expect(mailsTo(desk).join()).not.toContain('Once more.');
    expect((await anna.says('back'))[0]?.text).toContain('Nobody was standing in.');
  });

  test('Ben works for Anna until tonight: both names inside, her name alone to the customer, one card for her', async () => {
    const one = await ownedBy(desk, anna, { text: 'The network socket is dead.' });
    const before = mailsTo(desk).length;
    await handsOver();
    await worksFor(one);
    expect(owner(one)).toBe('Anna Arndt');
    const story = (await anna.does(one, 'Show all')).text;
    for (const said of ['answered the customer', 'asked Network for help', 'resolved'])
      expect(story).toContain(`Ben Berger for Anna Arndt ${said}`);
    const mails = mailsTo(desk).slice(before);
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      expect(mail).toContain('Anna Arndt');
      expect(mail).not.toContain('Ben');
    }
    expect(returns(anna)).toHaveLength(0);
    await passes(desk, { hours: 16 });
    await passes(desk, { hours: 16 });
    expect(returns(anna)).toHaveLength(1);
    const card = returns(anna)[0]?.text ?? '';
    for (const said of ['answered the customer', 'asked for help', 'resolved'])
      expect(card).toContain(`${one.number} · Ben Berger ${said}`);
    expect(card).toContain('Ben Berger acted for you');
  });

  test('what was done by several restarts of the desk is told once', async () => {
    const one = await ownedBy(desk, anna, { text: 'The network socket is dead.' });
    await handsOver();
    await ben.does(one, 'Senden', { replyText: 'Please try the other cable.' });
    await desk.restart();
    await ben.does(one, 'Senden', { replyText: 'And the other socket.' });
    desk.clock.advance({ hours: 16 });
    await desk.restart();
    await desk.settled();
    await desk.restart();
    await passes(desk, { hours: 1 });
    expect(returns(anna)).toHaveLength(1);
    expect(returns(anna)[0]?.text.match(/Ben Berger answered the customer/gu)).toHaveLength(2);
    expect(mailsTo(desk).filter((mail) => mail.includes('Please try the other cable.'))).toHaveLength(1);
  });

  test('the evening ends it: afterwards Ben reads whose ticket it is', async () => {
    const one = await ownedBy(desk, anna);
    await handsOver();
    const card = await ben.looksAt(one);
    await passes(desk, { hours: 16 });
    expect((await ben.presses(card, 'Senden', { replyText: 'Too late.' })).text).toContain(
      'Anna Arndt besitzt dieses Ticket',
    );
    expect(mailsTo(desk).join()).not.toContain('Too late.');
    expect(returns(anna)[0]?.text).toContain('Nothing was done in your name');
  });

  test('a form that names nobody, a past day or 31 days starts nothing and comes back', async () => {
    const [form] = await anna.says('cover');
    const tried = async (typed: Readonly<Record<string, string>>): Promise<string> => {
      const whole = { ownerId: 'Anna Arndt', deputyId: 'Ben Berger', coverUntil: dayFromNow(desk), ...typed };
      return (await anna.insists(form ?? { text: '' }, 'Start the cover', whole)).text;
    };
    expect(await tried({ coverUntil: dayFromNow(desk, -1) })).toContain('That time has passed');
    expect(await tried({ coverUntil: dayFromNow(desk, 31) })).toContain('A cover lasts 30 days at most');
    expect(await tried({ deputyId: 'Elif Ekinci' })).toContain('Elif Ekinci cannot be the owner');
    expect(await tried({ deputyId: 'Anna Arndt' })).toContain('cannot be the owner here');
    const others = await tried({ ownerId: 'Ben Berger', deputyId: 'Anna Arndt' });
    expect(others).toContain('Ben Berger owns this ticket');
  });

  test('a teammate steps in on one ticket, once, with a reason', async () => {
    const [one, other] = [await ownedBy(desk, anna), await ownedBy(desk, anna)];
    const typed = { coverUntil: dayFromNow(desk), coverReason: 'She is in the dentist’s chair.' };
    const silent = await ben.does(one, 'In Vertretung handeln', { ...typed, coverReason: '' });
    expect(silent.text).toContain('Grund');
    await ben.does(one, 'In Vertretung handeln', typed);
    await ben.does(one, 'Senden', { replyText: 'One moment please.' });
    expect((await anna.does(one, 'Show all')).text).toContain('Ben Berger for Anna Arndt answered the customer');
    expect(titlesOn(await ben.looksAt(other))).not.toContain('Senden');
    await passes(desk, { hours: 16 });
    expect(returns(anna)).toHaveLength(1);
    const again = { ...typed, coverUntil: dayFromNow(desk) };
    expect((await ben.does(one, 'In Vertretung handeln', again)).text).toContain('schon einmal vertreten');
  });
});

describe('the one on call', () => {
  beforeAll(async () => {
    desk = await openDesk({
      config: (file) => ({
        ...file,
        people: file.people.map((person) =>
          person.id === PEOPLE.anna
            ? { ...person, shift: { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '16:00', zone: 'Europe/Berlin' } }
            : person,
        ),
        teams: file.teams.map((team) => (team.id === 'service-desk' ? { ...team, onCall: [PEOPLE.ben] } : team)),
      }),
    });
    people();
  });
  afterAll(() => desk.close());

  test('acts outside the owner’s shift and not within it; the owner reads it when their next shift begins', async () => {
    await until(desk, '10:00');
    const one = await ownedBy(desk, anna);
    expect(titlesOn(await ben.looksAt(one))).not.toContain('Senden');
    await until(desk, '21:00');
    await ben.does(one, 'Senden', { replyText: 'The night shift is on it.' });
    expect(mailsTo(desk).at(-1)).toContain('Anna Arndt');
    expect(mailsTo(desk).at(-1)).not.toContain('Ben');
    await until(desk, '07:30');
    expect(returns(anna)).toHaveLength(0);
    await until(desk, '08:05');
    expect(returns(anna)).toHaveLength(1);
    expect(returns(anna)[0]?.text).toContain(`${one.number} · Ben Berger answered the customer`);
    expect(titlesOn(await ben.looksAt(one))).not.toContain('Senden');
  });
});

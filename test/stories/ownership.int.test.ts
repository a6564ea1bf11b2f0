import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import {
  arrives,
  type Case,
  channelCards,
  envelopeCardOf,
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

/** Whose ticket it becomes, who may say no to that, and the one exception by which it becomes somebody else's. */

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let elif: Hands;
let sam: Hands;
let mara: Hands;

beforeAll(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...inEnglish(file),
      teams: file.teams.map((team) => ({ ...team, channel: { id: channelOf(team.id), name: team.name } })),
    }),
  });
  const at = (name: Hands['name']): Hands => handsOf(desk, name);
  [anna, ben, elif, sam, mara] = [at('anna'), at('ben'), at('elif'), at('sam'), at('mara')];
});
afterAll(() => desk.close());

const channelOf = (team: string): string => `19:${team}@thread.tacv2`;
const onCard = (one: Case): string => ticketCardOf(desk, one).text;
const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(onCard(one))?.[1];
const last = (person: Hands): Shown => person.chat().at(-1) ?? { text: '' };

describe('a tap on Accept', () => {
  test('reserves for 30 seconds: everyone sees for whom, and a second person reads who was first', async () => {
    const one = await arrives(desk);
    const base = ticketCardOf(desk, one);
    const shown = await anna.presses(base, 'Accept');
    expect(shown.text).toContain('Anna Arndt is taking it');
    expect(titlesOn(shown)).toContain('Undo');
    expect(owner(one)).toBe('nobody yet');
    expect(onCard(one)).toContain('Anna Arndt is taking it');
    expect((await ben.presses(base, 'Accept')).text).toContain('Anna Arndt is just taking this ticket');
  });

  test('undone, the ticket waits for anybody again', async () => {
    const one = await arrives(desk);
    const shown = await anna.does(one, 'Accept');
    await anna.presses(shown, 'Undo');
    expect(onCard(one)).not.toContain('is taking it');
    await passes(desk, { minutes: 2 });
    expect(owner(one)).toBe('nobody yet');
    await ben.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    expect(owner(one)).toBe('Ben Berger');
  });

  test('stands after 30 seconds without another tap, and cannot be undone any more', async () => {
    const one = await arrives(desk);
    const shown = await anna.does(one, 'Accept');
    await passes(desk, { seconds: 20 });
    expect(owner(one)).toBe('nobody yet');
    await passes(desk, { seconds: 11 });
    expect(owner(one)).toBe('Anna Arndt');
    expect((await anna.presses(shown, 'Undo')).text).toContain('Now it stands');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('the first act makes the owner at once', async () => {
    const one = await arrives(desk);
    const before = mailsTo(desk).length;
    const shown = await anna.does(one, 'Accept');
    await anna.presses(shown, 'Send', { replyText: 'I am on it.' });
    expect(owner(one)).toBe('Anna Arndt');
    expect(mailsTo(desk)).toHaveLength(before + 1);
  });

  test('of two at the same moment one has it, and the other reads who', async () => {
    const one = await arrives(desk);
    const base = ticketCardOf(desk, one);
    const answers = await Promise.all([anna.taps(base, 'Accept'), ben.taps(base, 'Accept')]);
    expect(answers.filter(({ text }) => text.includes('is just taking this ticket'))).toHaveLength(1);
    await passes(desk, { seconds: 31 });
    expect(['Anna Arndt', 'Ben Berger']).toContain(owner(one));
  });
});

describe('an offer to a named person', () => {
  const offered = async (): Promise<Case> => {
    const one = await arrives(desk);
    await sam.does(one, 'Offer to this person', { personId: 'Ben Berger' });
    return one;
  };

  test('reaches them, and is accepted', async () => {
    const one = await offered();
    expect(last(ben).text).toContain('Sam Sommer offers you this ticket');
    await ben.presses(last(ben), 'Accept');
    await passes(desk, { seconds: 31 });
    expect(owner(one)).toBe('Ben Berger');
  });

  test('declined with a reason: who offered it reads that, and the ticket waits', async () => {
    const one = await offered();
    expect((await ben.insists(last(ben), 'Decline', { declineReason: '' })).text).toContain('Give a reason');
    await ben.presses(last(ben), 'Decline', { declineReason: 'I leave in five minutes.' });
    expect(last(sam).text).toContain('Ben Berger declined your offer');
    expect(last(sam).text).toContain('I leave in five minutes.');
    expect(owner(one)).toBe('nobody yet');
    expect(onCard(one)).not.toContain('offers this ticket');
  });

  test('ends after an hour', async () => {
    const one = await offered();
    expect(onCard(one)).toContain('Sam Sommer offers this ticket to Ben Berger');
    const card = last(ben);
    await passes(desk, { minutes: 61 });
    expect(onCard(one)).not.toContain('offers this ticket');
    expect((await ben.insists(card, 'Decline', { declineReason: 'Late.' })).text).toContain('no longer');
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('is for leads to make: an agent is refused', async () => {
    const one = await arrives(desk);
    expect(titlesOn(await anna.looksAt(one))).not.toContain('Offer to this person');
    const tried = await anna.presses(ticketCardOf(desk, one), 'Offer to this person', { personName: 'Ben Berger' });
    expect(tried.text).toContain('Your role may not do this');
  });

  test('nobody offers to an expert who owns nothing, nor to a stranger', async () => {
    const one = await arrives(desk);
    const refused = await sam.does(one, 'Offer to this person', { personId: 'Elif Ekinci' });
    expect(refused.text).toContain('Elif Ekinci cannot be the owner here');
    const tried = await sam.presses(ticketCardOf(desk, one), 'Offer to this person', { personName: 'Nobody Here' });
    expect(tried.text).toContain('The desk does not know this person');
  });
});

describe('from team to team, before somebody owns it', () => {
  test('the third hop is a lead’s, and each team has a card in its channel', async () => {
    const one = await arrives(desk);
    await anna.does(one, 'Send to this team', { routeTeam: 'Network' });
    expect(channelCards(desk, channelOf('network')).at(-1)?.text).toContain('Team: Network');
    await anna.does(one, 'Send to this team', { routeTeam: 'Identity & Access' });
    expect(channelCards(desk, channelOf('identity')).at(-1)?.text).toContain('moved between teams 2×');
    const refused = await anna.presses(ticketCardOf(desk, one), 'Send to this team', { routeTeam: 'Service Desk' });
    expect(refused.text).toContain('A team lead decides where it belongs');
    expect(onCard(one)).toContain('Team: Identity & Access');
    await sam.does(one, 'Send to this team', { routeTeam: 'Network' });
    const cards = channelCards(desk, channelOf('network')).filter(({ text }) => text.startsWith(one.number));
    expect(cards).toHaveLength(2);
    expect(onCard(one)).toContain('Team: Network');
  });

  test('an owned ticket does not move: its owner stays, and help is asked instead', async () => {
    const one = await ownedBy(desk, anna);
    expect(titlesOn(await sam.looksAt(one))).not.toContain('Send to this team');
    const answer = await desk.taps('sam', 'route', { ticketId: one.id, routeTeam: 'network' });
    expect(JSON.stringify(answer.body)).toContain('Anna Arndt owns this ticket');
    expect(onCard(one)).toContain('Team: Service Desk');
  });
});

describe('an attempt to give a ticket to somebody else', () => {
  test('changes nothing, offers the help that was meant, and one tap asks for it', async () => {
    const one = await ownedBy(desk, anna);
    const [refused] = await anna.says(`assign ${one.number} Elif Ekinci`);
    await desk.settled();
    expect(refused?.text).toContain('The owner stays Anna Arndt');
    expect(owner(one)).toBe('Anna Arndt');
    await anna.presses(refused ?? { text: '' }, 'Ask Elif Ekinci for help');
    expect(envelopeCardOf(desk, one).text).toContain('Asked: Elif Ekinci (Network)');
    expect(last(elif).text).toContain('Your help is asked for');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('is counted: a lead reads who tried in the report, an agent does not', async () => {
    const one = await ownedBy(desk, anna);
    await sam.says(`assign ${one.number} Ben Berger`);
    await desk.settled();
    const [report] = await sam.says('report transfers');
    expect(report?.text).toContain(`${one.number} · Sam Sommer → Ben Berger`);
    expect((await anna.says('report transfers'))[0]?.text).toContain('Your role may not do this');
  });
});

describe('the exception', () => {
  const evidence = 'Letter of the hospital, 3 January.';
  const leave = { transferReason: 'The owner is away for more than 30 days', evidence };
  const form = (one: Case): Promise<Shown> => sam.does(one, 'A new owner, as an exception…');
  const send = 'Propose: a manager confirms it';
  const ahead = (days: number): string =>
    new Date(Date.parse(desk.clock.now()) + days * 86_400_000).toISOString().slice(0, 10);

  const proposed = async (): Promise<Case> => {
    const one = await ownedBy(desk, anna);
    const dates = { leaveFrom: ahead(0), leaveUntil: ahead(31) };
    await sam.presses(await form(one), send, { ...leave, ...dates, toId: 'Ben Berger' });
    return one;
  };

  test('a lead proposes, a manager confirms, and both owners are told', async () => {
    const one = await proposed();
    expect(owner(one)).toBe('Anna Arndt');
    expect(last(mara).text).toContain('Sam Sommer proposes a new owner');
    expect(last(mara).text).toContain(evidence);
    await mara.presses(last(mara), 'Confirm transfer');
    expect(owner(one)).toBe('Ben Berger');
    expect(last(anna).text).toContain('This ticket has a new owner, confirmed by Mara Meyer');
    expect(last(ben).text).toContain('This ticket has a new owner, confirmed by Mara Meyer');
    expect((await ben.does(one, 'Show all')).text).toContain(evidence);
  });

  test('nobody confirms their own proposal, and no agent confirms any', async () => {
    const one = await proposed();
    const base = ticketCardOf(desk, one);
    expect((await sam.presses(base, 'Confirm transfer')).text).toContain('Two people decide this');
    expect((await ben.presses(base, 'Confirm transfer')).text).toContain('Your role may not do this');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('rejected with a reason: the owner stays', async () => {
    const one = await proposed();
    await mara.presses(last(mara), 'Reject transfer', { rejectReason: 'She is back on Monday.' });
    expect(owner(one)).toBe('Anna Arndt');
    expect((await mara.presses(ticketCardOf(desk, one), 'Show all')).text).toContain('She is back on Monday.');
  });

  test('30 days are too short, a hand-over is no reason, and without evidence nothing is proposed', async () => {
    const one = await ownedBy(desk, anna);
    const tried = async (typed: Readonly<Record<string, string>>): Promise<string> => {
      const whole = { ...leave, leaveFrom: ahead(0), leaveUntil: ahead(31), toId: 'Ben Berger', ...typed };
      return (await sam.insists(await form(one), send, whole)).text;
    };
    const short = await tried({ leaveUntil: ahead(30) });
    expect(short).toContain('for a leave of 30 days or less');
    expect(short).toContain(evidence);
    expect(await tried({ evidence: ' ' })).toContain('Write what shows that they leave');
    expect(await tried({ toId: 'Elif Ekinci' })).toContain('cannot be the owner here');
    const other = await desk.taps('sam', 'propose-transfer', {
      ticketId: one.id,
      transferReason: 'overload',
      evidence,
    });
    expect(JSON.stringify(other.body)).toMatch(/does not know this person|An owner changes only/u);
    expect(owner(one)).toBe('Anna Arndt');
  });
});

describe('an old card, tapped late', () => {
  test('Accept on a ticket that is owned since says who, and gives the card as it is now', async () => {
    const one = await arrives(desk);
    const old = ticketCardOf(desk, one);
    await anna.does(one, 'Accept');
    await passes(desk, { seconds: 31 });
    const shown = await ben.presses(old, 'Accept');
    expect(shown.text).toContain('Anna Arndt owns this ticket');
    expect(shown.text).toContain('Owner: Anna Arndt');
    expect(titlesOn(shown)).not.toContain('Accept');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('an answer on a closed ticket is not sent: it says what can be done, and keeps the words', async () => {
    const one = await ownedBy(desk, anna);
    const old = await anna.looksAt(one);
    await anna.presses(old, 'Resolve');
    await anna.does(one, 'Close');
    const before = mailsTo(desk).length;
    const shown = await anna.presses(old, 'Send', { replyText: 'One more thing about tray 2.' });
    expect(shown.text).toContain('not possible in this state');
    expect(shown.text).toContain(`${one.number} · Closed`);
    expect(shown.text).toContain('One more thing about tray 2.');
    expect(mailsTo(desk)).toHaveLength(before);
  });
});

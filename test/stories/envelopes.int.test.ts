import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import {
  arrives,
  type Case,
  channelCards,
  envelopeCardOf,
  type Hands,
  handsOf,
  mailsTo,
  ownedBy,
  passes,
  ticketCardOf,
  titlesOn,
} from './hands.ts';

/** Help asked of experts, from the tap of the owner to the answer, while the ticket stays whose it is. */

const NETWORK = '19:network@thread.tacv2';

let desk: TestDesk;
let anna: Hands;
let ben: Hands;
let elif: Hands;
let nils: Hands;
let sam: Hands;
let ines: Hands;

beforeAll(async () => {
  desk = await openDesk({
    config: (file) => ({
      ...file,
      teams: file.teams.map((team) =>
        team.id === 'network'
          ? { ...team, channel: { id: NETWORK, name: 'Network' }, wipLimit: 50 }
          : team.id === 'identity'
            ? { ...team, wipLimit: 1 }
            : team,
      ),
    }),
  });
  const at = (name: Hands['name']): Hands => handsOf(desk, name);
  [anna, ben, elif, nils, sam, ines] = [at('anna'), at('ben'), at('elif'), at('nils'), at('sam'), at('ines')];
});
afterAll(() => desk.close());

const ASK = 'Ask Network for help';
const annas = (): Promise<Case> => ownedBy(desk, anna, { text: 'The VPN is dead since noon.' });

const asked = async (): Promise<Case> => {
  const one = await annas();
  await anna.does(one, ASK);
  return one;
};

const helpedBy = async (expert: Hands): Promise<Case> => {
  const one = await asked();
  await expert.presses(envelopeCardOf(desk, one), 'Accept');
  return one;
};

const answeredBy = async (expert: Hands, typed: Readonly<Record<string, string>> = {}): Promise<Case> => {
  const one = await helpedBy(expert);
  await expert.presses(envelopeCardOf(desk, one), 'Complete', { result: 'Restart the gateway.', ...typed });
  return one;
};

const onCard = (one: Case): string => ticketCardOf(desk, one).text;
const owner = (one: Case): string | undefined => /^Owner: (.*)$/mu.exec(onCard(one))?.[1];

describe('asking', () => {
  test('one tap on the card: the envelope is in the channel of the team, and the ticket stays with its owner', async () => {
    const one = await annas();
    const shown = await anna.presses(ticketCardOf(desk, one), ASK);
    expect(shown.text).toContain('Help: 0 of 1 answered');
    expect(onCard(one)).toContain('Help: 0 of 1 answered');
    expect(owner(one)).toBe('Anna Arndt');
    const there = channelCards(desk, NETWORK).at(-1)?.text ?? '';
    for (const words of [`Help 1 for ${one.number} · asked`, 'Carla Costa', 'Owner: Anna Arndt', 'Asked: Network'])
      expect(there).toContain(words);
  });

  test('the reason of one tap is the last note, and can be changed afterwards', async () => {
    const one = await annas();
    await anna.does(one, 'Save note', { noteText: 'The tunnel breaks after ten minutes.' });
    await anna.does(one, ASK);
    expect(envelopeCardOf(desk, one).text).toContain('The tunnel breaks after ten minutes.');
    const mine = await anna.presses(await anna.looksAt(one), 'Show all');
    const opened = await anna.taps(mine, 'Back to the ticket');
    expect(opened.text).toContain('Help: 0 of 1 answered');
    await anna.presses(envelopeCardOf(desk, one), 'Save', { question: 'Why after ten minutes?' });
    expect(envelopeCardOf(desk, one).text).toContain('Why after ten minutes?');
  });

  test('a mis-tap is taken back by withdrawing: nobody is asked any more', async () => {
    const one = await asked();
    const old = envelopeCardOf(desk, one);
    const shown = await anna.does(one, 'Withdraw');
    expect(shown.text).toContain('withdrawn');
    expect((await elif.presses(old, 'Accept')).text).toContain('This request for help has ended');
    expect(envelopeCardOf(desk, one).text).toContain('withdrawn');
    expect(titlesOn(envelopeCardOf(desk, one))).not.toContain('Accept');
  });

  test('a double tap asks once', async () => {
    const one = await annas();
    const mine = await anna.looksAt(one);
    await Promise.all([anna.taps(mine, ASK), anna.taps(mine, ASK)]);
    await desk.settled();
    expect(onCard(one)).toContain('Help: 0 of 1 answered');
  });

  test('an expert asked in person gets a card of their own, and nobody else may take it', async () => {
    const one = await annas();
    await anna.does(one, 'Ask for help', { teamId: 'Network', expertId: 'Elif Ekinci', question: 'Is the MTU wrong?' });
    const card = elif.chat().at(-1);
    expect(card?.text).toContain('Your help is asked for');
    expect(card?.text).toContain('Is the MTU wrong?');
    const tried = await nils.presses(envelopeCardOf(desk, one), 'Accept');
    expect(tried.text).toContain('Elif Ekinci was asked in person');
    const taken = await elif.presses(card ?? { text: '' }, 'Accept');
    expect(taken.text).toContain('is helping');
  });

  test('whoever is asked in person is asked, also when another team still stood in the form', async () => {
    const one = await annas();
    const shown = await anna.does(one, 'Ask for help', { expertId: 'Ines Ivers', question: 'Is the account locked?' });
    expect(shown.text).toContain('Ines Ivers (Identity & Access)');
    expect(ines.chat().at(-1)?.text).toContain('Is the account locked?');
    await anna.does(one, 'Withdraw');
  });

  test('nobody asks themself, an unknown team or nothing at all; a reason of 3,000 characters is too long', async () => {
    const one = await annas();
    const refused = async (typed: Readonly<Record<string, string>>): Promise<string> => {
      const shown = await anna.insists(await anna.looksAt(one), 'Ask for help', { question: 'Help.', ...typed });
      return shown.text;
    };
    expect(await refused({ expertId: 'Anna Arndt' })).toContain('Nobody helps with their own ticket');
    expect(await refused({ question: ' ' })).toContain('the text is empty');
    expect(await refused({ question: 'x'.repeat(3_000) })).toContain('longer than 2000 characters');
    const unknown = await desk.taps('anna', 'request-envelope', {
      ticketId: one.id,
      teamId: 'moon',
      question: 'Help.',
    });
    expect(JSON.stringify(unknown.body)).toContain('Choose a team.');
    expect(onCard(one)).not.toContain('Help:');
  });

  test('only the owner asks: a colleague and a lead read whose ticket it is', async () => {
    const one = await annas();
    const base = ticketCardOf(desk, one);
    expect((await ben.presses(base, ASK)).text).toContain('Anna Arndt besitzt dieses Ticket');
    expect((await sam.presses(base, ASK)).text).toContain('Anna Arndt owns this ticket');
    const unowned = await arrives(desk, { text: 'The VPN again.' });
    expect(titlesOn(await anna.looksAt(unowned))).not.toContain(ASK);
  });
});

describe('helping', () => {
  test('two experts accept at once: one has it, the other reads who', async () => {
    const one = await asked();
    const card = envelopeCardOf(desk, one);
    const [first, second] = await Promise.all([elif.taps(card, 'Accept'), nils.taps(card, 'Accept')]);
    await desk.settled();
    const lost = [first, second].filter(({ text }) => text.includes('is helping already'));
    expect(lost).toHaveLength(1);
    const winner = lost[0] === first ? 'Nils Nowak' : 'Elif Ekinci';
    expect(lost[0]?.text).toContain(`${winner} is helping already`);
    expect(envelopeCardOf(desk, one).text).toContain(`Asked: ${winner} (Network)`);
  });

  test('three at the same time, answered in any order, are counted on the ticket', async () => {
    const one = await annas();
    const ask = (expert: string, team: string): Promise<unknown> =>
      anna.does(one, 'Ask for help', { teamId: team, expertId: expert, question: `What does ${expert} know?` });
    await ask('Elif Ekinci', 'Network');
    await ask('Nils Nowak', 'Network');
    await ask('Ines Ivers', 'Identity & Access');
    expect(onCard(one)).toContain('Help: 0 of 3 answered');
    await nils.presses(envelopeCardOf(desk, one, 2), 'Accept');
    await nils.presses(envelopeCardOf(desk, one, 2), 'Complete', { result: 'The switch is fine.' });
    expect(onCard(one)).toContain('Help: 1 of 3 answered');
    await ines.presses(envelopeCardOf(desk, one, 3), 'Accept');
    await ines.presses(envelopeCardOf(desk, one, 3), 'Complete', { result: 'The account is fine.' });
    expect(onCard(one)).toContain('Help: 2 of 3 answered');
    await elif.presses(envelopeCardOf(desk, one, 1), 'Accept');
    await elif.presses(envelopeCardOf(desk, one, 1), 'Complete', { result: 'The tunnel is fine.' });
    expect(onCard(one)).toContain('Help: 3 of 3 answered');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('the helper asks back, the owner is told and answers, the helper is told and goes on', async () => {
    const one = await helpedBy(elif);
    await elif.presses(envelopeCardOf(desk, one), 'Ask the owner', { query: 'Which building?' });
    expect(onCard(one)).toContain('waits for the owner');
    const told = anna.chat().at(-1);
    expect(told?.text).toContain('Elif Ekinci needs an answer from you');
    expect(envelopeCardOf(desk, one).text).toContain('Which building?');
    await anna.presses(told ?? { text: '' }, 'Answer', { answer1: 'Building 7.' });
    expect(elif.chat().at(-1)?.text).toContain('Anna Arndt answered your question');
    expect(elif.chat().at(-1)?.text).toContain('Building 7.');
    expect(onCard(one)).toContain('is helping');
  });

  test('an answer needs words; what was written comes back when it is refused', async () => {
    const one = await helpedBy(elif);
    const empty = await elif.insists(envelopeCardOf(desk, one), 'Complete', { result: '  ' });
    expect(empty.text).toContain('the text is empty');
    const long = `${'The gateway is old. '.repeat(1_100)}End.`;
    const refused = await elif.insists(envelopeCardOf(desk, one), 'Complete', { result: long });
    expect(refused.text).toContain('longer than 20000 characters');
    expect(refused.text).toContain('The gateway is old. The gateway');
    expect(onCard(one)).toContain('Help: 0 of 1 answered');
  });

  test('only the expert answers: a colleague of theirs reads who helps, and keeps the words', async () => {
    const one = await helpedBy(elif);
    const tried = await nils.insists(envelopeCardOf(desk, one), 'Complete', { result: 'Me too.' });
    expect(tried.text).toContain('Elif Ekinci is helping with this');
    expect(tried.text).toContain('Me too.');
    expect(onCard(one)).toContain('Help: 0 of 1 answered');
  });

  test('not ours names the other team, and moves nothing', async () => {
    const one = await answeredBy(elif, { outcome: 'Not ours', toTeamId: 'Identity & Access', result: 'A login.' });
    expect(onCard(one)).toContain('answered: Not ours');
    expect(onCard(one)).toContain('Team: Service Desk');
    expect(owner(one)).toBe('Anna Arndt');
    expect(envelopeCardOf(desk, one).text).toContain('Better asked: Identity & Access');
  });

  test('declined with a reason: the next is asked, then the lead, then the owner is told', async () => {
    const one = await annas();
    await anna.does(one, 'Ask for help', { teamId: 'Network', expertId: 'Elif Ekinci', question: 'Who knows MTUs?' });
    const last = (expert: Hands) => expert.chat().at(-1) ?? { text: '' };
    const unsaid = await elif.insists(last(elif), 'Decline', { declineReason: ' ' });
    expect(unsaid.text).toContain('Give a reason');
    await elif.presses(last(elif), 'Decline', { declineReason: 'I am in a train.' });
    expect(last(nils).text).toContain('Your help is asked for');
    await nils.presses(last(nils), 'Decline', { declineReason: 'I only know switches.' });
    expect(last(sam).text).toContain('nobody else is left to ask');
    await sam.presses(last(sam), 'Decline', { declineReason: 'Nobody is here today.' });
    expect(last(anna).text).toContain('try another team');
    expect(onCard(one)).toContain('declined');
    expect(owner(one)).toBe('Anna Arndt');
  });

  test('released to the team by the expert, and by the lead', async () => {
    const one = await helpedBy(elif);
    await elif.presses(envelopeCardOf(desk, one), 'Release', { releaseReason: 'My shift ends.' });
    await nils.presses(envelopeCardOf(desk, one), 'Accept');
    expect(envelopeCardOf(desk, one).text).toContain('Asked: Nils Nowak (Network)');
    expect((await elif.presses(envelopeCardOf(desk, one), 'Release')).text).toContain('Nils Nowak is helping');
    await sam.presses(envelopeCardOf(desk, one), 'Release');
    expect(envelopeCardOf(desk, one).text).toContain('Asked: Network');
  });
});

describe('the end of it', () => {
  test('the answer is on the timeline of the ticket, the owner is told and confirms', async () => {
    const one = await answeredBy(elif);
    const told = anna.chat().at(-1);
    expect(told?.text).toContain('Elif Ekinci answered your request for help');
    expect(told?.text).toContain('Restart the gateway.');
    await anna.presses(told ?? { text: '' }, 'Confirm');
    expect(onCard(one)).toContain('confirmed: Solved');
    expect((await anna.does(one, 'Show all')).text).toContain('Anna Arndt confirmed the help of Elif Ekinci');
  });

  test('sent back with a reason: the helper reads it and answers again', async () => {
    const one = await answeredBy(elif);
    expect((await anna.insists(await anna.looksAt(one), 'Send back', { reason1: '' })).text).toContain('Give a reason');
    await anna.does(one, 'Send back', { reason1: 'It does not help.' });
    expect(elif.chat().at(-1)?.text).toContain('your answer came back');
    expect(elif.chat().at(-1)?.text).toContain('It does not help.');
    expect(onCard(one)).toContain('Help: 0 of 1 answered');
    await elif.presses(elif.chat().at(-1) ?? { text: '' }, 'Complete', { result: 'Then replace it.' });
    expect(onCard(one)).toContain('Help: 1 of 1 answered');
  });

  test('two days without an objection confirm by themselves', async () => {
    const one = await answeredBy(elif);
    await passes(desk, { hours: 47 });
    expect(onCard(one)).toContain('answered: Solved');
    await passes(desk, { hours: 2 });
    expect(onCard(one)).toContain('confirmed: Solved');
  });

  test('a withdrawn request is said to the one who worked on it', async () => {
    const one = await helpedBy(elif);
    await anna.does(one, 'Withdraw');
    expect(elif.chat().at(-1)?.text).toContain('Anna Arndt withdrew the request for help');
    expect(titlesOn(elif.chat().at(-1) ?? { text: '' })).not.toContain('Complete');
  });

  test('words for an envelope that is withdrawn meanwhile are not lost: they stand in the note', async () => {
    const one = await helpedBy(elif);
    const old = envelopeCardOf(desk, one);
    await anna.does(one, 'Withdraw');
    const shown = await elif.presses(old, 'Complete', { result: 'It was the gateway.' });
    expect(shown.text).toContain('This request for help has ended');
    await elif.presses(shown, 'Save note');
    expect((await anna.looksAt(one)).text).toContain('It was the gateway.');
  });

  test('a ticket with unanswered envelopes is not resolved: they are listed, and one tap withdraws them all', async () => {
    const one = await helpedBy(elif);
    await anna.does(one, 'Ask Identity & Access for help');
    const before = mailsTo(desk).length;
    const refused = await anna.does(one, 'Resolve', { resolveText: 'It works again.' });
    expect(refused.text).toMatch(/unanswered: .*Elif Ekinci/u);
    expect(refused.text).toContain('It works again.');
    expect(mailsTo(desk)).toHaveLength(before);
    await anna.presses(refused, 'Withdraw all');
    expect(elif.chat().at(-1)?.text).toContain('withdrew the request for help');
    await anna.does(one, 'Resolve', { resolveText: 'It works again.' });
    expect(onCard(one)).toContain('Resolved');
    expect(mailsTo(desk)).toHaveLength(before + 1);
  });

  test('resolving confirms what was answered', async () => {
    const one = await answeredBy(elif);
    await anna.does(one, 'Resolve');
    expect(onCard(one)).toContain('confirmed: Solved');
  });

  test('cancelling withdraws the envelopes and tells the helper', async () => {
    const one = await helpedBy(nils);
    await anna.does(one, 'Cancel ticket', { cancelReason: 'Mistake' });
    expect(nils.chat().at(-1)?.text).toContain('withdrew the request for help');
    expect(envelopeCardOf(desk, one).text).toContain('withdrawn');
  });
});

describe('what to do next', () => {
  test('whoever helps notes a to-do on the envelope: it stands there and on their list', async () => {
    const one = await asked();
    const taken = await elif.presses(envelopeCardOf(desk, one), 'Accept');
    const shown = await elif.presses(taken, 'Add task', { taskTitle: 'Read the switch log' });
    expect(shown.text).toContain('Read the switch log · Elif Ekinci');
    expect((await elif.says('tasks'))[0]?.text).toContain('Read the switch log');
  });

  test('a task is handed on, or not needed any more: it leaves the one list and stands on the other', async () => {
    const one = await ownedBy(desk, anna);
    await anna.does(one, 'Add task', { taskTitle: 'Order the cable', personId: 'Anna Arndt' });
    expect((await anna.says('tasks'))[0]?.text).toContain('Order the cable');
    await anna.does(one, 'Hand to this person', { taskSeq: 'Order the cable', personId: 'Ben Berger' });
    expect((await anna.says('tasks'))[0]?.text).not.toContain('Order the cable');
    expect((await ben.says('tasks'))[0]?.text).toContain('Order the cable');
    await anna.does(one, 'Not needed');
    expect((await ben.says('tasks'))[0]?.text).not.toContain('Order the cable');
  });

  test('the help-queue shows what the team is asked, `envelopes` where somebody helps, `tasks` what is to be done', async () => {
    const one = await asked();
    const [queue] = await elif.says('help-queue');
    expect(queue?.text).toContain(`${one.number} P3`);
    await elif.presses(envelopeCardOf(desk, one), 'Accept');
    expect((await elif.says('envelopes'))[0]?.text).toContain(`${one.number} P3`);
    expect((await elif.says('help-queue'))[0]?.text).not.toContain(`${one.number} P3`);
    await anna.does(one, 'Add task', { taskTitle: 'Phone the provider', personId: 'Ben Berger' });
    const [tasks] = await ben.says('tasks');
    expect(tasks?.text).toContain('Phone the provider');
    const done = await ben.presses(tasks ?? { text: '' }, { button: 'Erledigt', of: { ticketId: one.id } });
    expect(done.text).not.toContain('Phone the provider');
  });

  test('beyond the limit of a team help waits in line with its place; who goes beyond it is in the reports', async () => {
    const ask = async (): Promise<Case> => {
      const one = await ownedBy(desk, anna, { text: 'My password.' });
      await anna.does(one, 'Ask Identity & Access for help');
      return one;
    };
    await ines.presses(envelopeCardOf(desk, await ask()), 'Accept');
    const [second, third] = [await ask(), await ask()];
    expect(envelopeCardOf(desk, second).text).toContain('Place 1 in line: the team works on 1 at a time');
    expect(envelopeCardOf(desk, third).text).toContain('Place 2 in line');
    const overshoots = async (): Promise<readonly string[]> => {
      const { rows } = await desk.running.stores.reports.page('wip-overshoot', { limit: 10 });
      return rows.map(({ number }) => String(number));
    };
    expect(await overshoots()).toEqual([]);
    expect((await ines.presses(envelopeCardOf(desk, third), 'Accept')).text).toContain('hilft');
    expect(await overshoots()).toEqual([third.number]);
  });

  test('a P1 does not wait in line', async () => {
    const one = await ownedBy(desk, anna, { text: 'My password.' });
    await anna.does(one, 'Save', { impact: 'High', urgency: 'High' });
    await anna.does(one, 'Ask Identity & Access for help');
    expect(envelopeCardOf(desk, one).text).toContain('P1 critical');
    expect(envelopeCardOf(desk, one).text).not.toContain('in line');
  });
});

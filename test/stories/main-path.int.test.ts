import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CARLA, openDesk, type TestDesk, textOn } from '../support/open-desk.ts';

/** The main path over real connections: SMTP and HTTPS to the mail service, signed HTTP from and to Teams. */
let desk: TestDesk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const ticketIdOn = (card: { actions: readonly { data?: { ticketId?: string } }[] } | undefined): string =>
  card?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';

const arrived = async (letter: Parameters<TestDesk['mails']>[0] = {}): Promise<string> => {
  await desk.mails({ subject: 'The printer is on strike', text: 'It says tray 2 is empty.', ...letter });
  await desk.settled();
  return ticketIdOn(desk.cards().at(-1));
};

describe('a mail becomes a card, one owner, and an answer', () => {
  test('the card shows customer, number and words; the customer is told once that it arrived', async () => {
    await arrived();
    expect(desk.cards()).toHaveLength(1);
    const shown = textOn(desk.cards()[0]);
    for (const words of [
      'INC-1001',
      'Carla Costa',
      CARLA,
      'The printer is on strike',
      'It says tray 2 is empty.',
      'Accept',
    ])
      expect(shown).toContain(words);
    const inbox = desk.inboxOf(CARLA);
    expect(inbox).toHaveLength(1);
    expect(inbox[0]?.subject).toBe('RE: The printer is on strike [INC-1001]');
    expect(inbox[0]?.body.content).toContain('It has arrived as INC-1001');
  });

  test('two accept at the same moment: one owns it, the other learns who', async () => {
    const ticketId = await arrived();
    const names = { anna: 'Anna Arndt', ben: 'Ben Berger' } as const;
    const answers = await Promise.all([
      desk.taps('anna', 'reserve', { ticketId }),
      desk.taps('ben', 'reserve', { ticketId }),
    ]);
    const [annas = '', bens = ''] = answers.map(({ body }) => textOn(body));
    const [loser, winner] = annas.includes('Ben Berger is just taking this ticket')
      ? (['anna', 'ben'] as const)
      : (['ben', 'anna'] as const);
    if (loser === 'ben') expect(bens).toContain('Anna Arndt nimmt dieses Ticket gerade an');
    expect(winner === 'anna' ? annas : bens).not.toMatch(/is just taking|nimmt dieses Ticket gerade an/u);
    desk.clock.advance({ seconds: 31 });
    await desk.settled();
    expect(desk.cards()).toHaveLength(1);
    expect(textOn(desk.cards()[0])).toContain(`"text":"${names[winner]}"`);
    expect(textOn(desk.cards()[0])).not.toContain(`"text":"${names[loser]}"`);
    const { body } = await desk.taps(loser, 'reserve', { ticketId });
    expect(textOn(body)).toContain(
      `${names[winner]} ${loser === 'ben' ? 'besitzt dieses Ticket' : 'owns this ticket'}`,
    );
  });

  test('the owner answers in the thread; the customer answers back; the owner is told; it is resolved', async () => {
    const ticketId = await arrived();
    await desk.taps('anna', 'accept', { ticketId });
    await desk.taps('anna', 'reply', { ticketId, replyText: 'Please push the tray in until it clicks.' });
    await desk.settled();
    const answer = desk.inboxOf(CARLA).at(-1);
    expect(answer?.body.content).toContain('Please push the tray in until it clicks.');
    expect(answer?.body.content).toContain('Anna Arndt');
    await desk.mails({
      subject: `Re: ${answer?.subject ?? ''}`,
      text: 'It clicked, but still no paper.',
      inReplyTo: answer?.internetMessageId ?? '',
    });
    await desk.settled();
    expect(desk.cards()).toHaveLength(1);
    expect(textOn(desk.cards()[0])).toContain('It clicked, but still no paper.');
    expect(textOn(desk.chatOf('anna'))).toContain('Carla Costa wrote');
    await desk.taps('anna', 'resolve', { ticketId, resolveText: 'A new tray is in.' });
    await desk.settled();
    expect(desk.inboxOf(CARLA).at(-1)?.body.content).toContain('A new tray is in.');
    expect(textOn(desk.cards()[0])).toContain('Resolved');
    expect(desk.graph.sentMail()).toHaveLength(3);
  });

  test('two taps from phone to answered: reply and resolve accepts first', async () => {
    const ticketId = await arrived();
    await desk.taps('ben', 'reply-resolve', { ticketId, replyText: 'Erledigt, bitte neu starten.' });
    await desk.settled();
    const shown = textOn(desk.cards()[0]);
    expect(shown).toContain('Ben Berger');
    expect(shown).toContain('Resolved');
    expect(desk.inboxOf(CARLA).filter(({ body }) => body.content.includes('Erledigt'))).toHaveLength(1);
  });
});

describe('mails that come together', () => {
  test('a question and its correction are one ticket', async () => {
    await desk.mails({ subject: 'Printer', text: 'Floor 3.', messageId: '<q1@customer.example>' });
    await desk.mails({ subject: 'Re: Printer', text: 'Sorry: floor 4.', inReplyTo: '<q1@customer.example>' });
    await desk.settled();
    expect(desk.cards()).toHaveLength(1);
    expect(textOn(desk.cards()[0])).toContain('Sorry: floor 4.');
  });
});

describe('the bot answers in the chat', () => {
  test.each([
    ['help', 'The ticket desk'],
    ['queue', 'The printer is on strike'],
    ['next', 'The printer is on strike'],
    ['mine', 'You own no open ticket'],
    ['ticket INC-1001', 'It says tray 2 is empty.'],
    ['inc-1001', 'It says tray 2 is empty.'],
    ['find printer', 'The printer is on strike'],
    ['new', 'New ticket for a caller'],
    ['ticket INC-9', 'There is no ticket INC-9'],
    ['not helpful', 'The ticket desk'],
  ])('%s', async (said, shown) => {
    await arrived();
    expect(textOn(await desk.says('anna', said))).toContain(shown);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CARLA, openDesk, type TestDesk, textOn } from '../support/open-desk.ts';

/** Every act of the card, tapped in Teams over signed HTTP, and what it does to card and customer. */
let desk: TestDesk;
let ticketId = '';

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

let letters = 0;
beforeEach(async () => {
  await desk.mails({ subject: `Act ${(letters += 1)}`, text: 'Please help.' });
  await desk.settled();
  ticketId =
    desk
      .cards()
      .at(-1)
      ?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';
  await desk.accepts('anna', ticketId);
});

const cardNow = (): string => textOn(desk.cards().at(-1));
const mailsToCarla = (): string[] => desk.inboxOf(CARLA).map(({ body }) => body.content);
const tap = async (verb: string, data: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const { body } = await desk.taps('anna', verb, { ticketId, ...data });
  await desk.settled();
  return textOn(body);
};

describe('tapped on the card', () => {
  test('a note stands on the card and in no mail', async () => {
    const before = mailsToCarla().length;
    await tap('note', { noteText: 'The toner was cheap.' });
    expect(cardNow()).toContain('The toner was cheap.');
    expect(mailsToCarla()).toHaveLength(before);
  });

  test('ask and wait sends the question, waits, and goes on by itself when the customer answers', async () => {
    await tap('ask', { replyText: 'Which floor?' });
    expect(cardNow()).toContain('Waiting for the customer');
    const question = desk.inboxOf(CARLA).at(-1);
    expect(question?.body.content).toContain('Which floor?');
    await desk.mails({ text: 'Floor 3.', inReplyTo: question?.internetMessageId ?? '' });
    await desk.settled();
    expect(cardNow()).toContain('In progress');
    expect(cardNow()).toContain('Floor 3.');
  });

  test('waiting for a vendor needs a day ahead; resume ends it', async () => {
    expect(await tap('pend', { pendFor: 'vendor' })).toContain('Choose the day on which to follow up.');
    expect(await tap('pend', { pendFor: 'vendor', pendUntil: '2020-01-01' })).toContain('has passed');
    await tap('pend', { pendFor: 'change', pendUntil: '2099-12-31' });
    expect(cardNow()).toContain('Waiting for a change');
    await tap('resume');
    expect(cardNow()).toContain('In progress');
  });

  test('resolved, reopened, resolved again and closed: one resolved mail each time, silence at closing', async () => {
    const before = mailsToCarla().length;
    await tap('resolve', { resolveText: 'Swapped.' });
    await tap('reopen');
    expect(cardNow()).toContain('Reopened');
    await tap('resolve');
    await tap('close');
    expect(cardNow()).toContain('Closed');
    expect(mailsToCarla()).toHaveLength(before + 2);
  });

  test('cancelling needs a reason, a duplicate its number; it can be undone', async () => {
    expect(await tap('cancel')).toContain('Choose a reason');
    expect(await tap('cancel', { cancelReason: 'duplicate' })).toContain('Name the other ticket');
    await tap('cancel', { cancelReason: 'duplicate', duplicateOf: 'INC-1001' });
    expect(cardNow()).toContain('Cancelled');
    await tap('undo-cancel');
    expect(cardNow()).toContain('In progress');
  });

  test('only the owner answers the customer; a colleague is told whose ticket it is', async () => {
    const before = mailsToCarla().length;
    const { body } = await desk.taps('ben', 'reply', { ticketId, replyText: 'Me too!' });
    await desk.settled();
    expect(textOn(body)).toContain('Anna Arndt besitzt dieses Ticket');
    expect(mailsToCarla()).toHaveLength(before);
  });
});

describe('a ticket for a caller', () => {
  const typed = {
    caller: 'Dora Diaz <dora@caller.example>',
    subject: 'No dial tone',
    text: 'Since noon.',
    teamId: 'service-desk',
    key: 'k1',
  };

  test('the form makes one ticket, however often it is sent', async () => {
    const before = desk.cards().length;
    await desk.taps('ben', 'new', typed);
    await desk.taps('ben', 'new', typed);
    await desk.settled();
    expect(desk.cards()).toHaveLength(before + 1);
    for (const shown of ['Dora Diaz', 'dora@caller.example', 'No dial tone', 'Since noon.'])
      expect(cardNow()).toContain(shown);
  });

  test('the answer to a caller is a new mail to them', async () => {
    const { body } = await desk.taps('anna', 'new', { ...typed, key: 'k2' });
    const id = /"ticketId":"([^"]+)"/u.exec(textOn(body))?.[1] ?? '';
    await desk.taps('anna', 'reply-resolve', { ticketId: id, replyText: 'The line is back.' });
    await desk.settled();
    expect(desk.inboxOf('dora@caller.example').map(({ body: mail }) => mail.content)).toEqual([
      expect.stringContaining('The line is back.'),
    ]);
  });

  test('a form without a caller comes back with what was typed', async () => {
    const { body } = await desk.taps('anna', 'new', { ...typed, key: 'k3', caller: ' ' });
    expect(textOn(body)).toContain('the text is empty');
    expect(textOn(body)).toContain('"value":"No dial tone"');
  });

  test('what stands behind `new` is the subject', async () => {
    expect(textOn(await desk.says('anna', 'new The lift is stuck'))).toContain('"value":"The lift is stuck"');
  });
});

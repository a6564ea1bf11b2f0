import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDesk, type TestDesk, textOn } from '../../support/open-desk.ts';

/** What Teams may answer to what the desk sends, played by the mirror on the real connector routes. */
let desk: TestDesk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const CHANNEL = '19:tickets@thread.tacv2';
const posts = (): number => desk.mirror.counts(CHANNEL).posts;
const ticketOn = (index: number): string =>
  desk
    .cards()
    .at(index)
    ?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';

const until = async (holds: () => boolean): Promise<void> => {
  for (let n = 0; n < 200 && !holds(); n += 1) {
    await desk.settled();
    await desk.clock.sleep(50);
  }
};

const arrives = async (subject = 'The printer'): Promise<void> => {
  await desk.mails({ subject, text: 'Help.' });
  await desk.settled();
};

test.each([
  ['429 with Retry-After', { match: 'POST /v3/', status: 429, times: 2, retryAfter: 1 }],
  ['502', { match: 'POST /v3/', status: 502, times: 1 }],
  ['412', { match: 'POST /v3/', status: 412, times: 1 }],
  ['a cut connection', { match: 'POST /v3/', status: 0, times: 1 }],
])('the card arrives once after %s', async (_what, fault) => {
  desk.mirror.fault(fault);
  await arrives();
  await until(() => posts() > 0);
  expect(posts()).toBe(1);
  expect(textOn(desk.cards())).toContain('The printer');
});

test('changes that come while Teams is throttling are at most two edits, and the last shows all of them', async () => {
  await arrives();
  const ticketId = ticketOn(0);
  desk.mirror.fault({ match: 'PUT /v3/', status: 429, times: 1_000, retryAfter: 1 });
  await desk.taps('anna', 'accept', { ticketId });
  for (const noteText of ['one', 'two', 'three', 'four', 'five', 'six'])
    await desk.taps('anna', 'note', { ticketId, noteText });
  expect(desk.mirror.counts(CHANNEL).edits).toBe(0);
  desk.mirror.clearFaults();
  await until(() => textOn(desk.cards()[0]).includes('six'));
  expect(textOn(desk.cards()[0])).toContain('six');
  // One that was drawn before the last note and waited inside the SDK, and one that shows the last.
  expect(desk.mirror.counts(CHANNEL).edits).toBeLessThanOrEqual(2);
  expect(posts()).toBe(1);
});

test('a card that someone deleted is posted anew at the next change', async () => {
  await arrives();
  const ticketId = ticketOn(0);
  desk.mirror.fault({ match: 'PUT /v3/', status: 404, times: 1, code: 'ActivityNotFoundInConversation' });
  await desk.taps('anna', 'accept', { ticketId });
  await until(() => posts() === 2);
  expect(posts()).toBe(2);
  expect(textOn(desk.cards()[1])).toContain('Anna Arndt');
});

test('a channel that refuses the bot stops nothing: the ticket is there, and its card appears once the channel is open again', async () => {
  desk.mirror.fault({ match: 'POST /v3/', status: 403, times: 1, code: 'BotNotInConversationRoster' });
  await arrives('Locked out');
  expect(posts()).toBe(0);
  expect(textOn(await desk.says('anna', 'queue'))).toContain('Locked out');
  const ticketId = /"ticketId":"([^"]+)"/u.exec(textOn(await desk.says('anna', 'next')))?.[1] ?? '';
  await desk.taps('anna', 'accept', { ticketId });
  await until(() => posts() === 1);
  expect(textOn(desk.cards()[0])).toContain('Locked out');
});

test('an owner who cannot be reached in person does not lose the customer’s words: they stand on the card', async () => {
  await arrives();
  const ticketId = ticketOn(0);
  await desk.taps('anna', 'accept', { ticketId });
  await desk.taps('anna', 'reply', { ticketId, replyText: 'Try again.' });
  await desk.settled();
  desk.mirror.fault({ match: 'POST /v3/conversations', status: 403, times: 1, code: 'ConversationBlockedByUser' });
  await desk.mails({
    text: 'Still broken.',
    inReplyTo: desk.inboxOf('carla@customer.example').at(-1)?.internetMessageId ?? '',
  });
  await until(() => textOn(desk.cards()[0]).includes('Still broken.'));
  expect(textOn(desk.cards()[0])).toContain('Still broken.');
});

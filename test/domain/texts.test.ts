import { describe, expect, test } from '@jest/globals';
import { type Desk, defaultPolicy } from '../../src/domain/policy.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  cancels,
  carlaTheRequester,
  customerWrites,
  type Deed,
  nobody,
  notes,
  pends,
  prose,
  reopens,
  replies,
  repliesAndResolves,
  resolves,
} from '../support/deeds.ts';
import { acceptedBy, aDesk, arrived, given, resolvedBy, type Step, waitingForCustomer } from '../support/given.ts';

const LIMIT = 60;
/** A desk whose limit is short enough to be read in a failure. */
const terse: Desk = { ...aDesk, policy: { ...defaultPolicy, textLimit: LIMIT } };
const tooLong = 'x'.repeat(LIMIT + 1);

const required: readonly (readonly [string, (by: PersonActor, text: string) => Deed])[] = [
  ['note', notes],
  ['reply', replies],
  ['reply & resolve', repliesAndResolves],
  ['ask', asks],
  ['reason to wait', (by, text) => pends(by, 'vendor', { days: 1, text })],
];
const optional: readonly (readonly [string, Step, (by: PersonActor, text: string) => Deed])[] = [
  ['resolve', acceptedBy(ana), resolves],
  ['reopen', resolvedBy(ana), reopens],
];

describe('what a person writes', () => {
  test.each(required)('%s: a blank text is refused', (_name, says) => {
    given(acceptedBy(ana)).when(says(ana, ' \n\t ')).thenRefused('text-missing');
  });

  test.each(required)('%s: a text over the limit is refused and comes back whole', (_name, says) => {
    given(acceptedBy(ana))
      .at(terse)
      .when(says(ana, tooLong))
      .thenRefused('text-too-long', { limit: LIMIT, text: tooLong });
    expect(
      given(acceptedBy(ana))
        .at(terse)
        .when(says(ana, 'x'.repeat(LIMIT))).decision,
    ).toHaveProperty('length');
  });

  test.each(optional)('%s: the text may be missing, and too long is refused all the same', (_name, before, says) => {
    const [event] = given(before).when(says(ana, '  ')).recorded.slice(-1);
    expect(event?.event).not.toHaveProperty('text');
    given(before).at(terse).when(says(ana, tooLong)).thenRefused('text-too-long', { limit: LIMIT, text: tooLong });
  });

  test('is kept without the blanks around it', () => {
    given(acceptedBy(ana)).when(notes(ana, '  two words \n')).then({ type: 'NoteAdded', text: 'two words' });
  });

  test('a customer’s text is never refused: the whole of it is in the blob, what is shown is cut', () => {
    const long = { ...prose(tooLong), bodySha256: 'abc' };
    const [opened] = given(arrives({ description: long }))
      .at(terse)
      .when(notes(ana)).recorded;
    expect(opened?.event).toMatchObject({ prose: { text: `${'x'.repeat(LIMIT - 1)}…`, bodySha256: 'abc' } });
    given(acceptedBy(ana))
      .at(terse)
      .when(customerWrites(tooLong))
      .then({ type: 'CustomerWroteIn', prose: { text: `${'x'.repeat(LIMIT - 1)}…` } });
  });
});

describe('asking and waiting', () => {
  test('is one act: the question goes out and the clock stops', () => {
    const { at } = given(acceptedBy(ana))
      .when(asks(ana, 'Which printer?'))
      .then({ type: 'CustomerAnswered', intent: 'question', text: 'Which printer?' }, { type: 'TicketPaused' });
    given(acceptedBy(ana)).when(asks(ana)).thenTicket({ status: 'pending_customer', pausedAt: at });
  });

  test('a second question does not start the pause anew', () => {
    const first = given(acceptedBy(ana)).when(asks(ana));
    given(waitingForCustomer(ana))
      .when(asks(ana))
      .then({ type: 'CustomerAnswered', intent: 'question' })
      .thenTicket({ pausedAt: first.at });
  });
});

describe('answering', () => {
  test('needs somebody to write to', () => {
    const fromNobody: Step = [arrives({ requester: nobody }), accepts(ana)];
    given(fromNobody).when(replies(ana)).thenRefused('no-address');
    given(fromNobody).when(asks(ana)).thenRefused('no-address');
    given(fromNobody).when(notes(ana)).then({ type: 'NoteAdded' });
    given(fromNobody).when(resolves(ana)).then({ type: 'TicketResolved' });
  });

  test('a caller without a mail address: nothing looks as if it had been sent, and it can be resolved', () => {
    const caller: Step = [arrives({ channel: 'phone', requester: nobody }), accepts(ana)];
    for (const deed of [replies(ana), asks(ana)]) given(caller).when(deed).thenRefused('no-address');
    const { effects, ticket } = given(caller).when(resolves(ana)).then({ type: 'TicketResolved', mail: false });
    expect(effects.map(({ kind }) => kind)).not.toContain('mail');
    expect(ticket?.firstResponseAt).toBeUndefined();
  });

  test('the first answer is remembered, and an answer ends the waiting of the customer', () => {
    const { at } = given(acceptedBy(ana)).when(replies(ana)).thenTicket({ unansweredSince: undefined });
    given(acceptedBy(ana)).when(replies(ana)).thenTicket({ firstResponseAt: at });
    const firstAt = given(acceptedBy(ana)).when(replies(ana)).ticket.firstResponseAt;
    given(acceptedBy(ana), replies(ana)).when(replies(ana)).thenTicket({ firstResponseAt: firstAt });
  });

  test('notes are no answers', () => {
    given(acceptedBy(ana)).when(notes(ana)).thenTicket({ firstResponseAt: undefined });
    expect(given(acceptedBy(ana)).when(notes(ana)).ticket).toHaveProperty('unansweredSince');
  });
});

describe('cancelling', () => {
  test('needs a reason, and a duplicate the number of another ticket', () => {
    given(arrived()).when(cancels(ana)).thenRefused('reason-missing');
    given(arrived()).when(cancels(ana, 'duplicate')).thenRefused('duplicate-target-missing');
    given(arrived())
      .when(cancels(ana, 'duplicate', 'INC-1001'))
      .thenRefused('duplicate-target-missing');
    given(arrived())
      .when(cancels(ana, 'duplicate', 'inc-1000'))
      .then({ type: 'TicketCancelled', reason: 'duplicate', duplicateOf: 'INC-1000' })
      .thenTicket({ cancelReason: 'duplicate', duplicateOf: 'INC-1000' });
  });

  test('a number beside another reason is left out', () => {
    given(arrived())
      .when(cancels(ana, 'spam', 'INC-1000'))
      .thenTicket({ cancelReason: 'spam', duplicateOf: undefined });
  });
});

test('a subject is one visible line of at most 200 characters', () => {
  const subject = `Printer\r\nBcc: everyone@customer.example\u0000\u202egnp.exe ${'x'.repeat(300)}`;
  const { ticket } = given(arrives({ subject })).when(notes(ana));
  expect(ticket.subject).toMatch(/^Printer Bcc: everyone@customer\.example gnp\.exe x+…$/u);
  expect(ticket.subject).toHaveLength(200);
});

test('a sender’s name is one visible line too: it must not make a ticket that is too big to keep', () => {
  const { ticket } = given(
    arrives({ requester: { ...carlaTheRequester, name: `Carla\r\n${'x'.repeat(2_000)}` } }),
  ).when(notes(ana));
  expect(ticket.requester.name).toMatch(/^Carla x+…$/u);
  expect(ticket.requester.name.length).toBeLessThanOrEqual(200);
});

import { describe, expect, test } from '@jest/globals';
import type { MailVerdict } from '../../src/domain/arrival.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Status } from '../../src/domain/ticket.ts';
import { mailAddress } from '../../src/domain/values.ts';
import {
  ana,
  arrives,
  ben,
  cancels,
  customerWrites,
  type Deed,
  deskMailbox,
  notes,
  prose,
  replies,
} from '../support/deeds.ts';
import {
  acceptedBy,
  aDesk,
  after,
  arrived,
  cancelledBy,
  closedBy,
  days,
  given,
  inState,
  minutes,
  monday,
  resolvedBy,
  STATUSES,
  storyOf,
  waitingForCustomer,
} from '../support/given.ts';

const file = { name: 'log.txt', size: 3, contentType: 'text/plain', sha256: 'f'.repeat(64) };
const programmes: readonly MailVerdict[] = ['automatic', 'bounce'];
const withoutWeight: readonly (readonly [string, Deed])[] = [
  ...programmes.map(
    (verdict) => [verdict, customerWrites('I am away.', { verdict, prose: prose('I am away.', file) })] as const,
  ),
  ['unverified', customerWrites('Let me in.', { unverified: true, prose: prose('Let me in.', file) })],
];

describe.each(withoutWeight)('a mail that is %s', (_name, deed) => {
  const stillThere = STATUSES.filter((each) => _name !== 'unverified' || (each !== 'closed' && each !== 'cancelled'));
  test.each(stillThere)('%s: joins, and changes neither state nor clock nor thread', (status) => {
    const { ticket: before } = storyOf(inState(ana)[status], days(9));
    const { ticket } = given(inState(ana)[status], days(9)).when(deed).then({ type: 'CustomerWroteIn' });
    const { rev, changedAt, attachments, ...facts } = JSON.parse(JSON.stringify(ticket)) as Record<string, unknown>;
    expect(JSON.parse(JSON.stringify(before))).toMatchObject(facts);
    expect({ rev, attachments }).toEqual({ rev: before.rev + 1, attachments: 1 });
    expect(changedAt).not.toBe(before.changedAt);
  });
});

test.each(['closed', 'cancelled'] as const)(
  'a stranger’s mail to a ticket that is %s for good needs one of its own',
  (status) => {
    given(inState(ana)[status], days(9))
      .when(customerWrites('Me too.', { unverified: true }))
      .thenRefused('reopen-too-late');
  },
);

describe('a copy that reached another mailbox of the desk', () => {
  test('does not move the conversation there', () => {
    const { ticket } = given(acceptedBy(ana)).when(
      customerWrites('To both of you.', {
        thread: { mailbox: mailAddress('network@desk.example'), messageId: 'elsewhere' },
      }),
    );
    expect(ticket?.thread?.mailbox).not.toBe('network@desk.example');
  });
});

describe('a customer’s reply', () => {
  const same: readonly Status[] = ['new', 'in_progress', 'pending_vendor', 'pending_change'];
  test.each(same)('%s: joins and leaves the state', (status) => {
    given(inState(ana)[status])
      .when(customerWrites('More smoke.'))
      .then({ type: 'CustomerWroteIn' })
      .thenTicket({ status });
  });

  test('answers what we asked: the ticket goes on by itself', () => {
    given(waitingForCustomer(ana)).when(customerWrites('Left.')).thenTicket({ status: 'in_progress', ownerId: ana.id });
    given(waitingForCustomer(ana))
      .when(customerWrites('Thanks!', { verdict: 'thanks' }))
      .thenTicket({ status: 'in_progress' });
  });

  test('reopens what we thought solved; a thank-you only joins', () => {
    given(resolvedBy(ana))
      .when(customerWrites('It still burns.'))
      .then({ type: 'CustomerWroteIn' }, { type: 'TicketReopened' })
      .thenTicket({ status: 'in_progress', reopenCount: 1, ownerId: ana.id });
    given(resolvedBy(ana))
      .when(customerWrites('Thanks!', { verdict: 'thanks' }))
      .then({ type: 'CustomerWroteIn' })
      .thenTicket({ status: 'resolved' });
  });

  test('within 7 days of closing comes back to the same owner, later it is refused', () => {
    const closedAt = storyOf(closedBy(ana)).ticket.changedAt;
    const lastMoment = [closedBy(ana), days(7), minutes(-1)];
    given(...lastMoment)
      .when(customerWrites('Again!'))
      .thenTicket({ status: 'in_progress', ownerId: ana.id, closedAt: undefined });
    given(closedBy(ana), days(7))
      .when(customerWrites('Again!'))
      .thenRefused('reopen-too-late', { until: after(closedAt, days(7)) });
    given(closedBy(ana), days(400))
      .when(customerWrites('Thanks!', { verdict: 'thanks' }))
      .thenTicket({ status: 'closed' });
  });

  test('to a cancelled ticket is refused, so that the caller opens one that follows', () => {
    given(cancelledBy(ana)).when(customerWrites('Why?')).thenRefused('reopen-too-late');
    given(arrived(), cancels(ben, 'spam')).when(customerWrites('Why?')).thenRefused('reopen-too-late');
  });

  test('starts the waiting at the oldest mail without an answer', () => {
    expect(storyOf(arrived()).ticket.unansweredSince).toBe(monday);
    const { at } = given(acceptedBy(ana), replies(ana)).when(customerWrites('And now?'));
    given(acceptedBy(ana), replies(ana)).when(customerWrites('And now?')).thenTicket({ unansweredSince: at });
    given(acceptedBy(ana), replies(ana), customerWrites('And now?'), days(1))
      .when(customerWrites('Hello?'))
      .thenTicket({ unansweredSince: at });
    given(acceptedBy(ana), replies(ana), customerWrites('And now?'))
      .when(notes(ana))
      .thenTicket({ unansweredSince: at });
  });

  test('is what the next answer joins', () => {
    const thread = { mailbox: deskMailbox, messageId: 'graph-9', internetMessageId: '<ninth@customer.example>' };
    given(acceptedBy(ana)).when(customerWrites('Here.', { thread })).thenTicket({ thread });
  });
});

describe('a ticket is opened once', () => {
  test('the same mail a second time changes nothing', () => {
    given(acceptedBy(ana))
      .when(arrives({ subject: 'Another subject' }))
      .then()
      .thenTicket({ subject: 'The printer is on fire', ownerId: ana.id });
  });

  test('a command to a ticket that does not exist is refused', () => {
    expect(decide(undefined, notes(ana)(monday), aDesk)).toEqual({ refused: 'not-found' });
    expect(decide(undefined, customerWrites('Hello?')(monday), aDesk)).toEqual({ refused: 'not-found' });
  });

  test('it keeps whose ticket it follows, and that it could not be read', () => {
    const { ticket } = storyOf(arrives({ follows: storyOf(arrived()).ticket.id, unreadable: true }));
    expect(ticket).toMatchObject({
      follows: 'ticket-1',
      unreadable: true,
      status: 'new',
      rev: 1,
      queueHops: 0,
      reopenCount: 0,
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Calendar } from '../../src/domain/calendar.ts';
import type { Desk } from '../../src/domain/policy.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  cancels,
  closes,
  customerWrites,
  notes,
  pends,
  repliesAndResolves,
  resolves,
  resumes,
  theDesk,
} from '../support/deeds.ts';
import {
  acceptedBy,
  aDesk,
  after,
  arrived,
  days,
  given,
  hours,
  inState,
  minutes,
  monday,
  resolvedBy,
  type Step,
  storyOf,
  waitingForCustomer,
  waitingForVendor,
} from '../support/given.ts';

describe('waiting for others', () => {
  test('needs a day on which the desk looks again, and it lies ahead', () => {
    given(acceptedBy(ana))
      .when(pends(ana, 'vendor', {}))
      .thenRefused('follow-up-date-missing');
    given(acceptedBy(ana))
      .when(pends(ana, 'vendor', { days: 0 }))
      .thenRefused('follow-up-date-past');
    given(acceptedBy(ana))
      .when(pends(ana, 'vendor', { days: -1 }))
      .thenRefused('follow-up-date-past');
  });

  test.each([
    ['vendor', 'pending_vendor'],
    ['change', 'pending_change'],
  ] as const)('for a %s: the clock runs on', (whom, status) => {
    const { dueAt } = storyOf(acceptedBy(ana)).ticket;
    const { at } = given(acceptedBy(ana)).when(pends(ana, whom)).thenTicket({ status, dueAt });
    given(acceptedBy(ana))
      .when(pends(ana, whom))
      .thenTicket({ followUpAt: after(at, days(2)), pausedAt: undefined });
    given(acceptedBy(ana), pends(ana, whom), days(1))
      .when(resumes(ana))
      .thenTicket({ status: 'in_progress', dueAt, followUpAt: undefined });
  });

  test('a customer’s mail does not end it', () => {
    given(waitingForVendor(ana))
      .when(customerWrites('Any news?'))
      .then({ type: 'CustomerWroteIn' })
      .thenTicket({ status: 'pending_vendor' });
  });
});

/** 9 to 17 UTC every day, counted minute by minute: slow, and too simple to be wrong. */
const officeHours: Calendar = {
  add: (from, count) => {
    let at = from;
    for (let left = count; left > 0; at = after(at, minutes(1))) if (isOffice(millisecondsOf(at))) left -= 1;
    return at;
  },
  between: (from, to) => {
    let counted = 0;
    for (let at = millisecondsOf(from); at < millisecondsOf(to); at += 60_000) if (isOffice(at)) counted += 1;
    return counted;
  },
  addDays: (from, count) => after(from, days(count)),
};
const isOffice = (milliseconds: number): boolean =>
  [9, 10, 11, 12, 13, 14, 15, 16].includes(new Date(milliseconds).getUTCHours());
const office: Desk = { ...aDesk, calendars: { of: () => officeHours } };

describe('the pause while the customer is asked', () => {
  const { dueAt } = storyOf(acceptedBy(ana)).ticket;
  /** `waitingForCustomer` lets one minute pass after the question. */
  const asked = (wait: ReturnType<typeof minutes>): Step => [waitingForCustomer(ana), wait];

  test('shifts due by exactly its length when the customer answers', () => {
    given(asked(hours(50)))
      .when(customerWrites('The one on the left.'))
      .then({ type: 'CustomerWroteIn' }, { type: 'TicketResumed', dueAt: after(dueAt, minutes(50 * 60 + 1)) })
      .thenTicket({ status: 'in_progress', dueAt: after(dueAt, minutes(50 * 60 + 1)), pausedAt: undefined });
  });

  test('shifts it as much when the owner resumes', () => {
    given(asked(hours(3)))
      .when(resumes(ana))
      .then({ type: 'TicketResumed', by: ana, dueAt: after(dueAt, minutes(181)) });
  });

  test('counts business time: 3 hours open and a night are 3 hours', () => {
    const at = instantOf(millisecondsOf(monday) + 5 * 3_600_000);
    const untilTwo: Step = [arrived(), minutes(5 * 60 - 1), accepts(ana)];
    const waits: Step = [untilTwo, asks(ana)];
    const before = given(untilTwo).at(office).when(notes(ana)).ticket.dueAt;
    const outcome = given(waits, hours(24)).at(office).when(resumes(ana));
    const pausedAt = after(at, minutes(1));
    expect(outcome.ticket.dueAt).toBe(officeHours.add(before, officeHours.between(pausedAt, outcome.at)));
    expect(officeHours.between(pausedAt, outcome.at)).toBe(8 * 60 + 1);
  });

  test('lasts from the question to the answer, whatever is noted or asked in between', () => {
    given(
      asked(hours(1)),
      notes(ben),
      hours(1),
      asks(ana),
      customerWrites('I am away.', { verdict: 'automatic' }),
      hours(1),
    )
      .when(customerWrites('Left.'))
      .thenTicket({ dueAt: after(dueAt, minutes(3 * 60 + 1 + 3)) });
  });

  test('ends only once', () => {
    given(asked(hours(1)), customerWrites('Left.'))
      .when(resumes(ana))
      .thenRefused('not-allowed-now');
    given(asked(hours(1)), customerWrites('Left.'))
      .when(customerWrites('And right.'))
      .then({ type: 'CustomerWroteIn' });
  });
});

test('closing keeps when the ticket was resolved', () => {
  const { resolvedAt } = storyOf(resolvedBy(ana)).ticket as { resolvedAt?: string };
  const { at } = given(resolvedBy(ana), days(5)).when(closes(theDesk));
  expect(resolvedAt).toBeDefined();
  given(resolvedBy(ana), days(5)).when(closes(theDesk)).thenTicket({ status: 'closed', resolvedAt, closedAt: at });
});

test('a resolved ticket waits for no answer: the resolved mail is one', () => {
  const { ticket, at } = given(acceptedBy(ana)).when(resolves(ana));
  expect(ticket).toMatchObject({ firstResponseAt: at });
  expect(ticket?.unansweredSince).toBeUndefined();
  expect(storyOf(inState(ana).in_progress).ticket.unansweredSince).toBe(monday);
});

test.each([
  ['resolving', resolves(ana)],
  ['reply and resolve', repliesAndResolves(ana)],
  ['cancelling', cancels(ana, 'mistake')],
])('a pause counts by whichever door it is left: %s', (_door, deed) => {
  const waiting = storyOf(waitingForCustomer(ana));
  const { ticket, at } = given(waitingForCustomer(ana), hours(5)).when(deed);
  const paused = Date.parse(at) - Date.parse((waiting.ticket as { pausedAt: string }).pausedAt);
  expect(Date.parse(ticket?.dueAt ?? '') - Date.parse(waiting.ticket.dueAt)).toBe(paused);
});

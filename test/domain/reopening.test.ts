import { describe, test } from '@jest/globals';
import { millisecondsOf } from '../../src/domain/values.ts';
import { ana, ben, cancels, customerWrites, lea, reopens, undoesCancel } from '../support/deeds.ts';
import {
  after,
  arrived,
  cancelledBy,
  closedBy,
  days,
  given,
  hours,
  minutes,
  resolvedBy,
  type Step,
  storyOf,
} from '../support/given.ts';

describe('after a reopen', () => {
  const quarter = hours(6);

  test('due is never nearer than a quarter of the target', () => {
    const { at } = given(resolvedBy(ana), days(3)).when(reopens(ana));
    given(resolvedBy(ana), days(3))
      .when(reopens(ana))
      .thenTicket({ dueAt: after(at, quarter), reopenCount: 1, resolvedAt: undefined });
    given(resolvedBy(ana), days(3))
      .when(customerWrites('No.'))
      .thenTicket({ dueAt: after(at, quarter), reopenCount: 1 });
  });

  test('a due moment that is farther away stays', () => {
    const { dueAt } = storyOf(resolvedBy(ana)).ticket;
    given(resolvedBy(ana), hours(1)).when(reopens(ana)).thenTicket({ dueAt });
  });

  test('undoing a cancel leaves a quarter as well', () => {
    const { at } = given(cancelledBy(ana), days(5)).when(undoesCancel(ana));
    given(cancelledBy(ana), days(5))
      .when(undoesCancel(ana))
      .thenTicket({ dueAt: after(at, quarter), cancelReason: undefined, cancelledAt: undefined });
  });
});

describe('seven days', () => {
  const since = (before: Step): ReturnType<typeof minutes> => {
    const story = storyOf(before);
    return { milliseconds: millisecondsOf(after(story.ticket.changedAt, days(7))) - millisecondsOf(story.now) };
  };
  const tooLate = (before: Step): Step => [before, since(before), minutes(1)];
  const inTime = (before: Step): Step => [before, since(before)];
  const until = (before: Step): ReturnType<typeof after> => after(storyOf(before).ticket.changedAt, days(7));

  test('a closed ticket is reopened by its owner until then, and no longer', () => {
    given(inTime(closedBy(ana)))
      .when(reopens(ana))
      .thenTicket({ status: 'in_progress', ownerId: ana.id, closedAt: undefined });
    given(tooLate(closedBy(ana)))
      .when(reopens(ana))
      .thenRefused('reopen-too-late', { until: until(closedBy(ana)) });
  });

  test('a resolved ticket has no such limit', () => {
    given(resolvedBy(ana), days(100)).when(reopens(ana)).thenTicket({ status: 'in_progress' });
  });

  test('a cancel is undone until then, and no longer', () => {
    given(inTime(cancelledBy(ana)))
      .when(undoesCancel(ana))
      .thenTicket({ status: 'in_progress', ownerId: ana.id });
    given(inTime([arrived(), cancels(ben, 'spam')]))
      .when(undoesCancel(lea))
      .thenTicket({ status: 'new', ownerId: undefined });
    given(tooLate(cancelledBy(ana)))
      .when(undoesCancel(ana))
      .thenRefused('undo-too-late', { until: until(cancelledBy(ana)) });
  });
});

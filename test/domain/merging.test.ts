import { describe, expect, test } from '@jest/globals';
import { contactId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  cancels,
  customerWrites,
  eve,
  inPlaceOf,
  lea,
  max,
  replies,
  theDesk,
  undoesCancel,
} from '../support/deeds.ts';
import { acceptedBy, after, arrived, days, given, minutes, resolvedBy, type Step, storyOf } from '../support/given.ts';
import { another, isTold, merges, proposesMerge, refusesMerge, undoesMerge } from '../support/ownership-deeds.ts';

const other = { id: another.id, number: another.number };
const bens = { ...another, ownerId: ben.id };
const merged: Step = [acceptedBy(ana), merges(ana)];

describe('two tickets of the same matter become one', () => {
  test('the one ends, its owner stays, and the other is told', () => {
    const { effects } = given(acceptedBy(ana))
      .when(merges(ana))
      .then({ type: 'TicketMerged', by: ana, into: other })
      .thenTicket({ status: 'cancelled', cancelReason: 'merged', mergedInto: other, ownerId: ana.id });
    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'command',
        to: another.id,
        command: expect.objectContaining({
          type: 'told',
          what: 'absorbed',
          from: { id: 'ticket-1', number: 'INC-1001' },
        }),
      }),
    );
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'associate', label: 'duplicate_of', to: { id: another.id } }),
    );
    expect(effects.filter(({ kind }) => kind === 'mail')).toEqual([]);
  });

  test('the other notes it, and keeps owner and state', () => {
    given(acceptedBy(ben))
      .when(isTold('absorbed', other))
      .then({ type: 'TicketAbsorbed', other, by: theDesk })
      .thenTicket({ ownerId: ben.id, status: 'in_progress' });
    given(resolvedBy(ben))
      .when(isTold('absorption-undone', other))
      .then({ type: 'AbsorptionUndone', other })
      .thenTicket({ ownerId: ben.id, status: 'resolved' });
  });

  test('only of the same customer: others are children of one ticket', () => {
    given(acceptedBy(ana))
      .when(merges(ana, { ...another, requesterId: contactId('contact-carl') }))
      .thenRefused('merge-other-customer', { other });
    given(acceptedBy(ana))
      .when(proposesMerge(ana, { ...another, requesterId: contactId('contact-carl') }))
      .thenRefused('merge-other-customer');
  });

  test('not into itself, and not into one that has ended', () => {
    const itself = { ...another, id: ticketId('ticket-1'), number: ticketNumber('INC-1001') };
    for (const deed of [merges(ana, itself), proposesMerge(ana, itself)])
      given(acceptedBy(ana)).when(deed).thenRefused('merge-cycle');
    for (const deed of [merges(ana, { ...another, ended: true }), proposesMerge(ana, { ...another, ended: true })])
      given(acceptedBy(ana)).when(deed).thenRefused('merge-ended', { other });
  });

  test('by the owner or a lead; where nobody owns it, by anyone who works tickets', () => {
    given(acceptedBy(ana)).when(merges(ben)).thenRefused('only-the-owner');
    given(acceptedBy(ana)).when(merges(lea)).then({ type: 'TicketMerged' });
    given(acceptedBy(ana))
      .when(merges(inPlaceOf(ana, ben)))
      .then({ type: 'TicketMerged' });
    given(arrived()).when(merges(ben)).thenTicket({ status: 'cancelled', ownerId: undefined });
    given(arrived()).when(merges(eve)).thenRefused('role-may-not');
    given(resolvedBy(ana)).when(merges(ana)).thenRefused('not-allowed-now');
  });

  test('a pause ends with it', () => {
    const { dueAt } = storyOf(acceptedBy(ana), asks(ana)).ticket;
    const { ticket } = given(acceptedBy(ana), asks(ana), minutes(59)).when(merges(ana));
    expect(Date.parse(ticket.dueAt) - Date.parse(dueAt)).toBe(minutes(60).milliseconds);
  });
});

describe('into a ticket that another person owns', () => {
  const proposed: Step = [acceptedBy(ana), proposesMerge(ana, bens)];

  test('needs their yes: they are asked, and nothing ends yet', () => {
    given(acceptedBy(ana)).when(merges(ana, bens)).thenRefused('merge-needs-yes', { other });
    const { effects, ticket } = given(acceptedBy(ana))
      .when(proposesMerge(ana, bens))
      .then({ type: 'MergeProposed', into: other, ownerId: ben.id })
      .thenTicket({ status: 'in_progress', ownerId: ana.id });
    expect(ticket.mergeProposed).toEqual({ ...other, ownerId: ben.id, by: { id: ana.id, name: ana.name } });
    expect(effects).toContainEqual({ kind: 'notice', to: ben.id, reason: 'merge-proposed', rev: 3 });
  });

  test('their yes is the merge', () => {
    given(proposed)
      .when(merges(ben, bens))
      .then({ type: 'TicketMerged', by: ben })
      .thenTicket({ ownerId: ana.id, mergeProposed: undefined });
  });

  test('their no has a reason, and the owner hears it', () => {
    const { effects } = given(proposed)
      .when(refusesMerge(ben, ' Mine is about the scanner. '))
      .then({ type: 'MergeRefused', text: 'Mine is about the scanner.' })
      .thenTicket({ mergeProposed: undefined, status: 'in_progress' });
    expect(effects).toContainEqual({ kind: 'notice', to: ana.id, reason: 'merge-refused', rev: 4 });
    given(proposed).when(refusesMerge(ben, ' ')).thenRefused('reason-missing');
    given(acceptedBy(ana)).when(refusesMerge(ben)).thenRefused('no-merge-proposed');
  });

  test('a yes to this one is no yes to another', () => {
    const elsewhere = { ...bens, id: ticketId('ticket-9'), number: ticketNumber('INC-1009') };
    given(proposed).when(merges(ben, elsewhere)).thenRefused('only-the-owner');
  });

  test('a lead’s yes is enough, and so is one’s own', () => {
    given(acceptedBy(ana)).when(merges(lea, bens)).then({ type: 'TicketMerged' });
    given(acceptedBy(ana)).when(proposesMerge(max, bens)).then({ type: 'TicketMerged' });
    given(acceptedBy(ana))
      .when(proposesMerge(ana, { ...another, ownerId: ana.id }))
      .then({ type: 'TicketMerged' });
    given(acceptedBy(ana)).when(proposesMerge(ana)).then({ type: 'TicketMerged' });
    given(arrived()).when(merges(ben, bens)).then({ type: 'TicketMerged' });
  });

  test('a colleague who was not asked says neither yes nor no', () => {
    const leasTicket = { ...another, ownerId: lea.id };
    const askedLea: Step = [acceptedBy(ana), proposesMerge(ana, leasTicket)];
    given(askedLea).when(merges(ben, leasTicket)).thenRefused('only-the-owner');
    given(askedLea).when(refusesMerge(ben)).thenRefused('role-may-not');
    given(askedLea).when(refusesMerge(ana)).then({ type: 'MergeRefused' });
  });
});

describe('undoing a merge', () => {
  test('brings it back to its owner, and the other is told', () => {
    const { effects } = given(merged).when(undoesMerge(ana)).then({ type: 'MergeUndone', from: other }).thenTicket({
      status: 'in_progress',
      ownerId: ana.id,
      mergedInto: undefined,
      cancelReason: undefined,
      cancelledAt: undefined,
    });
    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'command',
        to: another.id,
        command: expect.objectContaining({ what: 'absorption-undone' }),
      }),
    );
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'associate', label: 'duplicate_of', remove: true }));
    given(arrived(), merges(ben)).when(undoesMerge(lea)).thenTicket({ status: 'new', ownerId: undefined });
  });

  test('for seven days, by the owner or a lead', () => {
    const endedAt = storyOf(merged).ticket.changedAt;
    given(merged, days(7), minutes(-1)).when(undoesMerge(ana)).then({ type: 'MergeUndone' });
    given(merged, days(7))
      .when(undoesMerge(ana))
      .thenRefused('undo-too-late', { until: after(endedAt, days(7)) });
    given(merged).when(undoesMerge(ben)).thenRefused('only-the-owner');
    given(merged).when(undoesMerge(lea)).then({ type: 'MergeUndone' });
  });

  test('is not undoing a cancel, nor the other way round, and each refusal names the one that works', () => {
    const allowed = (step: Step, deed: ReturnType<typeof undoesMerge>) => {
      const { decision } = given(step).when(deed).thenRefused('not-allowed-now');
      return 'allowed' in decision ? decision.allowed : [];
    };
    expect(allowed(merged, undoesCancel(ana))).toContain('undo-merge');
    expect(allowed(merged, undoesCancel(ana))).not.toContain('undo-cancel');
    expect(allowed([acceptedBy(ana), cancels(ana, 'spam')], undoesMerge(ana))).toContain('undo-cancel');
    expect(allowed([acceptedBy(ana), cancels(ana, 'spam')], undoesMerge(ana))).not.toContain('undo-merge');
  });

  test('afterwards the work goes on', () => {
    given(merged, undoesMerge(ana)).when(replies(ana)).then({ type: 'CustomerAnswered' });
    given(merged, undoesMerge(ana)).when(accepts(ben)).thenRefused('owner-is-set');
  });
});

test('a customer’s mail to a merged ticket needs to be looked for elsewhere', () => {
  given(merged).when(customerWrites('And?')).thenRefused('reopen-too-late');
});

import { describe, expect, test } from '@jest/globals';
import { evolve } from '../../src/domain/evolve.ts';
import { isOpen, OwnershipError, ownerOf } from '../../src/domain/ticket.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  cancels,
  customerWrites,
  lea,
  max,
  nobody,
  notes,
  reopens,
  repliesAndResolves,
  vera,
} from '../support/deeds.ts';
import {
  acceptedBy,
  arrived,
  cancelledBy,
  days,
  given,
  inState,
  resolvedBy,
  STATUSES,
  storyOf,
} from '../support/given.ts';

const ownedByAna = { owner: { id: ana.id, name: ana.name } };

describe('accepting', () => {
  test('makes the one who accepts the owner, with the moment', () => {
    const { at } = given(arrived())
      .when(accepts(ana))
      .then({ type: 'TicketAccepted', by: ana })
      .thenTicket({ status: 'in_progress', ownerId: ana.id, ownerName: 'Ana Alves' });
    given(arrived()).when(accepts(ana)).thenTicket({ ownerAcceptedAt: at });
  });

  test('happens once: the second learns who won, also when it is the owner or a manager', () => {
    given(acceptedBy(ana)).when(accepts(ben)).thenRefused('owner-is-set', ownedByAna);
    given(acceptedBy(ana)).when(accepts(ana)).thenRefused('owner-is-set', ownedByAna);
    given(acceptedBy(ana)).when(accepts(max)).thenRefused('owner-is-set', ownedByAna);
  });

  test('reply & resolve accepts first, and takes no ticket that has an owner', () => {
    given(arrived())
      .when(repliesAndResolves(ben, ' Pull the plug. '))
      .then(
        { type: 'TicketAccepted', by: ben },
        { type: 'CustomerAnswered', by: ben, text: 'Pull the plug.', intent: 'solution' },
        { type: 'TicketResolved', by: ben, mail: false },
      )
      .thenTicket({ status: 'resolved', ownerId: ben.id });
    given(acceptedBy(ana)).when(repliesAndResolves(ben)).thenRefused('only-the-owner', ownedByAna);
    given(arrived()).when(repliesAndResolves(vera)).thenRefused('role-may-not');
  });

  test('a failing reply & resolve accepts nothing', () => {
    given(arrived())
      .when(repliesAndResolves(ben, '  '))
      .thenRefused('text-missing')
      .thenTicket({ status: 'new', ownerId: undefined });
    given(arrives({ requester: nobody }))
      .when(repliesAndResolves(ben))
      .thenRefused('no-address')
      .thenTicket({ ownerId: undefined });
  });
});

describe('the owner stays', () => {
  test('through cancel by a lead and its undoing', () => {
    given(acceptedBy(ana)).when(cancels(lea, 'spam')).thenTicket({ status: 'cancelled', ownerId: ana.id });
    given(acceptedBy(ana), cancels(lea, 'spam')).when(reopens(lea)).thenRefused('only-the-owner', ownedByAna);
    given(cancelledBy(ana)).when(accepts(ben)).thenRefused('owner-is-set', ownedByAna);
  });

  test('when the customer comes back', () => {
    given(resolvedBy(ana), days(3))
      .when(customerWrites('It burns again.'))
      .thenTicket({ status: 'in_progress', ownerId: ana.id });
  });

  test.each(STATUSES)('%s: another TicketOpened for the same ticket changes nothing', (status) => {
    const { ticket, recorded } = storyOf(inState(ana)[status]);
    const first = recorded[0]?.event;
    expect(first?.type).toBe('TicketOpened');
    expect(first && evolve(ticket, first)).toBe(ticket);
  });
});

describe('the seal', () => {
  test.each(STATUSES)('%s: assigning the owner throws, whatever is assigned', (status) => {
    const { ticket } = storyOf(inState(ana)[status]);
    const open: object = ticket;
    const owner = ownerOf(ticket);
    for (const value of [ben.id, ana.id, undefined, null]) {
      expect(() => Object.assign(open, { ownerId: value })).toThrow(OwnershipError);
      expect(() => Reflect.set(open, 'ownerId', value)).toThrow(OwnershipError);
    }
    expect(ownerOf(ticket)).toEqual(owner);
  });

  test.each(STATUSES)('%s: the owner cannot be deleted or defined anew, and the message says what to do', (status) => {
    const { ticket } = storyOf(inState(ana)[status]);
    expect(Reflect.deleteProperty(ticket, 'ownerId')).toBe(false);
    expect(Reflect.defineProperty(ticket, 'ownerId', { value: ben.id })).toBe(false);
    expect(() => Object.assign(ticket, { ownerId: ben.id })).toThrow(/^INC-1001: .*Ask for help/u);
  });

  test.each(STATUSES)('%s: nothing else is writable, however deep', (status) => {
    const { ticket } = storyOf(inState(ana)[status]);
    expect(() => Object.assign(ticket, { ownerName: ben.name })).toThrow(TypeError);
    expect(() => Object.assign(ticket.requester, { name: 'Mallory' })).toThrow(TypeError);
    expect(() => Object.assign(ticket.thread ?? {}, { messageId: 'other' })).toThrow(TypeError);
  });

  test('a ticket without an owner shows no owner field to those who write it down', () => {
    const { ticket } = storyOf(arrived());
    expect(Object.keys(ticket)).not.toContain('ownerId');
    expect(JSON.parse(JSON.stringify(ticket))).not.toHaveProperty('ownerId');
    expect(Object.keys(storyOf(acceptedBy(ana)).ticket)).toContain('ownerId');
  });
});

test('open is what still needs work', () => {
  const open = STATUSES.filter((status) => isOpen(storyOf(inState(ana)[status]).ticket));
  expect(open).toEqual(['new', 'in_progress', 'pending_customer', 'pending_vendor', 'pending_change']);
});

test('each event is one revision, and the last change is its moment', () => {
  const { at } = given(acceptedBy(ana)).when(notes(ana)).thenTicket({ rev: 3 });
  given(acceptedBy(ana)).when(notes(ana)).thenTicket({ changedAt: at });
});

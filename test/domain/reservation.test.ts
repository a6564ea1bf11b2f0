import { describe, expect, test } from '@jest/globals';
import {
  accepts,
  ana,
  ben,
  cancels,
  customerWrites,
  kai,
  lea,
  network,
  notes,
  repliesAndResolves,
  ticks,
} from '../support/deeds.ts';
import { acceptedBy, after, arrived, given, minutes, seconds, type Step, storyOf } from '../support/given.ts';
import { offers, reserves, routes, triages, undoesReserve } from '../support/ownership-deeds.ts';

const anas = { owner: { id: ana.id, name: ana.name } };
/** A deed takes a minute; ten seconds after her tap Ana may still undo it. */
const tapped: Step = [arrived(), reserves(ana)];
const soon = seconds(-50);

describe('a tap on Accept', () => {
  test('holds the ticket for thirty seconds, and sets no owner yet', () => {
    const { at } = given(arrived())
      .when(reserves(ana))
      .then({ type: 'TicketReserved', by: ana })
      .thenTicket({ status: 'new', ownerId: undefined });
    expect(given(arrived()).when(reserves(ana)).ticket).toMatchObject({
      reserved: { id: ana.id, name: ana.name, until: after(at, seconds(30)) },
    });
  });

  test('is undone by the one who tapped: nothing is left of it', () => {
    given(tapped, soon)
      .when(undoesReserve(ana))
      .then({ type: 'ReservationUndone', by: ana })
      .thenTicket({ status: 'new', reserved: undefined, ownerId: undefined });
    given(tapped, soon, undoesReserve(ana)).when(accepts(ben)).thenTicket({ ownerId: ben.id });
  });

  test('is undone by nobody else, and not by one who did not tap', () => {
    given(tapped, soon).when(undoesReserve(ben)).thenRefused('not-reserved');
    given(arrived()).when(undoesReserve(ana)).thenRefused('not-reserved');
  });

  test('twice is one tap: it does not begin anew', () => {
    const { reserved } = storyOf(tapped).ticket as { reserved?: object };
    given(tapped, soon).when(reserves(ana)).then().thenTicket({ reserved });
  });

  test('tells the second person who was first, and until when', () => {
    const { reserved } = storyOf(tapped).ticket as { reserved?: { until: string } };
    const until = reserved?.until as never;
    for (const deed of [reserves(ben), accepts(ben), repliesAndResolves(ben), offers(lea, ben), routes(ben, network)])
      given(tapped, soon)
        .when(deed)
        .thenRefused('reserved', { ...anas, until });
    given(tapped, soon)
      .when(cancels(ben, 'spam'))
      .thenRefused('reserved', { ...anas, until });
  });

  test('leaves everyone free to note what they know', () => {
    given(tapped, soon).when(notes(ben)).then({ type: 'NoteAdded' }).thenTicket({ status: 'new' });
    given(tapped, soon).when(notes(ana)).then({ type: 'NoteAdded' }).thenTicket({ status: 'new', ownerId: undefined });
    given(tapped, soon).when(customerWrites('Hello?')).then({ type: 'CustomerWroteIn' }).thenTicket({ status: 'new' });
  });

  test('comes too late where somebody owns the ticket', () => {
    given(acceptedBy(ana)).when(reserves(ben)).thenRefused('owner-is-set', anas);
    given(acceptedBy(ana)).when(undoesReserve(ben)).thenRefused('owner-is-set', anas);
  });

  test('is nothing for an account that many use', () => {
    given(arrived()).when(reserves(kai)).thenRefused('may-not-own');
    given(arrived()).when(accepts(kai)).thenRefused('may-not-own');
    given(arrived()).when(repliesAndResolves(kai)).thenRefused('may-not-own');
  });
});

describe('the tap becomes an accept', () => {
  test('with the first act of the one who tapped', () => {
    given(tapped, soon)
      .when(repliesAndResolves(ana))
      .then({ type: 'TicketAccepted', by: ana }, { type: 'CustomerAnswered' }, { type: 'TicketResolved' })
      .thenTicket({ ownerId: ana.id });
    given(tapped, soon)
      .when(triages(ana, { impact: 'low' }))
      .then({ type: 'TicketAccepted' }, { type: 'TicketTriaged' })
      .thenTicket({ ownerId: ana.id, reserved: undefined });
    given(tapped, soon).when(accepts(ana)).then({ type: 'TicketAccepted', by: ana });
  });

  test('but not with an act that is refused', () => {
    given(tapped, soon).when(repliesAndResolves(ana, ' ')).thenRefused('text-missing').thenTicket({ status: 'new' });
  });

  test('when the clock finds it standing, in the name of the one who tapped', () => {
    const { at } = given(tapped)
      .when(ticks())
      .then({ type: 'TicketAccepted', by: ana })
      .thenTicket({ status: 'in_progress', ownerId: ana.id, ownerName: ana.name, reserved: undefined });
    given(tapped).when(ticks()).thenTicket({ ownerAcceptedAt: at });
  });

  test('not before its time, and once however often the clock looks', () => {
    given(tapped, soon).when(ticks()).then();
    given(tapped, ticks()).when(ticks()).then();
    given(tapped, soon, undoesReserve(ana), minutes(5)).when(ticks()).then();
  });

  test('also where the clock is late: whoever comes next finds the owner', () => {
    given(tapped).when(accepts(ben)).thenRefused('owner-is-set', anas);
    given(tapped).when(undoesReserve(ana)).thenRefused('undo-too-late');
    given(tapped)
      .when(notes(ben))
      .then({ type: 'TicketAccepted', by: ana }, { type: 'NoteAdded', by: ben })
      .thenTicket({ ownerId: ana.id });
    given(tapped).when(cancels(ben, 'spam')).thenRefused('only-the-owner', anas);
  });

  test('to the second: at thirty it stands', () => {
    given(tapped, seconds(-30)).when(ticks()).then({ type: 'TicketAccepted', by: ana });
    given(tapped, seconds(-31)).when(ticks()).then();
    given(tapped, seconds(-30)).when(accepts(ben)).thenRefused('owner-is-set', anas);
    given(tapped, seconds(-31)).when(accepts(ben)).thenRefused('reserved');
  });

  test('the clock is set for that moment', () => {
    const { effects, at } = given(arrived()).when(reserves(ana));
    expect(effects).toContainEqual({ kind: 'timer', dueAt: after(at, seconds(30)), rev: 2 });
  });
});

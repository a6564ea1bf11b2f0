import { describe, expect, test } from '@jest/globals';
import { accepts, ana, ben, eve, kai, lea, network, ticks, vera, zoe } from '../support/deeds.ts';
import { acceptedBy, after, arrived, given, minutes, resolvedBy, seconds, type Step } from '../support/given.ts';
import { declinesOffer, offers, reserves, routes, undoesReserve } from '../support/ownership-deeds.ts';

const offered: Step = [arrived(), offers(lea, ana)];

describe('a lead offers a ticket to a person', () => {
  test('for an hour; nobody owns it by that, and the person is told', () => {
    const { at, effects } = given(arrived())
      .when(offers(lea, ana))
      .then({ type: 'TicketOffered', by: lea, to: { id: ana.id, name: ana.name } })
      .thenTicket({ status: 'new', ownerId: undefined });
    expect(given(arrived()).when(offers(lea, ana)).ticket).toMatchObject({
      offered: { id: ana.id, by: { id: lea.id }, until: after(at, minutes(60)) },
    });
    expect(effects).toContainEqual({ kind: 'notice', to: ana.id, reason: 'offered', rev: 2 });
    expect(effects).toContainEqual({ kind: 'timer', dueAt: after(at, minutes(60)), rev: 2 });
  });

  test('only a lead does, and only to one who may own', () => {
    given(arrived()).when(offers(ben, ana)).thenRefused('role-may-not');
    for (const nobody of [eve, vera, kai]) given(arrived()).when(offers(lea, nobody)).thenRefused('may-not-own');
    given(arrived()).when(offers(lea, zoe)).thenRefused('person-unknown');
  });

  test('not where somebody owns it, or it has ended', () => {
    given(acceptedBy(ana))
      .when(offers(lea, ben))
      .thenRefused('owner-is-set', { owner: { id: ana.id, name: ana.name } });
    given(resolvedBy(ana)).when(offers(lea, ben)).thenRefused('owner-is-set');
  });

  test('an offer binds nobody: whoever accepts first has it', () => {
    given(offered)
      .when(accepts(ana))
      .then({ type: 'TicketAccepted' })
      .thenTicket({ ownerId: ana.id, offered: undefined });
    given(offered).when(accepts(ben)).thenTicket({ ownerId: ben.id, offered: undefined });
    given(offered, offers(lea, ben)).when(declinesOffer(ana)).thenRefused('not-offered');
  });

  test('is declined with a reason, by the one who was asked, and the lead is told', () => {
    const { effects } = given(offered)
      .when(declinesOffer(ana, ' I am full. '))
      .then({ type: 'OfferDeclined', by: ana, text: 'I am full.' })
      .thenTicket({ status: 'new', offered: undefined });
    expect(effects).toContainEqual({ kind: 'notice', to: lea.id, reason: 'offer-declined', rev: 3 });
    given(offered).when(declinesOffer(ana, '  ')).thenRefused('reason-missing');
    given(offered).when(declinesOffer(ben)).thenRefused('not-offered');
    given(arrived()).when(declinesOffer(ana)).thenRefused('not-offered');
  });

  test('ends by itself after the hour, once', () => {
    given(offered, minutes(59)).when(ticks()).then({ type: 'OfferExpired' }).thenTicket({ offered: undefined });
    given(offered, minutes(58)).when(ticks()).then();
    given(offered, minutes(59), ticks()).when(ticks()).then();
    given(offered, minutes(59), ticks()).when(declinesOffer(ana)).thenRefused('not-offered');
  });

  test('does not end behind an accept that only waits to be written', () => {
    const tappedLast: Step = [offered, minutes(58), reserves(ana), minutes(5)];
    given(tappedLast).when(ticks()).then({ type: 'TicketAccepted', by: ana }).thenTicket({ ownerId: ana.id });
    given(offered, minutes(58), reserves(ana), seconds(-50), undoesReserve(ana), minutes(5))
      .when(ticks())
      .then({ type: 'OfferExpired' });
  });

  test('goes when the ticket goes to another team', () => {
    given(offered).when(routes(ben, network)).thenTicket({ teamId: network, offered: undefined });
  });
});

import { describe, expect, test } from '@jest/globals';
import { outcomeOf } from '../../src/domain/decision.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  cancels,
  eve,
  ida,
  ivo,
  kai,
  lea,
  max,
  mia,
  nora,
  otto,
  replies,
  service,
  vera,
  zoe,
} from '../support/deeds.ts';
import { PEOPLE, peopleWith, rosterWith, teamsWith } from '../support/desk-roster.ts';
import { acceptedBy, aDesk, after, arrived, days, given, inState, STATUSES, type Step } from '../support/given.ts';
import { confirmsTransfer, movesLeaver, proposesTransfer, rejectsTransfer } from '../support/ownership-deeds.ts';

const owner = { id: ana.id, name: ana.name };
const proposed: Step = [acceptedBy(ana), proposesTransfer(lea, ben)];

describe('a supervisor proposes another owner', () => {
  test.each([
    [30, false],
    [31, true],
    [0, false],
    [-40, false],
    [365, true],
  ])('away for %i days: allowed is %s', (length, allowed) => {
    const outcome = given(acceptedBy(ana)).when(proposesTransfer(lea, ben, { days: length }));
    if (allowed)
      outcome.then({ type: 'TransferProposed', reason: 'extended_leave', to: { id: ben.id, name: ben.name } });
    else outcome.thenRefused('leave-too-short', { limit: 30 });
    outcome.thenTicket({ ownerId: ana.id });
  });

  test('a minute more than thirty days is longer than thirty days', () => {
    given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben, { days: 30 + 1 / 1440 }))
      .then({ type: 'TransferProposed' });
  });

  test('who has left needs no dates', () => {
    given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben, { reason: 'termination', days: 0 }))
      .then({ type: 'TransferProposed', reason: 'termination' });
  });

  test.each(['other', 'none', 'overload' as 'other'] as const)('%s is no reason', (reason) => {
    given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben, { reason }))
      .thenRefused('transfer-not-exceptional');
  });

  test('with evidence: neither none, nor blank, nor endless', () => {
    given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben, { evidence: ' \n ' }))
      .thenRefused('evidence-missing');
    given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben, { evidence: 'x'.repeat(20_001) }))
      .thenRefused('text-too-long', { limit: 20_000 });
    given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben, { evidence: ' Letter of Monday. ' }))
      .then({ type: 'TransferProposed', text: 'Letter of Monday.' });
  });

  test('to somebody who may own, and is another', () => {
    for (const to of [eve, vera, kai, ana])
      given(acceptedBy(ana)).when(proposesTransfer(lea, to)).thenRefused('may-not-own');
    given(acceptedBy(ana)).when(proposesTransfer(lea, zoe)).thenRefused('person-unknown');
  });

  test('who answers for the owner: their lead or manager, not another team’s', () => {
    given(acceptedBy(ana)).when(proposesTransfer(max, ben)).then({ type: 'TransferProposed', by: max });
    for (const by of [nora, mia, ivo])
      given(acceptedBy(ana)).when(proposesTransfer(by, ben)).thenRefused('not-in-line', { owner });
    given(acceptedBy(ana)).when(proposesTransfer(ana, ben)).thenRefused('role-may-not');
    given(acceptedBy(ana)).when(proposesTransfer(ben, ben)).thenRefused('role-may-not');
  });

  test('nothing moves by that, and those who may confirm are told', () => {
    const { effects, at } = given(acceptedBy(ana))
      .when(proposesTransfer(lea, ben))
      .thenTicket({ ownerId: ana.id, ownerName: ana.name });
    expect(effects).toContainEqual({ kind: 'notice', to: max.id, reason: 'transfer-proposed', rev: 3 });
    expect(given(acceptedBy(ana)).when(proposesTransfer(lea, ben)).ticket.transfer).toEqual({
      to: { id: ben.id, name: ben.name },
      reason: 'extended_leave',
      proposedBy: { id: lea.id, name: lea.name },
      proposedAt: at,
    });
  });

  test('not before somebody owns it', () => {
    given(arrived()).when(proposesTransfer(lea, ben)).thenRefused('only-by-accept');
  });
});

describe('a manager of the owner’s line confirms', () => {
  test('and the ticket has another owner, with both names and the reason for ever', () => {
    const { at, effects } = given(proposed)
      .when(confirmsTransfer(max))
      .then({
        type: 'OwnershipTransferred',
        by: max,
        from: owner,
        to: { id: ben.id, name: ben.name },
        reason: 'extended_leave',
        proposedBy: { id: lea.id, name: lea.name },
      })
      .thenTicket({ ownerId: ben.id, ownerName: ben.name, status: 'in_progress', transfer: undefined });
    given(proposed).when(confirmsTransfer(max)).thenTicket({ ownerAcceptedAt: at });
    for (const to of [ana, ben])
      expect(effects).toContainEqual({ kind: 'notice', to: to.id, reason: 'transferred', rev: 4 });
  });

  test('the new owner works on, the former one does not', () => {
    const moved: Step = [proposed, confirmsTransfer(max)];
    given(moved).when(replies(ben)).then({ type: 'CustomerAnswered' });
    given(moved)
      .when(replies(ana))
      .thenRefused('only-the-owner', { owner: { id: ben.id, name: ben.name } });
    given(moved).when(confirmsTransfer(max)).thenRefused('no-transfer-proposed');
  });

  test('four eyes: never the one who proposed, never the owner', () => {
    given(acceptedBy(ana), proposesTransfer(max, ben)).when(confirmsTransfer(max)).thenRefused('four-eyes', { owner });
    const maxOwns: Step = [arrived(), accepts(max)];
    const withManager = { ...aDesk, roster: rosterWith({ people: peopleWith(max, { teams: [service] }) }) };
    given(maxOwns, proposesTransfer(lea, ben)).at(withManager).when(confirmsTransfer(max)).thenRefused('four-eyes');
  });

  test('nor a lead, nor a manager of another line, nor somebody of the tools', () => {
    for (const by of [lea, nora, mia, otto]) {
      const { decision } = given(proposed).when(confirmsTransfer(by)).thenTicket({ ownerId: ana.id });
      expect(outcomeOf(decision).refusal?.refused).toBe(by === lea ? 'four-eyes' : 'not-in-line');
    }
    for (const by of [ana, ben, eve, vera]) given(proposed).when(confirmsTransfer(by)).thenRefused('role-may-not');
  });

  test('what nobody proposed is not confirmed', () => {
    given(acceptedBy(ana)).when(confirmsTransfer(max)).thenRefused('no-transfer-proposed');
    given(arrived()).when(confirmsTransfer(max)).thenRefused('no-transfer-proposed');
  });

  test('where the line has no manager, the second person who is configured', () => {
    const idas: Step = [arrived(), accepts(ida), proposesTransfer(ivo, ben)];
    given(idas)
      .when(confirmsTransfer(otto))
      .then({ type: 'OwnershipTransferred', by: otto })
      .thenTicket({ ownerId: ben.id });
    given(idas).when(confirmsTransfer(max)).thenRefused('not-in-line');
    given(idas).when(confirmsTransfer(ivo)).thenRefused('four-eyes');
  });

  test('where there is a manager, the second person has no say', () => {
    const both = { ...aDesk, roster: rosterWith({ teams: teamsWith(service, { secondConfirmer: otto.id }) }) };
    given(proposed).at(both).when(confirmsTransfer(otto)).thenRefused('not-in-line');
  });

  test('a pause goes on with the new owner', () => {
    given(acceptedBy(ana), asks(ana), proposesTransfer(lea, ben))
      .when(confirmsTransfer(max))
      .thenTicket({ status: 'pending_customer', ownerId: ben.id });
  });
});

describe('a proposal is rejected', () => {
  test('by the manager, or taken back by who made it, with a reason', () => {
    for (const by of [max, lea])
      given(proposed)
        .when(rejectsTransfer(by, ' She is back. '))
        .then({ type: 'TransferRejected', by, text: 'She is back.' })
        .thenTicket({ ownerId: ana.id, transfer: undefined });
    given(proposed).when(rejectsTransfer(max, ' ')).thenRefused('reason-missing');
    given(proposed).when(rejectsTransfer(mia)).thenRefused('not-in-line');
    given(acceptedBy(ana)).when(rejectsTransfer(max)).thenRefused('no-transfer-proposed');
  });
});

describe('all tickets of a leaver', () => {
  const leaves = (by: PersonActor, proposer: PersonActor) => movesLeaver(by, proposer, { owner: ana, to: ben });

  test('move one by one, each with the proposal and the confirmation on record', () => {
    given(acceptedBy(ana))
      .when(leaves(max, lea))
      .then(
        { type: 'TransferProposed', by: lea, reason: 'termination' },
        { type: 'OwnershipTransferred', by: max, from: owner, proposedBy: { id: lea.id, name: lea.name } },
      )
      .thenTicket({ ownerId: ben.id, transfer: undefined });
  });

  test('nobody is told of each one: the act that moves them all tells it once', () => {
    const { effects } = given(acceptedBy(ana))
      .when(leaves(max, lea))
      .then({ type: 'TransferProposed' }, { type: 'OwnershipTransferred', ofLeaver: true });
    expect(effects.filter(({ kind }) => kind === 'notice')).toEqual([]);
  });

  test('also of one whom the desk does not know any more: then all who lead and manage answer for them', () => {
    const gone = { ...aDesk, roster: rosterWith({ people: PEOPLE.filter(({ id }) => id !== ana.id) }) };
    given(acceptedBy(ana))
      .at(gone)
      .when(leaves(mia, nora))
      .then({ type: 'TransferProposed' }, { type: 'OwnershipTransferred' });
    given(acceptedBy(ana))
      .at(gone)
      .when(leaves(otto, lea))
      .then({ type: 'TransferProposed' }, { type: 'OwnershipTransferred' });
    given(acceptedBy(ana)).at(gone).when(leaves(mia, mia)).thenRefused('four-eyes');
    given(acceptedBy(ana)).at(gone).when(leaves(lea, nora)).thenRefused('not-in-line');
    given(acceptedBy(ana)).when(leaves(mia, nora)).thenRefused('not-in-line');
  });

  test('by two people of the line', () => {
    given(acceptedBy(ana)).when(leaves(max, max)).thenRefused('four-eyes');
    given(acceptedBy(ana)).when(leaves(max, nora)).thenRefused('not-in-line');
    given(acceptedBy(ana)).when(leaves(mia, lea)).thenRefused('not-in-line');
    given(acceptedBy(ana)).when(leaves(ben, lea)).thenRefused('role-may-not');
  });

  test('under the same conditions as one ticket', () => {
    given(acceptedBy(ana))
      .when(movesLeaver(max, lea, { owner: ana, to: ben, reason: 'extended_leave', days: 30 }))
      .thenRefused('leave-too-short');
    given(acceptedBy(ana))
      .when(movesLeaver(max, lea, { owner: ana, to: ben, reason: 'other' }))
      .thenRefused('transfer-not-exceptional');
    given(acceptedBy(ana))
      .when(movesLeaver(max, lea, { owner: ana, to: ben, evidence: ' ' }))
      .thenRefused('evidence-missing');
  });

  test('a ticket that is somebody else’s by now stays where it is', () => {
    given(acceptedBy(ben))
      .when(leaves(max, lea))
      .thenRefused('owner-is-set', { owner: { id: ben.id, name: ben.name } });
    given(arrived()).when(leaves(max, lea)).thenRefused('only-by-accept');
  });

  test.each(STATUSES.filter((status) => !['new', 'cancelled'].includes(status)))(
    '%s: moves, and stays so',
    (status) => {
      given(inState(ana)[status]).when(leaves(max, lea)).thenTicket({ status, ownerId: ben.id });
    },
  );

  test('a cancelled one is history: it stays', () => {
    given(acceptedBy(ana), cancels(ana, 'mistake')).when(leaves(max, lea)).thenRefused('not-allowed-now');
    given(acceptedBy(ana), cancels(ana, 'mistake')).when(proposesTransfer(lea, ben)).thenRefused('not-allowed-now');
    given(proposed, cancels(ana, 'mistake'), days(1)).when(confirmsTransfer(max)).thenRefused('not-allowed-now');
    given(proposed, cancels(ana, 'mistake')).when(rejectsTransfer(max)).thenRefused('not-allowed-now');
  });
});

test('the days of a leave are on record', () => {
  const { at } = given(acceptedBy(ana)).when(proposesTransfer(lea, ben));
  given(acceptedBy(ana))
    .when(proposesTransfer(lea, ben))
    .then({ type: 'TransferProposed', from: at, until: after(at, days(31)) });
});

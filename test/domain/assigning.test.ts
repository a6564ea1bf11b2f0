import { describe, expect, test } from '@jest/globals';
import type { Door } from '../../src/domain/ownership-commands.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import {
  ana,
  ben,
  cancels,
  carla,
  eve,
  lea,
  max,
  network,
  notes,
  service,
  theDesk,
  vera,
  zoe,
} from '../support/deeds.ts';
import { acceptedBy, arrived, given, inState, seconds, STATUSES, storyOf } from '../support/given.ts';
import { assigns, reserves } from '../support/ownership-deeds.ts';

const doors: readonly Door[] = ['card', 'chat', 'mail', 'api', 'hubspot', 'replay', 'service'];
const owned = STATUSES.filter((status) => ownerOf(storyOf(inState(ana)[status]).ticket));
const owner = { id: ana.id, name: ana.name };

describe('assigning an owner is not done', () => {
  test.each(doors)('by the door %s: the owner stays, and the attempt is remembered', (door) => {
    given(acceptedBy(ana))
      .when(assigns(lea, ben, door))
      .thenRefused('owner-stays', { owner })
      .thenRecorded({ type: 'OwnerChangeRefused', by: lea, door, to: { id: ben.id, name: ben.name } })
      .thenTicket({ ownerId: ana.id, ownerName: ana.name, status: 'in_progress', rev: 3 });
  });

  test.each(owned)('%s: nor in this state', (status) => {
    const before = storyOf(inState(ana)[status]).ticket;
    const { ticket } = given(inState(ana)[status])
      .when(assigns(max, ben))
      .thenRefused('owner-stays')
      .thenRecorded({ type: 'OwnerChangeRefused' });
    const { rev, changedAt: _changed, ...facts } = ticket;
    expect(rev).toBe(before.rev + 1);
    expect(JSON.parse(JSON.stringify(before))).toMatchObject(JSON.parse(JSON.stringify(facts)) as object);
  });

  test('the refusal holds the envelope that helps instead, ready to be sent', () => {
    given(acceptedBy(ana))
      .when(assigns(ana, eve))
      .thenRefused('owner-stays', { owner, ready: { teamId: network, expert: { id: eve.id, name: eve.name } } });
    given(acceptedBy(ana))
      .when(assigns(ana, zoe))
      .thenRefused('owner-stays', { owner, ready: { teamId: service } });
    const { decision } = given(inState(ana).resolved).when(assigns(ana, eve));
    expect(decision).toMatchObject({ refusal: { refused: 'owner-stays' } });
    expect(decision).not.toHaveProperty('refusal.ready');
  });

  test('programmes and customers try in vain, too', () => {
    for (const by of [theDesk, carla])
      given(acceptedBy(ana))
        .when(assigns(by, ben, 'mail'))
        .thenRefused('owner-stays')
        .thenRecorded({ type: 'OwnerChangeRefused', by })
        .thenTicket({ ownerId: ana.id });
  });

  test('to the owner there is nothing to do, and nothing to remember', () => {
    given(acceptedBy(ana)).when(assigns(lea, ana)).then().thenTicket({ rev: 2 });
  });

  test('before anybody owns it: whoever wants it accepts', () => {
    given(arrived()).when(assigns(lea, ben)).thenRefused('only-by-accept').thenTicket({ ownerId: undefined, rev: 1 });
    given(arrived(), cancels(ben, 'spam')).when(assigns(lea, ben)).thenRefused('only-by-accept');
    given(arrived(), reserves(ana), seconds(-50)).when(assigns(lea, ben)).thenRefused('only-by-accept');
  });

  test('an auditor does not even try', () => {
    given(acceptedBy(ana)).when(assigns(vera, ben)).thenRefused('role-may-not').thenRecorded();
  });

  test('each attempt is a line of the report', () => {
    const { effects, at } = given(acceptedBy(ana)).when(assigns(lea, ben, 'api'));
    expect(effects).toContainEqual({
      kind: 'report',
      report: 'owner-change-refused',
      line: expect.objectContaining({ id: 'ticket-1~3', at, by: 'Lea Lind', door: 'api', to: 'Ben Berg' }),
    });
    const later = given(acceptedBy(ana)).when(notes(lea)).effects;
    expect(later.filter(({ kind }) => kind === 'report')).toEqual([]);
  });
});

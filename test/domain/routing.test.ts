import { describe, expect, test } from '@jest/globals';
import { teamId } from '../../src/domain/values.ts';
import { accepts, ana, ben, cancels, eve, identity, lea, network, service } from '../support/deeds.ts';
import { acceptedBy, arrived, given, STATUSES, inState, type Step, storyOf } from '../support/given.ts';
import { routes } from '../support/ownership-deeds.ts';

const twoHops: Step = [arrived(), routes(ben, network), routes(ben, identity)];

describe('before anybody owns it, a ticket goes to the team it belongs to', () => {
  test('it waits in that team’s queue from then on, and the hop is counted', () => {
    const { at } = given(arrived())
      .when(routes(ben, network, ' It is the line. '))
      .then({ type: 'TicketRouted', from: service, to: network, text: 'It is the line.' })
      .thenTicket({ status: 'new', teamId: network, queueHops: 1, ownerId: undefined });
    given(arrived()).when(routes(ben, network)).thenTicket({ queuedAt: at });
  });

  test('a reason may be left out; a huge one comes back', () => {
    expect(storyOf(arrived(), routes(ben, network, '  ')).recorded.at(-1)?.event).not.toHaveProperty('text');
    given(arrived())
      .when(routes(ben, network, 'x'.repeat(20_001)))
      .thenRefused('text-too-long');
  });

  test('the second hop is a fact, no barrier; from the third on a lead sorts it', () => {
    given(arrived(), routes(ben, network)).when(routes(ben, identity)).thenTicket({ queueHops: 2 });
    given(twoHops).when(routes(ben, service)).thenRefused('needs-a-lead', { limit: 2 }).thenTicket({ queueHops: 2 });
    given(twoHops).when(routes(lea, service)).thenTicket({ queueHops: 3, teamId: service });
    given(twoHops, routes(lea, service)).when(routes(ben, network)).thenRefused('needs-a-lead');
  });

  test('not to its own team, nor to one that does not exist', () => {
    given(arrived()).when(routes(ben, service)).thenRefused('same-team');
    given(arrived())
      .when(routes(ben, teamId('nowhere')))
      .thenRefused('team-unknown');
  });

  test('an expert does not route: they help', () => {
    given(arrived()).when(routes(eve, network)).thenRefused('role-may-not');
  });

  test.each(STATUSES.filter((status) => status !== 'new'))('%s: with an owner it stays where it is', (status) => {
    const { ticket } = storyOf(inState(ana)[status]);
    given(inState(ana)[status])
      .when(routes(lea, network))
      .thenRefused('owner-is-set', { owner: { id: ana.id, name: ana.name } })
      .thenTicket({ teamId: ticket.teamId });
  });

  test('nor is a cancelled one sent round', () => {
    given(arrived(), cancels(ben, 'spam')).when(routes(lea, network)).thenRefused('not-allowed-now');
  });

  test('each team it came through has its card: the one it left is drawn anew, too', () => {
    const { effects } = given(arrived()).when(routes(ben, network));
    expect(effects.filter(({ kind }) => kind === 'card')).toEqual([
      { kind: 'card', slot: 'team', teamId: service },
      { kind: 'card', slot: 'team-1', teamId: network },
    ]);
    const later = given(arrived(), routes(ben, network)).when(accepts(ana)).effects;
    expect(later.filter(({ kind }) => kind === 'card')).toEqual([{ kind: 'card', slot: 'team-1', teamId: network }]);
  });

  test('it leaves the old team’s list', () => {
    const [project] = given(arrived())
      .when(routes(ben, network))
      .effects.filter((effect) => effect.kind === 'project');
    expect(project).toMatchObject({ on: expect.arrayContaining(['q:network:open']), off: ['q:service:open'] });
  });
});

describe('who owns a ticket asks another team for help instead', () => {
  test('the refusal holds the envelope to that team, ready to be sent', () => {
    const owner = { id: ana.id, name: ana.name };
    given(acceptedBy(ana))
      .when(routes(ana, network))
      .thenRefused('owner-is-set', { owner, ready: { teamId: network } });
  });

  test('but where the ticket is solved there is nothing to help with', () => {
    const { decision } = given(inState(ana).resolved).when(routes(ana, network)).thenRefused('owner-is-set');
    expect(decision).not.toHaveProperty('ready');
  });
});

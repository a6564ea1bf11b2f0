import type { Channel, Person, Team } from '../../src/local/teams/tenant.ts';
import { APP_ID } from './teams-echo-bot.ts';

const person = (number: number, name: string): Person => ({
  id: `00000000-0000-4000-8000-0000000000a${number}`,
  name,
  mail: `${name.split(' ')[0]?.toLowerCase()}@desk.example`,
  teamsId: `29:person-${number}`,
});

export const ana = person(1, 'Ana Silva');
export const ben = person(2, 'Ben Okafor');
export const cleo = person(3, 'Cleo Marsh');
export const people: readonly Person[] = [ana, ben, cleo];
export const team: Team = {
  id: '19:support@thread.tacv2',
  name: 'Support',
  aadGroupId: '33333333-3333-4333-8333-333333333333',
};
export const tickets: Channel = { id: '19:tickets@thread.tacv2', name: 'Tickets' };
export const alerts: Channel = { id: '19:alerts@thread.tacv2', name: 'Alerts' };
export const tenantId = '11111111-1111-4111-8111-111111111111';

/** What a mirror of this tenant is opened with, besides its bot. */
export const settings = { appId: APP_ID, botName: 'Desk', tenantId, people, team, channels: [tickets, alerts] };
export const tenant = { id: tenantId, appId: APP_ID, botName: 'Desk', team, channels: [tickets, alerts] };

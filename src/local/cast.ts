import type { DeskConfig } from '../desk-config.ts';
import type { Person, Tenant } from './teams/tenant.ts';

/** The demo tenant: fixed ids that mean nothing elsewhere. */
export const TENANT_ID = 'b0000000-0000-4000-8000-000000000001';
export const APP_ID = 'b0000000-0000-4000-8000-000000000002';
const TEAM_ID = '19:desk@thread.tacv2';

/** People who only mail; anyone they write to who has no mailbox yet gets one. */
export const CUSTOMERS = [
  { address: 'carla@customer.example', name: 'Carla Costa' },
  { address: 'dirk@kunde.example', name: 'Dirk Döring' },
] as const;

export const peopleOf = ({ directory }: DeskConfig): Person[] =>
  directory.people().map(({ id, name, mail }) => ({ id, name, mail, teamsId: `29:${id}` }));

export const tenantOf = ({ directory }: DeskConfig): Tenant => {
  const channels = new Map(directory.teams().map(({ channel }) => [channel.id, channel]));
  return {
    id: TENANT_ID,
    appId: APP_ID,
    botName: 'Ticket Desk',
    team: { id: TEAM_ID, name: 'Support', aadGroupId: 'b0000000-0000-4000-8000-000000000003' },
    channels: [...channels.values()],
  };
};

/** The first mails of an empty desk, so that there is something to accept. */
export const FIRST_MAILS = [
  {
    from: CUSTOMERS[0],
    subject: 'The printer on floor 3 is on strike',
    text: 'Hello,\n\nthe printer on floor 3 says "tray 2 empty", but it is full. I have to print the badges for tomorrow morning.\n\nCarla',
  },
  {
    from: CUSTOMERS[1],
    subject: 'VPN bricht jede Stunde ab',
    text: 'Guten Tag,\n\nseit gestern bricht die VPN-Verbindung etwa jede Stunde ab, und ich muss mich neu anmelden. Können Sie bitte nachsehen?\n\nViele Grüße\nDirk Döring',
  },
] as const;

import { actorOf } from '../../src/application/ports/directory.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import type { Person, Shift, Team } from '../../src/domain/roster.ts';
import { type PersonActor, teamId } from '../../src/domain/values.ts';

const READ = readDeskConfig('config/desk.json');
const every = { subject: '*', team: '*', priority: '*', type: '*', delivery: 'card' } as const;
const serviceDesk = teamId('service-desk');
export const network = teamId('network');

const afterNoon: Shift = { days: [1, 2, 3, 4, 5, 6, 7], from: '12:00', to: '07:00', zone: 'Europe/Berlin' };

/** Ben is not to be disturbed after noon, experts read their alerts in a chat of theirs, leads theirs in the team's channel. */
const asTold = (person: Person): Person => {
  if (person.name.startsWith('Ben')) return { ...person, quiet: afterNoon };
  return person.roles.includes('expert')
    ? { ...person, alertsTo: { kind: 'chat', id: '19:experts@thread.v2' } }
    : person;
};
const withChannel = (team: Team): Team =>
  team.id === serviceDesk ? { ...team, alertsTo: { supervisor: { kind: 'channel' } } } : team;

const { directory } = READ;

/** The desk of the local tenant; what nobody takes and nobody works on is said again and again. */
export const CONFIG: DeskConfig = {
  ...READ,
  directory: {
    mailboxes: () => directory.mailboxes(),
    people: () => directory.people().map(asTold),
    teams: () => directory.teams().map(withChannel),
    person: (id) =>
      directory
        .people()
        .map(asTold)
        .find((each) => each.id === id),
    team: (id) =>
      directory
        .teams()
        .map(withChannel)
        .find((each) => each.id === id),
  },
  alerts: {
    ...READ.alerts,
    matrix: {
      defaults: true,
      rules: [
        { ...every, condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 5, repeatEveryMinutes: 2, maxRepeats: 3 },
        { ...every, condition: 'NOT_UPDATED', level: 2, thresholdMinutes: 300, repeatEveryMinutes: 30, maxRepeats: 8 },
      ],
    },
  },
};

export const people: readonly PersonActor[] = CONFIG.directory.people().map(actorOf);

const called = (name: string): PersonActor => {
  const person = people.find((each) => each.name.startsWith(name));
  if (!person) throw new TypeError(`nobody is called ${name}`);
  return person;
};
export const anna = called('Anna');
export const ben = called('Ben');
export const elif = called('Elif');
export const sam = called('Sam');

const mailbox = CONFIG.directory.team(serviceDesk)?.mailbox;
if (!mailbox) throw new TypeError('the service desk has no mailbox');
export const deskMail = mailbox;

import { type Person, type Roster, type Shift, type Team } from '../../src/domain/roster.ts';
import { mailAddress, type PersonActor, type TeamId } from '../../src/domain/values.ts';
import {
  ana,
  ben,
  deskMailbox,
  emil,
  eve,
  ida,
  identity,
  ivo,
  kai,
  lea,
  max,
  mia,
  network,
  nobodysTeam,
  nora,
  otto,
  service,
  vera,
} from './deeds.ts';

/** Who works at the desk of the tests. Ana goes home at five; Ben is on call. Identity has no manager, so Otto confirms there. */
const officeHours: Shift = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'UTC' };

const person = ({ id, name, roles }: PersonActor, teams: readonly TeamId[], details: Partial<Person> = {}): Person => ({
  id,
  name,
  mail: mailAddress(`${id}@desk.example`),
  roles,
  teams,
  language: 'en',
  skills: [],
  ...details,
});

const team = (id: TeamId, name: string, details: Partial<Team> = {}): Team => ({
  id,
  name,
  mailbox: id === service ? deskMailbox : mailAddress(`${id}@desk.example`),
  channel: { id: `19:${id}@thread.tacv2`, name },
  language: 'en',
  signature: 'owner',
  onCall: [],
  topics: [],
  ...details,
});

const TEAMS: readonly Team[] = [
  team(service, 'Service', { lead: lea.id, manager: max.id, onCall: [ben.id] }),
  team(network, 'Network', { lead: nora.id, manager: mia.id, topics: ['vpn', 'wifi'] }),
  team(identity, 'Identity', { lead: ivo.id, secondConfirmer: otto.id, topics: ['password'] }),
  team(nobodysTeam, 'Carriers'),
];

export const PEOPLE: readonly Person[] = [
  person(ana, [service], { shift: officeHours, backup: ben.id }),
  person(ben, [service]),
  person(lea, [service]),
  person(max, []),
  person(eve, [network]),
  person(emil, [network]),
  person(nora, [network]),
  person(mia, []),
  person(ida, [identity]),
  person(ivo, [identity]),
  person(otto, []),
  person(vera, []),
  person(kai, [service], { shared: true }),
];

/** `changed`: what is otherwise with these people and teams. */
export const rosterWith = (
  changed: { readonly people?: readonly Person[]; readonly teams?: readonly Team[] } = {},
): Roster => {
  const { people = PEOPLE, teams = TEAMS } = changed;
  return {
    person: (id) => people.find((each) => each.id === id),
    team: (id) => teams.find((each) => each.id === id),
    people: () => people,
    teams: () => teams,
  };
};

/** The same people, one of them otherwise. */
export const peopleWith = (who: PersonActor, details: Partial<Person>): readonly Person[] =>
  PEOPLE.map((each) => (each.id === who.id ? { ...each, ...details } : each));

/** The same teams, one of them otherwise. */
export const teamsWith = (which: TeamId, details: Partial<Team>): readonly Team[] =>
  TEAMS.map((each) => (each.id === which ? { ...each, ...details } : each));

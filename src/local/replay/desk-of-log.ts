import { actorOf, type Directory } from '../../application/ports/directory.ts';
import type { DeskConfig } from '../../desk-config.ts';
import { DEFAULT_MATRIX } from '../../domain/alert-rules.ts';
import { BUILT_IN_LABELS } from '../../domain/association.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { calendarsOf } from '../../domain/calendars.ts';
import { objectProperties } from '../../domain/property-definitions.ts';
import type { Person, Team } from '../../domain/roster.ts';
import {
  mailAddress,
  oneLine,
  type PersonActor,
  personId,
  type Role,
  type TeamId,
  teamId,
} from '../../domain/values.ts';
import { machineIdentity } from '../../outbound/machine.ts';
import { ReplayError, type LogRow } from './read-log.ts';
import { UNKNOWN_AGENT } from './steps.ts';

/** The desk's people and teams under their names in the log. Errors: ReplayError for a name the log does not have. */
export interface DeskOfLog {
  readonly config: DeskConfig;
  /** Without a name: who acts where the log names nobody. */
  agent(name?: string): PersonActor;
  /** Without a name: the team of tickets without a group. */
  team(name?: string): TeamId;
}

const NO_GROUP = 'No group';
const DOMAIN = 'desk.example';
const OFFICE = 'office';

/**
 * Every group is a team, every assignee an agent in each group they appear in; the same name always has the same id. The log
 * knows nobody above them, so each team has a lead and a manager of its own. `calendar`: hours of all teams, after which their
 * leads are on call; without it no hour is closed.
 */
export const deskOfLog = (rows: readonly LogRow[], calendar?: Calendar): DeskOfLog => {
  const groups = [...new Set([NO_GROUP, ...rows.flatMap(({ group }) => group ?? [])])];
  const teams = new Map(groups.map((name) => [name, { ...teamOf(name), onCall: calendar ? [leadOf(name).id] : [] }]));
  const groupsOf = Map.groupBy(rows, ({ assignee }) => assignee ?? UNKNOWN_AGENT);
  const people = new Map(
    [...groupsOf.keys(), UNKNOWN_AGENT].map((name) => {
      const own = name === UNKNOWN_AGENT ? [] : (groupsOf.get(name) ?? []).flatMap(({ group }) => group ?? []);
      return [name, personOf({ name, role: 'agent', groups: [...new Set(own)] })];
    }),
  );
  const above = groups.flatMap((name) => [leadOf(name), managerOf(name)]);
  return {
    config: configOf(directoryOf([...people.values(), ...above], [...teams.values()]), calendar),
    agent: (name = UNKNOWN_AGENT) => actorOf(known(people, name)),
    team: (name = NO_GROUP) => known(teams, name).id,
  };
};

const known = <T>(all: ReadonlyMap<string, T>, name: string): T => {
  const found = all.get(name);
  if (!found) throw new ReplayError(`The log does not know "${name}".`);
  return found;
};

const idOfTeam = (name: string): TeamId => teamId(machineIdentity.named(`replay|group|${name}`));

const teamOf = (name: string): Omit<Team, 'onCall'> => {
  const id = idOfTeam(name);
  return {
    id,
    name: oneLine(name, 100),
    mailbox: mailAddress(`${id}@${DOMAIN}`),
    channel: { id: `19:${id}@thread.tacv2`, name: oneLine(name, 100) },
    language: 'en',
    signature: 'owner',
    lead: leadOf(name).id,
    manager: managerOf(name).id,
    topics: [],
  };
};

interface Named {
  readonly name: string;
  readonly role: Role;
  readonly groups: readonly string[];
}

const personOf = ({ name, role, groups }: Named): Person => {
  const id = personId(machineIdentity.named(`replay|${role === 'agent' ? 'person' : role}|${name}`));
  return {
    id,
    name: oneLine(name, 100),
    mail: mailAddress(`${id}@${DOMAIN}`),
    roles: [role],
    teams: groups.map(idOfTeam),
    language: 'en',
    skills: [],
  };
};

const leadOf = (group: string): Person => personOf({ name: `Lead of ${group}`, role: 'team_lead', groups: [group] });
const managerOf = (group: string): Person => personOf({ name: `Manager of ${group}`, role: 'manager', groups: [] });

const directoryOf = (people: readonly Person[], teams: readonly Team[]): Directory => {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byTeam = new Map(teams.map((team) => [team.id, team]));
  return {
    person: (id) => byId.get(id),
    team: (id) => byTeam.get(id),
    people: () => people,
    teams: () => teams,
    mailboxes: () => [],
  };
};

const configOf = (directory: Directory, calendar: Calendar | undefined): DeskConfig => ({
  directory,
  zone: 'UTC',
  calendars: calendar ? calendarsOf(new Map([[OFFICE, calendar]]), OFFICE) : calendarsOf(),
  alerts: {
    matrix: DEFAULT_MATRIX,
    hash: 'the defaults',
    moments: '',
    known: { teams: directory.teams().map(({ id }) => id), calendars: calendar ? [OFFICE] : [] },
    fallback: [],
    digestAt: '08:00',
  },
  sla: [],
  objects: { properties: objectProperties(), labels: BUILT_IN_LABELS, ownDomains: [DOMAIN] },
  advice: [],
});

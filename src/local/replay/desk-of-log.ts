import { actorOf, type Directory } from '../../application/ports/directory.ts';
import type { DeskConfig } from '../../desk-config.ts';
import { DEFAULT_MATRIX } from '../../domain/alert-rules.ts';
import { BUILT_IN_LABELS } from '../../domain/association.ts';
import { ALWAYS_OPEN, calendarsOf } from '../../domain/calendars.ts';
import { objectProperties } from '../../domain/property-definitions.ts';
import type { Person, Team } from '../../domain/roster.ts';
import { mailAddress, oneLine, type PersonActor, personId, type TeamId, teamId } from '../../domain/values.ts';
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

/** Every group is a team, every assignee an agent in each group they appear in; the same name always has the same id. */
export const deskOfLog = (rows: readonly LogRow[]): DeskOfLog => {
  const groups = [...new Set([NO_GROUP, ...rows.flatMap(({ group }) => group ?? [])])];
  const teams = new Map(groups.map((name) => [name, teamOf(name)]));
  const groupsOf = Map.groupBy(rows, ({ assignee }) => assignee ?? UNKNOWN_AGENT);
  const people = new Map(
    [...groupsOf.keys(), UNKNOWN_AGENT].map((name) => {
      const own = name === UNKNOWN_AGENT ? [] : (groupsOf.get(name) ?? []).flatMap(({ group }) => group ?? []);
      return [name, personOf(name, [...new Set(own)])];
    }),
  );
  return {
    config: configOf(directoryOf([...people.values()], [...teams.values()])),
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

const teamOf = (name: string): Team => {
  const id = idOfTeam(name);
  return {
    id,
    name: oneLine(name, 100),
    mailbox: mailAddress(`${id}@${DOMAIN}`),
    channel: { id: `19:${id}@thread.tacv2`, name: oneLine(name, 100) },
    language: 'en',
    signature: 'owner',
    onCall: [],
    topics: [],
  };
};

const personOf = (name: string, groups: readonly string[]): Person => {
  const id = personId(machineIdentity.named(`replay|person|${name}`));
  return {
    id,
    name: oneLine(name, 100),
    mail: mailAddress(`${id}@${DOMAIN}`),
    roles: ['agent'],
    teams: groups.map(idOfTeam),
    language: 'en',
    skills: [],
  };
};

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

const configOf = (directory: Directory): DeskConfig => ({
  directory,
  zone: 'UTC',
  calendars: calendarsOf(),
  calendarId: ALWAYS_OPEN,
  alerts: {
    matrix: DEFAULT_MATRIX,
    hash: '',
    known: { teams: directory.teams().map(({ id }) => id), calendars: [] },
    fallback: [],
    digestAt: '08:00',
  },
  sla: [],
  objects: { properties: objectProperties(), labels: BUILT_IN_LABELS, ownDomains: [DOMAIN] },
  advice: [],
});

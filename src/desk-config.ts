import { readFileSync } from 'node:fs';
import { ConfigError } from './application/errors.ts';
import type { DeskSchema } from './application/desk-schema.ts';
import type { Directory, WatchedMailbox } from './application/ports/directory.ts';
import { type DeskEntries, DeskFile, faultsBetween } from './desk-file.ts';
import { schemaOf } from './desk-objects.ts';
import type { Person, Team } from './domain/roster.ts';
import { instantOf, mailAddress, personId, type PersonId, teamId, type TeamId } from './domain/values.ts';

export interface DeskConfig {
  readonly directory: Directory;
  /** The desk's IANA time zone. */
  readonly zone: string;
  /** Properties and associations of contacts, companies and tickets, and the stages of a ticket. */
  readonly objects: DeskSchema;
  /** What the desk can do less well than it could, and how to mend it; nothing that keeps it from starting. */
  readonly advice: readonly string[];
}

/** Reads and checks the file; every fault at once, each naming the place and what to do. */
export const readDeskConfig = (file: string): DeskConfig => {
  const json = jsonOf(file);
  const parsed = DeskFile.safeParse(json);
  const single = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`);
  const faults = [...new Set([...single, ...faultsBetween(json)])];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults.map((fault) => `${file}: ${fault}`));
  const { data } = parsed;
  return { directory: directoryOf(data), zone: data.zone, objects: objectsOf(data), advice: adviceOn(data) };
};

/** Where the desk's own people write from: such a domain is no customer's company. */
const objectsOf = (data: DeskEntries): DeskSchema => {
  const addresses = [...data.people.map(({ mail }) => mail), ...data.teams.map(({ mailbox }) => mailbox)];
  return schemaOf(data, [...new Set(addresses.map(domainOf))]);
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

const jsonOf = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigError([
      `${file}: ${cause instanceof SyntaxError ? `is no JSON: ${cause.message}` : 'cannot be read: create it from config/desk.json of the repository'}`,
    ]);
  }
};

const adviceOn = ({ people, teams }: DeskEntries): string[] => [
  ...teams.flatMap((team) => [
    ...(team.lead === undefined
      ? [`team ${team.id} has no lead: nobody can cancel a colleague's ticket or be asked for help`]
      : []),
    ...(team.manager === undefined
      ? [
          `team ${team.id} has no manager: alerts of level 3 will go ${team.lead === undefined ? 'to the managers of its people, if they have one' : 'to its lead'}`,
        ]
      : []),
    ...adviceOnTransfers(team, people),
    ...(people.some(({ teams: own, roles }) => own.includes(team.id) && roles.some(mayHelp))
      ? []
      : [`team ${team.id} has no agent and no expert: nobody is shown its queue or can give its help`]),
  ]),
  ...people
    .filter(({ shared, roles }) => shared && roles.includes('agent'))
    .map((person) => `${person.name} is a shared account: it can read and note, but never own a ticket`),
];

const mayHelp = (role: string): boolean => role === 'agent' || role === 'expert';

/** A transfer needs two people: a lead or a supervisor proposes it, a manager or the second confirmer confirms it. */
const adviceOnTransfers = (team: DeskEntries['teams'][number], people: DeskEntries['people']): string[] => {
  const propose = [team.lead, ...people.filter((each) => each.teams.includes(team.id)).map((each) => each.supervisor)];
  const confirm = [team.manager, team.secondConfirmer];
  const two = confirm.some((one) => one !== undefined && propose.some((other) => other !== undefined && other !== one));
  if (two) return [];
  return [
    `team ${team.id} has no two people to propose and confirm a transfer, so nobody can move the tickets of someone who leaves: name a lead and a manager, or a secondConfirmer`,
  ];
};

const named = (person: string | undefined): PersonId | undefined =>
  person === undefined ? undefined : personId(person);

/** Without the fields that are not there: an absent field and an undefined one are different things in the domain. */
const present = <Fields extends object>(fields: Fields): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const personOf = (entry: DeskEntries['people'][number]): Person => {
  const { supervisor, backup, absentUntil, shared, shift, ...rest } = entry;
  return {
    ...rest,
    id: personId(entry.id),
    mail: mailAddress(entry.mail),
    teams: entry.teams.map(teamId),
    ...present({
      supervisor: named(supervisor),
      backup: named(backup),
      absentUntil: absentUntil === undefined ? undefined : instantOf(Date.parse(absentUntil)),
      shared: shared ? (true as const) : undefined,
      shift,
    }),
  };
};

const teamOf = (entry: DeskEntries['teams'][number]): Team => {
  const { lead, manager, secondConfirmer, wipLimit, mailboxStartsAt: _startsAt, ...rest } = entry;
  return {
    ...rest,
    id: teamId(entry.id),
    mailbox: mailAddress(entry.mailbox),
    onCall: entry.onCall.map(personId),
    ...present({
      lead: named(lead),
      manager: named(manager),
      secondConfirmer: named(secondConfirmer),
      wipLimit,
    }),
  };
};

const directoryOf = (parsed: DeskEntries): Directory => {
  const people = parsed.people.map(personOf);
  const teams = parsed.teams.map(teamOf);
  const mailboxes = parsed.teams.map((each): WatchedMailbox => ({
    address: mailAddress(each.mailbox),
    teamId: teamId(each.id),
    startAt: new Date(each.mailboxStartsAt).toISOString(),
  }));
  const byId = new Map<PersonId, Person>(people.map((person) => [person.id, person]));
  const byTeam = new Map<TeamId, Team>(teams.map((team) => [team.id, team]));
  return {
    person: (each) => byId.get(each),
    team: (each) => byTeam.get(each),
    people: () => people,
    teams: () => teams,
    mailboxes: () => mailboxes,
  };
};

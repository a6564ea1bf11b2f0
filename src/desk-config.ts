import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './application/errors.ts';
import type { Directory, Person, Team, WatchedMailbox } from './application/ports/directory.ts';
import { mailAddress, personId, type PersonId, teamId, type TeamId } from './domain/values.ts';

/** Entra writes object ids in small letters. */
const guid = z.guid().toLowerCase();
const id = z.string().trim().min(1).max(100);
const Language = z.enum(['en', 'de']);
const Role = z.enum(['agent', 'expert', 'team_lead', 'manager', 'admin', 'auditor']);

const PersonEntry = z.strictObject({
  id: guid.describe('The Entra object id: Teams signs it with every message.'),
  name: z.string().trim().min(1).max(100),
  mail: z.email(),
  roles: z.array(Role).min(1),
  teams: z.array(id).default([]),
  language: Language.default('en'),
});

const TeamEntry = z.strictObject({
  id: id.regex(/^[a-z0-9-]+$/u).describe('Small letters, digits and dashes; never changes.'),
  name: z.string().trim().min(1).max(100),
  mailbox: z.email().describe('Mail to this address becomes tickets of this team; answers leave from it.'),
  mailboxStartsAt: z.iso.datetime().describe('Mail received before this moment is left alone.'),
  channel: z
    .strictObject({ id: z.string().min(1), name: z.string().min(1) })
    .describe('The Teams channel where its tickets appear.'),
  language: Language.default('en'),
  lead: guid.optional(),
  manager: guid.optional(),
  signature: z.enum(['owner', 'team']).default('owner'),
});

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (fault) {
    return !(fault instanceof RangeError);
  }
}, 'is no IANA time zone, e.g. Europe/Berlin');

/** The shape of config/desk.json; config/desk.schema.json is generated from it. */
export const DeskFile = z.strictObject({
  $schema: z.string().optional(),
  zone: timeZone.default('Europe/Berlin'),
  people: z.array(PersonEntry).min(1),
  teams: z.array(TeamEntry).min(1),
});

type Parsed = z.infer<typeof DeskFile>;

/** Who names whom, read from whatever stands there, so that faults between entries show beside those within one. */
const name = z.string().optional().catch(undefined);
const Named = z
  .object({
    people: z.array(z.object({ id: guid.optional().catch(undefined), name, teams: z.array(name).catch([]) })).catch([]),
    teams: z
      .array(
        z.object({
          id: name,
          mailbox: z.string().toLowerCase().trim().optional().catch(undefined),
          lead: guid.optional().catch(undefined),
          manager: guid.optional().catch(undefined),
        }),
      )
      .catch([]),
  })
  .catch({ people: [], teams: [] });

export interface DeskConfig {
  readonly directory: Directory;
  /** The desk's IANA time zone. */
  readonly zone: string;
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
  const faults = [...new Set([...single, ...crossFaults(Named.parse(json))])];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults.map((fault) => `${file}: ${fault}`));
  return { directory: directoryOf(parsed.data), zone: parsed.data.zone, advice: adviceOn(parsed.data) };
};

const jsonOf = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigError([
      `${file}: ${cause instanceof SyntaxError ? `is no JSON: ${cause.message}` : 'cannot be read: create it from config/desk.json of the repository'}`,
    ]);
  }
};

const said = (values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

const twice = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(said(values).filter((value, index, all) => all.indexOf(value) !== index)),
];

const crossFaults = ({ people, teams }: z.infer<typeof Named>): string[] => {
  const known = new Set(people.map((person) => person.id));
  const teamIds = new Set(teams.map((team) => team.id));
  return [
    ...twice(people.map((person) => person.id)).map((each) => `people: ${each} stands there twice: remove one`),
    ...twice(teams.map((team) => team.id)).map((each) => `teams: ${each} stands there twice: rename one`),
    ...twice(teams.map((team) => team.mailbox)).map(
      (each) => `teams: two teams share the mailbox ${each}: give each its own`,
    ),
    ...people.flatMap((person) =>
      said(person.teams)
        .filter((team) => !teamIds.has(team))
        .map((team) => `people: ${person.name ?? person.id ?? '?'} is in team ${team}, which does not exist`),
    ),
    ...teams.flatMap((team) =>
      said([team.lead, team.manager])
        .filter((each) => !known.has(each))
        .map((each) => `teams: ${team.id ?? '?'} names ${each}, who is not among people`),
    ),
  ];
};

const adviceOn = ({ people, teams }: Parsed): string[] =>
  teams.flatMap((team) => [
    ...(team.lead === undefined
      ? [`team ${team.id} has no lead: nobody can cancel a colleague's ticket or be asked for help`]
      : []),
    ...(team.manager === undefined ? [`team ${team.id} has no manager: alerts of level 3 will go to its lead`] : []),
    ...(people.some((person) => person.teams.includes(team.id) && person.roles.includes('agent'))
      ? []
      : [`team ${team.id} has no agent: nobody is shown its queue`]),
  ]);

const directoryOf = (parsed: Parsed): Directory => {
  const people = parsed.people.map((each): Person => ({
    ...each,
    id: personId(each.id),
    mail: mailAddress(each.mail),
    teams: each.teams.map(teamId),
  }));
  const teams = parsed.teams.map(({ lead, manager, mailboxStartsAt: _startsAt, ...each }): Team => ({
    ...each,
    id: teamId(each.id),
    mailbox: mailAddress(each.mailbox),
    ...(lead === undefined ? {} : { lead: personId(lead) }),
    ...(manager === undefined ? {} : { manager: personId(manager) }),
  }));
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

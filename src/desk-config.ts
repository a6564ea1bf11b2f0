import { readFileSync } from 'node:fs';
import { ConfigError } from './application/errors.ts';
import type { DeskSchema } from './application/desk-schema.ts';
import type { Directory, WatchedMailbox } from './application/ports/directory.ts';
import { adviceOn } from './desk-advice.ts';
import { type AlertSettings, alertSettings, alertsHash, slaOverrides } from './desk-alerts.ts';
import { calendarsFrom } from './desk-calendars.ts';
import { type DeskEntries, DeskFile, faultsBetween } from './desk-file.ts';
import { schemaOf } from './desk-objects.ts';
import { faultsOfMatrix } from './domain/matrix-check.ts';
import type { Calendars } from './domain/policy.ts';
import type { Person, Team } from './domain/roster.ts';
import type { SlaOverride } from './domain/sla-targets.ts';
import { instantOf, mailAddress, personId, type PersonId, teamId, type TeamId } from './domain/values.ts';

export interface DeskConfig {
  readonly directory: Directory;
  /** The desk's IANA time zone. */
  readonly zone: string;
  /** Working hours by their ids; whatever a team or a person names is there. */
  readonly calendars: Calendars;
  /** When who is told of what; over the rules stand those edited on cards. */
  readonly alerts: AlertSettings;
  /** Targets of some tickets that stand before those of every desk. */
  readonly sla: readonly SlaOverride[];
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
  return {
    directory: directoryOf(data),
    zone: data.zone,
    calendars: calendarsFrom(data, data.zone),
    alerts: alertsOf(data),
    sla: slaOverrides(data),
    objects: objectsOf(data),
    advice: adviceOn(data),
  };
};

/**
 * The rules of alerts as the file has them now, for the desk that runs: what they name, it must know already. The whole file is
 * checked again; with `faults`, which are all there are, nothing of it counts.
 */
export const readAlertRules = (
  file: string,
  running: Pick<AlertSettings, 'known' | 'moments'>,
): Pick<AlertSettings, 'matrix' | 'hash'> | { readonly faults: readonly string[] } => {
  try {
    const { matrix } = readDeskConfig(file).alerts;
    const strange = faultsOfMatrix(matrix.rules, { ...running.known, defaults: matrix.defaults });
    if (strange.length === 0) return { matrix, hash: alertsHash(matrix, running.moments) };
    return { faults: strange.map((fault) => `${file}: alerts: ${fault} until the desk is started anew`) };
  } catch (fault) {
    if (fault instanceof ConfigError) return { faults: fault.faults };
    throw fault;
  }
};

const alertsOf = (data: DeskEntries): AlertSettings =>
  alertSettings(data, {
    known: { teams: data.teams.map(({ id }) => id), calendars: (data.calendars ?? []).map(({ id }) => id) },
    countedBy: [
      [data.zone, data.calendar, data.calendars, data.sla],
      data.teams.map(({ id, calendar, onCall }) => [id, calendar, onCall.length > 0]),
    ],
  });

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

const named = (person: string | undefined): PersonId | undefined =>
  person === undefined ? undefined : personId(person);

/** Without the fields that are not there: an absent field and an undefined one are different things in the domain. */
const present = <Fields extends object>(fields: Fields): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const personOf = (entry: DeskEntries['people'][number]): Person => {
  const { supervisor, backup, absentUntil, shared, shift, calendar, alertsTo, quiet, ...rest } = entry;
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
      calendar,
      alertsTo,
      quiet,
    }),
  };
};

const teamOf = (entry: DeskEntries['teams'][number]): Team => {
  const { lead, manager, secondConfirmer, wipLimit, calendar, alertsTo, mailboxStartsAt: _startsAt, ...rest } = entry;
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
      calendar,
      alertsTo: alertsTo && present(alertsTo),
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

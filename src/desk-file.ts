import { z } from 'zod';
import { faultsOfAlerts } from './desk-alert-faults.ts';
import { ALERT_FIELDS, alertPlace } from './desk-alerts.ts';
import { CALENDAR_FIELDS, calendarName, faultsOfCalendars, timeOfDay, timeZone, weekday } from './desk-calendars.ts';
import { faultsOfObjects, OBJECT_FIELDS } from './desk-objects.ts';

/** Entra writes object ids in small letters. */
const guid = z.guid().toLowerCase();
const id = z.string().trim().min(1).max(100);
const word = z.string().trim().min(2).max(60);
const Language = z.enum(['en', 'de']);
const Role = z.enum(['agent', 'expert', 'team_lead', 'manager', 'admin', 'auditor']);
const moment = z.iso.datetime({ offset: true });

const ShiftEntry = z.strictObject({
  days: z.array(weekday).min(1).describe('1 is Monday, 7 is Sunday.'),
  from: timeOfDay,
  to: timeOfDay.describe('When it is not after `from`, the shift ends on the next day.'),
  zone: timeZone.describe('The IANA time zone of these hours.'),
});

const PersonEntry = z.strictObject({
  id: guid.describe('The Entra object id: Teams signs it with every message.'),
  name: z.string().trim().min(1).max(100).describe('As colleagues and customers read it.'),
  mail: z.email().describe('Where mail to this person goes.'),
  roles: z.array(Role).min(1).describe('What the person may do at the desk.'),
  teams: z.array(id).default([]).describe('The teams the person works in, the own one first.'),
  language: Language.default('en').describe('The language of cards and messages to this person.'),
  supervisor: guid
    .optional()
    .describe('Who is told second when something burns; without one the lead of the first team.'),
  backup: guid.optional().describe('Who is told as well while this person is absent.'),
  skills: z.array(word).max(50).default([]).describe('What colleagues may ask this person about.'),
  absentUntil: moment.optional().describe('On leave until this moment.'),
  shared: z.boolean().default(false).describe('A shared or kiosk account: it cannot own tickets.'),
  shift: ShiftEntry.optional().describe('Weekly hours; without them the person is always on shift.'),
  calendar: calendarName.optional().describe('The calendar of this person’s promises; without it the team’s.'),
  alertsTo: alertPlace.optional().describe('Where alerts reach this person; without it, as the team says.'),
  quiet: ShiftEntry.refine(({ days, from, to }) => from !== to || new Set(days).size < 7, {
    error: 'never ends, so nothing ever arrives: leave some hours',
  })
    .optional()
    .describe('Alerts to their own chat wait until these hours are over; P1 does not.'),
});

const TeamEntry = z.strictObject({
  id: id.regex(/^[a-z0-9-]+$/u).describe('Small letters, digits and dashes; never changes.'),
  name: z.string().trim().min(1).max(100).describe('As colleagues and customers read it.'),
  mailbox: z.email().describe('Mail to this address becomes tickets of this team; answers leave from it.'),
  mailboxStartsAt: z.iso.datetime().describe('Mail received before this moment is left alone.'),
  channel: z
    .strictObject({ id: z.string().min(1), name: z.string().min(1) })
    .describe('The Teams channel where its tickets appear.'),
  language: Language.default('en').describe('The language of the team’s cards.'),
  lead: guid
    .optional()
    .describe('Is asked for help, decides for the team and proposes the transfer of a leaver’s tickets.'),
  manager: guid.optional().describe('Is told last when something burns, and confirms transfers.'),
  signature: z.enum(['owner', 'team']).default('owner').describe('Whose name customers read under an answer.'),
  onCall: z.array(guid).default([]).describe('Who is on duty when others are not.'),
  wipLimit: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Requests for help the team works on at a time; more wait in line.'),
  topics: z.array(word).max(100).default([]).describe('Words in a ticket by which this team’s help is suggested.'),
  secondConfirmer: guid.optional().describe('Confirms a transfer where there is only one lead and no manager.'),
  calendar: calendarName.optional().describe('The calendar of this team’s promises; without it the desk’s.'),
  alertsTo: z
    .strictObject({
      tech: alertPlace.optional(),
      supervisor: alertPlace.optional(),
      manager: alertPlace.optional(),
    })
    .optional()
    .describe('Where alerts reach whoever says nothing else; without it, their own chat.'),
});

/** The shape of config/desk.json; config/desk.schema.json is generated from it. */
export const DeskFile = z.strictObject({
  $schema: z.string().optional(),
  zone: timeZone.default('Europe/Berlin').describe('The desk’s IANA time zone.'),
  people: z.array(PersonEntry).min(1),
  teams: z.array(TeamEntry).min(1),
  ...CALENDAR_FIELDS,
  ...ALERT_FIELDS,
  ...OBJECT_FIELDS,
});

export type DeskEntries = z.infer<typeof DeskFile>;

/** Who names whom, read from whatever stands there, so that faults between entries show beside those within one. */
const name = z.string().optional().catch(undefined);
const someone = guid.optional().catch(undefined);
const NamedPerson = z.object({
  id: someone,
  name,
  teams: z.array(name).catch([]),
  supervisor: someone,
  backup: someone,
});
const NamedTeam = z.object({
  id: name,
  mailbox: z.string().toLowerCase().trim().optional().catch(undefined),
  lead: someone,
  manager: someone,
  onCall: z.array(someone).catch([]),
  secondConfirmer: someone,
});
const Named = z
  .object({ people: z.array(NamedPerson).catch([]), teams: z.array(NamedTeam).catch([]) })
  .catch({ people: [], teams: [] });

type NamedPeople = z.infer<typeof Named>['people'];
type NamedTeams = z.infer<typeof Named>['teams'];

const said = (values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

const twice = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(said(values).filter((value, index, all) => all.indexOf(value) !== index)),
];

/** What entries say about each other that cannot be; `json` may be anything. */
export const faultsBetween = (json: unknown): string[] => {
  const { people, teams } = Named.parse(json);
  return [
    ...twice(people.map((person) => person.id)).map((each) => `people: ${each} stands there twice: remove one`),
    ...twice(teams.map((team) => team.id)).map((each) => `teams: ${each} stands there twice: rename one`),
    ...twice(teams.map((team) => team.mailbox)).map(
      (each) => `teams: two teams share the mailbox ${each}: give each its own`,
    ),
    ...faultsOfPeople(people, teams),
    ...circles(people),
    ...faultsOfTeams(people, teams),
    ...faultsOfCalendars(json),
    ...faultsOfAlerts(json),
    ...faultsOfObjects(json),
  ];
};

const faultsOfPeople = (people: NamedPeople, teams: NamedTeams): string[] => {
  const known = new Set(people.map((person) => person.id));
  const teamIds = new Set(teams.map((team) => team.id));
  return people.flatMap((person) => {
    const who = person.name ?? person.id ?? '?';
    return [
      ...said(person.teams)
        .filter((team) => !teamIds.has(team))
        .map((team) => `people: ${who} is in team ${team}, which does not exist`),
      ...said([person.supervisor, person.backup])
        .filter((each) => !known.has(each))
        .map((each) => `people: ${who} names ${each}, who is not among people`),
      ...(person.backup !== undefined && person.backup === person.id
        ? [`people: ${who} is their own backup: name somebody else`]
        : []),
    ];
  });
};

/** Each circle of supervisors once, told from the first of its people. */
const circles = (people: NamedPeople): string[] => {
  const above = new Map(people.map(({ id: person, supervisor }) => [person, supervisor]));
  const told = new Set<string | undefined>();
  return people.flatMap(({ id: first }) => {
    const line: (string | undefined)[] = [first];
    for (let next = above.get(first); next !== undefined && !line.includes(next); next = above.get(next))
      line.push(next);
    const closed = first !== undefined && above.get(line.at(-1)) === first;
    if (!closed || told.has(first)) return [];
    for (const each of line) told.add(each);
    const names = line.map((each) => people.find((person) => person.id === each)?.name ?? each ?? '?');
    return [`people: the supervisors of ${names.join(', ')} go round in a circle: somebody must have none`];
  });
};

const faultsOfTeams = (people: NamedPeople, teams: NamedTeams): string[] => {
  const known = new Set(people.map((person) => person.id));
  return teams.flatMap((team) => [
    ...said([team.lead, team.manager, ...team.onCall, team.secondConfirmer])
      .filter((each) => !known.has(each))
      .map((each) => `teams: ${team.id ?? '?'} names ${each}, who is not among people`),
    ...(team.secondConfirmer !== undefined && team.secondConfirmer === team.lead
      ? [`teams: the secondConfirmer of ${team.id ?? '?'} is its lead: name a second person`]
      : []),
  ]);
};

import type { DeskEntries } from './desk-file.ts';
import { ALWAYS_OPEN } from './domain/calendars.ts';

/** What the desk can do less well than it could, and how to mend it; `entries` have no faults. */
export const adviceOn = ({ people, teams, calendar, alerts }: DeskEntries): string[] => [
  ...teams.flatMap((team) => [
    ...(team.lead === undefined
      ? [`team ${team.id} has no lead: nobody can cancel a colleague's ticket or be asked for help`]
      : []),
    ...(team.manager === undefined
      ? [
          `team ${team.id} has no manager: alerts of level 3 will go to the managers above its people, or else to ${alerts.fallback.length > 0 ? 'the fallback' : 'every admin, manager or lead'}`,
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
  ...teams.flatMap((team) => adviceOnRota(team, team.calendar ?? calendar)),
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

/** The most urgent count around the clock where somebody is there around the clock. */
const adviceOnRota = ({ id, onCall }: DeskEntries['teams'][number], calendar: string): string[] =>
  onCall.length > 0 || calendar === ALWAYS_OPEN
    ? []
    : [
        `team ${id} has nobody on call, so P1 counts by the hours of calendar ${calendar}: name somebody in onCall, and it counts around the clock`,
      ];

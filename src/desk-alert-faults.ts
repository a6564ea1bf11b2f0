import { z } from 'zod';
import { PRIORITIES, RuleEntry, ruleFrom, SlaEntry, TYPES } from './desk-alerts.ts';
import { CONDITIONS, type Matrix, ruleOf } from './domain/alert-rules.ts';
import { faultsOfMatrix } from './domain/matrix-check.ts';
import { teamId } from './domain/values.ts';

const list = <Value>(entry: z.ZodType<Value>) => z.array(entry.or(z.undefined()).catch(undefined)).catch([]);
const there = <Value>(values: readonly (Value | undefined)[]): Value[] => values.filter((value) => value !== undefined);
const named = z.string().trim().optional().catch(undefined);
const someone = z.guid().toLowerCase().optional().catch(undefined);
/** Whoever is named wrongly is a fault of their own: here it counts that somebody is named. */
const anybody = z.unknown().optional();

const Alerts = z.object({
  rules: list(RuleEntry),
  defaults: z.boolean().default(true).catch(false),
  fallback: list(z.guid().toLowerCase()),
});

/** Read from whatever stands there, so that these faults show beside those within an entry. */
const Written = z
  .object({
    alerts: Alerts.catch({ rules: [], defaults: true, fallback: [] }),
    sla: list(SlaEntry),
    calendars: list(z.object({ id: named })),
    teams: list(z.object({ id: named, lead: anybody, manager: anybody, onCall: list(someone) })),
    people: list(z.object({ id: someone, roles: list(z.string()), teams: list(z.string()), supervisor: anybody })),
  })
  .catch({
    alerts: { rules: [], defaults: true, fallback: [] },
    sla: [],
    calendars: [],
    teams: [],
    people: [],
  });
type Desk = z.infer<typeof Written>;
type Team = NonNullable<Desk['teams'][number]>;

/** What is said of alerts and promises that cannot be; `json` may be anything. */
export const faultsOfAlerts = (json: unknown): string[] => {
  const desk = Written.parse(json);
  const { rules, defaults, fallback } = desk.alerts;
  const people = new Set(there(desk.people).map(({ id }) => id));
  const known = { teams: idsOf(desk.teams), calendars: idsOf(desk.calendars) };
  const sound = there(rules).map(ruleFrom);
  /** Beside a rule that cannot be read, the default it replaces would be blamed on others. */
  const below = defaults && sound.length === rules.length;
  return [
    ...faultsOfMatrix(sound, { ...known, defaults: below }).map((fault) => `alerts: ${fault}`),
    ...there(fallback)
      .filter((each) => !people.has(each))
      .map((each) => `alerts: the fallback names ${each}, who is not among people`),
    ...faultsOfSla(there(desk.sla), known.teams),
    ...there(desk.teams)
      .filter((team) => !isSomebodyAbove(team, desk) && tellsAbove(team, { rules: sound, defaults }))
      .map(
        ({ id }) =>
          `teams: nobody can be told of alerts of level 2 and 3 in ${id ?? '?'}: name a lead, a manager or alerts.fallback`,
      ),
  ];
};

const idsOf = (entries: readonly ({ readonly id?: string | undefined } | undefined)[]): string[] =>
  there(there(entries).map(({ id }) => id));

const faultsOfSla = (rows: readonly z.infer<typeof SlaEntry>[], teams: readonly string[]): string[] => {
  const names = rows.map(({ team, priority, type }) => {
    const scope = [team === '*' ? team : `team ${team}`, priority, type].filter((each) => each !== '*');
    return scope.length > 0 ? scope.join(', ') : 'the row for all';
  });
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const strange = new Set(rows.map(({ team }) => team).filter((team) => team !== '*' && !teams.includes(team)));
  return [
    ...[...strange].map((team) => `sla: names team ${team}, which does not exist`),
    ...[...twice].map((name) => `sla: ${name} stands there twice: make it one row`),
  ];
};

const LEADS = ['admin', 'manager', 'team_lead'];

/** Somebody whom the domain would find before it tells everybody. Where nobody is there at all, that is the fault. */
const isSomebodyAbove = ({ id, lead, manager, onCall }: Team, { alerts, people }: Desk): boolean => {
  const all = there(people);
  return (
    all.length === 0 ||
    lead !== undefined ||
    manager !== undefined ||
    alerts.fallback.length > 0 ||
    all.some(
      (each) =>
        each.roles.some((role) => role !== undefined && LEADS.includes(role)) ||
        (each.supervisor !== undefined &&
          (each.teams.includes(id) || (each.id !== undefined && onCall.includes(each.id)))),
    )
  );
};

/** An approval belongs to nobody's queue. */
const CLOCKED = ['ticket', 'envelope'] as const;

/** Whether any alert of the team ever goes beyond level 1. */
const tellsAbove = ({ id = '' }: Team, matrix: Matrix): boolean =>
  CLOCKED.some((subject) =>
    CONDITIONS.some((condition) =>
      PRIORITIES.some((priority) =>
        TYPES.some((type) => {
          const cell = { subject, condition, priority, type, team: teamId(id) };
          return ruleOf(matrix, cell, 2) !== undefined || ruleOf(matrix, cell, 3) !== undefined;
        }),
      ),
    ),
  );

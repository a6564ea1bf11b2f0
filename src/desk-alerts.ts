import { createHash } from 'node:crypto';
import { z } from 'zod';
import { calendarName, timeOfDay } from './desk-calendars.ts';
import { type AlertRule, type AlertSubject, CONDITIONS, LEVELS, type Matrix } from './domain/alert-rules.ts';
import type { MatrixKnown } from './domain/matrix-check.ts';
import type { SlaOverride } from './domain/sla-targets.ts';
import { type PersonId, personId, type Priority, type TeamId, teamId, type TicketType } from './domain/values.ts';

/** What the configuration says of alerts. */
export interface AlertSettings {
  readonly matrix: Matrix;
  /** SHA-256 of what the matrix says and by what its moments are counted: the order of the rules does not count. */
  readonly hash: string;
  /** SHA-256 of what the moments are counted by beside the rules: working hours, who is on call, targets. */
  readonly moments: string;
  /** What a rule may name. */
  readonly known: Omit<MatrixKnown, 'defaults'>;
  /** Who is told where nobody else is left, each once. */
  readonly fallback: readonly PersonId[];
  /** When a lead's day is told, `HH:MM` on the clocks of the desk's zone. */
  readonly digestAt: string;
}

const SUBJECTS = ['ticket', 'envelope', 'approval'] as const satisfies readonly AlertSubject[];
export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const satisfies readonly Priority[];
export const TYPES = ['incident', 'service_request', 'problem', 'change'] as const satisfies readonly TicketType[];

const SCOPE = {
  team: z.string().trim().min(1).max(100).default('*'),
  priority: z.enum([...PRIORITIES, '*']).default('*'),
  type: z.enum([...TYPES, '*']).default('*'),
};

export const RuleEntry = z.strictObject({
  subject: z.enum([...SUBJECTS, '*']).default('*'),
  ...SCOPE,
  condition: z.enum(CONDITIONS).describe('Sitting in the queue, going stale, approaching or past due.'),
  level: z.literal([...LEVELS]).describe('1 tells the tech, 2 the supervisor too, 3 the manager too.'),
  thresholdMinutes: z
    .int()
    .describe('Working minutes since the condition began to count; before a due moment they are negative.'),
  repeatEveryMinutes: z.int().optional().describe('Working minutes from one reminder of the level to the next.'),
  maxRepeats: z.int().optional().describe('How often the level is repeated at most.'),
  calendar: calendarName.optional().describe('By which the minutes count; without it the calendar of the team.'),
  delivery: z
    .enum(['card', 'digest', 'off'])
    .default('card')
    .describe('To whoever joins at this level: a card at once, once a day, or the level is left out.'),
});

const target = z
  .int()
  .min(1)
  .max(366 * 1_440)
  .optional();

export const SlaEntry = z
  .strictObject({
    ...SCOPE,
    responseMinutes: target.describe('Working minutes until the customer has heard from a person.'),
    dueMinutes: target.describe('Working minutes until it is resolved.'),
    olaMinutes: target.describe('Working minutes until help that was asked for is given.'),
  })
  .refine(
    ({ responseMinutes, dueMinutes, olaMinutes }) => (responseMinutes ?? dueMinutes ?? olaMinutes) !== undefined,
    {
      error: 'promises nothing: name responseMinutes, dueMinutes or olaMinutes',
    },
  );

/** Where alerts reach somebody. */
export const alertPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('personal') }).describe('In their own chat.'),
  z
    .strictObject({
      kind: z.literal('chat'),
      id: z.string().trim().min(1).max(200).describe('The group chat’s id, e.g. 19:…@thread.v2.'),
    })
    .describe('In a group chat of which the bot is a member.'),
  z.strictObject({ kind: z.literal('channel') }).describe('In the channel of the team whose alert it is.'),
]);

/** The part of config/desk.json that says when somebody is told, and what is promised. */
export const ALERT_FIELDS = {
  alerts: z
    .strictObject({
      rules: z.array(RuleEntry).max(500).default([]).describe('Of several that fit, the most specific counts.'),
      defaults: z.boolean().default(true).describe('Whether the thresholds of every desk stand below the rules.'),
      fallback: z.array(z.guid().toLowerCase()).max(25).default([]).describe('Who is told where nobody else is left.'),
      digestAt: timeOfDay.default('08:00').describe('When a lead’s day is told, in the desk’s zone.'),
    })
    .prefault({})
    .describe('Who is told when nothing happens.'),
  sla: z
    .array(SlaEntry)
    .max(500)
    .default([])
    .describe('Other targets for some tickets: the most specific that names one counts.'),
};

const AlertEntries = z.object(ALERT_FIELDS);
type Entries = z.infer<typeof AlertEntries>;

const whichTeam = (team: string): TeamId | '*' => (team === '*' ? team : teamId(team));

export const ruleFrom = (entry: z.infer<typeof RuleEntry>): AlertRule => {
  const { team, repeatEveryMinutes, maxRepeats, calendar, ...rest } = entry;
  return {
    ...rest,
    team: whichTeam(team),
    ...(repeatEveryMinutes === undefined ? {} : { repeatEveryMinutes }),
    ...(maxRepeats === undefined ? {} : { maxRepeats }),
    ...(calendar === undefined ? {} : { calendar }),
  };
};

/** `entries` have no faults. */
export const alertSettings = (
  { alerts }: Entries,
  { known, countedBy }: { readonly known: AlertSettings['known']; readonly countedBy: unknown },
): AlertSettings => {
  const matrix: Matrix = { rules: alerts.rules.map(ruleFrom), defaults: alerts.defaults };
  const fallback = [...new Set(alerts.fallback)].map(personId);
  const moments = sha256(JSON.stringify(countedBy));
  return { matrix, hash: alertsHash(matrix, moments), moments, known, fallback, digestAt: alerts.digestAt };
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** No two rules are for the same, so their order says nothing. */
export const alertsHash = ({ rules, defaults }: Matrix, moments: string): string => {
  const said = rules.map((rule) => JSON.stringify(Object.entries(rule).toSorted(([a], [b]) => (a < b ? -1 : 1))));
  return sha256(JSON.stringify([defaults, said.toSorted(), moments]));
};

/** `entries` have no faults. */
export const slaOverrides = ({ sla }: Entries): readonly SlaOverride[] =>
  sla.map(({ team, priority, type, responseMinutes, dueMinutes, olaMinutes }) => ({
    team: whichTeam(team),
    priority,
    type,
    ...(responseMinutes === undefined ? {} : { responseMinutes }),
    ...(dueMinutes === undefined ? {} : { dueMinutes }),
    ...(olaMinutes === undefined ? {} : { olaMinutes }),
  }));

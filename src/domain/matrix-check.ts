import {
  type AlertCell,
  type AlertRule,
  type AlertSubject,
  CONDITIONS,
  type Condition,
  LEVELS,
  MOST_REPEATS,
  ruleOf,
} from './alert-rules.ts';
import { ALWAYS_OPEN } from './calendars.ts';
import { type Priority, teamId, type TicketType } from './values.ts';

/** What rules may name, and whether the defaults stand below them. */
export interface MatrixKnown {
  readonly teams: readonly string[];
  readonly calendars: readonly string[];
  readonly defaults: boolean;
}

/** A rule by what it is for: no two stand in one matrix. */
export type RuleCell = Pick<AlertRule, 'subject' | 'team' | 'priority' | 'type' | 'condition' | 'level'>;

export const isSameCell = (one: RuleCell, other: RuleCell): boolean =>
  one.subject === other.subject &&
  one.team === other.team &&
  one.priority === other.priority &&
  one.type === other.type &&
  one.condition === other.condition &&
  one.level === other.level;

/** As a fault names it: `NOT_ASSIGNED level 2 (team service, P1)`. */
export const nameOfCell = ({ subject, team, priority, type, condition, level }: RuleCell): string => {
  const scope = [subject, team === '*' ? '*' : `team ${team}`, priority, type].filter((each) => each !== '*');
  return `${condition} level ${level} (${scope.length > 0 ? scope.join(', ') : 'all'})`;
};

/** Everything that is wrong with the rules, each fault with the rule it is about; empty: they may stand. */
export const faultsOfMatrix = (rules: readonly AlertRule[], known: MatrixKnown): readonly string[] => [
  ...rules.flatMap((rule) => faultsOfRule(rule, known).map((fault) => `${nameOfCell(rule)} ${fault}`)),
  ...twiceIn(rules),
  ...faultsOfOrder(rules, known),
];

const YEAR = 366 * 1_440;

const faultsOfRule = (rule: AlertRule, known: MatrixKnown): readonly string[] => [
  ...(rule.team === '*' || known.teams.includes(rule.team) ? [] : [`names team ${rule.team}, which does not exist`]),
  ...(rule.calendar === undefined || rule.calendar === ALWAYS_OPEN || known.calendars.includes(rule.calendar)
    ? []
    : [`names calendar ${rule.calendar}, which does not exist`]),
  ...faultsOfThreshold(rule),
  ...faultsOfRepeat(rule),
  ...(rule.subject === 'approval' && rule.condition !== 'NOT_ASSIGNED'
    ? ['is about an approval, which only waits to be decided: take NOT_ASSIGNED']
    : []),
];

const faultsOfThreshold = ({ thresholdMinutes, condition }: AlertRule): readonly string[] => {
  if (!Number.isFinite(thresholdMinutes)) return ['has a threshold that is no number of minutes'];
  if (Math.abs(thresholdMinutes) > YEAR) return [`has a threshold of ${thresholdMinutes} minutes: more than a year`];
  return condition === 'NOT_ASSIGNED' && thresholdMinutes < 0
    ? [`has a threshold of ${thresholdMinutes} minutes, before anything waits: take 0 or more`]
    : [];
};

/** What was typed may be no number at all. */
const numberOr = (minutes: number): string => (Number.isNaN(minutes) ? '?' : String(minutes));

const faultsOfRepeat = ({ repeatEveryMinutes: every, maxRepeats: most }: AlertRule): readonly string[] => [
  ...(every === undefined || (every >= 1 && every <= YEAR)
    ? []
    : [`repeats every ${numberOr(every)} minutes: take at least 1, at most a year`]),
  ...(most === undefined || every !== undefined
    ? []
    : ['says how often it repeats, but not after how many minutes: name repeatEveryMinutes']),
  ...(most === undefined || (Number.isInteger(most) && most >= 1 && most <= MOST_REPEATS)
    ? []
    : [`repeats ${numberOr(most)} times: take a whole number from 1 to ${MOST_REPEATS}`]),
];

const twiceIn = (rules: readonly AlertRule[]): readonly string[] => {
  const names = rules.map(nameOfCell);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `${name} stands there twice: remove one`);
};

const SUBJECTS = ['ticket', 'envelope', 'approval'] as const satisfies readonly AlertSubject[];
const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const satisfies readonly Priority[];
const TYPES = ['incident', 'service_request', 'problem', 'change'] as const satisfies readonly TicketType[];
/** Stands for all teams that no rule names. */
const ANY_OTHER = teamId('');

/**
 * Wherever the rules hold: a level that is not after the one below it would leave that one out. Compared where both count by
 * the same calendar.
 */
const faultsOfOrder = (rules: readonly AlertRule[], { defaults }: MatrixKnown): readonly string[] => {
  const found = cellsOf(rules).flatMap((cell) => {
    const inForce = LEVELS.flatMap((level) => ruleOf({ rules, defaults }, cell, level) ?? []);
    return inForce.slice(1).flatMap((higher, index) => orderOf(inForce[index] ?? higher, higher, rules));
  });
  return [...new Set(found)];
};

const orderOf = (lower: AlertRule, higher: AlertRule, rules: readonly AlertRule[]): readonly string[] => {
  if (lower.calendar !== higher.calendar || !(higher.thresholdMinutes <= lower.thresholdMinutes)) return [];
  const named = (rule: AlertRule): string => `${rules.includes(rule) ? '' : 'the default of '}${nameOfCell(rule)}`;
  return [
    `${named(higher)} is due at ${higher.thresholdMinutes} minutes, which is not after the ${lower.thresholdMinutes} of ${named(lower)}`,
  ];
};

const conditionsOf = (subject: AlertSubject): readonly Condition[] =>
  subject === 'approval' ? ['NOT_ASSIGNED'] : CONDITIONS;

const cellsOf = (rules: readonly AlertRule[]): readonly AlertCell[] => {
  const teams = [...new Set(rules.flatMap(({ team }) => (team === '*' ? [] : [team]))), ANY_OTHER];
  return SUBJECTS.flatMap((subject) =>
    conditionsOf(subject).flatMap((condition) =>
      teams.flatMap((team) =>
        PRIORITIES.flatMap((priority) => TYPES.map((type) => ({ subject, condition, team, priority, type }))),
      ),
    ),
  );
};

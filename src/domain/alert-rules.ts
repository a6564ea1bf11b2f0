import type { Priority, TeamId, TicketType } from './values.ts';

/** Sitting in the queue · going stale · approaching or past due. */
export type Condition = 'NOT_ASSIGNED' | 'NOT_UPDATED' | 'NOT_COMPLETED';
/** 1 tells the tech, 2 the supervisor too, 3 the manager too. */
export type AlertLevel = 1 | 2 | 3;
/** What an alert is about. An approval waits like a ticket in a queue. */
export type AlertSubject = 'ticket' | 'envelope' | 'approval';
export type AlertDelivery = 'card' | 'digest' | 'off';

export const CONDITIONS = ['NOT_ASSIGNED', 'NOT_UPDATED', 'NOT_COMPLETED'] as const satisfies readonly Condition[];
export const LEVELS = [1, 2, 3] as const satisfies readonly AlertLevel[];

/**
 * One cell of the matrix, for all it matches. Minutes are working minutes; before a due moment they are negative. `calendar`
 * names another than the team's. A rule for every subject is for tickets and envelopes: an approval is named. `delivery` is for whoever joins at this level: those told before keep their card.
 */
export interface AlertRule {
  readonly subject: AlertSubject | '*';
  readonly team: TeamId | '*';
  readonly priority: Priority | '*';
  readonly type: TicketType | '*';
  readonly condition: Condition;
  readonly level: AlertLevel;
  readonly thresholdMinutes: number;
  readonly repeatEveryMinutes?: number;
  readonly maxRepeats?: number;
  readonly calendar?: string;
  readonly delivery: AlertDelivery;
}

/** The rules in force: the desk's own, and below them the defaults unless it wants none. */
export interface Matrix {
  readonly rules: readonly AlertRule[];
  readonly defaults: boolean;
}

export const DEFAULT_MATRIX: Matrix = { rules: [], defaults: true };

/** Where somebody stands in the matrix. */
export interface AlertCell {
  readonly subject: AlertSubject;
  readonly team: TeamId;
  readonly priority: Priority;
  readonly type: TicketType;
  readonly condition: Condition;
}

/** A repeat that names no end is not for ever. */
export const MOST_REPEATS = 50;

type Thresholds = readonly [number, number, number];

/** Working minutes of levels 1, 2 and 3; those of NOT_COMPLETED count from the due moment. */
const DEFAULTS: Readonly<Record<Priority, Readonly<Record<Condition, Thresholds>>>> = {
  P1: { NOT_ASSIGNED: [5, 10, 15], NOT_UPDATED: [30, 60, 120], NOT_COMPLETED: [-30, 0, 30] },
  P2: { NOT_ASSIGNED: [30, 60, 120], NOT_UPDATED: [120, 240, 480], NOT_COMPLETED: [-60, 0, 60] },
  P3: { NOT_ASSIGNED: [120, 240, 480], NOT_UPDATED: [480, 960, 1_440], NOT_COMPLETED: [-240, 0, 240] },
  P4: { NOT_ASSIGNED: [240, 480, 960], NOT_UPDATED: [960, 1_440, 2_400], NOT_COMPLETED: [-480, 0, 480] },
};

const APPROVAL: Thresholds = [60, 240, 480];

/** What is not urgent reaches a manager in the daily digest: a ping there wakes somebody for nothing. */
const deliveryOf = (priority: Priority, level: AlertLevel): AlertDelivery =>
  level === 3 && (priority === 'P3' || priority === 'P4') ? 'digest' : 'card';

/** The rule of a cell where the desk has none of its own. An approval only waits to be decided. */
export const defaultRule = (cell: AlertCell, level: AlertLevel): AlertRule | undefined => {
  const { subject, priority, condition } = cell;
  if (subject === 'approval' && condition !== 'NOT_ASSIGNED') return undefined;
  const thresholds = subject === 'approval' ? APPROVAL : DEFAULTS[priority][condition];
  return {
    subject,
    team: '*',
    priority,
    type: '*',
    condition,
    level,
    thresholdMinutes: thresholds[level - 1] ?? 0,
    delivery: deliveryOf(priority, level),
  };
};

const matches = (rule: AlertRule, cell: AlertCell, level: AlertLevel): boolean =>
  rule.condition === cell.condition &&
  rule.level === level &&
  (rule.subject === '*' ? cell.subject !== 'approval' : rule.subject === cell.subject) &&
  (rule.team === '*' || rule.team === cell.team) &&
  (rule.priority === '*' || rule.priority === cell.priority) &&
  (rule.type === '*' || rule.type === cell.type);

/** A team's own rule says more than one for a type, that more than one for a priority, that more than one for a subject. */
const specificity = ({ team, type, priority, subject }: AlertRule): number =>
  Number(team !== '*') * 8 + Number(type !== '*') * 4 + Number(priority !== '*') * 2 + Number(subject !== '*');

/**
 * The most specific rule of a level; of two alike the later one. Undefined: the level is disabled. Where the desk has any rule
 * that matches, it stands before the defaults.
 */
export const ruleOf = ({ rules, defaults }: Matrix, cell: AlertCell, level: AlertLevel): AlertRule | undefined => {
  const found = rules
    .filter((rule) => matches(rule, cell, level))
    .reduce<AlertRule | undefined>(
      (best, rule) => (best && specificity(best) > specificity(rule) ? best : rule),
      undefined,
    );
  const rule = found ?? (defaults ? defaultRule(cell, level) : undefined);
  return rule?.delivery === 'off' ? undefined : rule;
};

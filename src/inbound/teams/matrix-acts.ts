import type { CellFacts } from '../../application/matrix-facts.ts';
import type { EditWish } from '../../application/matrix-service.ts';
import { actorOf } from '../../application/ports/directory.ts';
import { type Instant, momentIn, teamId } from '../../domain/values.ts';
import { matrixCard } from '../../views/matrix-card.ts';
import { matrixFaultsCard } from '../../views/matrix-faults.ts';
import { matrixForm } from '../../views/matrix-form.ts';
import { matrixHistoryCard } from '../../views/matrix-history.ts';
import type { MatrixScope } from '../../views/matrix-rule.ts';
import { textOf } from './activity.ts';
import { readerOf, teamNamesIn, wordsOf } from './cards.ts';
import { type Answer, type DeskAct, type DeskActParts, said, type Tapped } from './desk-act.ts';

type Data = Tapped['action']['data'];

const one = <Value extends string>(all: readonly Value[], text: string, otherwise: Value): Value =>
  all.find((each) => each === text) ?? otherwise;

type RuleCell = EditWish['cell'];

const CONDITIONS: readonly RuleCell['condition'][] = ['NOT_ASSIGNED', 'NOT_UPDATED', 'NOT_COMPLETED'];
const LEVELS: readonly RuleCell['level'][] = [1, 2, 3];
const SUBJECTS: readonly MatrixScope['subject'][] = ['ticket', 'envelope', 'approval'];
const PRIORITIES: readonly RuleCell['priority'][] = ['*', 'P1', 'P2', 'P3', 'P4'];
const TYPES: readonly RuleCell['type'][] = ['*', 'incident', 'service_request', 'problem', 'change'];

/** What a form or a button names; what it does not name is everything. */
const scopeIn = ({ directory }: DeskActParts, data: Data): MatrixScope => ({
  subject: one(SUBJECTS, textOf(data, 'subject'), 'ticket'),
  team: directory.team(teamId(textOf(data, 'team')))?.id ?? '*',
  priority: one(PRIORITIES, textOf(data, 'priority'), '*'),
  type: one(TYPES, textOf(data, 'ticketType'), '*'),
});

const cellIn = (parts: DeskActParts, data: Data): RuleCell => ({
  ...scopeIn(parts, data),
  condition: one(CONDITIONS, textOf(data, 'condition'), 'NOT_ASSIGNED'),
  level: LEVELS.find((level) => level === Number(data['level'])) ?? 1,
});

/** The rules in force, for all or for what is chosen. */
export const matrixShown: DeskAct = async (parts, { person, action }) => {
  await parts.matrix.refresh();
  const scope = scopeIn(parts, action.data);
  return {
    card: matrixCard({
      facts: { ...parts.matrix.facts(scope), scope },
      teams: parts.directory.teams().map(({ id, name }) => ({ id, name })),
      teamNameOf: teamNamesIn(parts),
      reader: readerOf(parts, person),
    }),
  };
};

const FIELDS = ['thresholdMinutes', 'delivery', 'repeatEveryMinutes', 'maxRepeats', 'effectiveFrom'] as const;

const cellShown = (parts: DeskActParts, data: Data): CellFacts => {
  const { condition, level } = cellIn(parts, data);
  const { cells } = parts.matrix.facts(scopeIn(parts, data));
  const known = cells.find((each) => each.condition === condition && each.level === level);
  return known ?? { condition, level, source: 'default', planned: [] };
};

/** One cell's form; after a refusal with what was typed and what is wrong. */
const formShown = (parts: DeskActParts, { person, action }: Tapped, faults?: readonly string[]): Answer => {
  const scope = scopeIn(parts, action.data);
  const typed = Object.fromEntries(FIELDS.map((field) => [field, textOf(action.data, field)]));
  return {
    card: matrixForm({
      scope,
      cell: cellShown(parts, action.data),
      teamNameOf: teamNamesIn(parts),
      reader: readerOf(parts, person),
      ...(faults ? { faults, typed } : {}),
    }),
  };
};

const minutesIn = (data: Data, field: string): number | undefined => {
  const text = textOf(data, field).trim();
  return text === '' ? undefined : Number(text.replace('−', '-'));
};

type Rule = Exclude<EditWish['change'], 'reset'>;

/** The form has no field for the calendar: that of the rule which stood there stays. */
const ruleIn = (data: Data, { calendar }: Partial<Rule> = {}): Rule => {
  const [every, most] = [minutesIn(data, 'repeatEveryMinutes'), minutesIn(data, 'maxRepeats')];
  return {
    thresholdMinutes: minutesIn(data, 'thresholdMinutes') ?? Number.NaN,
    delivery: one(['card', 'digest', 'off'] as const, textOf(data, 'delivery'), 'card'),
    ...(calendar === undefined ? {} : { calendar }),
    ...(every === undefined ? {} : { repeatEveryMinutes: every }),
    ...(most === undefined ? {} : { maxRepeats: most }),
  };
};

const change =
  (changeIn: (data: Data, stood: Rule | undefined) => EditWish['change']): DeskAct =>
  async (parts, tapped) => {
    const { person, action } = tapped;
    const typed = textOf(action.data, 'effectiveFrom').trim();
    const from: Instant | undefined = typed === '' ? undefined : momentIn(typed, parts.zone);
    if (typed !== '' && from === undefined) return formShown(parts, tapped, [wordsOf(person).matrix.noMoment(typed)]);
    const outcome = await parts.matrix.edit({
      by: actorOf(person),
      cell: cellIn(parts, action.data),
      change: changeIn(action.data, cellShown(parts, action.data).rule),
      ...(from === undefined ? {} : { from }),
    });
    if ('refused' in outcome) return said(outcome, person);
    return 'faults' in outcome ? formShown(parts, tapped, outcome.faults) : matrixShown(parts, tapped);
  };

const SHOWN = 20;

const history: DeskAct = async (parts, { person, action }) => {
  await parts.matrix.refresh();
  return {
    card: matrixHistoryCard({
      changes: parts.matrix.history(SHOWN),
      scope: scopeIn(parts, action.data),
      teamNameOf: teamNamesIn(parts),
      reader: readerOf(parts, person),
    }),
  };
};

/** The configuration, read anew: with all that is wrong with it, or in force from the next minute on. */
export const matrixReloaded: DeskAct = async (parts, tapped) => {
  const outcome = await parts.matrix.reload(parts.readRules(), actorOf(tapped.person));
  if ('refused' in outcome) return said(outcome, tapped.person);
  return 'faults' in outcome
    ? { card: matrixFaultsCard({ faults: outcome.faults, reader: readerOf(parts, tapped.person) }) }
    : matrixShown(parts, tapped);
};

export const MATRIX_ACTS: Readonly<Record<string, DeskAct>> = {
  matrix: matrixShown,
  'matrix-edit': (parts, tapped) => Promise.resolve(formShown(parts, tapped)),
  'matrix-save': change(ruleIn),
  'matrix-reset': change(() => 'reset'),
  'matrix-history': history,
};

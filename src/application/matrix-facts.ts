import {
  type AlertCell,
  type AlertLevel,
  type AlertRule,
  type Condition,
  CONDITIONS,
  LEVELS,
  type Matrix,
  ruleOf,
} from '../domain/alert-rules.ts';
import { isSameCell, type RuleCell } from '../domain/matrix-check.ts';
import { editOf, type MatrixEdit, matrixAt } from '../domain/matrix-edits.ts';
import type { Instant, PersonRef } from '../domain/values.ts';
import type { MatrixVersion } from './ports/matrix-book.ts';

/** Whom rules are for; `*` is everybody, and so only rules for everybody are shown. */
export type RuleScope = Pick<AlertRule, 'subject' | 'team' | 'priority' | 'type'>;

/** A level of a condition as it stands at a moment. A rule may be for more than was asked for, and it may be switched off. */
export interface CellFacts {
  readonly condition: Condition;
  readonly level: AlertLevel;
  /** None: the level is disabled, or its default is another one for each priority. */
  readonly rule?: AlertRule;
  readonly source: 'default' | 'configured' | 'edited';
  /** Of an edited one. */
  readonly by?: PersonRef;
  readonly at?: Instant;
  /** What will hold here later, soonest first. */
  readonly planned: readonly MatrixEdit[];
}

export interface MatrixFacts {
  readonly scope: RuleScope;
  readonly cells: readonly CellFacts[];
  readonly version: number;
  readonly from: Instant;
}

/** A version, and what its edit took the place of. */
export interface MatrixChange extends Pick<MatrixVersion, 'version' | 'from' | 'at' | 'by' | 'edit' | 'dropped'> {
  readonly before?: AlertRule;
}

interface Known {
  /** The version that holds. */
  readonly held: MatrixVersion;
  /** All there are, oldest first: what begins later stands in the newest. */
  readonly versions: readonly MatrixVersion[];
  readonly at: Instant;
}

/** All nine, in the order of conditions and levels. */
export const matrixFacts = (known: Known, scope: RuleScope): MatrixFacts => ({
  scope,
  version: known.held.version,
  from: known.held.from,
  cells: CONDITIONS.flatMap((condition) => LEVELS.map((level) => cellFacts(known, { ...scope, condition, level }))),
});

const cellFacts = (known: Known, cell: RuleCell): CellFacts => {
  const { held: version, at } = known;
  const matrix = matrixAt(version, at);
  const rule = standing(matrix, cell);
  const edit = rule && editOf(version.edits, rule, at);
  const edited = edit?.rule === undefined ? undefined : edit;
  return {
    condition: cell.condition,
    level: cell.level,
    ...(rule ? { rule } : {}),
    source: edited ? 'edited' : rule && matrix.rules.includes(rule) ? 'configured' : 'default',
    ...(edited ? { by: edited.by, at: edited.at } : {}),
    planned: plannedOf(known, cell),
  };
};

/** Of what goes back to the configuration only its own version tells. */
const plannedOf = ({ versions, at }: Known, cell: RuleCell): readonly MatrixEdit[] =>
  [
    ...(versions.at(-1)?.edits ?? []),
    ...versions.flatMap(({ from, edit }) => (edit && from > at && !edit.rule ? [edit] : [])),
  ]
    .filter((edit, index, all) => edit.from > at && isSameCell(edit.cell, cell) && all.indexOf(edit) === index)
    .sort((a, b) => (a.from < b.from ? -1 : 1));

/** A rule that switches a level off is one, too. `*` meets only rules for everybody, and no default knows all priorities. */
const standing = ({ rules, defaults }: Matrix, cell: RuleCell): AlertRule | undefined => {
  const shown = rules.map((rule): AlertRule => ({ ...rule, delivery: 'card' }));
  const found = ruleOf(
    { rules: shown, defaults: defaults && cell.priority !== '*' },
    cell as RuleCell & AlertCell,
    cell.level,
  );
  return found && (rules.find((rule) => isSameCell(rule, found)) ?? found);
};

/** Newest first. `versions`: oldest first. */
export const changesOf = (versions: readonly MatrixVersion[], limit: number): readonly MatrixChange[] =>
  versions
    .map(({ version, from, at, by, edit, dropped }, index): MatrixChange => {
      const last = versions[index - 1];
      const before = edit && last && standing(matrixAt(last, edit.from), edit.cell);
      return {
        ...{ version, from, at },
        ...(by ? { by } : {}),
        ...(edit ? { edit } : {}),
        ...(before ? { before } : {}),
        ...(dropped ? { dropped } : {}),
      };
    })
    .reverse()
    .slice(0, limit);

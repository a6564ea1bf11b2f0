import { type AlertRule, type Matrix } from './alert-rules.ts';
import { faultsOfMatrix, isSameCell, type MatrixKnown, type RuleCell } from './matrix-check.ts';
import { type Instant, later, type PersonRef } from './values.ts';

/** A rule changed on a card; without `rule` the cell is again what the configuration says. */
export interface MatrixEdit {
  readonly cell: RuleCell;
  readonly rule?: AlertRule;
  readonly by: PersonRef;
  readonly at: Instant;
  /** When it begins to hold. */
  readonly from: Instant;
}

/** What stands in the configuration, and what was changed on cards since. */
export interface EditedMatrix {
  readonly base: Matrix;
  /** In the order in which they were made. */
  readonly edits: readonly MatrixEdit[];
}

/** An edit that could not stand, and why. */
export interface DroppedEdit {
  readonly edit: MatrixEdit;
  readonly faults: readonly string[];
}

/** What rules of a desk may name. */
type Known = Omit<MatrixKnown, 'defaults'>;

/** The edit that holds for a cell at a moment: of several the one that began last, of those the one made last. */
export const editOf = (edits: readonly MatrixEdit[], cell: RuleCell, at: Instant): MatrixEdit | undefined =>
  edits
    .filter((edit) => edit.from <= at && isSameCell(edit.cell, cell))
    .reduce<MatrixEdit | undefined>((last, edit) => (last && last.from > edit.from ? last : edit), undefined);

/** The rules at a moment: an edited rule stands in the place of the configuration's for the same cell. */
export const matrixAt = ({ base, edits }: EditedMatrix, at: Instant): Matrix => {
  const rules = edits.flatMap((edit) => (editOf(edits, edit.cell, at) === edit && edit.rule ? [edit.rule] : []));
  if (rules.length === 0) return base;
  const untouched = base.rules.filter((rule) => rules.every((edited) => !isSameCell(rule, edited)));
  return { ...base, rules: [...untouched, ...rules] };
};

/** With one more. What goes back to the configuration takes along what was planned for the cell. */
export const withEdit = (edits: readonly MatrixEdit[], edit: MatrixEdit): readonly MatrixEdit[] => [
  ...(edit.rule ? edits : edits.filter(({ cell, from }) => !isSameCell(cell, edit.cell) || from < edit.from)),
  edit,
];

/** What still counts from `from` on: neither what has been replaced by then, nor what went back to the configuration. */
export const countingFrom = (edits: readonly MatrixEdit[], from: Instant): readonly MatrixEdit[] =>
  edits.filter((edit) => edit.from > from || (editOf(edits, edit.cell, from) === edit && edit.rule !== undefined));

/** What would be wrong from `from` on, now or when something planned begins, that is not wrong already. */
export const newFaults = (
  { before, after, from }: { readonly before: EditedMatrix; readonly after: EditedMatrix; readonly from: Instant },
  known: Known,
): readonly string[] => {
  const moments = [from, ...after.edits.map((edit) => later(edit.from, from))];
  const found = [...new Set(moments)].flatMap((at) => {
    const old = new Set(faultsAt(before, at, known));
    return faultsAt(after, at, known).filter((fault) => !old.has(fault));
  });
  return [...new Set(found)];
};

const faultsAt = (edited: EditedMatrix, at: Instant, known: Known): readonly string[] => {
  const { rules, defaults } = matrixAt(edited, at);
  return faultsOfMatrix(rules, { ...known, defaults });
};

/** Over another configuration: edits that cannot stand there are left out, with what is wrong with them. */
export const rebased = (
  base: Matrix,
  { edits, from }: { readonly edits: readonly MatrixEdit[]; readonly from: Instant },
  known: Known,
): { readonly kept: readonly MatrixEdit[]; readonly dropped: readonly DroppedEdit[] } => {
  const kept: MatrixEdit[] = [];
  const dropped: DroppedEdit[] = [];
  for (const edit of edits) {
    const before = { base, edits: [...kept] };
    const faults = newFaults({ before, after: { base, edits: [...kept, edit] }, from }, known);
    if (faults.length === 0) kept.push(edit);
    else dropped.push({ edit, faults });
  }
  return { kept, dropped };
};

import type { AlertDelivery, AlertRule } from '../domain/alert-rules.ts';
import { isSameCell } from '../domain/matrix-check.ts';
import { oneLine, type TeamId } from '../domain/values.ts';
import { button, choiceField, type Element, runs, section, textField } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import type { MatrixCell } from './matrix-card.ts';
import { faultLines } from './matrix-faults.ts';
import { cellText, countsText, type MatrixScope, ruleText, scopeData, scopeText } from './matrix-rule.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

/** The fields as they are typed: minutes as whole numbers, a moment as `2026-01-31 09:00` on the desk's clocks. */
interface Typed {
  readonly thresholdMinutes?: string;
  readonly delivery?: string;
  readonly repeatEveryMinutes?: string;
  readonly maxRepeats?: string;
  readonly effectiveFrom?: string;
}

export interface MatrixForm {
  readonly scope: MatrixScope;
  readonly cell: MatrixCell;
  readonly teamNameOf: (id: TeamId) => string;
  readonly reader: Reader;
  /** Why the last try was refused, and what it said. */
  readonly faults?: readonly string[];
  readonly typed?: Typed;
}

const DELIVERIES: readonly AlertDelivery[] = ['card', 'digest', 'off'];
const DIGITS = 7;
const MOMENT = 20;
/** What was typed is shown again, as far as it is of any use. */
const TYPED = 40;

/** One cell, to be changed for all of the scope and for nobody else. */
export const matrixForm = ({ scope, cell, teamNameOf, reader, faults = [], typed = {} }: MatrixForm): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const { matrix } = words;
  const { condition, level, rule } = cell;
  const data = { ...scopeData(scope), condition, level };
  return plainCard({
    title: cellText(condition, level, words),
    note: countsText(condition, scope, words),
    items: [
      aboutLine(scopeText(scope, { words, teamNameOf })),
      runs({ text: ruleText(rule, words), isSubtle: true }),
      ...(faults.length === 0 ? [] : section(matrix.oldStand, faultLines(faults, words))),
      ...fieldsOf({ ...typedOf(rule), ...kept(typed) }, words),
    ],
    actions: [
      button({ title: matrix.save, verb: 'matrix-save', style: 'positive', data }),
      ...(isEdited(cell, scope) ? [button({ title: matrix.reset, verb: 'matrix-reset', alone: true, data })] : []),
      button({ title: matrix.back, verb: 'matrix', alone: true, data: scopeData(scope) }),
    ],
  });
};

/** Whether there is something to take back here: a rule that was edited for more than this stays as it is. */
const isEdited = ({ source, rule, planned, condition, level }: MatrixCell, scope: MatrixScope): boolean =>
  planned.length > 0 || (source === 'edited' && rule !== undefined && isSameCell(rule, { ...scope, condition, level }));

const kept = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).map(([field, value]: [string, string]) => [field, oneLine(value, TYPED)]));

const digits = (minutes: number | undefined): string => (minutes === undefined ? '' : String(minutes));

const typedOf = (rule: AlertRule | undefined): Typed => ({
  thresholdMinutes: digits(rule?.thresholdMinutes),
  delivery: rule?.delivery ?? 'card',
  repeatEveryMinutes: digits(rule?.repeatEveryMinutes),
  maxRepeats: digits(rule?.maxRepeats),
});

const fieldsOf = (typed: Typed, { matrix }: Words): readonly Element[] => [
  textField({
    id: 'thresholdMinutes',
    label: matrix.minutes,
    value: typed.thresholdMinutes,
    needed: matrix.minutesNeeded,
    most: DIGITS,
  }),
  choiceField({
    id: 'delivery',
    label: matrix.how,
    value: typed.delivery,
    choices: DELIVERIES.map((id) => ({ id, name: matrix.delivery[id] })),
  }),
  textField({ id: 'repeatEveryMinutes', label: matrix.repeatEvery, value: typed.repeatEveryMinutes, most: DIGITS }),
  textField({ id: 'maxRepeats', label: matrix.mostRepeats, value: typed.maxRepeats, most: DIGITS }),
  textField({
    id: 'effectiveFrom',
    label: matrix.from,
    value: typed.effectiveFrom,
    placeholder: matrix.nextMinute,
    most: MOMENT,
  }),
];

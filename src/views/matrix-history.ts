import type { AlertRule } from '../domain/alert-rules.ts';
import type { RuleCell } from '../domain/matrix-check.ts';
import type { DroppedEdit, MatrixEdit } from '../domain/matrix-edits.ts';
import { type Instant, oneLine, type PersonRef, type TeamId } from '../domain/values.ts';
import { button, type Element, row, runs } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { cellText, type MatrixScope, ruleScopeText, type RuleTelling, ruleText, scopeData } from './matrix-rule.ts';
import { plainCard } from './plain-card.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

/** A version of the rules: one edit on a card, or the configuration, read anew. */
interface MatrixChange {
  readonly version: number;
  readonly at: Instant;
  readonly from: Instant;
  readonly by?: PersonRef;
  readonly edit?: MatrixEdit;
  /** The rule whose place the edit took. */
  readonly before?: AlertRule;
  /** Edits that could not stand over the configuration. */
  readonly dropped?: readonly DroppedEdit[];
}

export interface MatrixHistory {
  /** Newest first. */
  readonly changes: readonly MatrixChange[];
  /** Where the way back leads. */
  readonly scope?: MatrixScope;
  readonly teamNameOf: (id: TeamId) => string;
  readonly reader: Reader;
}

interface Detail {
  readonly changes: number;
  /** Of each change. */
  readonly dropped: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { changes: 20, dropped: 5 },
  { changes: 15, dropped: 3 },
  { changes: 10, dropped: 2 },
  { changes: 6, dropped: 1 },
];
const LINE = 300;

/** Who changed what of the alert matrix, when, and from when on it counts. */
export const matrixHistoryCard = ({ changes, scope, teamNameOf, reader }: MatrixHistory): AdaptiveCard => {
  const words = wordsIn(reader.language);
  return fitted(DETAILS, (detail) => {
    const more = changes.length - detail.changes;
    return plainCard({
      title: words.matrix.historyTitle,
      note: changes.length === 0 ? words.matrix.historyEmpty : '',
      items: [
        ...changes.slice(0, detail.changes).map((each) => changeRow(each, { words, teamNameOf, reader, ...detail })),
        ...(more > 0 ? [runs({ text: words.tell.more(more) })] : []),
      ],
      actions: [button({ title: words.matrix.back, verb: 'matrix', data: scope ? scopeData(scope) : {} })],
    });
  });
};

interface Telling extends RuleTelling {
  readonly reader: Reader;
  readonly dropped: number;
}

const changeRow = (change: MatrixChange, telling: Telling): Element => {
  const { words, reader, dropped: most } = telling;
  const { version, at, from, by, edit, dropped = [] } = change;
  const { matrix, tell } = words;
  const who = by === undefined ? matrix.theConfiguration : oneLine(by.name, 60) || words.noSender;
  const more = dropped.length - most;
  const texts = [
    edit ? editText(edit, change.before, telling) : matrix.readAnew,
    ...dropped
      .slice(0, most)
      .map(({ edit: { cell }, faults }) => matrix.dropped(placeText(cell, telling), faults.join(' '))),
    ...(more > 0 ? [tell.more(more)] : []),
  ];
  return row({
    lines: [
      [
        { text: `${version} · ${who}`, weight: 'Bolder' },
        { text: ` · ${when(at, reader)} · ${matrix.inForce(when(edit?.from ?? from, reader))}` },
      ],
      ...texts.map((text) => [{ text: oneLine(text, LINE), size: 'Small' as const }]),
    ],
  });
};

/** "Going stale, level 1 (Network · P1 critical)" */
const placeText = (cell: RuleCell, telling: Telling): string =>
  `${cellText(cell.condition, cell.level, telling.words)} (${ruleScopeText(cell, telling)})`;

/** "…: after 5 min → after 10 min" */
const editText = ({ cell, rule }: MatrixEdit, before: AlertRule | undefined, telling: Telling): string => {
  const { words } = telling;
  const none = cell.priority === '*' ? words.matrix.default : words.matrix.off;
  return `${placeText(cell, telling)}: ${before ? ruleText(before, words) : none} → ${rule ? ruleText(rule, words) : words.matrix.configured}`;
};

import { type AlertLevel, type AlertRule, type Condition, CONDITIONS } from '../domain/alert-rules.ts';
import type { MatrixEdit } from '../domain/matrix-edits.ts';
import { type Instant, oneLine, type PersonRef, type TeamId } from '../domain/values.ts';
import { button, type Choice, type Element, runs, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import {
  cellText,
  countsText,
  deliveryTexts,
  type MatrixScope,
  ruleScopeText,
  type RuleTelling,
  ruleText,
  scopeData,
  scopeText,
  thresholdText,
} from './matrix-rule.ts';
import { matrixScopeForm } from './matrix-scope.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

/** The rule of a level. Without one it is off, or, by default and for all priorities, another for each of them. */
export interface MatrixCell {
  readonly condition: Condition;
  readonly level: AlertLevel;
  readonly rule?: AlertRule;
  readonly source: 'default' | 'configured' | 'edited';
  /** Who edited it, and when. */
  readonly by?: PersonRef;
  readonly at?: Instant;
  /** What will hold here later, soonest first. */
  readonly planned: readonly MatrixEdit[];
}

/** A part of the matrix as of now. */
interface MatrixFacts {
  readonly scope: MatrixScope;
  /** In the order of their levels. */
  readonly cells: readonly MatrixCell[];
  readonly version: number;
  readonly from: Instant;
}

export interface MatrixCard {
  readonly facts: MatrixFacts;
  readonly teams: readonly Choice[];
  readonly teamNameOf: (id: TeamId) => string;
  readonly reader: Reader;
}

interface Detail {
  /** How many can be chosen. */
  readonly teams: number;
  /** Longest name of one. */
  readonly length: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { teams: 60, length: 60 },
  { teams: 40, length: 30 },
  { teams: 15, length: 15 },
];

interface Telling extends RuleTelling {
  readonly card: MatrixCard;
  readonly isAdmin: boolean;
  readonly length: number;
}

/** Three conditions by three levels, each cell with when, how and whose rule it is. An admin changes one by a tap on it. */
export const matrixCard = (card: MatrixCard): AdaptiveCard => {
  const { reader, teams, teamNameOf } = card;
  const { scope, version, from } = card.facts;
  const words = wordsIn(reader.language);
  const { matrix } = words;
  const isAdmin = reader.person?.roles.includes('admin') ?? false;
  return fitted(DETAILS, (detail) => {
    const telling = { words, teamNameOf, card, isAdmin, length: detail.length };
    return plainCard({
      title: matrix.title,
      note: `${matrix.version(version, when(from, reader))} ${isAdmin ? matrix.tapToChange : matrix.onlyAdmins}`,
      items: [
        aboutLine(scopeText(scope, telling)),
        ...conditionsOf(scope).flatMap((condition) => conditionSection(condition, telling)),
      ],
      actions: [
        matrixScopeForm({
          scope,
          teams: chosenFirst(teams, scope).slice(0, detail.teams),
          length: detail.length,
          words,
        }),
        button({ title: matrix.history, verb: 'matrix-history', alone: true, data: scopeData(scope) }),
      ],
    });
  });
};

const chosenFirst = (teams: readonly Choice[], { team }: MatrixScope): readonly Choice[] => [
  ...teams.filter(({ id }) => id === team),
  ...teams.filter(({ id }) => id !== team),
];

/** An approval only waits to be decided. */
const conditionsOf = ({ subject }: MatrixScope): readonly Condition[] =>
  subject === 'approval' ? ['NOT_ASSIGNED'] : CONDITIONS;

const conditionSection = (condition: Condition, telling: Telling): readonly Element[] => {
  const { words, card } = telling;
  const { scope, cells } = card.facts;
  return section(words.matrix.condition[condition], [
    runs({ text: countsText(condition, scope, words), isSubtle: true, size: 'Small' }),
    {
      type: 'ColumnSet',
      columns: cells.filter((cell) => cell.condition === condition).map((cell) => column(cell, telling)),
    },
  ]);
};

const column = (cell: MatrixCell, telling: Telling): Element => {
  const { words, card, isAdmin } = telling;
  const { condition, level, rule } = cell;
  const data = { ...scopeData(card.facts.scope), condition, level };
  const title = words.matrix.change(cellText(condition, level, words));
  const details = [...(rule ? deliveryTexts(rule, words) : []), ...plannedTexts(cell, telling)];
  return {
    type: 'Column',
    width: 'stretch',
    ...(isAdmin ? { selectAction: button({ title, verb: 'matrix-edit', alone: true, data }) } : {}),
    items: [
      runs({ text: words.matrix.level[level], isSubtle: true, size: 'Small' }),
      runs({ text: whenText(cell, telling), weight: 'Bolder', ...(isAdmin ? { color: 'Accent' } : {}) }),
      ...details.map((text) => runs({ text, size: 'Small' })),
      runs({ text: sourceText(cell, telling), isSubtle: true, size: 'Small' }),
    ],
  };
};

const whenText = ({ rule, source }: MatrixCell, { words, card }: Telling): string => {
  if (rule && rule.delivery !== 'off') return thresholdText(rule, words);
  const isPerPriority = !rule && source === 'default' && card.facts.scope.priority === '*';
  return isPerPriority ? words.matrix.perPriority : words.matrix.off;
};

const plannedTexts = ({ planned: [next, ...more] }: MatrixCell, { words, card }: Telling): readonly string[] => {
  if (!next) return [];
  const rule = next.rule ? ruleText(next.rule, words) : words.matrix.configured;
  return [
    words.matrix.planned(when(next.from, card.reader), rule),
    ...(more.length > 0 ? [words.tell.more(more.length)] : []),
  ];
};

/** Whose rule it is; where it is one of the desk's own, what it is for: it may say more than this part of the matrix. */
const sourceText = (cell: MatrixCell, telling: Telling): string => {
  const { words, card, length } = telling;
  const { source, rule, by, at } = cell;
  const name = oneLine(by?.name ?? '', length) || words.noSender;
  const whose =
    source === 'edited'
      ? words.matrix.edited(name, at === undefined ? '' : when(at, card.reader))
      : words.matrix[source];
  return source === 'default' || !rule ? whose : `${whose}: ${oneLine(ruleScopeText(rule, telling), length * 2)}`;
};

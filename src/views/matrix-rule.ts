import type { AlertLevel, AlertRule, Condition } from '../domain/alert-rules.ts';
import { oneLine, type TeamId } from '../domain/values.ts';
import type { Words } from './words/words.ts';

/** For what a part of the matrix is shown and changed; `*`: for all of them. */
export type MatrixScope = Pick<AlertRule, 'subject' | 'team' | 'priority' | 'type'>;

export interface RuleTelling {
  readonly words: Words;
  readonly teamNameOf: (id: TeamId) => string;
}

const NAME = 60;

/** A button's data: the scope as the inputs of the form for it name it. */
export const scopeData = ({ subject, team, priority, type }: MatrixScope): Readonly<Record<string, string>> => ({
  subject,
  team,
  priority,
  ticketType: type,
});

const partsOf = ({ subject, team, priority, type }: MatrixScope, { words, teamNameOf }: RuleTelling) => ({
  subject: subject === '*' ? '' : words.matrix.subject[subject],
  team: team === '*' ? '' : oneLine(teamNameOf(team), NAME) || '?',
  priority: priority === '*' ? '' : words.priority[priority],
  type: type === '*' ? '' : words.type[type],
});

/** "Tickets · Network · P1 critical · all types" */
export const scopeText = (scope: MatrixScope, telling: RuleTelling): string => {
  const { matrix } = telling.words;
  const { subject, team, priority, type } = partsOf(scope, telling);
  return [
    subject || matrix.allSubjects,
    team || matrix.allTeams,
    priority || matrix.allPriorities,
    type || matrix.allTypes,
  ].join(' · ');
};

/** What a rule is for: "Network · P1 critical", or everywhere. */
export const ruleScopeText = (rule: MatrixScope, telling: RuleTelling): string =>
  Object.values(partsOf(rule, telling))
    .filter((part) => part !== '')
    .join(' · ') || telling.words.matrix.everywhere;

/** "Going stale, level 2" */
export const cellText = (condition: Condition, level: AlertLevel, { matrix }: Words): string =>
  matrix.atLevel(matrix.condition[condition], level);

/** Minutes as "2 h 30 min", alike in every language; without a sign. */
const spanText = (minutes: number): string => {
  const whole = Math.abs(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ');
};

/** When a level is reached: "after 2 h", "30 min before it is due". */
export const thresholdText = ({ condition, thresholdMinutes }: AlertRule, { matrix }: Words): string => {
  const span = spanText(thresholdMinutes);
  if (condition === 'NOT_COMPLETED') {
    if (thresholdMinutes === 0) return matrix.whenDue;
    return thresholdMinutes < 0 ? matrix.beforeDue(span) : matrix.afterDue(span);
  }
  if (thresholdMinutes === 0) return matrix.atOnce;
  return thresholdMinutes < 0 ? matrix.beforeAnswer(span) : matrix.after(span);
};

const repeatText = ({ repeatEveryMinutes, maxRepeats }: AlertRule, { matrix }: Words): string =>
  repeatEveryMinutes === undefined
    ? ''
    : matrix.repeated(spanText(repeatEveryMinutes), maxRepeats === undefined ? '' : String(maxRepeats));

/** How it is told, how often again, in which calendar: what stands beside the threshold. */
export const deliveryTexts = (rule: AlertRule, words: Words): readonly string[] =>
  rule.delivery === 'off'
    ? []
    : [
        words.matrix.delivery[rule.delivery],
        repeatText(rule, words),
        rule.calendar === undefined ? '' : words.matrix.calendar(oneLine(rule.calendar, NAME)),
      ].filter((text) => text !== '');

/** A rule in one line; a level without one is off. */
export const ruleText = (rule: AlertRule | undefined, words: Words): string =>
  rule === undefined || rule.delivery === 'off'
    ? words.matrix.off
    : [thresholdText(rule, words), ...deliveryTexts(rule, words)].join(', ');

/** From when the time of a condition counts. */
export const countsText = (condition: Condition, { subject }: MatrixScope, { matrix }: Words): string =>
  matrix.counts[subject === '*' ? 'ticket' : subject][condition];

import type { AlertSubject } from '../domain/alert-rules.ts';
import { oneLine, type Priority, type TicketType } from '../domain/values.ts';
import { button, type Choice, choiceField, type Element, form } from './elements.ts';
import type { MatrixScope } from './matrix-rule.ts';
import type { Words } from './words/words.ts';

interface ScopeForm {
  readonly scope: MatrixScope;
  readonly teams: readonly Choice[];
  /** Longest name of a team. */
  readonly length: number;
  readonly words: Words;
}

const SUBJECTS: readonly AlertSubject[] = ['ticket', 'envelope', 'approval'];
const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];
const TYPES: readonly TicketType[] = ['incident', 'service_request', 'problem', 'change'];

const all = (name: string): Choice => ({ id: '*', name });

/** Choosing which part of the matrix is shown. */
export const matrixScopeForm = ({ scope, teams, length, words }: ScopeForm): Element => {
  const { matrix } = words;
  return form(
    matrix.choose,
    [
      choiceField({
        id: 'subject',
        label: matrix.about,
        value: scope.subject,
        choices: SUBJECTS.map((id) => ({ id, name: matrix.subject[id] })),
      }),
      choiceField({
        id: 'team',
        label: matrix.team,
        value: scope.team,
        choices: [all(matrix.allTeams), ...teams.map(({ id, name }) => ({ id, name: oneLine(name, length) }))],
      }),
      choiceField({
        id: 'priority',
        label: matrix.priority,
        value: scope.priority,
        choices: [all(matrix.allPriorities), ...PRIORITIES.map((id) => ({ id, name: words.priority[id] }))],
      }),
      choiceField({
        id: 'ticketType',
        label: matrix.type,
        value: scope.type,
        choices: [all(matrix.allTypes), ...TYPES.map((id) => ({ id, name: words.type[id] }))],
      }),
    ],
    [button({ title: matrix.show, verb: 'matrix', data: {} })],
  );
};

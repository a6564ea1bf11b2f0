import type { DeskEntries } from '../../src/desk-file.ts';
import { wordsIn } from '../../src/views/words/language.ts';
import { PEOPLE } from '../support/open-desk.ts';
import type { Hands, Shown } from './hands.ts';

/** The matrix as people see and change it on its card. */

const { matrix, priority } = wordsIn('en');

/** Sam and Mara may change the rules, and everybody reads what the file says. */
export const withAdmins = (file: DeskEntries): DeskEntries => ({
  ...file,
  people: file.people.map((each) => {
    const isAdmin = each.id === PEOPLE.sam || each.id === PEOPLE.mara;
    return { ...each, language: 'en', roles: isAdmin ? [...each.roles, 'admin'] : each.roles };
  }),
});

type Condition = keyof typeof matrix.condition;
type Level = 1 | 2 | 3;

export const NO_CARD: Shown = { text: '' };

/** The matrix for one priority, asked for in the chat. */
export const matrixOf = async (person: Hands, of: keyof typeof priority = 'P2'): Promise<Shown> =>
  person.presses((await person.says('matrix')).at(-1) ?? NO_CARD, matrix.show, { priority: priority[of] });

const CELLS = Object.values(matrix.level);

/** What stands in a cell of such a card, a line each: when, how, what is planned, whose rule it is. */
export const cellOf = ({ text }: Shown, condition: Condition, level: Level): readonly string[] => {
  const lines = text.split('\n');
  const from = lines.indexOf(matrix.level[level], lines.indexOf(matrix.condition[condition])) + 1;
  const isEnd = (line: string): boolean =>
    CELLS.includes(line) || line.startsWith(matrix.change('')) || line === matrix.choose || line === '';
  const to = lines.findIndex(
    (line, at) => at >= from && (isEnd(line) || Object.values(matrix.condition).includes(line)),
  );
  return lines.slice(from, to < 0 ? undefined : to);
};

/** A cell's form, opened by a tap on it. */
export const cellForm = (
  person: Hands,
  shown: Shown,
  [condition, level]: readonly [Condition, Level],
): Promise<Shown> => person.presses(shown, matrix.change(matrix.atLevel(matrix.condition[condition], level)));

type Typed = Readonly<Record<string, string>>;

/** Opens the cell of a P2, fills its form in and saves it; what comes back. */
export const edits = async (person: Hands, cell: readonly [Condition, Level], typed: Typed): Promise<Shown> =>
  person.presses(await cellForm(person, await matrixOf(person), cell), matrix.save, typed);

/** The last changes, a block of lines for each, newest first. */
export const changesSeenBy = async (person: Hands): Promise<readonly string[]> => {
  const { text } = await person.presses(await matrixOf(person), matrix.history);
  return text
    .split(/\n(?=\d+ · )/u)
    .slice(1)
    .map((block) => block.split(`\n${matrix.back}`)[0] ?? '');
};

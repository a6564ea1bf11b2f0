import { oneLine } from '../domain/values.ts';
import { plain } from './text.ts';

/** The parts of a card that repeat. A template holds what is one of a kind; nothing here is ever read as an expression. */
export interface Element {
  readonly type: string;
  readonly [property: string]: unknown;
}

type Data = Readonly<Record<string, string | number>>;

interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: Data;
  readonly style?: 'positive' | 'destructive';
  /** Sends none of the inputs around it. */
  readonly alone?: true;
}

const LONGEST_TITLE = 100;
const NO_INPUTS = { associatedInputs: 'none' } as const;

/** A title is read as markdown, and may hold the name of a team. */
const titled = (title: string): string => plain(oneLine(title, LONGEST_TITLE));

/** Sends its verb, its data and the inputs of its form. Where `Action.Execute` is unknown, the same goes as a message. */
export const button = ({ title, verb, data, style, alone }: Button): Element => ({
  type: 'Action.Execute',
  title: titled(title),
  verb,
  ...(style ? { style } : {}),
  ...(alone ? NO_INPUTS : {}),
  data,
  fallback: { type: 'Action.Submit', title: titled(title), ...(alone ? NO_INPUTS : {}), data: { verb, ...data } },
});

/** A button that opens a form; the form's buttons send its inputs and no other form's. */
export const form = (title: string, fields: readonly Element[], actions: readonly Element[]): Element => ({
  type: 'Action.ShowCard',
  title: titled(title),
  card: { type: 'AdaptiveCard', version: '1.5', body: fields, actions },
});

export const actionSet = (actions: readonly Element[]): readonly Element[] =>
  actions.length === 0 ? [] : [{ type: 'ActionSet', actions }];

interface Field {
  readonly id: string;
  readonly label: string;
  readonly value?: string | undefined;
  /** What is said when it is left empty; absent: it may be. */
  readonly needed?: string;
}

const named = ({ id, label, value, needed }: Field): object => ({
  id,
  label,
  ...(value ? { value } : {}),
  ...(needed === undefined ? {} : { isRequired: true, errorMessage: needed }),
});

interface TextField extends Field {
  readonly most: number;
  readonly lines?: 'many';
  readonly placeholder?: string;
}

export const textField = ({ most, lines, placeholder, ...field }: TextField): Element => ({
  type: 'Input.Text',
  ...named(field),
  ...(lines ? { isMultiline: true } : {}),
  ...(placeholder === undefined ? {} : { placeholder }),
  maxLength: most,
});

export const dateField = (field: Field): Element => ({ type: 'Input.Date', ...named(field) });

export interface Choice {
  readonly id: string;
  readonly name: string;
}

interface ChoiceField extends Field {
  readonly choices: readonly Choice[];
  readonly several?: true;
  /** What it means to choose nothing; a choice itself must have a value. */
  readonly placeholder?: string;
}

export const choiceField = ({ choices, several, placeholder, ...field }: ChoiceField): Element => ({
  type: 'Input.ChoiceSet',
  ...named(field),
  ...(placeholder === undefined ? {} : { placeholder }),
  ...(several ? { isMultiSelect: true, style: 'expanded', wrap: true } : {}),
  choices: choices.map(({ id, name }) => ({ title: titled(name) || '?', value: id })),
});

export interface Run {
  readonly text: string;
  readonly color?: string;
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly size?: 'Small' | 'Large';
}

/** Words of people stand here: a text run knows neither markdown nor mention nor HTML. */
export const runs = (...inlines: readonly Run[]): Element => ({
  type: 'RichTextBlock',
  spacing: 'None',
  inlines: inlines.map((run) => ({ type: 'TextRun', ...run })),
});

interface Row {
  readonly lines: readonly (readonly Run[])[];
  readonly actions?: readonly Element[];
  /** What a tap on the row itself does. */
  readonly opens?: Button;
}

export const row = ({ lines, actions = [], opens }: Row): Element => ({
  type: 'Container',
  spacing: 'Small',
  ...(opens ? { selectAction: button(opens) } : {}),
  items: [...lines.map((line) => runs(...line)), ...actionSet(actions)],
});

/** Nothing at all where there are no rows. */
export const section = (title: string, rows: readonly Element[]): readonly Element[] =>
  rows.length === 0
    ? []
    : [
        {
          type: 'Container',
          separator: true,
          spacing: 'Medium',
          items: [...(title ? [runs({ text: title, weight: 'Bolder' })] : []), ...rows],
        },
      ];

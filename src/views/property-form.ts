import { type DeskObject, propertyOf } from '../domain/objects.ts';
import type { PropertyDefinition } from '../domain/property-definitions.ts';
import { oneLine } from '../domain/values.ts';
import { button, choiceField, dateField, type Element, form, runs, textField } from './elements.ts';
import type { RecordDetail } from './record-detail.ts';
import { fieldText, labelOf, type ValueReader, valueText } from './record-values.ts';
import type { Words } from './words/words.ts';

/** The properties of one record, as they are shown and edited. */
export interface PropertiesOf {
  readonly object: DeskObject;
  readonly definitions: readonly PropertyDefinition[];
  /** What was typed when it was refused, by property: it is in the field again. */
  readonly drafts?: Readonly<Record<string, string>>;
}

export interface Telling {
  readonly words: Words;
  readonly reader: ValueReader;
  readonly detail: RecordDetail;
}

/** Each property that has a value, after its label. */
export const propertyRows = ({ object, definitions }: PropertiesOf, telling: Telling): readonly Element[] => {
  const { reader, detail } = telling;
  return definitions
    .flatMap((definition) => {
      const value = propertyOf(object.properties, definition.name);
      if (value === undefined) return [];
      const text = oneLine(valueText(definition, value, telling), detail.value);
      const label = oneLine(labelOf(definition, reader), detail.value);
      return [runs({ text: `${label}: `, isSubtle: true }, { text })];
    })
    .slice(0, detail.facts);
};

const NOTHING = '-';
const MANY_LINES = 80;
const LONGEST_TYPED = 1_000;

interface Drawn {
  readonly name: string;
  readonly shown: string;
  readonly element: Element;
}

const draftOf = ({ drafts = {} }: PropertiesOf, name: string): string | undefined =>
  Object.hasOwn(drafts, name) ? drafts[name] : undefined;

/** A field `p_<name>`, by the type of the property; undefined where its text is too long for a field. */
const fieldFor = (of: PropertiesOf, definition: PropertyDefinition, telling: Telling): Drawn | undefined => {
  const { words, reader, detail } = telling;
  const { name, type, required } = definition;
  const shown = fieldText(definition, propertyOf(of.object.properties, name), reader.zone);
  const value = draftOf(of, name) ?? shown;
  if (Math.max(shown.length, value.length) > detail.field) return undefined;
  const field = {
    id: `p_${name}`,
    label: oneLine(labelOf(definition, reader), detail.value),
    value,
    ...(required && shown !== '' ? { needed: words.contact.needed } : {}),
  };
  const choices = choicesFor(definition, telling);
  if (choices) return { name, shown, element: choiceField({ ...field, ...choices }) };
  if (type === 'date' && (value === '' || DAY.test(value))) return { name, shown, element: dateField(field) };
  const lines = value.length > MANY_LINES || value.includes('\n') ? { lines: 'many' as const } : {};
  return {
    name,
    shown,
    element: textField({ ...field, ...lines, ...exampleOf(definition, telling), most: LONGEST_TYPED }),
  };
};

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

const choicesFor = (
  { type, options = [], required }: PropertyDefinition,
  { words, reader, detail }: Telling,
): Pick<Parameters<typeof choiceField>[0], 'choices' | 'placeholder'> | undefined => {
  const { yes, no, notSet } = words.contact;
  const nothing = required ? [] : [{ id: NOTHING, name: notSet }];
  if (type === 'bool')
    return { placeholder: notSet, choices: [{ id: 'true', name: yes }, { id: 'false', name: no }, ...nothing] };
  if (type !== 'enumeration' || options.length > detail.options) return undefined;
  const chosen = options.map(({ value, label }) => ({ id: value, name: label[reader.language] }));
  return { placeholder: notSet, choices: [...chosen, ...nothing] };
};

const exampleOf = ({ type, options = [] }: PropertyDefinition, { words, reader, detail }: Telling) => {
  const { expected } = words.contact;
  if (type === 'dateTime') return { placeholder: expected.dateTime };
  if (type !== 'enumeration') return {};
  return { placeholder: oneLine(options.map(({ label }) => label[reader.language]).join(', '), detail.value) };
};

interface SaveButton {
  readonly verb: string;
  readonly data: Readonly<Record<string, string>>;
}

/**
 * A form for every property that people may edit. `was` says what its fields showed, so that only what is changed is
 * saved, and a field that comes back without a value is known to be empty.
 */
export const propertyForm = (of: PropertiesOf, save: SaveButton, telling: Telling): readonly Element[] => {
  const { words, detail } = telling;
  const editable = of.definitions.filter(({ readOnly }) => !readOnly);
  const drawn = editable.flatMap((definition) => fieldFor(of, definition, telling) ?? []).slice(0, detail.fields);
  if (drawn.length === 0) return [];
  const was = JSON.stringify(Object.fromEntries(drawn.map(({ name, shown }) => [name, shown])));
  const left = drawn.length < editable.length ? [runs({ text: words.contact.notAll, isSubtle: true })] : [];
  const title = words.contact.save;
  return [
    form(
      words.contact.edit,
      [...drawn.map(({ element }) => element), ...left],
      [button({ title, verb: save.verb, style: 'positive', data: { ...save.data, was } })],
    ),
  ];
};

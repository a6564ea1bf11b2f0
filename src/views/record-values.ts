import { type DeskObject, type PropertyValue, propertyOf } from '../domain/objects.ts';
import type { PropertyDefinition } from '../domain/property-definitions.ts';
import { type Instant, type Language, oneLine, parseInstant, wallTime } from '../domain/values.ts';
import { dayOf, when } from './text.ts';
import type { Words } from './words/words.ts';

/** What it takes to tell a value. */
export interface ValueReader {
  readonly language: Language;
  readonly zone: string;
}

const LABEL = 60;

export const labelOf = ({ label }: PropertyDefinition, { language }: ValueReader): string =>
  oneLine(label[language], LABEL);

const optionLabel = ({ options = [] }: PropertyDefinition, value: string, language: Language): string =>
  options.find((option) => option.value === value)?.label[language] ?? value;

const dayText = (value: string, reader: ValueReader): string => {
  const noon = parseInstant(`${value}T12:00:00Z`);
  return noon === undefined ? value : dayOf(noon, { language: reader.language, zone: 'UTC' });
};

/** A value as people read it; customers write most of them, so it belongs into a text run. */
export const valueText = (
  definition: PropertyDefinition,
  value: PropertyValue,
  { words, reader }: { readonly words: Words; readonly reader: ValueReader },
): string => {
  if (typeof value === 'boolean') return value ? words.contact.yes : words.contact.no;
  if (typeof value === 'number')
    return new Intl.NumberFormat(reader.language, { maximumFractionDigits: 10 }).format(value);
  switch (definition.type) {
    case 'enumeration':
      return optionLabel(definition, value, reader.language);
    case 'date':
      return dayText(value, reader);
    case 'dateTime':
      return parseInstant(value) === value ? when(value as Instant, reader) : value;
    case 'string':
    case 'number':
    case 'bool':
      return definition.readOnly ? value.replaceAll(';', ', ') : value;
  }
};

/** The same as it stands in a field, and as it is typed there. */
export const fieldText = (definition: PropertyDefinition, value: PropertyValue | undefined, zone: string): string => {
  if (value === undefined) return '';
  const at = definition.type === 'dateTime' ? Date.parse(String(value)) : Number.NaN;
  return Number.isNaN(at) ? String(value) : new Date(wallTime(at, zone)).toISOString().slice(0, 16).replace('T', ' ');
};

/** What a contact or a company is called; where nobody knows, how it is found. */
export const recordName = ({ type, properties }: DeskObject, length = 80): string => {
  const text = (name: string): string => oneLine(String(propertyOf(properties, name) ?? ''), length);
  if (type === 'company') return text('name') || text('domain') || '?';
  return oneLine(`${text('firstname')} ${text('lastname')}`, length) || text('email') || '?';
};

import type { PropertyChanges, PropertyValue } from '../domain/objects.ts';
import type { PropertyDefinition, PropertyOption } from '../domain/property-definitions.ts';
import { instantOf, wallTime } from '../domain/values.ts';

/** What a form of properties sent back, as text by property. */
export interface TypedProperties {
  /** What its fields showed; absent for a field that nobody drew. */
  readonly shown: Readonly<Record<string, string>>;
  /** What stands in them now; clients leave an empty one out. */
  readonly typed: Readonly<Record<string, string>>;
}

/** The choice that clears; a choice must have a value. */
const NOTHING = '-';
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/u;
const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/u;

const unlined = (text: string | undefined): string | undefined => text?.replaceAll('\r\n', '\n').trim();

/**
 * Only what the person changed: what a colleague set meanwhile stays. What cannot be read stays as it was typed, and the
 * rules of properties say what it should have been. `zone`: where a moment without a zone is meant.
 */
export const changesTyped = (
  definitions: readonly PropertyDefinition[],
  { shown, typed }: TypedProperties,
  zone: string,
): PropertyChanges =>
  Object.fromEntries(
    [...new Set([...Object.keys(shown), ...Object.keys(typed)])].flatMap((name) => {
      const text = unlined(textIn(typed, name)) ?? '';
      if (text === unlined(textIn(shown, name))) return [];
      const definition = definitions.find((each) => each.name === name);
      return [[name, definition ? valueTyped(definition, text, zone) : text]];
    }),
  );

/** Names come from outside, and every JavaScript object has a `constructor`. */
const textIn = (texts: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined;

const valueTyped = ({ type, options }: PropertyDefinition, text: string, zone: string): PropertyValue | null => {
  if (text === '') return null;
  switch (type) {
    case 'string':
    case 'date':
      return text;
    case 'number':
      return NUMBER.test(text) ? Number(text.replace(',', '.')) : text;
    case 'bool':
      return text === NOTHING ? null : text === 'true' || text === 'false' ? text === 'true' : text;
    case 'enumeration':
      return text === NOTHING ? null : (optionNamed(options, text)?.value ?? text);
    case 'dateTime':
      return momentIn(text, zone);
  }
};

/** By its value, or by what people read: where a list is too long for a card it is typed. */
const optionNamed = (options: readonly PropertyOption[] = [], text: string): PropertyOption | undefined =>
  options.find(({ value }) => value === text) ??
  options.find(({ value, label }) =>
    [value, ...Object.values(label)].some((word) => word.toLowerCase() === text.toLowerCase()),
  );

/** `2026-01-31 09:00` on the clocks of the desk. */
const momentIn = (text: string, zone: string): string => {
  const [, day, time] = LOCAL.exec(text) ?? [];
  const wanted = day && time ? Date.parse(`${day}T${time}:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) return text;
  const guess = wanted - (wallTime(wanted, zone) - wanted);
  return instantOf(guess - (wallTime(guess, zone) - wanted));
};

import {
  type DeskObject,
  type ObjectRefusal,
  type Properties,
  type PropertyChange,
  type PropertyChanges,
  type PropertyFault,
  type PropertyValue,
  refuseObject,
  propertyOf,
} from './objects.ts';
import { keepingIdentity, uniqueKey } from './object-identity.ts';
import type { PropertyDefinition } from './property-definitions.ts';
import { mailAddress, parseInstant } from './values.ts';

/** [ours] HubSpot takes 65,536; an object with its history must fit into one batch. */
export const LONGEST_TEXT = 4_000;
const LONGEST_ADDRESS = 320;
const LONGEST_DOMAIN = 253;

/** With its zone, else every machine would read another moment. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/u;
const ADDRESS = /^[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+$/u;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/** The form in which a value is kept and compared. */
const normalised = ({ type, format }: PropertyDefinition, value: PropertyValue): PropertyValue => {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (format !== undefined) return mailAddress(text);
  return type === 'dateTime' && MOMENT.test(text) ? (parseInstant(text) ?? text) : text;
};

/** Everything that is wrong with a whole object's properties, at once; nothing when all is well. */
export const checkProperties = (
  definitions: readonly PropertyDefinition[],
  properties: PropertyChanges,
): readonly PropertyFault[] => [
  ...faultsOf(definitions, Object.entries(properties)),
  ...definitions.flatMap(({ name, required }): PropertyFault[] =>
    required && isEmpty(Object.hasOwn(properties, name) ? properties[name] : undefined)
      ? [{ fault: 'property-required', property: name }]
      : [],
  ),
];

const isEmpty = (value: PropertyValue | null | undefined): value is null | undefined | '' =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const faultsOf = (
  definitions: readonly PropertyDefinition[],
  entries: readonly (readonly [string, PropertyValue | null])[],
): PropertyFault[] =>
  entries.flatMap(([name, value]): PropertyFault[] => {
    const definition = definitions.find((each) => each.name === name);
    if (!definition) return [{ fault: 'property-unknown', property: name }];
    const expected = isEmpty(value) ? undefined : expectedInstead(definition, normalised(definition, value));
    return expected === undefined ? [] : [{ fault: 'property-invalid', property: name, expected }];
  });

/** What the value should have been; undefined when it is that. */
const expectedInstead = (definition: PropertyDefinition, value: PropertyValue): string | undefined => {
  const { type } = definition;
  if (type === 'number') return Number.isFinite(value) ? undefined : 'a number';
  if (type === 'bool') return typeof value === 'boolean' ? undefined : 'true or false';
  if (typeof value !== 'string' || !value.isWellFormed()) return 'a text';
  if (value.length > LONGEST_TEXT) return `at most ${LONGEST_TEXT} characters`;
  switch (type) {
    case 'string':
      return unformatted(definition, value);
    case 'enumeration':
      return definition.options?.some((option) => option.value === value)
        ? undefined
        : `one of ${(definition.options ?? []).map((option) => option.value).join(', ')}`;
    case 'date':
      return isDay(value) ? undefined : 'a day such as 2026-01-31';
    case 'dateTime':
      return parseInstant(value) === value ? undefined : 'a moment such as 2026-01-31T09:00:00Z';
  }
};

const unformatted = ({ format }: PropertyDefinition, value: string): string | undefined => {
  switch (format) {
    case undefined:
      return undefined;
    case 'email':
      return value.length <= LONGEST_ADDRESS && ADDRESS.test(value) ? undefined : 'an e-mail address';
    case 'domain':
      return isDomain(value) ? undefined : 'a domain such as customer.example';
  }
};

export const isDomain = (text: string): boolean => text.length <= LONGEST_DOMAIN && DOMAIN.test(text);

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(text) && parseInstant(`${text}T00:00:00Z`)?.slice(0, 10) === text;

/** Properties after a change, what changed, and the unique values that must be free for it. */
export interface PropertiesSet {
  readonly properties: Properties;
  readonly changes: readonly PropertyChange[];
  readonly claims: readonly { readonly property: string; readonly value: string }[];
}

/**
 * Sets values on an object. Refused with every fault at once. A required property may not be cleared; one that was always
 * missing stands in nobody's way, because a contact made from a mail has none.
 */
export const setProperties = (
  definitions: readonly PropertyDefinition[],
  object: Pick<DeskObject, 'type' | 'properties'>,
  wanted: PropertyChanges,
): PropertiesSet | ObjectRefusal => {
  const entries = Object.entries(wanted);
  const faults = [
    ...faultsOf(definitions, entries),
    ...entries.flatMap(([property, value]): PropertyFault[] => {
      const definition = definitions.find(({ name }) => name === property);
      if (definition?.readOnly) return [{ fault: 'property-read-only', property }];
      return definition?.required && isEmpty(value) ? [{ fault: 'property-required', property }] : [];
    }),
  ];
  if (faults.length > 0) return refuseObject('properties-invalid', { faults });
  const set = new Map(Object.entries(object.properties));
  for (const [name, value] of entries) {
    const definition = definitions.find((each) => each.name === name);
    if (isEmpty(value)) set.delete(name);
    else if (definition) set.set(name, normalised(definition, value));
  }
  const properties = keepingIdentity(object, Object.fromEntries(set));
  const changes = changesBetween(object.properties, properties);
  return { properties, changes, claims: claimsOf(definitions, changes) };
};

/** What differs, by name. */
export const changesBetween = (before: Properties, after: Properties): PropertyChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((property): PropertyChange[] => {
    const [was, is] = [propertyOf(before, property), propertyOf(after, property)];
    if (was === is) return [];
    return [{ property, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });

const claimsOf = (
  definitions: readonly PropertyDefinition[],
  changes: readonly PropertyChange[],
): { property: string; value: string }[] =>
  changes.flatMap(({ property, after }) =>
    after !== undefined && definitions.some(({ name, unique }) => unique && name === property)
      ? [{ property, value: uniqueKey(after) }]
      : [],
  );

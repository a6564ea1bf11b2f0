import { keepingIdentity, uniqueValues } from './object-identity.ts';
import {
  type DeskObject,
  isSameObject,
  objectRef,
  type ObjectRefusal,
  type Properties,
  type PropertyChange,
  refuseObject,
} from './objects.ts';
import { changesBetween } from './properties.ts';
import { type Instant, later, oneLine } from './values.ts';

const LONGEST_NAME = 100;

/**
 * First and last name from the name a mail shows: "Carla Costa" and "Costa, Carla" are one person. Nothing when it shows
 * only an address.
 */
export const nameProperties = (shown: string): Properties => {
  const name = oneLine(shown.replace(/^[\s"']+|[\s"']+$/gu, ''), 2 * LONGEST_NAME);
  if (name === '' || name.includes('@')) return {};
  const [last, first, ...more] = name.split(',').map((part) => part.trim());
  if (first && last && more.length === 0) return named(first, last);
  const space = name.lastIndexOf(' ');
  return space < 0 ? named(name, '') : named(name.slice(0, space), name.slice(space + 1));
};

const named = (first: string, last: string): Properties => ({
  firstname: oneLine(first, LONGEST_NAME),
  ...(last === '' ? {} : { lastname: oneLine(last, LONGEST_NAME) }),
});

/** Adds what the object does not have. What a person edited, also by clearing it, stays as they left it. */
export const gapsFilled = ({ properties, edited = [] }: DeskObject, found: Properties): Properties => ({
  ...Object.fromEntries(Object.entries(found).filter(([name]) => !edited.includes(name))),
  ...properties,
});

/** A name is filled in whole or not at all: a first name from here and a last name from there would be nobody's. */
export const nameFilled = (contact: DeskObject, shown: string): Properties => {
  const known = ['firstname', 'lastname'].some(
    (name) => Object.hasOwn(contact.properties, name) || contact.edited?.includes(name),
  );
  return known ? contact.properties : gapsFilled(contact, nameProperties(shown));
};

export interface Absorbed {
  readonly object: DeskObject;
  readonly changes: readonly PropertyChange[];
}

/** The contact with another's facts: its own win, gaps are filled, the other's addresses become additional ones. */
export const absorbing = (kept: DeskObject, other: DeskObject, at: Instant): Absorbed => {
  const properties = keepingIdentity(kept, gapsFilled(kept, other.properties), uniqueValues(other, 'email'));
  const changes = changesBetween(kept.properties, properties);
  const edited = (other.edited ?? []).filter((name) => changes.some(({ property }) => property === name));
  const object = {
    ...kept,
    properties,
    updatedAt: later(kept.updatedAt, at),
    ...withEdited([...(kept.edited ?? []), ...edited]),
  };
  return { object, changes };
};

export interface ContactsMerged {
  readonly kept: DeskObject;
  readonly other: DeskObject;
}

/** Two contacts become one. The other stays, archived, and points to the kept one; its history stays with it. */
export const mergeContacts = (kept: DeskObject, other: DeskObject, at: Instant): ContactsMerged | ObjectRefusal => {
  if (isSameObject(kept, other)) return refuseObject('merged-with-itself');
  const archived = [kept, other].find((each) => each.archived);
  if (archived) return refuseObject('object-archived', { object: objectRef(archived) });
  return {
    kept: absorbing(kept, other, at).object,
    other: { ...other, archived: true, mergedInto: kept.id, updatedAt: later(other.updatedAt, at) },
  };
};

export const withEdited = (names: readonly string[]): Pick<DeskObject, 'edited'> =>
  names.length === 0 ? {} : { edited: [...new Set(names)].sort() };

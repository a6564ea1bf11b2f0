import type { Actor, Instant } from './values.ts';

/** The types of record the desk knows (HubSpot's model): everything hangs on typed objects, joined by associations. */
export const OBJECT_TYPES = ['ticket', 'envelope', 'task', 'article', 'contact', 'company'] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** `id` is unique only within its type. */
export interface ObjectRef {
  readonly type: ObjectType;
  readonly id: string;
}

/** An enumeration holds the value of its option, a date `2026-01-31`, a dateTime an Instant. */
export type PropertyValue = string | number | boolean;
export type Properties = Readonly<Record<string, PropertyValue>>;
/** Values to set; `null` and the empty text clear. */
export type PropertyChanges = Readonly<Record<string, PropertyValue | null>>;

export interface DeskObject extends ObjectRef {
  /** What is empty is missing. */
  readonly properties: Properties;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly archived: boolean;
  /** The id of the object of the same type that took this one's place. */
  readonly mergedInto?: string;
  /** Properties a person has set or cleared: what arrives by mail leaves them alone. */
  readonly edited?: readonly string[];
}

export interface PropertyChange {
  readonly property: string;
  readonly before?: PropertyValue;
  readonly after?: PropertyValue;
}

/** An association in the words of one of its two sides. */
export interface Link {
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly label: string;
}

/** One line of an object's history. */
export type ObjectEvent =
  | { readonly kind: 'created' }
  | { readonly kind: 'properties-set'; readonly changes: readonly PropertyChange[] }
  | { readonly kind: 'associated' | 'dissociated'; readonly to: ObjectRef; readonly label: string }
  | { readonly kind: 'merged-into'; readonly id: string }
  | { readonly kind: 'absorbed'; readonly id: string; readonly changes: readonly PropertyChange[] };

/** Who, when, what; `rev` counts the entries of one object from 1. */
export interface HistoryEntry {
  readonly rev: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly events: readonly ObjectEvent[];
}

export type PropertyFaultCode = 'property-unknown' | 'property-invalid' | 'property-required' | 'property-read-only';

/** What is wrong with one property; `expected` says what an invalid one should have been. */
export interface PropertyFault {
  readonly fault: PropertyFaultCode;
  readonly property: string;
  readonly expected?: string;
}

/** Every way an object says no: a closed list, beside the refusals of tickets. */
export type ObjectRefusalCode =
  | 'object-unknown'
  | 'object-archived'
  | 'properties-invalid'
  | 'not-unique'
  | 'label-unknown'
  | 'too-many-associations'
  | 'associated-with-itself'
  | 'merged-with-itself'
  | 'object-busy';

/** A refusal is a value; its details let the words say what to do next. */
export interface ObjectRefusal {
  readonly refused: ObjectRefusalCode;
  /** `object-unknown`, `object-archived`: which. */
  readonly object?: ObjectRef;
  readonly faults?: readonly PropertyFault[];
  /** `not-unique`: the property, and the object that has the value. */
  readonly property?: string;
  readonly holder?: ObjectRef;
  /** `too-many-associations`: how many there may be, and those there are. */
  readonly label?: string;
  readonly limit?: number;
  readonly held?: readonly ObjectRef[];
}

export const refuseObject = (
  refused: ObjectRefusalCode,
  details: Omit<ObjectRefusal, 'refused'> = {},
): ObjectRefusal => ({ refused, ...details });

export const isObjectRefusal = (value: object): value is ObjectRefusal => 'refused' in value;

export const objectRef = ({ type, id }: ObjectRef): ObjectRef => ({ type, id });

/** Ids come from outside too; these can stand in every key of the store. */
export const isObjectId = (id: string): boolean => /^[\w.:~-]{1,100}$/u.test(id);

export const isSameObject = (one: ObjectRef, other: ObjectRef): boolean =>
  one.type === other.type && one.id === other.id;

/** The value, if the object has one: names come from outside, and every JavaScript object has a `constructor`. */
export const propertyOf = (properties: Properties, name: string): PropertyValue | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

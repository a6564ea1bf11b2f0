import {
  isSameObject,
  type Link,
  OBJECT_TYPES,
  type ObjectRef,
  type ObjectRefusal,
  type ObjectType,
  refuseObject,
} from './objects.ts';

/**
 * A label between two types, defined in one direction. Its `from` side holds the association and counts `most` (objects
 * this label may lead to); the other side is a mirror that says `inverse`.
 */
export interface AssociationLabel {
  readonly from: ObjectType;
  readonly to: ObjectType;
  readonly name: string;
  readonly inverse: string;
  readonly most?: number | undefined;
}

/** Associated, and nothing more is said: needs no definition, and joins any two types. */
export const UNLABELLED = 'default';

/** Those there are must be named in a refusal: more than this is no limit but a list. */
const HIGHEST_MOST = 100;
/** HubSpot's limit. */
const MOST_LABELS = 10;
const NAME = /^[a-z][a-z0-9_]{0,49}$/u;

export const BUILT_IN_LABELS: readonly AssociationLabel[] = [
  { from: 'ticket', to: 'contact', name: 'primary', inverse: 'primary', most: 1 },
  { from: 'ticket', to: 'contact', name: 'affected', inverse: 'affected' },
  { from: 'ticket', to: 'company', name: 'primary', inverse: 'primary', most: 1 },
  { from: 'contact', to: 'company', name: 'primary', inverse: 'primary', most: 1 },
  { from: 'ticket', to: 'ticket', name: 'follows', inverse: 'followed_by', most: 1 },
  { from: 'ticket', to: 'ticket', name: 'duplicate_of', inverse: 'has_duplicate', most: 1 },
  { from: 'ticket', to: 'ticket', name: 'caused_by', inverse: 'causes' },
  { from: 'envelope', to: 'ticket', name: 'primary', inverse: 'primary', most: 1 },
  { from: 'task', to: 'ticket', name: 'primary', inverse: 'primary', most: 1 },
  { from: 'task', to: 'envelope', name: 'primary', inverse: 'primary', most: 1 },
];

export type LabelFaultCode = 'name-malformed' | 'name-taken' | 'most-malformed' | 'too-many-labels';

export interface LabelFault {
  readonly fault: LabelFaultCode;
  readonly from: ObjectType;
  readonly to: ObjectType;
  readonly name: string;
}

/** Everything that is wrong with configured labels behind the built-in ones, at once. */
export const checkLabels = (custom: readonly AssociationLabel[]): readonly LabelFault[] =>
  custom.flatMap((label, index) => {
    const { from, to, name } = label;
    return codesOf(label, [...BUILT_IN_LABELS, ...custom.slice(0, index)]).map((fault) => ({ fault, from, to, name }));
  });

const codesOf = (label: AssociationLabel, earlier: readonly AssociationLabel[]): LabelFaultCode[] => {
  const { from, to, name, inverse, most } = label;
  const ofPair = earlier.filter((each) => isPair(each, from, to));
  const taken = new Set([
    UNLABELLED,
    ...ofPair.flatMap((each) => (from === to ? [each.name, each.inverse] : [wordFrom(each, from), wordFrom(each, to)])),
  ]);
  const both = from === to && name === inverse;
  const faults: readonly (readonly [LabelFaultCode, boolean])[] = [
    ['name-malformed', !NAME.test(name) || !NAME.test(inverse)],
    ['name-taken', taken.has(name) || taken.has(inverse)],
    ['most-malformed', most !== undefined && (both || !Number.isInteger(most) || most < 1 || most > HIGHEST_MOST)],
    ['too-many-labels', ofPair.length >= MOST_LABELS],
  ];
  return faults.flatMap(([fault, holds]) => (holds ? [fault] : []));
};

const isPair = (label: AssociationLabel, one: ObjectType, other: ObjectType): boolean =>
  (label.from === one && label.to === other) || (label.from === other && label.to === one);

const wordFrom = ({ from, name, inverse }: AssociationLabel, type: ObjectType): string =>
  from === type ? name : inverse;

/** An association as its holding side has it, with the word of the other side. */
export interface HeldLink extends Link {
  readonly inverse: string;
  readonly most?: number;
}

/**
 * Turns an association, in the words of either side, to the side that holds it; undefined when no such label joins these
 * types. Where both sides say the same, the smaller id holds; without a label, the type that comes first.
 */
export const heldBy = (labels: readonly AssociationLabel[], link: Link): HeldLink | undefined => {
  const { from, to, label } = link;
  if (label === UNLABELLED) return { ...(comesFirst(from, to) ? link : turned(link, label)), inverse: label };
  const said = labels.find((each) => each.from === from.type && each.to === to.type && each.name === label);
  if (said) {
    const symmetric = from.type === to.type && said.inverse === label;
    const held = symmetric && to.id < from.id ? turned(link, label) : link;
    return { ...held, inverse: said.inverse, ...(said.most === undefined ? {} : { most: said.most }) };
  }
  const heard = labels.find((each) => each.from === to.type && each.to === from.type && each.inverse === label);
  return (
    heard && {
      ...turned(link, heard.name),
      inverse: label,
      ...(heard.most === undefined ? {} : { most: heard.most }),
    }
  );
};

const comesFirst = (one: ObjectRef, other: ObjectRef): boolean =>
  one.type === other.type ? one.id < other.id : OBJECT_TYPES.indexOf(one.type) < OBJECT_TYPES.indexOf(other.type);

const turned = ({ from, to }: Link, label: string): Link => ({ from: to, to: from, label });

/** The association as the other side says it. */
export const mirrored = (held: HeldLink): Link => turned(held, held.inverse);

/** What changes on the holding side; both empty when it already is so. */
export interface AssociationDecision {
  readonly add: readonly HeldLink[];
  readonly remove: readonly HeldLink[];
}

/**
 * Adds an association. `held`: the objects its label leads to from the same side already. Where there may be no more, it is
 * refused, unless it comes `instead` of those.
 */
export const decideAssociation = (
  held: readonly ObjectRef[],
  wanted: HeldLink,
  { instead = false }: { readonly instead?: boolean | undefined } = {},
): AssociationDecision | ObjectRefusal => {
  const { from, to, label, most } = wanted;
  if (isSameObject(from, to)) return refuseObject('associated-with-itself');
  if (held.some((each) => isSameObject(each, to))) return { add: [], remove: [] };
  if (most === undefined || held.length < most) return { add: [wanted], remove: [] };
  if (!instead) return refuseObject('too-many-associations', { label, limit: most, held });
  const leaving = held.slice(most - 1);
  return { add: [wanted], remove: leaving.map((each) => ({ ...wanted, to: each })) };
};

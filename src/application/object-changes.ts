import type { AssociationLabel, HeldLink } from '../domain/association.ts';
import {
  type DeskObject,
  isObjectId,
  isObjectRefusal,
  type ObjectEvent,
  objectRef,
  type ObjectRef,
  type ObjectRefusal,
  refuseObject,
} from '../domain/objects.ts';
import type { ObjectProperties } from '../domain/property-definitions.ts';
import { type Actor, type Instant, later } from '../domain/values.ts';
import { StoreError } from './errors.ts';
import type { Identity } from './ports/identity.ts';
import type { LoadedObject, ObjectEffect, ObjectStore } from './ports/objects.ts';

/** The desk's model of objects, from configuration. */
export interface ObjectSchema {
  readonly properties: ObjectProperties;
  readonly labels: readonly AssociationLabel[];
  /** Domains of the desk's own people: never a company. */
  readonly ownDomains: readonly string[];
}

export interface ObjectParts {
  readonly objects: ObjectStore;
  readonly identity: Pick<Identity, 'named'>;
  readonly schema: ObjectSchema;
  /** Called when effects were kept. */
  readonly committed: () => void;
}

export interface Act {
  readonly by: Actor;
  readonly at: Instant;
}

export interface ObjectChange {
  readonly object: DeskObject;
  readonly events: readonly ObjectEvent[];
  readonly add?: readonly HeldLink[];
  readonly remove?: readonly HeldLink[];
  readonly since?: Instant | undefined;
  readonly effects?: readonly ObjectEffect[];
  readonly absorbed?: string;
}

/** `again`: what was read has passed meanwhile. Undefined: all is as it should be. */
export type DecideChange = (
  object: DeskObject,
  isNew: boolean,
) => Promise<ObjectChange | ObjectRefusal | 'again' | undefined>;

export interface Target extends Act {
  readonly ref: ObjectRef;
  /** Begins an object that is not there. Tickets and the like live elsewhere and are always begun. */
  readonly create?: boolean;
  /** Also where it is archived: only for what a merge leaves to do. */
  readonly archivedToo?: boolean;
}

const TRIES = 8;

/**
 * The one way an object changes: read, decide, write at the version that was read; where someone was faster, decide again
 * on what they left. Deciding is repeated, so it must be harmless to repeat.
 */
export const changeObject = async (
  { objects, committed }: ObjectParts,
  target: Target,
  decide: DecideChange,
): Promise<DeskObject | ObjectRefusal> => {
  const { ref, at, by } = target;
  if (!isObjectId(ref.id)) return refuseObject('object-unknown', { object: ref });
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const stored = await objects.load(ref);
    const object = stored?.object ?? begun(target);
    if (!object) return refuseObject('object-unknown', { object: ref });
    if (object.archived && !target.archivedToo) return refuseObject('object-archived', { object: ref });
    const change = await decide(object, !stored);
    if (change === undefined) return object;
    if (change === 'again') continue;
    if (isObjectRefusal(change)) return change;
    const after = { ...change.object, updatedAt: later(object.updatedAt, at) };
    const effects = effectsOf(change, at);
    const outcome = await objects.commit({
      ...change,
      object: after,
      etag: stored?.etag,
      entry: { rev: (stored?.rev ?? 0) + 1, at, by, events: change.events },
      effects,
    });
    if (outcome === 'stale') continue;
    if (effects.length > 0) committed();
    return after;
  }
  return refuseObject('object-busy', { object: ref });
};

const LIVES_HERE: readonly ObjectRef['type'][] = ['contact', 'company'];

export const livesHere = ({ type }: ObjectRef): boolean => LIVES_HERE.includes(type);

const begun = ({ ref, at, create }: Target): DeskObject | undefined =>
  create || !livesHere(ref)
    ? { type: ref.type, id: ref.id, properties: {}, createdAt: at, updatedAt: at, archived: false }
    : undefined;

const effectsOf = ({ add = [], remove = [], since, effects = [] }: ObjectChange, at: Instant): ObjectEffect[] => [
  ...remove.map((link): ObjectEffect => ({ kind: 'mirror', link, since: at, gone: true })),
  ...add.map((link): ObjectEffect => ({ kind: 'mirror', link, since: since ?? at, gone: false })),
  ...effects,
];

/** The object and those that took its place, one after another; empty when there is none. A circle ends where it closes. */
export const chainOf = async (objects: ObjectStore, { type, id }: ObjectRef): Promise<readonly LoadedObject[]> => {
  const chain: LoadedObject[] = [];
  for (let next: string | undefined = isObjectId(id) ? id : undefined; next !== undefined;) {
    const loaded = await objects.load({ type, id: next });
    if (!loaded) break;
    chain.push(loaded);
    const into: string | undefined = loaded.object.mergedInto;
    next = chain.some(({ object }) => object.id === into) ? undefined : into;
  }
  return chain;
};

/** The object that stands for this one today. */
export const canonical = async (objects: ObjectStore, ref: ObjectRef): Promise<ObjectRef> => {
  const last = livesHere(ref) ? (await chainOf(objects, ref)).at(-1) : undefined;
  return objectRef(last?.object ?? ref);
};

/**
 * For programmes, which try again later where a person would be told.
 * Errors: StoreError `throttled` when the object is busy or was merged at this moment.
 */
export const orLater = <Outcome extends object>(outcome: Outcome): Outcome => {
  if (isObjectRefusal(outcome) && (outcome.refused === 'object-busy' || outcome.refused === 'object-archived'))
    throw new StoreError('throttled', `An object is busy: ${outcome.refused}.`);
  return outcome;
};

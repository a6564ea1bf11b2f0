import { uniqueKey, uniqueValues } from '../domain/object-identity.ts';
import {
  type DeskObject,
  isObjectRefusal,
  type ObjectRef,
  type ObjectRefusal,
  type Properties,
  refuseObject,
} from '../domain/objects.ts';
import { changesBetween } from '../domain/properties.ts';
import { type Act, chainOf, changeObject, type ObjectChange, type ObjectParts } from './object-changes.ts';
import type { ObjectStore, UniqueValue } from './ports/objects.ts';

/**
 * Puts the value under this object before the object takes it. A claim is no more than a sign: whoever stands under it
 * without having the value may be about to take it, so they are given a new version first, and what they are about to
 * write fails. So two never have one value, and a claim left by a kill is in nobody's way.
 */
export const claimValue = async (
  objects: ObjectStore,
  unique: UniqueValue,
  id: string,
): Promise<'ours' | 'again' | ObjectRefusal> => {
  const claim = await objects.claim(unique);
  if (claim && claim.id !== id) {
    const chain = await chainOf(objects, { type: unique.type, id: claim.id });
    const [holder] = chain;
    const now = chain.at(-1)?.object.id ?? claim.id;
    const hasIt = chain.some(({ object }) => uniqueValues(object, unique.property).includes(unique.value));
    if (now !== id && (hasIt || !holder))
      return refuseObject('not-unique', { property: unique.property, holder: { type: unique.type, id: now } });
    if (holder && (await objects.touch(holder)) === 'stale') return 'again';
  }
  return (await objects.putClaim(unique, id, claim)) ? 'ours' : 'again';
};

/** The object that has this unique value, or had it and was merged into this one. */
export const objectWith = async (objects: ObjectStore, unique: UniqueValue): Promise<DeskObject | undefined> => {
  const claim = await objects.claim(unique);
  const chain = claim ? await chainOf(objects, { type: unique.type, id: claim.id }) : [];
  const hasIt = chain.some(({ object }) => uniqueValues(object, unique.property).includes(unique.value));
  return hasIt ? chain.at(-1)?.object : undefined;
};

export interface Identified extends Act {
  readonly type: 'contact' | 'company';
  readonly property: 'email' | 'domain';
  readonly value: string;
  /** The object's properties with what is known of it now; called again when somebody was faster. */
  readonly fill: (object: DeskObject) => Properties;
}

/** The id an object gets from what identifies it: the same value always gives the same id. */
export const identifiedId = ({ identity }: ObjectParts, type: 'contact' | 'company', value: string): string =>
  identity.named(`${type}|${value}`);

const TRIES = 8;

/** Finds the object by what identifies it, or makes it; fills in what it does not have yet. */
export const ensureIdentified = async (
  parts: ObjectParts,
  identified: Identified,
): Promise<DeskObject | ObjectRefusal> => {
  const { by, at } = identified;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const ref = await claimedBy(parts, identified);
    if (!ref) continue;
    const outcome = await changeObject(parts, { ref, by, at, create: true }, (object, isNew) =>
      Promise.resolve(filled(object, isNew, identified)),
    );
    if (!isObjectRefusal(outcome) || outcome.refused !== 'object-archived') return outcome;
  }
  return refuseObject('object-busy');
};

/** Who is to have the value; undefined when someone was faster. */
const claimedBy = async (parts: ObjectParts, { type, property, value }: Identified): Promise<ObjectRef | undefined> => {
  const unique = { type, property, value: uniqueKey(value) };
  const claim = await parts.objects.claim(unique);
  if (claim) {
    const holder = (await chainOf(parts.objects, { type, id: claim.id })).at(-1);
    return { type, id: holder?.object.id ?? claim.id };
  }
  const id = identifiedId(parts, type, value);
  return (await parts.objects.putClaim(unique, id, undefined)) ? { type, id } : undefined;
};

const filled = (
  object: DeskObject,
  isNew: boolean,
  { property, value, fill }: Identified,
): ObjectChange | undefined => {
  const properties = { ...(isNew ? { [property]: value } : {}), ...fill(object) };
  const changes = changesBetween(object.properties, properties);
  if (changes.length === 0) return undefined;
  return {
    object: { ...object, properties },
    events: [...(isNew ? [{ kind: 'created' } as const] : []), { kind: 'properties-set', changes }],
  };
};

import { mergeContacts, withEdited } from '../domain/contacts.ts';
import {
  type DeskObject,
  type HistoryEntry,
  isObjectRefusal,
  type Link,
  type ObjectRef,
  type ObjectRefusal,
  type ObjectType,
  type PropertyChanges,
  refuseObject,
} from '../domain/objects.ts';
import { setProperties } from '../domain/properties.ts';
import { contactId, type ContactId, mailAddress } from '../domain/values.ts';
import {
  contactSeen,
  ensureCompany,
  ensureContact,
  type Seen,
  type SeenAddress,
  type SeenContact,
  type SeenDomain,
} from './contact-seen.ts';
import { associate, dissociate } from './object-associations.ts';
import { type Act, canonical, chainOf, changeObject, type ObjectParts } from './object-changes.ts';
import { claimValue, identifiedId, objectWith } from './object-uniqueness.ts';
import type { AssociationFilter, AssociationPage, ObjectEffect } from './ports/objects.ts';

type Outcome = Promise<DeskObject | ObjectRefusal>;

/** What the desk does with objects. Every act is harmless when repeated, and follows a merged object to what took its place. */
export interface ObjectService {
  ensureContact(seen: SeenAddress): Outcome;
  ensureCompany(seen: SeenDomain): Outcome;
  contactSeen(seen: SeenContact): Promise<Seen | ObjectRefusal>;
  /** Refused `not-unique` when another object has a unique value. A replaced e-mail or domain stays an additional one. */
  setProperties(ref: ObjectRef, changes: PropertyChanges, act: Act): Outcome;
  associate(link: Link, act: Act & { instead?: boolean }): Outcome;
  dissociate(link: Link, act: Act): Outcome;
  /** Answers the kept contact as it is once the relay has run. */
  mergeContacts(kept: ContactId, other: ContactId, act: Act): Outcome;
  object(ref: ObjectRef): Promise<DeskObject | undefined>;
  contactByEmail(address: string): Promise<DeskObject | undefined>;
  companyByDomain(domain: string): Promise<DeskObject | undefined>;
  /** The contact that stands for this one today; itself when it was never merged or is unknown. */
  canonicalContact(id: ContactId): Promise<ContactId>;
  /** Pages of 50 unless told; newest first within each type of the other side. */
  associationsOf(type: ObjectType, id: string, filter?: Partial<AssociationFilter>): Promise<AssociationPage>;
  historyOf(ref: ObjectRef, page: { limit: number; before?: number }): Promise<readonly HistoryEntry[]>;
}

const PAGE = 50;

export const objectService = (parts: ObjectParts): ObjectService => ({
  ensureContact: (seen) => ensureContact(parts, seen),
  ensureCompany: (seen) => ensureCompany(parts, seen),
  contactSeen: (seen) => contactSeen(parts, seen),
  setProperties: (ref, changes, act) => setObjectProperties(parts, { ref, changes }, act),
  associate: (link, act) => associate(parts, link, act),
  dissociate: (link, act) => dissociate(parts, link, act),
  mergeContacts: (kept, other, act) => mergeTwo(parts, { kept, other }, act),
  object: async (ref) => (await chainOf(parts.objects, ref)).at(-1)?.object,
  contactByEmail: (address) =>
    objectWith(parts.objects, { type: 'contact', property: 'email', value: mailAddress(address) }),
  companyByDomain: (domain) =>
    objectWith(parts.objects, { type: 'company', property: 'domain', value: domain.trim().toLowerCase() }),
  canonicalContact: async (id) => contactId((await canonical(parts.objects, { type: 'contact', id })).id),
  associationsOf: async (type, id, filter = {}) =>
    parts.objects.associations(await canonical(parts.objects, { type, id }), {
      ...filter,
      limit: filter.limit ?? PAGE,
    }),
  historyOf: (ref, page) => parts.objects.history(ref, page),
});

interface Setting {
  readonly ref: ObjectRef;
  readonly changes: PropertyChanges;
}

const setObjectProperties = async (parts: ObjectParts, { ref, changes }: Setting, act: Act): Outcome => {
  const target = { ref: await canonical(parts.objects, ref), ...act };
  return changeObject(parts, target, async (object, isNew) => {
    const set = setProperties(parts.schema.properties[object.type], object, changes);
    if (isObjectRefusal(set)) return set;
    if (set.changes.length === 0) return undefined;
    if (isNew && set.claims.length > 0) return beginFirst(parts, object, act);
    for (const claim of set.claims) {
      const outcome = await claimValue(parts.objects, { type: object.type, ...claim }, object.id);
      if (outcome !== 'ours') return outcome;
    }
    const names = act.by.kind === 'person' ? set.changes.map(({ property }) => property) : [];
    return {
      object: { ...object, properties: set.properties, ...withEdited([...(object.edited ?? []), ...names]) },
      events: [{ kind: 'properties-set', changes: set.changes }],
      effects: set.claims.flatMap((claim) => aliasOf(parts, object, claim)),
    };
  });
};

/** A claim may be taken over only from an object that is there to be asked. */
const beginFirst = async (parts: ObjectParts, object: DeskObject, act: Act): Promise<'again' | ObjectRefusal> => {
  const begun = await changeObject(parts, { ref: object, ...act }, (blank, isNew) =>
    Promise.resolve(isNew ? { object: blank, events: [{ kind: 'created' }] } : undefined),
  );
  return isObjectRefusal(begun) ? begun : 'again';
};

/** A mail from the new address carries the id that is made of it: that id must lead here. */
const aliasOf = (
  parts: ObjectParts,
  { type, id }: DeskObject,
  { property, value }: { property: string; value: string },
): ObjectEffect[] => {
  if (type !== 'contact' && type !== 'company') return [];
  if (property !== (type === 'contact' ? 'email' : 'domain')) return [];
  const natural = identifiedId(parts, type, value);
  return natural === id ? [] : [{ kind: 'alias', id: natural }];
};

/**
 * The kept contact is given a new version before the other is archived, so that of two merges in opposite directions one
 * must decide again, and no circle can come about.
 */
const mergeTwo = async (parts: ObjectParts, ids: { kept: ContactId; other: ContactId }, act: Act): Outcome => {
  const chain = await chainOf(parts.objects, { type: 'contact', id: ids.kept });
  const kept = chain.at(-1);
  if (!kept) return refuseObject('object-unknown', { object: { type: 'contact', id: ids.kept } });
  const ref = await canonical(parts.objects, { type: 'contact', id: ids.other });
  if (ids.kept !== ids.other && ref.id === kept.object.id) return kept.object;
  let answer = kept.object;
  const outcome = await changeObject(parts, { ref, ...act }, async (other) => {
    const now = await parts.objects.load(kept.object);
    const merged = mergeContacts(now?.object ?? kept.object, other, act.at);
    if (isObjectRefusal(merged)) return merged;
    if (!now || (await parts.objects.touch(now)) === 'stale') return 'again';
    answer = merged.kept;
    return {
      object: merged.other,
      events: [{ kind: 'merged-into', id: kept.object.id }],
      effects: [{ kind: 'absorb' }],
    };
  });
  return isObjectRefusal(outcome) ? outcome : answer;
};

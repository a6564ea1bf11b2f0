import type { Associated, AssociationFilter, AssociationPage, ObjectStore } from '../application/ports/objects.ts';
import type { Cond, Doc, DocumentStore, Stored, WriteOp } from '../application/ports/document-store.ts';
import { type HeldLink, mirrored } from '../domain/association.ts';
import type { Link, ObjectRef } from '../domain/objects.ts';
import type { Actor, Instant } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** What was taken off a mirror leaves a stone for a day, so that a late relay cannot bring it back. */
const TOMBSTONE_SECONDS = 86_400;
const KIND = 'association';

interface AssociationDocument {
  readonly to: ObjectRef;
  readonly as: string;
  readonly inverse: string;
  readonly since: Instant;
  readonly held: boolean;
  readonly gone?: 1;
  readonly removedBy?: Actor;
}

export const partitionOf = ({ type, id }: ObjectRef): string => `${type}:${id}`;

const documentId = ({ to, label }: Link): string => `as:${to.type}:${to.id}:${label}`;

const wordsOf = ({ to, label, inverse }: HeldLink) => ({ to, as: label, inverse });

const present = (link: HeldLink, fields: { held: boolean; since: Instant; rev?: number }): Doc =>
  versioned(documentId(link), {
    asKind: KIND,
    toType: link.to.type,
    label: link.label,
    ...wordsOf(link),
    ...fields,
  });

/** For the batch of the holder, whose version guards it. */
export const heldOp = (link: HeldLink, since: Instant): WriteOp => ({
  op: 'upsert',
  doc: present(link, { held: true, since }),
});

/** The stone stays: a mail must not put back what a person took off. */
export const removedOp = (link: HeldLink, by: Actor): WriteOp => ({
  op: 'upsert',
  doc: versioned(documentId(link), { ...wordsOf(link), held: true, gone: 1, removedBy: by }),
});

export const readAssociation = async (store: DocumentStore, link: Link): ReturnType<ObjectStore['association']> => {
  const stored = await store.get('objects', partitionOf(link.from), documentId(link));
  if (!stored) return undefined;
  const { gone, removedBy } = fieldsOf<AssociationDocument>(stored);
  if (gone === undefined) return associatedOf(link.from, stored);
  return removedBy && { removedBy };
};

const associatedOf = (from: ObjectRef, stored: Stored): Associated => {
  const { to, as, inverse, since, held } = fieldsOf<AssociationDocument>(stored);
  return { link: { from, to, label: as }, inverse, since, held };
};

const conditions = ({ toType, label }: AssociationFilter): Cond[] => [
  label === undefined ? { field: 'asKind', op: '=', value: KIND } : { field: 'label', op: '=', value: label },
  ...(toType === undefined
    ? []
    : [
        { field: 'toType', op: '>=' as const, value: toType },
        { field: 'toType', op: '<=' as const, value: toType },
      ]),
];

export const pageOfAssociations = async (
  store: DocumentStore,
  of: ObjectRef,
  filter: AssociationFilter,
): Promise<AssociationPage> => {
  const { items, continuation } = await store.query('objects', {
    pk: partitionOf(of),
    index: filter.label === undefined ? 'associations' : 'labels',
    where: conditions(filter),
    limit: filter.limit,
    ...(filter.continuation === undefined ? {} : { continuation: filter.continuation }),
  });
  const associations = items.map((stored) => associatedOf(of, stored));
  return continuation === undefined ? { associations } : { associations, continuation };
};

/** Never an upsert: an older state must not win over a newer one. A race is decided again on what is stored by then. */
export const writeMirror = async (
  store: DocumentStore,
  held: HeldLink,
  { since, rev, gone }: Parameters<ObjectStore['mirror']>[1],
): Promise<void> => {
  const link = { ...mirrored(held), inverse: held.label };
  const pk = partitionOf(link.from);
  const doc = gone
    ? versioned(documentId(link), { ...wordsOf(link), held: false, gone: 1, rev })
    : present(link, { held: false, since, rev });
  const ttl = gone ? { ttlSeconds: TOMBSTONE_SECONDS } : {};
  for (let settled = false; !settled;) {
    const stored = await store.get('objects', pk, documentId(link));
    if (stored && fieldsOf<{ rev: number }>(stored).rev >= rev) return;
    const result = await store.commit('objects', pk, [
      stored ? { op: 'replace', doc, ifMatch: stored.etag, ...ttl } : { op: 'create', doc, ...ttl },
    ]);
    settled = result.ok;
  }
};

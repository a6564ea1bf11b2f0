import { decideAssociation, heldBy, type HeldLink, mirrored, UNLABELLED } from '../domain/association.ts';
import {
  type DeskObject,
  isObjectId,
  isObjectRefusal,
  isSameObject,
  type Link,
  type ObjectEvent,
  type ObjectRef,
  type ObjectRefusal,
  refuseObject,
} from '../domain/objects.ts';
import type { Instant } from '../domain/values.ts';
import {
  type Act,
  canonical,
  changeObject,
  livesHere,
  type ObjectChange,
  type ObjectParts,
  orLater,
} from './object-changes.ts';
import type { Associated } from './ports/objects.ts';

export interface AssociateAct extends Act {
  /** In place of those that fill the label's limit. */
  readonly instead?: boolean | undefined;
  /** From a mail, not a person: what a person took off is left off. */
  readonly automatic?: boolean;
  readonly since?: Instant;
}

type Outcome = DeskObject | ObjectRefusal;

/** Those merged meanwhile are followed to what took their place. */
const now = async ({ objects }: ObjectParts, { from, to, label }: Link): Promise<Link> => ({
  from: await canonical(objects, from),
  to: await canonical(objects, to),
  label,
});

const TRIES = 3;

/** Joins two objects, in the words of either. Answers the side that holds it; the other side follows through the relay. */
export const associate = async (parts: ObjectParts, wanted: Link, act: AssociateAct): Promise<Outcome> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const link = await now(parts, wanted);
    const held = heldBy(parts.schema.labels, link);
    if (!held) return refuseObject('label-unknown', { label: wanted.label });
    if (!isObjectId(held.to.id) || (livesHere(held.to) && !(await parts.objects.load(held.to))))
      return refuseObject('object-unknown', { object: held.to });
    const outcome = await addHeld(parts, held, act);
    if (!isObjectRefusal(outcome) || outcome.refused !== 'object-archived') return outcome;
  }
  return refuseObject('object-busy', { object: wanted.from });
};

const associated = ({ to, label }: HeldLink): ObjectEvent => ({ kind: 'associated', to, label });
const dissociated = ({ to, label }: HeldLink): ObjectEvent => ({ kind: 'dissociated', to, label });

const addHeld = (parts: ObjectParts, held: HeldLink, act: AssociateAct): Promise<Outcome> =>
  changeObject(parts, { ref: held.from, by: act.by, at: act.at }, async (object) => {
    const known = await parts.objects.association(held);
    if (known && 'link' in known) return undefined;
    if (known?.removedBy.kind === 'person' && act.automatic) return undefined;
    const decision = decideAssociation(await others(parts, held), held, act);
    if (isObjectRefusal(decision)) return decision;
    const { add, remove } = decision;
    return { object, events: [...remove.map(dissociated), ...add.map(associated)], add, remove, since: act.since };
  });

/** Counted only where the label has a limit. */
const others = async ({ objects }: ObjectParts, { from, to, label, most }: HeldLink): Promise<ObjectRef[]> => {
  if (most === undefined) return [];
  const page = await objects.associations(from, { toType: to.type, label, limit: most });
  return page.associations.map(({ link }) => link.to);
};

/** Takes the association off on both sides; one that is not there is taken off already. */
export const dissociate = async (parts: ObjectParts, unwanted: Link, act: Act): Promise<Outcome> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const link = await now(parts, unwanted);
    const held = heldBy(parts.schema.labels, link);
    if (!held) return refuseObject('label-unknown', { label: unwanted.label });
    const outcome = await removeHeld(parts, held, act);
    if (!isObjectRefusal(outcome) || outcome.refused !== 'object-archived') return outcome;
  }
  return refuseObject('object-busy', { object: unwanted.from });
};

const removeHeld = (
  parts: ObjectParts,
  held: HeldLink,
  { by, at, archivedToo = false }: Act & { archivedToo?: boolean },
): Promise<Outcome> =>
  changeObject(parts, { ref: held.from, by, at, archivedToo }, async (object) => {
    const known = await parts.objects.association(held);
    return known && 'link' in known ? { object, events: [dissociated(held)], remove: [held] } : undefined;
  });

/** The association as its holder has it, whichever side was read and whatever labels are configured today. */
const holderOf = ({ link, inverse, held }: Associated): HeldLink =>
  held ? { ...link, inverse } : { ...mirrored({ ...link, inverse }), inverse: link.label };

/**
 * Moves an association of a merged object to the one that took its place; repeated harmlessly. Where there may be no more
 * under the label, it goes on without one.
 * Errors: StoreError `throttled` when an object was busy: again later.
 */
export const rehome = async (parts: ObjectParts, { of, into }: Rehoming, act: Act): Promise<void> => {
  const old = holderOf(of);
  const known = await parts.objects.association(old);
  if (!known || !('link' in known)) return;
  const moved = { ...of.link, from: into, to: await canonical(parts.objects, of.link.to) };
  const wanted = heldBy(parts.schema.labels, moved) ?? holderOf({ ...of, link: moved });
  if (isSameObject(old.from, wanted.from)) {
    orLater(await replaceHeld(parts, { old, wanted, since: of.since }, act));
    return;
  }
  if (!isSameObject(wanted.from, wanted.to)) {
    const added = orLater(await addHeld(parts, wanted, { ...act, since: of.since }));
    if (isObjectRefusal(added)) orLater(await addHeld(parts, unlabelled(wanted), { ...act, since: of.since }));
  }
  orLater(await removeHeld(parts, old, { ...act, archivedToo: true }));
};

export interface Rehoming {
  /** As the merged object says it. */
  readonly of: Associated;
  readonly into: ObjectRef;
}

const unlabelled = (link: HeldLink): HeldLink => heldBy([], { ...link, label: UNLABELLED }) ?? link;

/** In one batch, so that a label which leads to one object never leads to none or two. */
const replaceHeld = (
  parts: ObjectParts,
  { old, wanted, since }: { old: HeldLink; wanted: HeldLink; since: Instant },
  { by, at }: Act,
): Promise<Outcome> =>
  changeObject(parts, { ref: old.from, by, at }, async (object): Promise<ObjectChange | undefined> => {
    const [known, there] = await Promise.all([parts.objects.association(old), parts.objects.association(wanted)]);
    if (!known || !('link' in known)) return undefined;
    const add = (there && 'link' in there) || isSameObject(wanted.from, wanted.to) ? [] : [wanted];
    return { object, events: [dissociated(old), ...add.map(associated)], add, remove: [old], since };
  });

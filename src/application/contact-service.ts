import { uniqueValues } from '../domain/object-identity.ts';
import {
  type DeskObject,
  isObjectRefusal,
  type ObjectRef,
  type ObjectRefusal,
  refuseObject,
} from '../domain/objects.ts';
import { type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import { contactId, type ContactId, mailAddress, type PersonActor, type TicketId } from '../domain/values.ts';
import {
  type ContactQueries,
  contactQueries,
  type ContactQueryParts,
  type ContactView,
  type RecordView,
  type TicketView,
  viewOfCompany,
  viewOfContact,
  viewOfTicket,
} from './contact-queries.ts';
import type { Clock } from './ports/clock.ts';
import { changesTyped, type TypedProperties } from './typed-properties.ts';

/** The record as it is after the act, with the reason where the record would not have it. */
export interface Kept<View> {
  readonly view: View;
  readonly fault?: ObjectRefusal;
}

export interface Editing extends TypedProperties {
  readonly by: PersonActor;
  /** The desk's IANA time zone: a moment that was typed is meant there. */
  readonly zone: string;
}

/** Refused: `role-may-not`, and `not-found` where there is no such record. */
type Outcome<View> = Promise<Kept<View> | Refusal>;

/** What people look at and do with contacts, companies and the properties of tickets. */
export interface ContactService extends ContactQueries {
  saveContact(id: ContactId, editing: Editing): Outcome<ContactView>;
  saveCompany(id: string, editing: Editing): Outcome<RecordView>;
  saveTicket(id: TicketId, editing: Editing): Outcome<TicketView>;
  /** The contact that has the other address becomes part of this one. */
  merge(id: ContactId, otherEmail: string, by: PersonActor): Outcome<ContactView>;
}

export interface ContactServiceParts extends ContactQueryParts {
  readonly clock: Clock;
}

export const contactService = (parts: ContactServiceParts): ContactService => ({
  ...contactQueries(parts),
  saveContact: (id, editing) =>
    saved(parts, { type: 'contact', id }, { editing, view: (object) => viewOfContact(parts, object) }),
  saveCompany: (id, editing) =>
    saved(parts, { type: 'company', id }, { editing, view: (object) => viewOfCompany(parts, object) }),
  saveTicket: async (id, { by, zone, ...typed }) => {
    if (!mayRole(by, 'tag')) return refuse('role-may-not');
    const view = await viewOfTicket(parts, id);
    if (!view) return refuse('not-found');
    const changes = changesTyped(view.definitions, typed, zone);
    const done = await parts.objects.setProperties({ type: 'ticket', id }, changes, { by, at: parts.clock.now() });
    return isObjectRefusal(done) ? { view, fault: done } : { view: (await viewOfTicket(parts, id)) ?? view };
  },
  merge: (id, otherEmail, by) => merged(parts, { id, otherEmail }, by),
});

interface Saving<View> {
  readonly editing: Editing;
  readonly view: (object: DeskObject) => Promise<View>;
}

const saved = async <View>(
  parts: ContactServiceParts,
  ref: ObjectRef & { readonly type: 'contact' | 'company' },
  { editing: { by, zone, ...typed }, view }: Saving<View>,
): Outcome<View> => {
  if (!mayRole(by, 'merge-contacts')) return refuse('role-may-not');
  const known = await parts.objects.object(ref);
  if (!known) return refuse('not-found');
  const changes = changesTyped(parts.schema.properties[ref.type], typed, zone);
  const done = await parts.objects.setProperties(known, changes, { by, at: parts.clock.now() });
  return isObjectRefusal(done) ? { view: await view(known), fault: done } : { view: await view(done) };
};

const merged = async (
  parts: ContactServiceParts,
  { id, otherEmail }: { readonly id: ContactId; readonly otherEmail: string },
  by: PersonActor,
): Outcome<ContactView> => {
  if (!mayRole(by, 'merge-contacts')) return refuse('role-may-not');
  const known = await parts.objects.object({ type: 'contact', id });
  if (!known) return refuse('not-found');
  const address = mailAddress(otherEmail);
  if (isAdditional(known, address)) return { view: await viewOfContact(parts, known) };
  const other = await parts.objects.contactByEmail(address);
  const act = { by, at: parts.clock.now() };
  const done = other
    ? await parts.objects.mergeContacts(contactId(known.id), contactId(other.id), act)
    : refuseObject('object-unknown');
  return isObjectRefusal(done)
    ? { view: await viewOfContact(parts, known), fault: done }
    : { view: await viewOfContact(parts, done) };
};

/** Merged already: the same tap once more. */
const isAdditional = (contact: DeskObject, address: string): boolean =>
  uniqueValues(contact, 'email').slice(1).includes(address);

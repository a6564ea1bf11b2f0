import { UNLABELLED } from '../domain/association.ts';
import { companyDomainOf } from '../domain/company-domain.ts';
import { gapsFilled, nameFilled } from '../domain/contacts.ts';
import {
  type DeskObject,
  isObjectRefusal,
  objectRef,
  type ObjectRef,
  type ObjectRefusal,
  refuseObject,
} from '../domain/objects.ts';
import { checkProperties } from '../domain/properties.ts';
import { type Instant, mailAddress, oneLine, type TicketId } from '../domain/values.ts';
import { associate } from './object-associations.ts';
import { type Act, type ObjectParts, orLater } from './object-changes.ts';
import { ensureIdentified } from './object-uniqueness.ts';

export interface SeenAddress {
  readonly address: string;
  /** The name the mail shows; may be empty or the address itself. */
  readonly name: string;
  readonly at: Instant;
}

export interface SeenContact extends SeenAddress {
  readonly ticketId: TicketId;
}

const LONGEST_NAME = 200;

/** Finds the contact by address, in whatever case, or makes it; a name is filled in where none was ever known. */
export const ensureContact = async (
  parts: ObjectParts,
  { address, name, at }: SeenAddress,
): Promise<DeskObject | ObjectRefusal> => {
  const email = mailAddress(address);
  const faults = checkProperties(parts.schema.properties.contact, { email }).filter(
    ({ property }) => property === 'email',
  );
  if (faults.length > 0) return refuseObject('properties-invalid', { faults });
  const fill = (contact: DeskObject) => nameFilled(contact, name);
  return ensureIdentified(parts, { type: 'contact', property: 'email', value: email, fill, by: { kind: 'desk' }, at });
};

export interface SeenDomain {
  readonly domain: string;
  readonly name?: string;
  readonly at: Instant;
}

/** Finds the company by domain or makes it, called by its domain until someone knows better. */
export const ensureCompany = async (
  parts: ObjectParts,
  { domain, name, at }: SeenDomain,
): Promise<DeskObject | ObjectRefusal> => {
  const value = domain.trim().toLowerCase();
  const faults = checkProperties(parts.schema.properties.company, { domain: value }).filter(
    ({ property }) => property === 'domain',
  );
  if (faults.length > 0) return refuseObject('properties-invalid', { faults });
  const fill = (company: DeskObject) => gapsFilled(company, { name: oneLine(name ?? '', LONGEST_NAME) || value });
  return ensureIdentified(parts, { type: 'company', property: 'domain', value, fill, by: { kind: 'desk' }, at });
};

/** What a mail on a ticket tells of people: the contact, its company, and how the three belong together. */
export interface Seen {
  readonly contact: DeskObject;
  readonly company?: ObjectRef;
}

/**
 * Makes what is missing and changes nothing that is there: harmless when repeated, and what a person has edited or taken
 * off stays so. The first who writes is the ticket's `primary` contact, others are associated without a label. The ticket's
 * company is its contact's.
 * Errors: StoreError `throttled` when an object was busy: again later.
 */
export const contactSeen = async (parts: ObjectParts, seen: SeenContact): Promise<Seen | ObjectRefusal> => {
  const contact = orLater(await ensureContact(parts, seen));
  if (isObjectRefusal(contact)) return contact;
  const act = { by: { kind: 'desk' }, at: seen.at } as const;
  const ticket: ObjectRef = { type: 'ticket', id: seen.ticketId };
  const joined = await joinIfFree(parts, { from: ticket, to: objectRef(contact) }, act);
  if (isObjectRefusal(joined) && joined.refused === 'too-many-associations')
    orLater(
      await associate(parts, { from: ticket, to: objectRef(contact), label: UNLABELLED }, { ...act, automatic: true }),
    );
  const company = await companyOf(parts, contact, { ...act, address: mailAddress(seen.address) });
  if (company) await joinIfFree(parts, { from: ticket, to: company }, act);
  return { contact, ...(company ? { company } : {}) };
};

const joinIfFree = async (
  parts: ObjectParts,
  ends: { from: ObjectRef; to: ObjectRef },
  act: Act,
): Promise<DeskObject | ObjectRefusal> =>
  orLater(await associate(parts, { ...ends, label: 'primary' }, { ...act, automatic: true }));

/** The company the contact belongs to; by the domain of the address where nobody has said another. */
const companyOf = async (
  parts: ObjectParts,
  contact: DeskObject,
  { address, ...act }: Act & { address: string },
): Promise<ObjectRef | undefined> => {
  const domain = companyDomainOf(address, parts.schema.ownDomains);
  const known = domain === undefined ? undefined : orLater(await ensureCompany(parts, { domain, at: act.at }));
  if (known && !isObjectRefusal(known))
    await joinIfFree(parts, { from: objectRef(contact), to: objectRef(known) }, act);
  const page = await parts.objects.associations(objectRef(contact), { toType: 'company', label: 'primary', limit: 1 });
  return page.associations[0]?.link.to;
};

import { z } from 'zod';
import type { ContactView, RecordView, TicketView } from '../../application/contact-queries.ts';
import type { ContactService, Editing, Kept } from '../../application/contact-service.ts';
import { actorOf } from '../../application/ports/directory.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import { contactId, ticketId, type TicketId } from '../../domain/values.ts';
import { companyCard, contactCard } from '../../views/contact-card.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { plain } from '../../views/text.ts';
import { ticketPropertiesCard } from '../../views/ticket-properties-card.ts';
import { type CardAction, textOf } from './activity.ts';
import { type CardParts, readerOf, refusalText, wordsOf } from './cards.ts';

export interface ContactParts extends CardParts {
  readonly contacts: ContactService;
}

interface Tapped {
  readonly person: Person;
  readonly action: CardAction;
}

type Answer = { readonly card: AdaptiveCard } | { readonly text: string };
type ContactAct = (parts: ContactParts, tapped: Tapped) => Promise<Answer>;

type Again<View> = Kept<View> & { readonly drafts?: Readonly<Record<string, string>>; readonly otherEmail?: string };

const said = (refusal: Refusal, person: Person): Answer => ({ text: refusalText(refusal, person) });

const contactShown = (parts: ContactParts, person: Person, { view, ...again }: Again<ContactView>): Answer => ({
  card: contactCard({ ...view, ...again, reader: readerOf(parts, person) }),
});

const companyShown = (parts: ContactParts, person: Person, { view, ...again }: Again<RecordView>): Answer => ({
  card: companyCard({ ...view, ...again, reader: readerOf(parts, person) }),
});

const propertiesShown = (parts: ContactParts, person: Person, { view, ...again }: Again<TicketView>): Answer => ({
  card: ticketPropertiesCard({ ...view, ...again, reader: readerOf(parts, person) }),
});

const MOST_FIELDS = 100;
const LONGEST_ID = 100;
const LONGEST_CONTINUATION = 2_000;

const Shown = z.record(z.string().max(LONGEST_ID), z.string());

/** What the form showed, as its button brings it back. */
const shownIn = (data: CardAction['data']): Record<string, string> => {
  try {
    const parsed = Shown.safeParse(JSON.parse(textOf(data, 'was')));
    return parsed.success ? parsed.data : {};
  } catch (fault) {
    if (fault instanceof SyntaxError) return {};
    throw fault;
  }
};

/** The fields `p_<name>`. */
const typedIn = (data: CardAction['data']): Record<string, string> =>
  Object.fromEntries(
    Object.keys(data)
      .filter((field) => field.startsWith('p_'))
      .slice(0, MOST_FIELDS)
      .map((field) => [field.slice(2, LONGEST_ID), textOf(data, field)]),
  );

const editingOf = ({ zone }: ContactParts, { person, action: { data } }: Tapped): Editing => ({
  by: actorOf(person),
  zone,
  shown: shownIn(data),
  typed: typedIn(data),
});

/** After a refusal what was typed stands in the fields again. */
const withDrafts = <View>(kept: Kept<View>, { action: { data } }: Tapped): Again<View> =>
  kept.fault ? { ...kept, drafts: typedIn(data) } : kept;

const idIn = ({ data }: CardAction, field: string): string => textOf(data, field).slice(0, LONGEST_ID);

const placeIn = ({ data }: CardAction): string | undefined =>
  textOf(data, 'continuation').slice(0, LONGEST_CONTINUATION) || undefined;

const TICKET_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** A ticket's id is a UUID; what else a client sends is no key that a store may be asked for. */
const ticketIn = (action: CardAction): TicketId | undefined => {
  const text = textOf(action.data, 'ticketId');
  return TICKET_ID.test(text) ? ticketId(text) : undefined;
};

/** The contact by its id, or whoever asked for a ticket. */
const contactIn = async ({ queries }: ContactParts, action: CardAction): Promise<string> => {
  const ticket = ticketIn(action);
  const story = ticket === undefined ? undefined : await queries.ticket(ticket);
  return story?.ticket.requester.contactId ?? idIn(action, 'contactId');
};

const contact: ContactAct = async (parts, { person, action }) => {
  const id = contactId(await contactIn(parts, action));
  const view = await parts.contacts.contactView({ id }, placeIn(action));
  return view ? contactShown(parts, person, { view }) : { text: wordsOf(person).contact.gone };
};

const company: ContactAct = async (parts, { person, action }) => {
  const view = await parts.contacts.companyView(idIn(action, 'companyId'), placeIn(action));
  return view ? companyShown(parts, person, { view }) : { text: wordsOf(person).contact.gone };
};

const properties: ContactAct = async (parts, { person, action }) => {
  const id = ticketIn(action);
  const view = id === undefined ? undefined : await parts.contacts.ticketView(id);
  return view ? propertiesShown(parts, person, { view }) : said(refuse('not-found'), person);
};

const saveContact: ContactAct = async (parts, tapped) => {
  const id = contactId(idIn(tapped.action, 'contactId'));
  const kept = await parts.contacts.saveContact(id, editingOf(parts, tapped));
  return isRefusal(kept) ? said(kept, tapped.person) : contactShown(parts, tapped.person, withDrafts(kept, tapped));
};

const saveCompany: ContactAct = async (parts, tapped) => {
  const kept = await parts.contacts.saveCompany(idIn(tapped.action, 'companyId'), editingOf(parts, tapped));
  return isRefusal(kept) ? said(kept, tapped.person) : companyShown(parts, tapped.person, withDrafts(kept, tapped));
};

const saveProperties: ContactAct = async (parts, tapped) => {
  const id = ticketIn(tapped.action);
  const kept = id === undefined ? refuse('not-found') : await parts.contacts.saveTicket(id, editingOf(parts, tapped));
  return isRefusal(kept) ? said(kept, tapped.person) : propertiesShown(parts, tapped.person, withDrafts(kept, tapped));
};

const merge: ContactAct = async (parts, { person, action }) => {
  const otherEmail = textOf(action.data, 'otherEmail').slice(0, 320);
  const kept = await parts.contacts.merge(contactId(idIn(action, 'contactId')), otherEmail, actorOf(person));
  if (isRefusal(kept)) return said(kept, person);
  return contactShown(parts, person, kept.fault ? { ...kept, otherEmail } : kept);
};

const CONTACT_ACTS: Readonly<Record<string, ContactAct>> = {
  contact,
  company,
  'contact-save': saveContact,
  'company-save': saveCompany,
  'contact-merge': merge,
  'ticket-properties': properties,
  'ticket-properties-save': saveProperties,
};

/** What is asked of contacts, companies and the properties of tickets; undefined for any other verb. */
export const contactAct = async (parts: ContactParts, tapped: Tapped): Promise<Answer | undefined> =>
  Object.hasOwn(CONTACT_ACTS, tapped.action.verb) ? CONTACT_ACTS[tapped.action.verb]?.(parts, tapped) : undefined;

/** The contact with this address, in whatever case. */
export const contactCardFor = async (parts: ContactParts, person: Person, address: string): Promise<Answer> => {
  const asked = address.trim().slice(0, 320);
  const view = await parts.contacts.contactView({ address: asked });
  return view ? contactShown(parts, person, { view }) : { text: wordsOf(person).contact.unknown(plain(asked)) };
};

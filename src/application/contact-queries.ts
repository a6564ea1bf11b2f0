import { uniqueValues } from '../domain/object-identity.ts';
import type { DeskObject, HistoryEntry, ObjectRef } from '../domain/objects.ts';
import { stageOf, TICKET_PIPELINE } from '../domain/pipelines.ts';
import type { Label, PropertyDefinition } from '../domain/property-definitions.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import { type ContactId, ticketId, type TicketId } from '../domain/values.ts';
import type { DeskSchema, NamedStage } from './desk-schema.ts';
import type { ObjectService } from './object-service.ts';
import type { Identity } from './ports/identity.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import { type ListedTicket, readOn, type TicketPage, ticketsOfRequesters } from './requester-tickets.ts';

/** A record with everything its card shows. */
interface ObjectView {
  readonly object: DeskObject;
  readonly definitions: readonly PropertyDefinition[];
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
}

/** Another record that belongs to this one, by the label this side gives it. */
export interface Related {
  readonly label: string;
  readonly object: DeskObject;
}

export interface RecordView extends ObjectView {
  readonly related: readonly Related[];
  readonly tickets: TicketPage;
}

export interface ContactView extends RecordView {
  /** Its primary company. */
  readonly company?: DeskObject;
}

/** `object` is blank while the ticket has no properties of its own. */
export interface TicketView extends ObjectView {
  readonly ticket: Ticket;
  readonly stage?: Label;
}

export type ContactKey = { readonly address: string } | { readonly id: ContactId };

export interface ContactQueries {
  /** By any address it ever had, or by its id or that of one merged into it. Pages of ten tickets, open ones first. */
  contactView(key: ContactKey, continuation?: string): Promise<ContactView | undefined>;
  /** Its tickets are the newest first. */
  companyView(id: string, continuation?: string): Promise<RecordView | undefined>;
  ticketView(id: TicketId): Promise<TicketView | undefined>;
}

export interface ContactQueryParts {
  readonly objects: ObjectService;
  readonly queues: Pick<QueueLists, 'page'>;
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly identity: Pick<Identity, 'named'>;
  readonly schema: DeskSchema;
}

const PAGE = 10;
const MOST_ADDRESSES = 20;

export const contactQueries = (parts: ContactQueryParts): ContactQueries => ({
  contactView: async (key, continuation) => {
    const contact = await ('address' in key
      ? parts.objects.contactByEmail(key.address)
      : parts.objects.object({ type: 'contact', id: key.id }));
    return contact && viewOfContact(parts, contact, continuation);
  },
  companyView: async (id, continuation) => {
    const company = await parts.objects.object({ type: 'company', id });
    return company && viewOfCompany(parts, company, continuation);
  },
  ticketView: (id) => viewOfTicket(parts, id),
});

/** The contact as it was just returned by an act: what the relay still has to carry out does not hide it. */
export const viewOfContact = async (
  parts: ContactQueryParts,
  contact: DeskObject,
  continuation?: string,
): Promise<ContactView> => {
  const ids = idsOf(parts, contact);
  const [related, tickets, history] = await Promise.all([
    relatedTo(parts, contact),
    readOn((place) => ticketsOfRequesters(parts, ids, { limit: PAGE, continuation: place }), continuation),
    historyOf(parts, ids),
  ]);
  const company = related.find(({ label, object }) => label === 'primary' && object.type === 'company')?.object;
  return {
    object: contact,
    definitions: parts.schema.properties.contact,
    ...(company ? { company } : {}),
    related: related.filter(({ object }) => object !== company),
    tickets: staged(parts, tickets),
    history,
  };
};

/** Its own id, and those made of the addresses it has: tickets and histories of merged ones stay under theirs. */
const idsOf = ({ identity }: ContactQueryParts, contact: DeskObject): readonly string[] => {
  const addresses = uniqueValues(contact, 'email').slice(0, MOST_ADDRESSES);
  return [...new Set([contact.id, ...addresses.map((address) => identity.named(`contact|${address}`))])];
};

const historyOf = async ({ objects }: ContactQueryParts, ids: readonly string[]): Promise<HistoryEntry[]> => {
  const histories = await Promise.all(ids.map((id) => objects.historyOf({ type: 'contact', id }, { limit: PAGE })));
  return histories
    .flat()
    .sort((a, b) => (a.at === b.at ? b.rev - a.rev : a.at < b.at ? 1 : -1))
    .slice(0, PAGE);
};

const relatedTo = async ({ objects }: ContactQueryParts, { type, id }: ObjectRef): Promise<Related[]> => {
  const pages = await Promise.all(
    (['company', 'contact'] as const).map((toType) => objects.associationsOf(type, id, { toType, limit: PAGE })),
  );
  const found = pages
    .flatMap(({ associations }) => associations)
    .map(async ({ link }): Promise<Related[]> => {
      const object = await objects.object(link.to);
      return object ? [{ label: link.label, object }] : [];
    });
  return (await Promise.all(found)).flat();
};

export const viewOfCompany = async (
  parts: ContactQueryParts,
  company: DeskObject,
  continuation?: string,
): Promise<RecordView> => {
  const [related, tickets, history] = await Promise.all([
    relatedTo(parts, company),
    readOn((place) => ticketsAssociated(parts, company, place), continuation),
    parts.objects.historyOf(company, { limit: PAGE }),
  ]);
  const definitions = parts.schema.properties.company;
  return { object: company, definitions, related, tickets: staged(parts, tickets), history };
};

const ticketsAssociated = async (
  { objects, tickets }: ContactQueryParts,
  { id }: DeskObject,
  continuation: string | undefined,
): Promise<TicketPage> => {
  const page = await objects.associationsOf('company', id, { toType: 'ticket', limit: PAGE, continuation });
  const loaded = await Promise.all(page.associations.map(({ link }) => tickets.load(ticketId(link.to.id))));
  const rows = loaded.flatMap((each) => (each ? [listed(each.ticket)] : []));
  return { rows, ...(page.continuation === undefined ? {} : { continuation: page.continuation }) };
};

const listed = (ticket: Ticket): ListedTicket => {
  const { id, number, subject, priority, status, dueAt } = ticket;
  const owner = ownerOf(ticket);
  return { ticketId: id, number, subject, priority, status, dueAt, ...(owner ? { ownerName: owner.name } : {}) };
};

const stageLabel = ({ schema }: ContactQueryParts, status: Ticket['status']): { stage?: Label } => {
  const stages: readonly NamedStage[] = schema.pipeline?.stages ?? [];
  const stage = stageOf({ id: TICKET_PIPELINE.id, stages }, status);
  const label = stages.find(({ id }) => id === stage?.id)?.label;
  return label ? { stage: label } : {};
};

const staged = (parts: ContactQueryParts, { rows, ...page }: TicketPage): TicketPage => ({
  ...page,
  rows: rows.map((each) => ({ ...each, ...stageLabel(parts, each.status) })),
});

export const viewOfTicket = async (parts: ContactQueryParts, id: TicketId): Promise<TicketView | undefined> => {
  const ticket = (await parts.tickets.load(id))?.ticket;
  if (!ticket) return undefined;
  const ref: ObjectRef = { type: 'ticket', id };
  const [object, history] = await Promise.all([
    parts.objects.object(ref),
    parts.objects.historyOf(ref, { limit: PAGE }),
  ]);
  const { createdAt, changedAt: updatedAt } = ticket;
  return {
    ticket,
    object: object ?? { ...ref, properties: {}, createdAt, updatedAt, archived: false },
    definitions: parts.schema.properties.ticket,
    history,
    ...stageLabel(parts, ticket.status),
  };
};

import type { OwnershipEvent } from './ownership-events.ts';
import type { RelationEvent } from './relation-events.ts';
import type { SortingEvent } from './sorting-events.ts';
import type { Ticket } from './ticket.ts';
import { refOf } from './values.ts';

/** What events beside the main path change; a field that is undefined leaves the ticket. */
export type Facts = Readonly<Record<string, unknown>>;

export const evolveOwnership = (ticket: Ticket, event: OwnershipEvent): Facts => {
  switch (event.type) {
    case 'TicketReserved': {
      const { by, until } = event;
      return { reserved: { ...refOf(by), roles: by.roles, until } };
    }
    case 'ReservationUndone':
      return { reserved: undefined };
    case 'OwnerChangeRefused':
      return {};
    case 'TicketOffered':
      return { offered: { ...event.to, by: refOf(event.by), until: event.until } };
    case 'OfferDeclined':
    case 'OfferExpired':
      return { offered: undefined };
    case 'TicketRouted':
      return { teamId: event.to, queuedAt: event.at, queueHops: ticket.queueHops + 1, offered: undefined };
    case 'TransferProposed': {
      const { to, reason, by, at } = event;
      return { transfer: { to, reason, proposedBy: refOf(by), proposedAt: at } };
    }
    case 'TransferRejected':
      return { transfer: undefined };
    case 'OwnershipTransferred':
      return { transfer: undefined, ownerId: event.to.id, ownerName: event.to.name, ownerAcceptedAt: event.at };
  }
};

export const evolveSorting = (event: SortingEvent): Facts => {
  switch (event.type) {
    case 'TicketTriaged': {
      const { impact, urgency, priority, dueAt } = event;
      return { priority, dueAt, ...(impact ? { impact } : {}), ...(urgency ? { urgency } : {}) };
    }
    case 'PriorityOverridden':
      return { priority: event.priority, overridden: event.priority, dueAt: event.dueAt };
    case 'TypeSet':
      return { type: event.ticketType };
    case 'TicketTagged':
      return { tags: event.tags };
  }
};

type Told = Exclude<RelationEvent, { type: 'TicketMerged' | 'MergeUndone' | 'PartTakenBack' }>;

export const evolveRelation = (ticket: Ticket, event: Told): Facts => {
  switch (event.type) {
    case 'MergeProposed':
      return { mergeProposed: { ...event.into, ownerId: event.ownerId, by: refOf(event.by) } };
    case 'MergeRefused':
      return { mergeProposed: undefined };
    case 'LinkedToParent':
      return { parent: event.parent };
    case 'UnlinkedFromParent':
      return { parent: undefined };
    case 'MajorIncidentDeclared': {
      const { coordinator, cadenceMinutes, nextUpdateAt } = event;
      return { major: { coordinator, cadenceMinutes, nextUpdateAt } };
    }
    case 'MajorIncidentUpdated':
    case 'UpdateReminded':
      return {
        ...(event.type === 'MajorIncidentUpdated' && event.mail ? told(ticket, event.at) : {}),
        ...(ticket.major ? { major: { ...ticket.major, nextUpdateAt: event.nextUpdateAt } } : {}),
      };
    case 'ParentUpdated':
      return event.mail ? told(ticket, event.at) : {};
    case 'TicketAbsorbed':
    case 'AbsorptionUndone':
    case 'TicketSplit':
    case 'SplitUndone':
      return {};
  }
};

/** News is an answer: the customer need not wait for the first one any more. */
const told = (ticket: Ticket, at: string): Facts => ({
  firstResponseAt: ticket.firstResponseAt ?? at,
  unansweredSince: undefined,
});

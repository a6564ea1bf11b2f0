import type { AlertEvent } from './alert-events.ts';
import { type Change, type EventOf, toldBy } from './events.ts';
import { evolveOwnership, evolveRelation, evolveSorting, type Facts } from './evolve-desk.ts';
import { evolveAlert } from './evolve-alert.ts';
import { evolveEnvelope } from './evolve-envelope.ts';
import type { OwnershipEvent } from './ownership-events.ts';
import type { SortingEvent } from './sorting-events.ts';
import type { Ticket } from './ticket.ts';

type Relation = Parameters<typeof evolveRelation>[1];

const owning = (event: OwnershipEvent, ticket: Ticket): Facts => evolveOwnership(ticket, event);
const alerting = (event: AlertEvent, ticket: Ticket): Facts => evolveAlert(ticket, event);
const relating = (event: Relation, ticket: Ticket): Facts => evolveRelation(ticket, event);

type Beside = OwnershipEvent['type'] | SortingEvent['type'] | Relation['type'] | AlertEvent['type'];

const BESIDE: { readonly [T in Beside]: (event: EventOf<T>, ticket: Ticket) => Facts } = {
  TicketReserved: owning,
  ReservationUndone: owning,
  OwnerChangeRefused: owning,
  TicketOffered: owning,
  OfferDeclined: owning,
  OfferExpired: owning,
  TicketRouted: owning,
  TransferProposed: owning,
  TransferRejected: owning,
  OwnershipTransferred: owning,
  TicketTriaged: evolveSorting,
  PriorityOverridden: evolveSorting,
  TypeSet: evolveSorting,
  TicketTagged: evolveSorting,
  MergeProposed: relating,
  MergeRefused: relating,
  LinkedToParent: relating,
  UnlinkedFromParent: relating,
  MajorIncidentDeclared: relating,
  MajorIncidentUpdated: relating,
  UpdateReminded: relating,
  ParentUpdated: relating,
  TicketAbsorbed: relating,
  AbsorptionUndone: relating,
  TicketSplit: relating,
  SplitUndone: relating,
  AlertRaised: alerting,
  AlertAcknowledged: alerting,
  AlertEnded: alerting,
  SlaWarned: alerting,
};

/** Changes of facts that leave the state as it is; undefined for an event of the main path. */
export const evolveBeside = (ticket: Ticket, event: Change): Facts | undefined =>
  'seq' in event || 'task' in event ? evolveEnvelope(ticket, event) : toldBy<[Ticket], Facts>(BESIDE, event, ticket);

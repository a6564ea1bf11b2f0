import { REFUSAL_STATUS } from '../../src/application/refusal-status.ts';
import type { AcceptTicket, Pend } from '../../src/domain/commands.ts';
import type { CustomerEntry, CustomerMail, CustomerView } from '../../src/domain/customer-view.ts';
import type { Effect } from '../../src/domain/effects.ts';
import type { EnvelopeRequested } from '../../src/domain/envelope-events.ts';
import type { EnvelopeRow } from '../../src/domain/envelope.ts';
import type { NoteAdded, TicketAccepted } from '../../src/domain/events.ts';
import type { OwnershipTransferred } from '../../src/domain/ownership-events.ts';
import type { RefusalCode } from '../../src/domain/refusals.ts';
import type {
  CancelledTicket,
  ClosedTicket,
  InProgressTicket,
  NewTicket,
  PendingOtherTicket,
  Ticket,
} from '../../src/domain/ticket.ts';
import type { Actor, Instant, MailAddress, PersonActor, PersonId, TeamId, TicketId } from '../../src/domain/values.ts';

/** Promises made in types, kept by the compiler: this file only has to compile. Each comment names the mistake it forbids. */
declare const personId: PersonId;
declare const ticketId: TicketId;
declare const instant: Instant;
declare const person: PersonActor;
declare const customer: Extract<Actor, { kind: 'customer' }>;
declare const newTicket: NewTicket;
declare const owned: InProgressTicket;
declare const ticket: Ticket;

// @ts-expect-error a person is not a moment
export const closedAt: Instant = personId;
// @ts-expect-error a moment is not a person
export const ownerId: PersonId = instant;
// @ts-expect-error a ticket is not a team
export const team: TeamId = ticketId;
// @ts-expect-error any text is not an address: mailAddress() makes it lower-case
export const address: MailAddress = 'Carla@Customer.example';
// @ts-expect-error any text is not a moment: it may have no zone
export const now: Instant = '2026-01-05';

// @ts-expect-error the customer's view has no notes
export type LeaksNotes = CustomerView['notes'];
// @ts-expect-error the customer's view has no envelopes
export type LeaksEnvelopes = CustomerView['envelopes'];
// @ts-expect-error nor the one envelope an entry belongs to
export type LeaksEnvelope = CustomerEntry['envelope'];
// @ts-expect-error nor an expert or a helper
export type LeaksExpert = CustomerView['expert'];
// @ts-expect-error nor under any other name
export type LeaksHelper = CustomerEntry['helper'];
// @ts-expect-error nor tasks
export type LeaksTasks = CustomerView['tasks'];
// @ts-expect-error nor an entry that is about one
export type LeaksTask = CustomerEntry['task'];
// @ts-expect-error nor whose place somebody took
export type LeaksDeputy = CustomerEntry['actingFor'];
// @ts-expect-error nor has an entry of it a visibility: it can hold only what is visible
export type LeaksVisibility = CustomerEntry['visibility'];
// @ts-expect-error a mail to a customer has no author but the owner who signs
export type LeaksAuthor = CustomerMail['author'];
// @ts-expect-error nor an envelope
export type MailLeaksEnvelope = CustomerMail['envelope'];
// @ts-expect-error nor a helper beside the owner
export type MailLeaksHelper = CustomerMail['helper'];
// @ts-expect-error nor a deputy
export type MailLeaksDeputy = CustomerMail['actingFor'];
// @ts-expect-error nor a task
export type MailLeaksTask = CustomerMail['task'];
// @ts-expect-error and there is no mail about an envelope
export const aboutHelp: CustomerMail['kind'] = 'envelope';
// @ts-expect-error a file in it is a name and a size, never the bytes' address
export type LeaksHash = CustomerEntry['attachments'][number]['sha256'];

// @ts-expect-error a new ticket has no owner to read
export const nobody = newTicket.ownerId;
// @ts-expect-error nor one to assign
newTicket.ownerId = personId;
// @ts-expect-error an owner is not assigned
owned.ownerId = personId;
// @ts-expect-error whether there is an owner must be asked first
export const anyOwner = ticket.ownerId;
// @ts-expect-error only a cancelled ticket may lack an owner after it had the chance to get one
export const closedWithout: Pick<ClosedTicket, 'ownerId'> = {};
export const cancelledWithout: Pick<CancelledTicket, 'ownerId'> = {};
// @ts-expect-error a ticket that waits for others has a day on which the desk looks again
export const waitsForEver: Pick<PendingOtherTicket, 'followUpAt'> = {};
// @ts-expect-error a ticket in progress is not paused
export const paused = owned.pausedAt;

// @ts-expect-error nobody asks for help who is not a person of the desk
export const askedByCustomer: EnvelopeRequested['by'] = customer;
// @ts-expect-error an envelope names no owner to change
export type EnvelopeOwner = EnvelopeRow['ownerId'];
// @ts-expect-error a transfer has one of two reasons
export const overload: OwnershipTransferred['reason'] = 'overload';
// @ts-expect-error and two people
export const alone: Pick<OwnershipTransferred, 'by' | 'proposedBy'> = { by: person };
// @ts-expect-error customers do not accept tickets
export const acceptedByCustomer: TicketAccepted['by'] = customer;
// @ts-expect-error nor write notes
export const notedByCustomer: NoteAdded['by'] = customer;
// @ts-expect-error the desk itself owns nothing
export const acceptedByDesk: AcceptTicket['by'] = { kind: 'desk' };
// @ts-expect-error waiting for the customer is asking them
export const pendForCustomer: Pend['for'] = 'customer';
// @ts-expect-error no effect changes an owner
export const assigns: Effect['kind'] = 'assign';

// @ts-expect-error a refusal without a status does not compile
export const incomplete: typeof REFUSAL_STATUS = { 'owner-is-set': { status: 409, level: 'info' } };
// @ts-expect-error nor does a status for a refusal that does not exist
export const invented: Partial<Record<RefusalCode, number>> = { 'owner-was-set': 409 };
export const complete: Readonly<Record<RefusalCode, { readonly status: number }>> = REFUSAL_STATUS;
// @ts-expect-error a person without a name is nobody
export const unnamed: PersonActor = { kind: 'person', id: personId, roles: [] };

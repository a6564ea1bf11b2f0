import type { CommandOf } from './commands.ts';
import { type Decision, optionalText, personIn, reasonFault, textFault } from './decision.ts';
import { mayAccept, notNow, reservationOf } from './ownership.ts';
import type { Desk } from './policy.ts';
import { type ReadyEnvelope, refuse } from './refusals.ts';
import { isLead, mayOwn } from './roles.ts';
import { isOpen, ownerOf, type Ticket } from './ticket.ts';
import { instantOf, millisecondsOf, type PersonActor, type PersonRef, refOf } from './values.ts';
import { allows } from './lifecycle.ts';

/** Shared and kiosk accounts never own: nobody would be accountable. */
const ownFault = (desk: Desk, by: PersonActor) =>
  desk.roster.person(by.id)?.shared ? refuse('may-not-own', { owner: refOf(by) }) : undefined;

export const acceptTicket = (ticket: Ticket, { at, by }: CommandOf<'accept'>, desk: Desk): Decision =>
  mayAccept(ticket, by) ?? ownFault(desk, by) ?? [{ type: 'TicketAccepted', at, by }];

export const reserve = (ticket: Ticket, { at, by }: CommandOf<'reserve'>, desk: Desk): Decision => {
  const refused = mayAccept(ticket, by) ?? ownFault(desk, by);
  if (refused) return refused;
  if (reservationOf(ticket)) return [];
  const until = instantOf(millisecondsOf(at) + desk.policy.reserveSeconds * 1_000);
  return [{ type: 'TicketReserved', at, by, until }];
};

export const undoReserve = (ticket: Ticket, { at, by }: CommandOf<'undo-reserve'>): Decision => {
  const owner = ownerOf(ticket);
  if (owner?.id === by.id) return refuse('undo-too-late', { until: at });
  if (owner) return refuse('owner-is-set', { owner });
  return reservationOf(ticket)?.id === by.id ? [{ type: 'ReservationUndone', at, by }] : refuse('not-reserved');
};

/** Never done. With an owner it is recorded, and answered with the envelope that helps instead. */
export const assign = (ticket: Ticket, { at, by, to, door }: CommandOf<'assign'>, desk: Desk): Decision => {
  const owner = ownerOf(ticket);
  if (!owner) return refuse('only-by-accept');
  if (owner.id === to.id) return [];
  const ready = isOpen(ticket) ? { ready: readyEnvelope(desk, ticket, to) } : {};
  return {
    refusal: refuse('owner-stays', { owner, ...ready }),
    events: [{ type: 'OwnerChangeRefused', at, by, door, to: personIn(desk, to) ?? refOf(to) }],
  };
};

/** Whoever was to get the ticket is asked to help with it; somebody the desk does not know leaves it to the ticket's team. */
const readyEnvelope = ({ roster }: Desk, ticket: Ticket, to: PersonRef): ReadyEnvelope => {
  const person = roster.person(to.id);
  return { teamId: person?.teams[0] ?? ticket.teamId, ...(person ? { expert: refOf(person) } : {}) };
};

export const offer = (ticket: Ticket, { at, by, to }: CommandOf<'offer'>, desk: Desk): Decision => {
  const refused = mayAccept(ticket, by);
  if (refused) return refused;
  const person = desk.roster.person(to.id);
  if (!person) return refuse('person-unknown');
  if (!mayOwn(person)) return refuse('may-not-own', { owner: refOf(person) });
  const until = instantOf(millisecondsOf(at) + desk.policy.offerMinutes * 60_000);
  return [{ type: 'TicketOffered', at, by, to: refOf(person), until }];
};

export const declineOffer = (ticket: Ticket, command: CommandOf<'decline-offer'>, desk: Desk): Decision => {
  const { at, by, reason } = command;
  if (ticket.status !== 'new') return notNow(ticket);
  if (ticket.offered?.id !== by.id) return refuse('not-offered');
  return (
    reasonFault(reason, desk) ?? [{ type: 'OfferDeclined', at, by, offeredBy: ticket.offered.by, text: reason.trim() }]
  );
};

/** Between teams, while nobody owns it. That is no ping-pong, but it is counted, and at the third hop a lead sorts it. */
export const route = (ticket: Ticket, command: CommandOf<'route'>, desk: Desk): Decision => {
  const { at, by, teamId, reason } = command;
  const owner = ownerOf(ticket);
  if (owner) return refuse('owner-is-set', { owner, ...(isOpen(ticket) ? { ready: { teamId } } : {}) });
  if (!allows(ticket, 'route')) return notNow(ticket);
  if (!desk.roster.team(teamId)) return refuse('team-unknown');
  if (teamId === ticket.teamId) return refuse('same-team');
  if (ticket.queueHops + 1 >= desk.policy.hopsNeedLead && !isLead(by))
    return refuse('needs-a-lead', { limit: ticket.queueHops });
  const fault = reason?.trim() ? textFault(reason, desk) : undefined;
  return (
    mayAccept(ticket, by) ??
    fault ?? [{ type: 'TicketRouted', at, by, from: ticket.teamId, to: teamId, ...optionalText(reason) }]
  );
};

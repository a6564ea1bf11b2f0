import { ALLOWED, allows } from './lifecycle.ts';
import { type Action, type Refusal, refuse } from './refusals.ts';
import { isLead } from './roles.ts';
import { ownerOf, type Reservation, type Ticket } from './ticket.ts';
import type { Actor, Instant, PersonActor } from './values.ts';

export const notNow = (ticket: Ticket): Refusal => refuse('not-allowed-now', { allowed: allowedNow(ticket) });

/** A merge is undone as a merge, a cancel as a cancel. */
const allowedNow = (ticket: Ticket): readonly Action[] => {
  const allowed = ALLOWED[ticket.status];
  if (ticket.status !== 'cancelled') return allowed;
  return allowed.filter((action) => action !== (ticket.mergedInto ? 'undo-cancel' : 'undo-merge'));
};

/** Whose ticket it is for this act: its owner's, or that of whoever takes the owner's place. */
const isOwner = (ticket: Ticket, by: PersonActor): boolean => {
  const owner = ownerOf(ticket);
  return owner !== undefined && (owner.id === by.id || owner.id === by.actingFor?.id);
};

export const reservationOf = (ticket: Ticket): Reservation | undefined =>
  ticket.status === 'new' ? ticket.reserved : undefined;

/** Somebody else tapped Accept a moment ago. */
const heldFor = (ticket: Ticket, by: PersonActor): Refusal | undefined => {
  const held = reservationOf(ticket);
  return held && held.id !== by.id
    ? refuse('reserved', { owner: { id: held.id, name: held.name }, until: held.until })
    : undefined;
};

/** Accept sets the owner once. The second of two learns who won; the owner who taps again is told the same. */
export const mayAccept = (ticket: Ticket, by: PersonActor): Refusal | undefined => {
  const owner = ownerOf(ticket);
  if (owner) return refuse('owner-is-set', { owner });
  return allows(ticket, 'accept') ? heldFor(ticket, by) : notNow(ticket);
};

/** What the owner does with their ticket: nobody else does it, a lead neither. The customer hears one voice. */
export const mayWork = (ticket: Ticket, action: Action, by: PersonActor): Refusal | undefined => {
  const owner = ownerOf(ticket);
  if (owner && !isOwner(ticket, by)) return refuse('only-the-owner', { owner });
  if (!allows(ticket, action))
    return ticket.status === 'new' ? refuse('no-owner-yet', { allowed: ALLOWED.new }) : notNow(ticket);
  return undefined;
};

/** Sorting, cancelling, relating: the owner or a lead; while nobody owns it, anyone who works tickets and is not in another's way. */
export const mayEnd = (ticket: Ticket, action: Action, by: Actor): Refusal | undefined => {
  if (by.kind === 'customer') return refuse('role-may-not');
  if (by.kind === 'person') {
    const owner = ownerOf(ticket);
    if (owner && !isOwner(ticket, by) && !isLead(by)) return refuse('only-the-owner', { owner });
  }
  if (!allows(ticket, action)) return notNow(ticket);
  return by.kind === 'person' ? heldFor(ticket, by) : undefined;
};

/** A reservation whose time is over is an accept that only waits to be written. */
export const hasEnded = (held: Reservation, at: Instant): boolean => held.until <= at;

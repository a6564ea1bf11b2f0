import { ALLOWED, allows } from './lifecycle.ts';
import { type Action, type Refusal, refuse } from './refusals.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import type { Actor, PersonActor, Role } from './values.ts';

/** Who may work a ticket at all. Experts help through envelopes; auditors read. */
const WORKS: readonly Role[] = ['agent', 'team_lead', 'manager', 'admin'];
const LEADS: readonly Role[] = ['team_lead', 'manager', 'admin'];

const has = (by: PersonActor, roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));

export const isLead = (by: PersonActor): boolean => has(by, LEADS);

const notNow = (ticket: Ticket): Refusal => refuse('not-allowed-now', { allowed: ALLOWED[ticket.status] });

/** Accept sets the owner once. The second of two learns who won; the owner who taps again is told the same. */
export const mayAccept = (ticket: Ticket, by: PersonActor): Refusal | undefined => {
  if (!has(by, WORKS)) return refuse('role-may-not');
  const owner = ownerOf(ticket);
  if (owner) return refuse('owner-is-set', { owner });
  return allows(ticket, 'accept') ? undefined : notNow(ticket);
};

/** What the owner does with their ticket: nobody else does it, a lead neither. The customer hears one voice. */
export const mayWork = (ticket: Ticket, action: Action, by: PersonActor): Refusal | undefined => {
  if (!has(by, WORKS)) return refuse('role-may-not');
  const owner = ownerOf(ticket);
  if (owner && owner.id !== by.id) return refuse('only-the-owner', { owner });
  if (!allows(ticket, action))
    return ticket.status === 'new' ? refuse('no-owner-yet', { allowed: ALLOWED.new }) : notNow(ticket);
  return undefined;
};

/** Cancelling, undoing it and closing early: the owner or a lead; an unowned ticket by anyone who works tickets. */
export const mayEnd = (ticket: Ticket, action: Action, by: Actor): Refusal | undefined => {
  if (by.kind === 'customer') return refuse('role-may-not');
  if (by.kind === 'person') {
    if (!has(by, WORKS)) return refuse('role-may-not');
    const owner = ownerOf(ticket);
    if (owner && owner.id !== by.id && !isLead(by)) return refuse('only-the-owner', { owner });
  }
  return allows(ticket, action) ? undefined : notNow(ticket);
};

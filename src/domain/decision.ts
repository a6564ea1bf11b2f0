import type { TicketEvent } from './events.ts';
import type { Desk } from './policy.ts';
import { type Refusal, refuse } from './refusals.ts';
import type { PersonRef } from './values.ts';

/** What a command leads to: events in their order, or a refusal. No events: nothing changed, and that is fine. */
export type Decision = readonly TicketEvent[] | Refusal | RefusedOnRecord;

/** A refusal that the ticket remembers: an attempt to change an owner is itself an event. */
export interface RefusedOnRecord {
  readonly refusal: Refusal;
  readonly events: readonly TicketEvent[];
}

/** Whether it was decided at all, instead of refused. */
export const isEvents = (decision: Decision): decision is readonly TicketEvent[] => Array.isArray(decision);

/** What a decision says and what it writes. */
export const outcomeOf = (
  decision: Decision,
): { readonly refusal?: Refusal; readonly events: readonly TicketEvent[] } => {
  if ('refusal' in decision) return decision;
  return 'refused' in decision ? { refusal: decision, events: [] } : { events: decision };
};

/** Text a person sends: neither blank nor longer than the desk allows. It is refused, never cut: nobody's words get lost. */
export const textFault = (text: string, desk: Desk, limit = desk.policy.textLimit): Refusal | undefined => {
  if (text.trim() === '') return refuse('text-missing');
  return text.length > limit ? refuse('text-too-long', { limit, text }) : undefined;
};

/** Words that may be left out; blank ones count as left out. */
export const optionalText = (text: string | undefined): { text?: string } =>
  text?.trim() ? { text: text.trim() } : {};

/** A reason that must be given. */
export const reasonFault = (reason: string | undefined, desk: Desk): Refusal | undefined =>
  reason?.trim() ? textFault(reason, desk) : refuse('reason-missing');

/** A person of the desk by their id, under the name the desk knows them by. */
export const personIn = (desk: Desk, { id }: PersonRef): PersonRef | undefined => {
  const person = desk.roster.person(id);
  return person && { id: person.id, name: person.name };
};

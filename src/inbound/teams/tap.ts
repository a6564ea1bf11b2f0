import type { AnyAsk } from '../../application/ticket-service.ts';
import type { Roster } from '../../domain/roster.ts';
import {
  type CommandId,
  endOfDay,
  type Instant,
  type PersonActor,
  personId,
  type PersonRef,
  type TicketId,
} from '../../domain/values.ts';
import { type CardAction, textOf } from './activity.ts';

export interface Tap {
  readonly action: CardAction;
  readonly by: PersonActor;
  readonly id: CommandId;
  readonly ticketId: TicketId;
  /** The desk's IANA time zone. */
  readonly zone: string;
  readonly roster: Roster;
}

/** Translates one verb; `undefined` where the tap does not say what it must. What may be done is not decided here. */
export type Verb = (tap: Tap) => AnyAsk | undefined;

export const frameOf = ({ by, id }: Tap): { readonly by: PersonActor; readonly id: CommandId } => ({ by, id });

/** A day counts until its end where the desk is: "follow up on Friday" is not yet past on Friday evening. */
export const dayOf = ({ action, zone }: Tap, field: string): Instant | undefined =>
  endOfDay(textOf(action.data, field), zone);

/** The person a form names: chosen from a list, or typed by name where the list would be too long. Unknown ones stay unknown. */
export const namedIn = (
  { action: { data }, roster }: Tap,
  fields: { readonly id: string; readonly name: string },
): PersonRef | undefined => {
  const chosen = textOf(data, fields.id);
  const typed = textOf(data, fields.name).trim().toLowerCase();
  if (chosen === '' && typed === '') return undefined;
  const person =
    chosen === '' ? roster.people().find(({ name }) => name.toLowerCase() === typed) : roster.person(personId(chosen));
  return person ? { id: person.id, name: person.name } : { id: personId(chosen), name: typed };
};

export const personIn = (tap: Tap): PersonRef | undefined => namedIn(tap, { id: 'personId', name: 'personName' });

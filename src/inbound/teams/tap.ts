import type { AnyAsk } from '../../application/ticket-service.ts';
import type { Roster } from '../../domain/roster.ts';
import {
  type CommandId,
  endOfDay,
  type Instant,
  type PersonActor,
  personId,
  type PersonId,
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

interface Named {
  /** Chosen from a list. */
  readonly id: string;
  /** Typed, where the list would be too long. */
  readonly name: string;
}

const found = (roster: Roster, { id, name }: Named): PersonRef | undefined => {
  const typed = name.trim().toLowerCase();
  const person =
    id === '' ? roster.people().find((each) => each.name.toLowerCase() === typed) : roster.person(personId(id));
  return person && { id: person.id, name: person.name };
};

/** Unknown ones stay unknown: the rules say so. */
export const idIn = (roster: Roster, named: Named): PersonId => found(roster, named)?.id ?? personId(named.id);

/** The person a form names; undefined where it names none. */
export const namedIn = ({ action: { data }, roster }: Tap, fields: Named): PersonRef | undefined => {
  const named = { id: textOf(data, fields.id), name: textOf(data, fields.name) };
  if (named.id === '' && named.name.trim() === '') return undefined;
  return found(roster, named) ?? { id: personId(named.id), name: named.name.trim() };
};

export const personIn = (tap: Tap): PersonRef | undefined => namedIn(tap, { id: 'personId', name: 'personName' });

import type { Tick, TicketTold } from './commands.ts';
import { alertDueOf } from './alert-levels.ts';
import { alertsDue, alertsEndedBy } from './decide-alert.ts';
import { reopenedDue } from './due.ts';
import type { TicketEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { hasEnded, reservationOf } from './ownership.ts';
import type { Desk } from './policy.ts';
import { calendarOf, marksOf } from './sla.ts';
import { isOpen, type Ticket } from './ticket.ts';
import { type Instant, instantOf, millisecondsOf, type PersonActor, type TicketRef } from './values.ts';

/** What happens by the clock, and when the next of it is due. */

interface Dated {
  readonly dueAt: Instant;
  readonly events: (at: Instant) => readonly TicketEvent[];
}

const DESK = { kind: 'desk' } as const;

const datesOf = (ticket: Ticket, desk: Desk): readonly Dated[] => [
  ...reservationEnds(ticket),
  ...offerEnds(ticket),
  ...answersCount(ticket, desk),
  ...closes(ticket, desk),
  ...newsIsDue(ticket),
  ...promisesPass(ticket, desk),
];

/** The tap on Accept stands: nobody has undone it. */
const reservationEnds = (ticket: Ticket): readonly Dated[] => {
  const held = reservationOf(ticket);
  if (!held) return [];
  const by: PersonActor = { kind: 'person', id: held.id, name: held.name, roles: held.roles };
  return [{ dueAt: held.until, events: (at) => [{ type: 'TicketAccepted', at, by }] }];
};

/** Behind a tap on Accept no offer ends: the tap becomes an accept, or the offer stands again. */
const offerEnds = (ticket: Ticket): readonly Dated[] =>
  ticket.status === 'new' && ticket.offered && !ticket.reserved
    ? [{ dueAt: ticket.offered.until, events: (at) => [{ type: 'OfferExpired', at, by: DESK }] }]
    : [];

const answersCount = (ticket: Ticket, desk: Desk): readonly Dated[] =>
  (ticket.envelopes ?? []).flatMap(({ state, since, seq, expert }) =>
    state === 'completed' && expert
      ? [
          {
            dueAt: calendarOf(ticket, desk).addDays(since, desk.policy.confirmAfterDays),
            events: (at: Instant) => [{ type: 'EnvelopeConfirmed' as const, at, by: DESK, seq, expert }],
          },
        ]
      : [],
  );

const closes = (ticket: Ticket, desk: Desk): readonly Dated[] =>
  ticket.status === 'resolved'
    ? [
        {
          dueAt: calendarOf(ticket, desk).addDays(ticket.resolvedAt, desk.policy.closeAfterDays),
          events: (at) => [{ type: 'TicketClosed', at, by: DESK }],
        },
      ]
    : [];

const newsIsDue = (ticket: Ticket): readonly Dated[] => {
  if (!ticket.major || !isOpen(ticket)) return [];
  const { nextUpdateAt, cadenceMinutes } = ticket.major;
  return [
    {
      dueAt: nextUpdateAt,
      events: (at) => [
        { type: 'UpdateReminded', at, by: DESK, nextUpdateAt: instantOf(millisecondsOf(at) + cadenceMinutes * 60_000) },
      ],
    },
  ];
};

/** Of marks that passed while nobody looked, only the highest is said. */
const promisesPass = (ticket: Ticket, desk: Desk): readonly Dated[] =>
  marksOf(ticket, desk).map(({ at: dueAt, promise, percent, dueAt: promised, until }) => ({
    dueAt,
    events: (at: Instant) =>
      until !== undefined && until <= at
        ? []
        : [{ type: 'SlaWarned' as const, at, by: DESK, promise, percent, dueAt: promised }],
  }));

/** When the clock next has something to do with this ticket. `at`: as of when, which decides the version of the matrix. */
export const nextDueOf = (ticket: Ticket, desk: Desk, at: Instant): Instant | undefined =>
  [...datesOf(ticket, desk).map(({ dueAt }) => dueAt), alertDueOf({ ticket, desk, at })]
    .filter((due) => due !== undefined)
    .sort()[0];

/** Everything that has come due, each once; a tick that comes too early, late or twice does no harm. */
export const tick = (
  ticket: Ticket,
  { at, deputies = [] }: Pick<Tick, 'at' | 'deputies'>,
  desk: Desk,
): readonly TicketEvent[] => {
  const happened = datesOf(ticket, desk)
    .filter(({ dueAt }) => dueAt <= at)
    .flatMap(({ events }) => events(at));
  const events = [...happened, ...alertsEndedBy(ticket, happened, desk)];
  const after = events.reduce<Ticket>((each, event) => evolve(each, event) ?? each, ticket);
  return [...events, ...alertsDue({ ticket: after, desk, at, deputies })];
};

/** An accept that only waits to be written is written before whatever comes next. */
export const settled = (ticket: Ticket, at: Instant): readonly TicketEvent[] => {
  const held = reservationOf(ticket);
  return held && hasEnded(held, at) ? reservationEnds(ticket).flatMap(({ events }) => events(at)) : [];
};

/** Split from that ticket, and nobody owns it or has reached for it since. */
const isUntouchedPart = (ticket: Ticket, { id }: TicketRef): boolean =>
  ticket.status === 'new' && !ticket.reserved && ticket.splitFrom?.id === id;

/** Two merged into each other at the same moment would both be over: the one with the lower id stays a ticket of its own. */
const outOfCircle = (
  ticket: Ticket,
  { at, by, from }: Pick<TicketTold, 'at' | 'by' | 'from'>,
  desk: Desk,
): readonly TicketEvent[] =>
  ticket.status === 'cancelled' && ticket.mergedInto?.id === from.id && ticket.id < from.id
    ? [{ type: 'MergeUndone', at, by, from: ticket.mergedInto, dueAt: reopenedDue(ticket, at, desk) }]
    : [];

/** What another ticket reports. Told twice, it is written once: the command's id sees to that. */
export const told = (ticket: Ticket, { at, by, what, from }: TicketTold, desk: Desk): readonly TicketEvent[] => {
  switch (what) {
    case 'absorbed':
      return [{ type: 'TicketAbsorbed', at, by, other: from }, ...outOfCircle(ticket, { at, by, from }, desk)];
    case 'absorption-undone':
      return [{ type: 'AbsorptionUndone', at, by, other: from }];
    case 'split-undone':
      return isUntouchedPart(ticket, from) ? [{ type: 'PartTakenBack', at, by, other: from }] : [];
  }
};

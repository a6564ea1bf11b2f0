import { clocksOf, isOf } from './alert.ts';
import type { AlertRaised } from './alert-events.ts';
import { alertDueOf } from './alert-levels.ts';
import { alertsDue, alertsEndedBy } from './decide-alert.ts';
import type { Recorded, TicketEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Desk } from './policy.ts';
import type { Ticket } from './ticket.ts';
import { type Instant, later, type PersonId, type Priority, type TeamId } from './values.ts';

/** What would have been raised, with the facts of the ticket at that moment. */
export interface ReplayedAlert {
  readonly raised: AlertRaised;
  readonly teamId: TeamId;
  readonly priority: Priority;
}

export interface Replay {
  readonly desk: Desk;
  readonly until: Instant;
  /** Moments at which the rules changed, in order. */
  readonly changes?: readonly Instant[];
  /** Who acted in the owner's place then. */
  readonly deputies?: (ticket: Ticket, at: Instant) => readonly PersonId[];
}

interface Course {
  readonly ticket: Ticket;
  /** How far it has been looked at. */
  readonly at: Instant;
  readonly found: readonly ReplayedAlert[];
}

/** Made by the clock: a replay makes its own. */
const OWN: ReadonlySet<TicketEvent['type']> = new Set(['AlertRaised', 'AlertEnded', 'SlaWarned']);

/**
 * Which alerts the desk's rules raise over a ticket's history, as if its clock had never missed a moment: everything people
 * did stays, everything the matrix did is forgotten and done again. `history` oldest first.
 */
export const replayAlerts = (history: readonly Recorded[], replay: Replay): readonly ReplayedAlert[] => {
  const [first, ...rest] = history.map(({ event }) => event).filter(({ type }) => !OWN.has(type));
  const ticket = first && evolve(undefined, first);
  if (!ticket || !first) return [];
  const begun: Course = { ticket, at: first.at, found: [] };
  const told = rest.reduce((course, event) => happens(passes(course, event.at, replay), event, replay), begun);
  return passes(told, replay.until, replay).found;
};

/** Time passes until just before that moment: what happens in it comes first. */
const passes = (begun: Course, to: Instant, replay: Replay): Course => {
  const changes = (replay.changes ?? []).filter((each) => each > begun.at && each < to);
  return [...changes, to].reduce((before, change) => {
    let course = before;
    for (let due = dueOf(course, replay); due !== undefined && due < change; due = dueOf(course, replay))
      course = raises(course, due, replay);
    return { ...course, at: later(change, course.at) };
  }, begun);
};

/** What was due before by then is due at once: but between two things that happen at one moment, nobody looks. */
const dueOf = ({ ticket, at }: Course, { desk }: Replay): Instant | undefined => {
  const due = alertDueOf({ ticket, desk, at });
  return due === undefined ? undefined : later(due, at);
};

const raises = ({ ticket, found }: Course, at: Instant, { desk, deputies }: Replay): Course => {
  const events = alertsDue({ ticket, desk, at, deputies: deputies?.(ticket, at) ?? [] });
  const raised = events.flatMap((event) => {
    if (event.type !== 'AlertRaised') return [];
    const row = ticket.envelopes?.find(({ seq }) => seq === event.envelope);
    return [{ raised: event, teamId: row?.teamId ?? ticket.teamId, priority: ticket.priority }];
  });
  return { ticket: applied(ticket, events), at, found: [...found, ...raised] };
};

const applied = (ticket: Ticket, events: readonly TicketEvent[]): Ticket =>
  events.reduce<Ticket>((each, event) => evolve(each, event) ?? each, ticket);

const happens = (course: Course, event: TicketEvent, { desk }: Replay): Course => {
  const { ticket, found } = course;
  const at = later(event.at, course.at);
  const told = event.type === 'AlertAcknowledged' ? acknowledged(ticket, event, desk) : event;
  return { ticket: told ? applied(ticket, [told, ...alertsEndedBy(ticket, [told], desk)]) : ticket, at, found };
};

/** Somebody was on an alert: it counts where the replay has raised it, too. */
const acknowledged = (
  ticket: Ticket,
  event: Extract<TicketEvent, { type: 'AlertAcknowledged' }>,
  desk: Desk,
): TicketEvent | undefined => {
  const row = ticket.alerts?.find(
    (each) => isOf(each, event) && clocksOf(ticket, desk).some((clock) => isOf(clock, each)),
  );
  return row && { ...event, episode: row.episode, level: row.level };
};

import type { AlertEnded, AlertRaised } from './alert-events.ts';
import { type AlertClock, clocksOf, isOf } from './alert.ts';
import type { AlertRow } from './alert-row.ts';
import { aheadOf, type LookedAt, type Rung, rowOf, rungsOf } from './alert-levels.ts';
import { recipientsOf } from './alert-recipients.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decision.ts';
import type { TicketEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Desk } from './policy.ts';
import { refuse } from './refusals.ts';
import { calendarOf } from './sla.ts';
import type { Ticket } from './ticket.ts';
import type { PersonId } from './values.ts';

/**
 * Alerts tell people; they never change who owns a ticket, nor its state. An episode is one ticket's or envelope's condition
 * from its first alert until the condition ends. Each level, and each repeat, is raised once in an episode.
 */
const DESK = { kind: 'desk' } as const;

const keyOf = ({ condition, envelope, episode }: AlertRow) => ({
  condition,
  episode,
  ...(envelope === undefined ? {} : { envelope }),
});

const holds = (row: AlertRow, ticket: Ticket, desk: Desk): boolean =>
  clocksOf(ticket, desk).some((clock) => isOf(clock, row) && clock.since === row.since);

/** Alerts whose condition does not hold any more, or holds anew from another moment. */
const overOf = (ticket: Ticket, desk: Desk): readonly AlertRow[] =>
  (ticket.alerts ?? []).filter((row) => !holds(row, ticket, desk));

/** What this clock raises now: the highest level that is due; those below it are superseded. Else a repeat. */
const raisedBy = (clock: AlertClock, looked: LookedAt): { rung: Rung; superseded: Rung[] } | undefined => {
  const due = aheadOf(clock, looked).filter(({ dueAt }) => dueAt <= looked.at);
  const levels = due.filter(({ repeat }) => repeat === 0);
  const rung = levels.at(-1) ?? due.at(-1);
  return rung && { rung, superseded: levels.slice(0, -1) };
};

interface Raising extends LookedAt {
  readonly deputies: readonly PersonId[];
}

/** One event for each condition that has something due. */
const raised = (raising: Raising): readonly AlertRaised[] => {
  const { ticket, desk, at, deputies } = raising;
  let episodes = ticket.alertsEver ?? 0;
  return clocksOf(ticket, desk).flatMap((clock) => {
    const found = raisedBy(clock, raising);
    if (!found) return [];
    const { rung, superseded } = found;
    const row = rowOf(ticket, clock);
    episodes += row ? 0 : 1;
    return [
      {
        type: 'AlertRaised',
        at,
        by: DESK,
        condition: clock.condition,
        ...(clock.envelope === undefined ? {} : { envelope: clock.envelope }),
        episode: row?.episode ?? episodes,
        level: rung.level,
        repeat: rung.repeat,
        since: clock.since,
        dueAt: rung.dueAt,
        thresholdMinutes: rung.rule.thresholdMinutes,
        superseded: superseded.map(({ level }) => level),
        recipients: recipientsOf({ ticket, clock, rung, rungs: rungsOf(clock, raising), at, deputies }, desk),
      },
    ];
  });
};

const applied = (ticket: Ticket, events: readonly TicketEvent[]): Ticket =>
  events.reduce<Ticket>((each, event) => evolve(each, event) ?? each, ticket);

/** Which alerts end with what has just been decided, each with the event of it that ended it. */
export const alertsEndedBy = (
  ticket: Ticket | undefined,
  events: readonly TicketEvent[],
  desk: Desk,
): readonly TicketEvent[] => {
  if (!ticket?.alerts?.length) return [];
  return overOf(applied(ticket, events), desk).flatMap((row): readonly AlertEnded[] => {
    const ending = events.find((_each, index) => !holds(row, applied(ticket, events.slice(0, index + 1)), desk));
    return ending ? [{ type: 'AlertEnded', at: ending.at, by: ending.by, cause: ending.type, ...keyOf(row) }] : [];
  });
};

/** What the clock finds due: first what has ended without anybody's act, then what is to be told. */
export const alertsDue = (raising: Raising): readonly TicketEvent[] => {
  const { ticket, desk, at } = raising;
  const over = overOf(ticket, desk).map((row): AlertEnded => ({ type: 'AlertEnded', at, by: DESK, ...keyOf(row) }));
  return [...over, ...raised({ ...raising, ticket: applied(ticket, over) })];
};

/** A card that was not drawn anew since tells of another alert, or of a lower level. */
const isStale = ({ episode, level }: AlertRow, { shown }: CommandOf<'acknowledge-alert'>): boolean =>
  shown !== undefined && (shown.episode !== episode || shown.level !== level);

/** "I'm on it": holds what comes next, once a level, and says who. */
export const acknowledgeAlert = (ticket: Ticket, command: CommandOf<'acknowledge-alert'>, desk: Desk): Decision => {
  const { at, by } = command;
  const row = ticket.alerts?.find((each) => isOf(each, command));
  if (!row || isStale(row, command)) return refuse('alert-over');
  const { held, level } = row;
  if (held?.level === level) return held.id === by.id ? [] : refuse('alert-held', { owner: held, until: held.until });
  const clock = clocksOf(ticket, desk).find((each) => isOf(each, row));
  const calendar = calendarOf({ teamId: clock?.teamId ?? ticket.teamId, priority: ticket.priority }, desk);
  const until = calendar.add(at, desk.policy.acknowledgeMinutes[ticket.priority]);
  return [{ type: 'AlertAcknowledged', at, by, ...keyOf(row), level, until }];
};

import type { AlertEvent, AlertRaised } from '../../src/domain/alert-events.ts';
import { type AlertRule, type Condition, DEFAULT_MATRIX, type Matrix } from '../../src/domain/alert-rules.ts';
import { businessCalendar } from '../../src/domain/business-calendar.ts';
import { alwaysOpen, type Calendar } from '../../src/domain/calendar.ts';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import type { Effect } from '../../src/domain/effects.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { type Desk, type DeskPolicy, defaultPolicy } from '../../src/domain/policy.ts';
import type { Refusal } from '../../src/domain/refusals.ts';
import type { Person, Team } from '../../src/domain/roster.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import {
  type Instant,
  millisecondsOf,
  type PersonActor,
  type PersonId,
  type Priority,
} from '../../src/domain/values.ts';
import { type Deed, does, frame, theDesk, ticks } from './deeds.ts';
import { rosterWith } from './desk-roster.ts';
import { after, minutes, monday, type Story, tell } from './given.ts';

/**
 * Rules of alerts are rules about moments: `watched(alertDesk(), 500, at(0, arrives()), at(30, accepts(ana)))` says at which
 * minute after Monday, nine o'clock, somebody did something, and lets the desk's clock look whenever something is due.
 */
interface Timed {
  readonly minute: number;
  readonly deed: Deed;
}

export const at = (minute: number, deed: Deed): Timed => ({ minute, deed });
export const moment = (minute: number): Instant => after(monday, minutes(minute));

interface DeskDetails {
  readonly rules?: readonly AlertRule[];
  readonly matrix?: (at: Instant) => Matrix;
  readonly people?: readonly Person[];
  readonly teams?: readonly Team[];
  readonly policy?: Partial<DeskPolicy>;
  /** By their names; the desk's own is `desk`. */
  readonly calendars?: Readonly<Record<string, Calendar>>;
}

/** The desk of the tests with the matrix switched on; `rules` stand before the defaults. */
export const alertDesk = ({ rules = [], matrix, people, teams, policy, calendars = {} }: DeskDetails = {}): Desk => ({
  policy: { ...defaultPolicy, ...policy },
  calendars: { of: (name = 'desk') => calendars[name] ?? alwaysOpen },
  matrix: matrix ?? (() => ({ ...DEFAULT_MATRIX, rules })),
  roster: rosterWith({ ...(people ? { people } : {}), ...(teams ? { teams } : {}) }),
});

/** A rule for everything, but for what is said otherwise. */
export const aRule = (rule: Partial<AlertRule> & Pick<AlertRule, 'condition' | 'level'>): AlertRule => ({
  subject: '*',
  team: '*',
  priority: '*',
  type: '*',
  thresholdMinutes: 0,
  delivery: 'card',
  ...rule,
});

/** Nothing but these rules. */
export const only = (...rules: readonly AlertRule[]): Pick<DeskDetails, 'matrix'> => ({
  matrix: () => ({ rules, defaults: false }),
});

/** Monday to Friday, eight to five. */
export const officeHours = businessCalendar({
  zone: 'UTC',
  weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
  isHoliday: () => false,
});

export const acknowledges = (by: PersonActor, condition: Condition, envelope?: number): Deed =>
  does({ type: 'acknowledge-alert', by, condition, ...(envelope === undefined ? {} : { envelope }) });
/** The clock looks, while these stand in for the owner. */
export const ticksWith =
  (...deputies: readonly PersonId[]): Deed =>
  (instant) => ({ ...frame(instant), type: 'tick', by: theDesk, deputies });

/** How bad and how soon, for each priority. */
export const SORTED: Readonly<Record<Priority, { impact: 'high' | 'low'; urgency: 'high' | 'medium' | 'low' }>> = {
  P1: { impact: 'high', urgency: 'high' },
  P2: { impact: 'high', urgency: 'medium' },
  P3: { impact: 'high', urgency: 'low' },
  P4: { impact: 'low', urgency: 'low' },
};

/** What became of it: all events, those of the last deed, and what must follow that. */
export interface Watched {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly last: readonly TicketEvent[];
  readonly effects: readonly Effect[];
  readonly refusal?: Refusal;
  readonly story: Story;
}

interface Told {
  readonly story: Story;
  readonly last: readonly TicketEvent[];
  readonly refusal?: Refusal;
}

const beginning: Told = { story: { ticket: undefined, recorded: [], effects: [], now: monday }, last: [] };

const next = (desk: Desk, { story: before }: Told, { minute, deed }: Timed): Told => {
  const { story, refusal } = tell({ ...before, effects: [], now: moment(minute) }, deed, desk);
  const last = story.recorded.slice(before.recorded.length).map(({ event }) => event);
  return { story, last, ...(refusal ? { refusal } : {}) };
};

const seen = ({ story, ...told }: Told): Watched => {
  const { ticket, recorded, effects } = story;
  if (!ticket) throw new TypeError('nothing arrived');
  return { ...told, ticket, events: recorded.map(({ event }) => event), effects, story };
};

/** Nobody looks but when it is said: the desk was down in between. */
export const unwatched = (desk: Desk, ...deeds: readonly Timed[]): Watched =>
  seen(deeds.reduce<Told>((told, deed) => next(desk, told, deed), beginning));

const MOST_LOOKS = 1_000;

/** The clock looks at every moment before `until` for which the ticket asked. */
const looked = (desk: Desk, told: Told, until: number): Told => {
  let now = told;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const { ticket, now: latest } = now.story;
    const due = ticket && nextDueOf(ticket, desk, latest);
    if (due === undefined || due >= moment(until)) return now;
    now = next(desk, now, at(Math.max(minuteOf(due), minuteOf(latest)), ticks()));
  }
  throw new TypeError(`the clock looked ${MOST_LOOKS} times and is not through`);
};

/** The clock looks whenever something is due, and once more at the end. */
export const watched = (desk: Desk, until: number, ...deeds: readonly Timed[]): Watched =>
  seen(
    [...deeds, at(until, ticks())].reduce<Told>(
      (told, deed) => next(desk, looked(desk, told, deed.minute), deed),
      beginning,
    ),
  );

export const minuteOf = (instant: Instant): number => (millisecondsOf(instant) - millisecondsOf(monday)) / 60_000;

const ALERTS: readonly string[] = ['AlertRaised', 'AlertAcknowledged', 'AlertEnded'];
const isAlert = (event: TicketEvent): event is Exclude<AlertEvent, { type: 'SlaWarned' }> =>
  ALERTS.includes(event.type);

/** As people would note it down: `120 NOT_ASSIGNED 1`, `150 NOT_ASSIGNED over: TicketAccepted`. */
export const alertsIn = (events: readonly TicketEvent[]): readonly string[] =>
  events.filter(isAlert).map((event) => {
    const of = `${minuteOf(event.at)} ${event.condition}${event.envelope === undefined ? '' : ` of ${event.envelope}`}`;
    switch (event.type) {
      case 'AlertRaised': {
        const instead = event.superseded.length > 0 ? ` instead of ${event.superseded.join(' and ')}` : '';
        return `${of} ${event.level}${event.repeat > 0 ? ` again ${event.repeat}` : ''}${instead}`;
      }
      case 'AlertAcknowledged':
        return `${of} held until ${minuteOf(event.until)}`;
      case 'AlertEnded':
        return `${of} over${event.cause === undefined ? '' : `: ${event.cause}`}`;
    }
  });

export const raisedIn = (events: readonly TicketEvent[]): readonly AlertRaised[] =>
  events.filter((event) => event.type === 'AlertRaised');

/** `Ana Alves: tech, owner`: who is told by the last alert, as what, and why. */
export const toldBy = ({ events }: Pick<Watched, 'events'>): readonly string[] =>
  (raisedIn(events).at(-1)?.recipients ?? []).map(({ name, as, because }) => `${name}: ${as}, ${because}`);

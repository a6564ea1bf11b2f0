import fc from 'fast-check';
import type { AlertRule, Matrix } from '../../src/domain/alert-rules.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { Desk } from '../../src/domain/policy.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { type Instant, later, millisecondsOf } from '../../src/domain/values.ts';
import { alertDesk, moment, officeHours, SORTED, ticksWith } from '../support/alert-deeds.ts';
import { ana, arrives, ben, type Deed, emil, eve, ida, lea, network, service } from '../support/deeds.ts';
import { PEOPLE } from '../support/desk-roster.ts';
import { after, hours, minutes, monday, seconds, type Story, tell } from '../support/given.ts';
import { knownOf, WISHES } from './alert-walk-deeds.ts';

/** The matrix as chance would have it: signs, repeats, calendars, missing and disabled cells. */
const aCell: fc.Arbitrary<AlertRule> = fc
  .record({
    subject: fc.constantFrom('*' as const, '*' as const, 'ticket' as const, 'envelope' as const),
    team: fc.constantFrom('*' as const, '*' as const, service, network),
    priority: fc.constantFrom('*' as const, '*' as const, 'P1' as const, 'P3' as const),
    type: fc.constantFrom('*' as const, '*' as const, 'incident' as const),
    condition: fc.constantFrom('NOT_ASSIGNED' as const, 'NOT_UPDATED' as const, 'NOT_COMPLETED' as const),
    level: fc.constantFrom(1 as const, 2 as const, 3 as const),
    thresholdMinutes: fc.oneof(fc.integer({ min: -600, max: 1_500 }), fc.constantFrom(0, 30, 60)),
    delivery: fc.constantFrom('card' as const, 'card' as const, 'digest' as const, 'off' as const),
    repeat: fc.option(fc.record({ every: fc.integer({ min: 1, max: 400 }), most: fc.integer({ min: 0, max: 60 }) })),
    calendar: fc.constantFrom(undefined, undefined, undefined, 'office'),
  })
  .map(({ repeat, calendar, ...rule }) => ({
    ...rule,
    ...(repeat ? { repeatEveryMinutes: repeat.every, maxRepeats: repeat.most } : {}),
    ...(calendar === undefined ? {} : { calendar }),
  }));

const aMatrix: fc.Arbitrary<Matrix> = fc.record({
  rules: fc.array(aCell, { maxLength: 14 }),
  defaults: fc.boolean(),
});

const aDeskOfChance = fc
  .record({
    first: aMatrix,
    second: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.tuple(aMatrix, fc.integer({ min: 0, max: 5_000 })) },
    ),
    office: fc.boolean(),
    away: fc.subarray([ana, ben, lea, eve]),
    fallback: fc.subarray([emil.id, ida.id]),
  })
  .map(({ first, second, office, away, fallback }) => ({
    steady: second === undefined,
    desk: alertDesk({
      matrix: (at) => (second && at >= moment(second[1]) ? second[0] : first),
      people: PEOPLE.map((each) =>
        away.some(({ id }) => id === each.id) ? { ...each, absentUntil: moment(2_000), backup: lea.id } : each,
      ),
      policy: { alertFallback: fallback },
      calendars: { desk: office ? officeHours : alwaysOpen, office: officeHours },
    }),
  }));

const aWait = fc.oneof(
  fc.integer({ min: 0, max: 3_600 }).map(seconds),
  fc.integer({ min: 0, max: 12 * 60 }).map(minutes),
);
const aDeed = fc.record({
  kind: fc.constant('deed' as const),
  /** The first that is not refused. */
  wishes: fc.array(fc.constantFrom(...WISHES), { minLength: 1, maxLength: 4 }),
  nth: fc.nat(3),
  wait: aWait,
});
/** How the clock looks: when it should, a moment early, late, after two days, twice, by two processes of different clocks. */
const aLook = fc.record({
  kind: fc.constant('look' as const),
  when: fc.constantFrom('due', 'due', 'due', 'early', 'late', 'now', 'outage', 'race'),
  wait: aWait,
  apart: fc.integer({ min: -60, max: 60 }).map(minutes),
  deputy: fc.boolean(),
});
/** Somebody sets the machine's clock. */
const aJump = fc.record({ kind: fc.constant('jump' as const), by: fc.constantFrom(hours(1), hours(-1)) });

type Value<A> = A extends fc.Arbitrary<infer V> ? V : never;
type Look = Value<typeof aLook>;
type Step = Value<typeof aDeed> | Look | Value<typeof aJump>;

/** One thing that was done or looked at. */
export interface Moment {
  readonly story: Story;
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly byClock: boolean;
}

export interface Life {
  readonly desk: Desk;
  /** The matrix was the same all the time. */
  readonly steady: boolean;
  readonly moments: readonly Moment[];
}

interface Course {
  readonly story: Story;
  readonly moments: readonly Moment[];
}

const does = (
  { story: before, moments }: Course,
  { desk, byClock }: Pick<Life, 'desk'> & { byClock: boolean },
  deed: Deed,
) => {
  const { story } = tell({ ...before, effects: [] }, deed, desk);
  const events = story.recorded.slice(before.recorded.length).map(({ event }) => event);
  return story.ticket
    ? { story, moments: [...moments, { story, ticket: story.ticket, events, byClock }] }
    : { story, moments };
};

const at = (course: Course, now: Instant): Course => ({ ...course, story: { ...course.story, now } });

const looks = (course: Course, { when, wait, apart, deputy }: Look, desk: Desk): Course => {
  const { ticket, now } = course.story;
  const tick = ticksWith(...(deputy ? [ben.id] : []));
  const look = (from: Course): Course => does(from, { desk, byClock: true }, tick);
  const due = ticket && later(nextDueOf(ticket, desk, now) ?? now, now);
  const moments: Readonly<Record<Look['when'], Instant>> = {
    due: due ?? now,
    early: due && millisecondsOf(due) - millisecondsOf(now) > 1 ? after(due, { milliseconds: -1 }) : now,
    late: after(due ?? now, wait),
    now,
    outage: after(now, hours(48)),
    race: due ?? now,
  };
  const looked = look(at(course, moments[when]));
  /** The other process has decided on the same state; its write is refused, and it decides anew on what the winner wrote. */
  return when === 'race' ? at(look(at(looked, after(moments[when], apart))), moments[when]) : look(looked);
};

const lives = (desk: Desk, steps: readonly Step[]): readonly Moment[] => {
  const opened = does(
    { story: { ticket: undefined, recorded: [], effects: [], now: monday }, moments: [] },
    { desk, byClock: false },
    arrives(SORTED.P3),
  );
  return steps.reduce<Course>((course, step) => {
    const { ticket, now } = course.story;
    if (step.kind === 'jump') return at(course, after(now, step.by));
    if (step.kind === 'look') return looks(course, step, desk);
    const then = at(course, after(now, step.wait));
    if (!ticket) return then;
    for (const wish of step.wishes) {
      const done = does(then, { desk, byClock: false }, wish(knownOf(ticket, step.nth)));
      if (done.story.recorded.length > then.story.recorded.length) return done;
    }
    return then;
  }, opened).moments;
};

const aStep = fc.oneof(
  { weight: 6, arbitrary: aDeed },
  { weight: 6, arbitrary: aLook },
  { weight: 1, arbitrary: aJump },
);

/** The life of a ticket with its alerts: what people did, and how the desk's clock looked at it. */
export const anAlertedLife: fc.Arbitrary<Life> = fc
  .tuple(aDeskOfChance, fc.array(aStep, { minLength: 3, maxLength: 50, size: 'max' }))
  .map(([{ desk, steady }, steps]) => ({ desk, steady, moments: lives(desk, steps) }));

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlertRaised } from '../../src/domain/alert-events.ts';
import { alertDueOf } from '../../src/domain/alert-levels.ts';
import type { AlertKey, AlertRow } from '../../src/domain/alert-row.ts';
import { CONDITIONS, LEVELS } from '../../src/domain/alert-rules.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { evolve, fold } from '../../src/domain/evolve.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { type Instant, instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { ticks } from '../support/deeds.ts';
import { tell } from '../support/given.ts';
import { anAlertedLife, type Life, type Moment } from './alert-walk.ts';

const RUNS = { numRuns: 80 };

const always = (claim: (life: Life) => void): void => fc.assert(fc.property(anAlertedLife, claim), RUNS);
const eventsOf = ({ moments }: Life): readonly TicketEvent[] => moments.flatMap(({ events }) => events);
const isRaised = (event: TicketEvent): event is AlertRaised => event.type === 'AlertRaised';
const raisedIn = (life: Life): readonly AlertRaised[] => eventsOf(life).filter(isRaised);
const subjectOf = ({ condition, envelope }: Pick<AlertKey, 'condition' | 'envelope'>): string =>
  `${condition} of ${envelope ?? 'the ticket'}`;

/** Each event with the ticket before and after it. */
const eachEvent = (life: Life, claim: (event: TicketEvent, before: Ticket, after: Ticket) => void): void => {
  let ticket: Ticket | undefined;
  for (const event of eventsOf(life)) {
    const after = evolve(ticket, event);
    if (ticket && after) claim(event, ticket, after);
    ticket = after;
  }
};

test('lives are full enough to mean something: every condition, level, repeat and ending turns up', () => {
  const lives = fc.sample(anAlertedLife, { numRuns: 300, seed: 1 });
  const events = lives.flatMap(eventsOf);
  const raised = events.filter(isRaised);
  const cells = new Set(
    raised.map(({ condition, level, envelope }) => `${condition} ${level} ${envelope ? 'E' : 'T'}`),
  );
  expect(cells.size).toBe(CONDITIONS.length * LEVELS.length * 2);
  expect(raised.filter(({ repeat }) => repeat > 0).length).toBeGreaterThan(100);
  expect(raised.filter(({ superseded }) => superseded.length > 0).length).toBeGreaterThan(100);
  expect(raised.filter(({ episode }) => episode > 3).length).toBeGreaterThan(100);
  const ended = events.flatMap((event) => (event.type === 'AlertEnded' ? [event.cause] : []));
  expect(new Set(ended).size).toBeGreaterThan(15);
  expect(events.filter(({ type }) => type === 'AlertAcknowledged').length).toBeGreaterThan(50);
  expect(new Set(raised.flatMap(({ recipients }) => recipients.map(({ because }) => because))).size).toBe(11);
  expect(new Set(lives.map(({ steady }) => steady)).size).toBe(2);
});

test('no level of an episode, and no repeat of it, is ever raised twice', () => {
  always((life) => {
    const keys = raisedIn(life).map((each) => [subjectOf(each), each.episode, each.level, each.repeat].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('in an episode levels rise, and repeats rise within a level; what was skipped is said, and never told after', () => {
  always((life) => {
    const reached = new Map<number, AlertRaised>();
    for (const raised of raisedIn(life)) {
      const before = reached.get(raised.episode);
      if (before?.level === raised.level) {
        expect(raised.repeat).toBeGreaterThan(before.repeat);
        expect(raised.superseded).toEqual([]);
      } else {
        expect(raised.level).toBeGreaterThan(before?.level ?? 0);
        expect(raised.repeat).toBe(0);
        for (const level of raised.superseded) {
          expect(level).toBeGreaterThan(before?.level ?? 0);
          expect(level).toBeLessThan(raised.level);
        }
      }
      reached.set(raised.episode, raised);
    }
  });
});

test('an episode is of one condition, one after the other; what has ended does not go on', () => {
  always((life) => {
    const on = new Map<string, number>();
    const ended = new Set<number>();
    const begun = new Map<number, string>();
    for (const event of eventsOf(life)) {
      if (event.type !== 'AlertRaised' && event.type !== 'AlertEnded' && event.type !== 'AlertAcknowledged') continue;
      const subject = subjectOf(event);
      expect(ended.has(event.episode)).toBe(false);
      if (event.type === 'AlertRaised') {
        expect(on.get(subject) ?? event.episode).toBe(event.episode);
        expect(begun.get(event.episode) ?? subject).toBe(subject);
        if (!begun.has(event.episode)) expect(event.episode).toBe(begun.size + 1);
        begun.set(event.episode, subject);
        on.set(subject, event.episode);
      } else expect(on.get(subject)).toBe(event.episode);
      if (event.type !== 'AlertEnded') continue;
      ended.add(event.episode);
      on.delete(subject);
    }
    const rows = (life.moments.at(-1)?.ticket.alerts ?? []).map((row) => `${subjectOf(row)} ${row.episode}`);
    expect(rows.sort()).toEqual([...on].map(([subject, episode]) => `${subject} ${episode}`).sort());
  });
});

/** Whether it is so, by the ticket's own fields alone. */
const holds = ({ condition, envelope, since, at }: AlertRow, ticket: Ticket): boolean => {
  if (envelope !== undefined) {
    const row = ticket.envelopes?.find(({ seq }) => seq === envelope);
    if (condition === 'NOT_ASSIGNED') return row?.state === 'requested' && row.since === since;
    if (condition === 'NOT_UPDATED') return row?.state === 'accepted' && row.since === since;
    return (row?.state === 'requested' || row?.state === 'accepted') && row.olaAt === since;
  }
  if (condition === 'NOT_ASSIGNED') return ticket.status === 'new' && ticket.queuedAt === since;
  const running = ['in_progress', 'pending_vendor', 'pending_change'].includes(ticket.status);
  if (condition === 'NOT_COMPLETED') return (running || ticket.status === 'new') && ticket.dueAt === since;
  if (!running || ('followUpAt' in ticket && ticket.followUpAt > at)) return false;
  const moved = ticket.unansweredSince ?? ticket.workedAt ?? ('ownerAcceptedAt' in ticket && ticket.ownerAcceptedAt);
  const followUp = 'followUpAt' in ticket ? ticket.followUpAt : '';
  return ticket.firstResponseAt === undefined || since === (moved && moved > followUp ? moved : followUp);
};

const OPEN = ['new', 'in_progress', 'pending_customer', 'pending_vendor', 'pending_change'];

test('what is raised is so at that moment: its condition holds, and its time has come', () => {
  always((life) => {
    eachEvent(life, (event, before) => {
      if (!isRaised(event)) return;
      expect(OPEN).toContain(before.status);
      expect(holds(event, before)).toBe(true);
      expect(event.dueAt <= event.at).toBe(true);
      const passed = (millisecondsOf(event.at) - millisecondsOf(event.since)) / 60_000;
      if (event.thresholdMinutes >= 0) expect(passed).toBeGreaterThanOrEqual(event.thresholdMinutes);
    });
  });
});

test('an alert that is on never outlives its condition: whoever ends that ends the alert', () => {
  always(({ moments }) => {
    for (const { ticket } of moments)
      for (const row of ticket.alerts ?? []) {
        expect(holds(row, ticket)).toBe(true);
      }
  });
});

test('somebody is told, and each once', () => {
  always((life) => {
    for (const { recipients } of raisedIn(life)) {
      expect(recipients.length).toBeGreaterThan(0);
      expect(new Set(recipients.map(({ id }) => id)).size).toBe(recipients.length);
    }
  });
});

test('alerts and marks change nothing but what is known of alerts: no owner, no state, no due moment, byte for byte', () => {
  const beside = ['alerts', 'alertsEver', 'warned', 'rev', 'changedAt'];
  const rest = (ticket: Ticket): string =>
    JSON.stringify(Object.entries(ticket).filter(([field]) => !beside.includes(field)));
  const kinds = ['AlertRaised', 'AlertAcknowledged', 'AlertEnded', 'SlaWarned'];
  always((life) => {
    eachEvent(life, (event, before, after) => {
      if (kinds.includes(event.type)) expect(rest(after)).toBe(rest(before));
    });
  });
});

test('the clock alone makes nobody an owner but whoever had tapped Accept', () => {
  always(({ moments }) => {
    for (const [index, { byClock, events }] of moments.entries()) {
      const reserved = moments[index - 1]?.ticket;
      const owners = byClock ? events.filter(({ type }) => type === 'TicketAccepted') : [];
      for (const { by } of owners)
        expect(reserved?.status === 'new' && reserved.reserved?.id).toBe(by.kind === 'person' && by.id);
    }
  });
});

test('the ticket is the fold of its events, also of those that were written down and read back', () => {
  always(({ moments }) => {
    const last = moments.at(-1);
    const kept = JSON.parse(JSON.stringify(last?.story.recorded ?? [])) as NonNullable<
      typeof last
    >['story']['recorded'];
    expect(JSON.stringify(fold(kept))).toBe(JSON.stringify(last?.ticket));
  });
});

/** Moments of a life: those at its end have most behind them. */
const lately = ({ moments }: Life): readonly Moment[] => moments.slice(-25);
const lookAt = ({ story }: Moment, { desk }: Life, now: Instant) => tell({ ...story, now, effects: [] }, ticks(), desk);

test('looking twice at the same moment finds nothing the second time', () => {
  always((life) => {
    for (const moment of lately(life)) {
      const once = lookAt(moment, life, moment.story.now);
      expect(tell(once.story, ticks(), life.desk).decision).toEqual([]);
    }
  });
});

test('one look more, whenever, leaves what was told as it was: only what is due by then is added', () => {
  const apart = fc.integer({ min: -3_600, max: 3_600 });
  fc.assert(
    fc.property(anAlertedLife, apart, (life, jump) => {
      for (const moment of lately(life)) {
        const now = instantOf(millisecondsOf(moment.story.now) + jump * 1_000);
        const due = alertDueOf({ ticket: moment.ticket, desk: life.desk, at: now });
        const found = decidedAt(moment, life, now);
        if ((due === undefined || due > now) && !found.some(changesClocks)) expect(found.filter(isRaised)).toEqual([]);
        for (const raised of found.filter(isRaised)) expect(raised.dueAt <= now).toBe(true);
      }
    }),
    RUNS,
  );
});

/** Such a thing of the clock's own starts and stops conditions. */
const changesClocks = ({ type }: TicketEvent): boolean => type === 'TicketAccepted' || type === 'AlertEnded';
const decidedAt = (moment: Moment, life: Life, now: Instant): readonly TicketEvent[] => {
  const { decision } = lookAt(moment, life, now);
  return Array.isArray(decision) ? (decision as readonly TicketEvent[]) : [];
};

/** When the next alert was announced for, where that lies ahead; a matrix that changes meanwhile may know better. */
const announced = (life: Life): readonly (readonly [Moment, Instant])[] =>
  lately(life).flatMap((moment) => {
    const { ticket, story } = moment;
    const due = alertDueOf({ ticket, desk: life.desk, at: story.now });
    return life.steady && due !== undefined && due > story.now ? [[moment, due] as const] : [];
  });

test('the next moment that is announced is when the next alert comes, not earlier and not later', () => {
  expect(fc.sample(anAlertedLife, { numRuns: 50, seed: 2 }).flatMap(announced).length).toBeGreaterThan(100);
  always((life) => {
    for (const [moment, due] of announced(life)) {
      const early = decidedAt(moment, life, instantOf(millisecondsOf(due) - 1));
      const then = decidedAt(moment, life, due);
      if (then.some(changesClocks)) continue;
      expect(early.filter(isRaised)).toEqual([]);
      expect(then.filter(isRaised).map(({ dueAt }) => dueAt)).toContain(due);
    }
  });
});

test('of two who look at the same state it does not matter who wins: the other finds nothing, or what came due since', () => {
  const apart = fc.integer({ min: 0, max: 600 });
  fc.assert(
    fc.property(anAlertedLife, apart, (life, seconds) => {
      const key = (raised: AlertRaised): string =>
        [subjectOf(raised), raised.episode, raised.level, raised.repeat].join(' ');
      for (const moment of lately(life)) {
        const first = moment.story.now;
        const second = instantOf(millisecondsOf(first) + seconds * 1_000);
        const early = lookAt(moment, life, first);
        const behind = tell({ ...early.story, now: second }, ticks(), life.desk);
        const ahead = lookAt(moment, life, second);
        const late = tell({ ...ahead.story, now: first }, ticks(), life.desk);
        const told = (story: typeof behind.story): readonly AlertRaised[] =>
          story.recorded
            .slice(moment.story.recorded.length)
            .map(({ event }) => event)
            .filter(isRaised);
        if (life.steady) expect(told(late.story)).toEqual(told(ahead.story));
        for (const story of [behind.story, late.story]) {
          const keys = told(story).map(key);
          expect(new Set(keys).size).toBe(keys.length);
        }
        const levels = (story: typeof behind.story): readonly string[] =>
          (story.ticket?.alerts ?? []).map((row) => `${subjectOf(row)} ${row.level} ${row.since}`).sort();
        if (life.steady) expect(levels(behind.story)).toEqual(levels(late.story));
      }
    }),
    RUNS,
  );
});

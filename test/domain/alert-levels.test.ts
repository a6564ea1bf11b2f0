import { describe, expect, test } from '@jest/globals';
import { alertsOn, clocksRunning } from '../../src/domain/alert-explain.ts';
import type { LookedAt } from '../../src/domain/alert-levels.ts';
import type { AlertRule } from '../../src/domain/alert-rules.ts';
import { nextDueOf } from '../../src/domain/decide-tick.ts';
import type { Desk } from '../../src/domain/policy.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  customerWrites,
  eve,
  lea,
  notes,
  pends,
  replies,
  ticks,
  vera,
  type Deed,
  does,
} from '../support/deeds.ts';
import {
  acknowledges,
  alertDesk,
  alertsIn,
  aRule,
  at,
  minuteOf,
  moment,
  officeHours,
  only,
  raisedIn,
  SORTED,
  unwatched,
  watched,
  type Watched,
} from '../support/alert-deeds.ts';
import { acceptsEnvelope, asksForHelp } from '../support/envelope-deeds.ts';
import { overrides, tags } from '../support/ownership-deeds.ts';

const desk = alertDesk();
const seenAt = ({ ticket }: Watched, minute: number, at: Desk = desk): LookedAt => ({
  ticket,
  desk: at,
  at: moment(minute),
});

describe('levels rise one at a time', () => {
  test('each at its own moment, in one episode', () => {
    const { events } = watched(desk, 600, at(0, arrives()));
    expect(alertsIn(events)).toEqual(['120 NOT_ASSIGNED 1', '240 NOT_ASSIGNED 2', '480 NOT_ASSIGNED 3']);
    expect(raisedIn(events)).toMatchObject([
      { episode: 1, level: 1, repeat: 0, since: moment(0), thresholdMinutes: 120, superseded: [] },
      { episode: 1, level: 2, repeat: 0, since: moment(0), thresholdMinutes: 240, superseded: [] },
      { episode: 1, level: 3, repeat: 0, since: moment(0), thresholdMinutes: 480, superseded: [] },
    ]);
  });

  test('not a moment early, and not twice', () => {
    const early = unwatched(desk, at(0, arrives()), at(119.99, ticks()));
    expect(alertsIn(early.events)).toEqual([]);
    expect(alertsIn(unwatched(desk, at(0, arrives()), at(120, ticks()), at(120, ticks())).last)).toEqual([]);
  });

  test('after an outage only the highest that is due; it says which it stands for, and when it was due', () => {
    const { events } = unwatched(desk, at(0, arrives()), at(300, ticks()), at(301, ticks()));
    expect(alertsIn(events)).toEqual(['300 NOT_ASSIGNED 2 instead of 1']);
    expect(raisedIn(events)[0]).toMatchObject({ dueAt: moment(240), superseded: [1] });
    expect(alertsIn(unwatched(desk, at(0, arrives()), at(900, ticks())).events)).toEqual([
      '900 NOT_ASSIGNED 3 instead of 1 and 2',
    ]);
    expect(alertsIn(unwatched(desk, at(0, arrives()), at(130, ticks()), at(900, ticks())).events)).toEqual([
      '130 NOT_ASSIGNED 1',
      '900 NOT_ASSIGNED 3 instead of 2',
    ]);
  });

  test('the next level keeps its own moment, however late the one before it came', () => {
    const { ticket, events } = unwatched(desk, at(0, arrives()), at(239, ticks()), at(240, ticks()));
    expect(alertsIn(events)).toEqual(['239 NOT_ASSIGNED 1', '240 NOT_ASSIGNED 2']);
    expect(minuteOf(nextDueOf(ticket, desk, moment(240)) ?? moment(0))).toBe(480);
  });

  test('a clock that went an hour ahead and comes back raises nothing anew', () => {
    const jumped = [at(0, arrives()), at(130, ticks()), at(190, ticks()), at(131, ticks()), at(240, ticks())];
    expect(alertsIn(unwatched(desk, ...jumped).events)).toEqual(['130 NOT_ASSIGNED 1', '240 NOT_ASSIGNED 2']);
    const ahead = [at(0, arrives()), at(250, ticks()), at(190, ticks()), at(240, ticks()), at(479, ticks())];
    expect(alertsIn(unwatched(desk, ...ahead).events)).toEqual(['250 NOT_ASSIGNED 2 instead of 1']);
  });

  test('each condition by itself, several at one moment', () => {
    const { last } = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(2_000, ticks()));
    expect(alertsIn(last)).toEqual([
      '2000 NOT_UPDATED 3 instead of 1 and 2',
      '2000 NOT_COMPLETED 3 instead of 1 and 2',
    ]);
    expect(raisedIn(last).map(({ episode }) => episode)).toEqual([1, 2]);
  });

  test('a raised priority counts from the same moment: what is due by it comes at once', () => {
    const story = watched(desk, 20, at(0, arrives()), at(12, overrides(lea, 'P1')));
    expect(alertsIn(story.events)).toEqual(['12 NOT_ASSIGNED 2 instead of 1', '15 NOT_ASSIGNED 3']);
  });

  test('a lowered one takes nothing back', () => {
    const story = watched(desk, 300, at(0, arrives(SORTED.P2)), at(61, overrides(lea, 'P4')));
    expect(alertsIn(story.events)).toEqual(['30 NOT_ASSIGNED 1', '60 NOT_ASSIGNED 2']);
    expect(clocksRunning(seenAt(story, 300)).some(({ condition }) => condition === 'NOT_ASSIGNED')).toBe(false);
  });
});

describe('a level that repeats', () => {
  const repeating = (details: Partial<AlertRule> = {}): AlertRule =>
    aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 10, repeatEveryMinutes: 5, ...details });
  const every5 = alertDesk(only(repeating({ maxRepeats: 3 })));

  test('says so again, as often as it may', () => {
    const { events } = watched(every5, 100, at(0, arrives()));
    expect(alertsIn(events)).toEqual([
      '10 NOT_ASSIGNED 1',
      '15 NOT_ASSIGNED 1 again 1',
      '20 NOT_ASSIGNED 1 again 2',
      '25 NOT_ASSIGNED 1 again 3',
    ]);
    expect(new Set(raisedIn(events).map(({ episode }) => episode))).toEqual(new Set([1]));
  });

  test('and never more than fifty times', () => {
    const { events, ticket } = watched(alertDesk(only(repeating())), 1_000, at(0, arrives()));
    expect(raisedIn(events).at(-1)?.repeat).toBe(50);
    expect(raisedIn(events)).toHaveLength(51);
    expect(raisedIn(watched(alertDesk(only(repeating({ maxRepeats: 900 }))), 1_000, at(0, arrives())).events)).toEqual(
      raisedIn(events),
    );
    expect(ticket.alerts).toHaveLength(1);
  });

  test('after an outage only the last of the repeats', () => {
    const story = unwatched(every5, at(0, arrives()), at(10, ticks()), at(22, ticks()), at(22, ticks()));
    expect(alertsIn(story.events)).toEqual(['10 NOT_ASSIGNED 1', '22 NOT_ASSIGNED 1 again 2']);
    expect(raisedIn(story.events).at(-1)?.dueAt).toBe(moment(20));
  });

  test('after an outage that hid the level itself, too, it is told once, and the next repeat comes at its time', () => {
    const story = unwatched(
      every5,
      at(0, arrives()),
      at(17, ticks()),
      at(17, ticks()),
      at(19, ticks()),
      at(20, ticks()),
    );
    expect(alertsIn(story.events)).toEqual(['17 NOT_ASSIGNED 1', '20 NOT_ASSIGNED 1 again 2']);
  });

  test('stops where the next level is reached, and that one repeats by its own rule', () => {
    const two = alertDesk(only(repeating(), repeating({ level: 2, thresholdMinutes: 18, repeatEveryMinutes: 60 })));
    expect(alertsIn(watched(two, 100, at(0, arrives())).events)).toEqual([
      '10 NOT_ASSIGNED 1',
      '15 NOT_ASSIGNED 1 again 1',
      '18 NOT_ASSIGNED 2',
      '78 NOT_ASSIGNED 2 again 1',
    ]);
  });

  test('a higher level stands for the repeats that were due with it', () => {
    const two = alertDesk(only(repeating(), repeating({ level: 2, thresholdMinutes: 30 })));
    const story = unwatched(two, at(0, arrives()), at(10, ticks()), at(31, ticks()), at(31, ticks()));
    expect(alertsIn(story.events)).toEqual(['10 NOT_ASSIGNED 1', '31 NOT_ASSIGNED 2']);
  });

  test('ends with the condition', () => {
    const { events } = watched(every5, 100, at(0, arrives()), at(16, accepts(ana)));
    expect(alertsIn(events).slice(-2)).toEqual(['15 NOT_ASSIGNED 1 again 1', '16 NOT_ASSIGNED over: TicketAccepted']);
  });

  test('counts working time', () => {
    const office = alertDesk({ ...only(repeating({ repeatEveryMinutes: 60 })), calendars: { desk: officeHours } });
    const { events } = watched(office, 1_500, at(440, arrives()));
    expect(alertsIn(events)).toEqual([
      '450 NOT_ASSIGNED 1',
      '1410 NOT_ASSIGNED 1 again 1',
      '1470 NOT_ASSIGNED 1 again 2',
    ]);
  });
});

describe('“I am on it”', () => {
  const raised = [at(0, arrives()), at(120, ticks())] as const;

  test('holds what comes next, for as long as the priority says, and says who', () => {
    const story = unwatched(desk, ...raised, at(150, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsIn(story.last)).toEqual(['150 NOT_ASSIGNED held until 270']);
    expect(story.ticket.alerts?.[0]?.held).toEqual({ id: ben.id, name: ben.name, until: moment(270), level: 1 });
    expect(alertsOn(seenAt(story, 160))[0]).toMatchObject({
      held: { id: ben.id, until: moment(270) },
      next: { level: 2, at: moment(270) },
    });
    expect(alertsIn(watched(desk, 500, ...raised, at(150, acknowledges(ben, 'NOT_ASSIGNED'))).events).slice(1)).toEqual(
      ['150 NOT_ASSIGNED held until 270', '270 NOT_ASSIGNED 2', '480 NOT_ASSIGNED 3'],
    );
  });

  test.each([
    ['P1', 15],
    ['P2', 60],
    ['P3', 120],
    ['P4', 240],
  ] as const)('for %s %i minutes', (priority, held) => {
    const story = unwatched(
      desk,
      at(0, arrives(SORTED[priority])),
      at(300, ticks()),
      at(310, acknowledges(ben, 'NOT_ASSIGNED')),
    );
    expect(minuteOf(story.ticket.alerts?.[0]?.held?.until ?? moment(0))).toBe(310 + held);
  });

  test('working minutes: an hour before the evening reaches into the morning', () => {
    const office = alertDesk({ calendars: { desk: officeHours } });
    const story = unwatched(office, at(0, arrives()), at(420, ticks()), at(450, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsIn(story.last)).toEqual(['450 NOT_ASSIGNED held until 1470']);
  });

  test('keeps back nothing that comes later anyway', () => {
    const story = watched(desk, 500, at(0, arrives()), at(121, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsIn(story.events).slice(1, 3)).toEqual(['121 NOT_ASSIGNED held until 241', '241 NOT_ASSIGNED 2']);
    const long = unwatched(desk, at(0, arrives()), at(240, ticks()), at(241, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsOn(seenAt(long, 242))[0]?.next).toEqual({ level: 3, repeat: 0, at: moment(480) });
  });

  test('of two levels that fell due meanwhile only the higher one comes', () => {
    const p1 = alertDesk();
    const story = watched(p1, 60, at(0, arrives(SORTED.P1)), at(6, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsIn(story.events)).toEqual([
      '5 NOT_ASSIGNED 1',
      '6 NOT_ASSIGNED held until 21',
      '21 NOT_ASSIGNED 3 instead of 2',
    ]);
    const held = unwatched(p1, at(0, arrives(SORTED.P1)), at(5, ticks()), at(6, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsOn(seenAt(held, 7))[0]?.next).toEqual({ level: 3, repeat: 0, at: moment(21) });
  });

  test('once a level: a second one is told who has it; at the next level it may be held again', () => {
    const held = [...raised, at(150, acknowledges(ben, 'NOT_ASSIGNED'))] as const;
    const second = unwatched(desk, ...held, at(160, acknowledges(lea, 'NOT_ASSIGNED')));
    expect(second.refusal).toMatchObject({ refused: 'alert-held', owner: { id: ben.id }, until: moment(270) });
    const again = unwatched(desk, ...held, at(160, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(again.refusal).toBeUndefined();
    expect(again.last).toEqual([]);
    const higher = unwatched(desk, ...held, at(270, ticks()), at(280, acknowledges(lea, 'NOT_ASSIGNED')));
    expect(alertsIn(higher.last)).toEqual(['280 NOT_ASSIGNED held until 400']);
  });

  test('once a level, also where the level repeats: nobody keeps the lead from hearing of it for ever', () => {
    const rules = [
      aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 10, repeatEveryMinutes: 30 }),
      aRule({ condition: 'NOT_ASSIGNED', level: 2, thresholdMinutes: 300 }),
    ];
    const repeating = alertDesk(only(...rules));
    const held = [at(0, arrives()), at(10, ticks()), at(20, acknowledges(ben, 'NOT_ASSIGNED')), at(140, ticks())];
    const story = unwatched(repeating, ...held);
    expect(alertsIn(story.last)).toEqual(['140 NOT_ASSIGNED 1 again 4']);
    const again = unwatched(repeating, ...held, at(290, acknowledges(lea, 'NOT_ASSIGNED')));
    expect(again.refusal).toMatchObject({ refused: 'alert-held', owner: { id: ben.id } });
    expect(alertsIn(watched(repeating, 310, ...held).events).at(-1)).toBe('300 NOT_ASSIGNED 2');
    expect(alertsOn(seenAt(story, 150, repeating))[0]?.held).toBeUndefined();
  });

  test('ends nothing and moves nothing: the clock, the owner, the state stay', () => {
    const before = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(600, ticks())).ticket;
    const { ticket } = unwatched(
      desk,
      at(0, arrives()),
      at(5, accepts(ana)),
      at(600, ticks()),
      at(610, acknowledges(ana, 'NOT_UPDATED')),
    );
    const { alerts: _a, rev: _r, changedAt: _c, ...rest } = ticket;
    const { alerts: _b, rev: _s, changedAt: _d, ...was } = before;
    expect(rest).toEqual(was);
  });

  test('of an alert that is over, or never was, is refused; an auditor only reads', () => {
    const over = unwatched(desk, ...raised, at(130, accepts(ana)), at(140, acknowledges(ana, 'NOT_ASSIGNED')));
    expect(over.refusal).toMatchObject({ refused: 'alert-over' });
    expect(unwatched(desk, at(0, arrives()), at(1, acknowledges(ana, 'NOT_ASSIGNED'))).refusal).toMatchObject({
      refused: 'alert-over',
    });
    expect(unwatched(desk, ...raised, at(130, acknowledges(ana, 'NOT_ASSIGNED', 1))).refusal).toMatchObject({
      refused: 'alert-over',
    });
    expect(unwatched(desk, ...raised, at(130, acknowledges(vera, 'NOT_ASSIGNED'))).refusal).toMatchObject({
      refused: 'role-may-not',
    });
  });

  test('a tap on a card that was not drawn anew holds nothing: it told of another alert, or of a lower level', () => {
    const shown = (episode: number, level: 1 | 2): Deed =>
      does({ type: 'acknowledge-alert', by: ben, condition: 'NOT_ASSIGNED', shown: { episode, level } });
    for (const stale of [shown(2, 1), shown(1, 2)])
      expect(unwatched(desk, ...raised, at(130, stale)).refusal).toMatchObject({ refused: 'alert-over' });
    expect(unwatched(desk, ...raised, at(130, shown(1, 1))).refusal).toBeUndefined();
    const risen = unwatched(desk, ...raised, at(240, ticks()), at(250, shown(1, 1)));
    expect(risen.refusal).toMatchObject({ refused: 'alert-over' });
  });

  test('a hold that has ended is not offered again at its level', () => {
    const held = unwatched(desk, ...raised, at(130, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(alertsOn(seenAt(held, 140))[0]).toMatchObject({ held: { id: ben.id }, wasHeld: true });
    const [ended] = alertsOn(seenAt(held, 251));
    expect([ended?.held, ended?.wasHeld]).toEqual([undefined, true]);
  });

  test('a tap on Accept stays a tap that can be undone', () => {
    const story = unwatched(desk, ...raised, at(130, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(story.ticket.status).toBe('new');
  });
});

describe('what a card says of an alert', () => {
  test('since when, how long, what threshold, what comes next and what stops it', () => {
    const story = unwatched(desk, at(0, arrives()), at(250, ticks()));
    expect(alertsOn(seenAt(story, 260))).toEqual([
      {
        condition: 'NOT_ASSIGNED',
        episode: 1,
        subject: 'ticket',
        teamId: story.ticket.teamId,
        level: 2,
        repeat: 0,
        since: moment(0),
        raisedAt: moment(250),
        thresholdMinutes: 240,
        elapsedMinutes: 260,
        next: { level: 3, repeat: 0, at: moment(480) },
        stops: ['accept', 'cancel'],
      },
    ]);
  });

  test('“next level at” is when it is raised, level by level', () => {
    const ahead = (minute: number) => {
      const story = watched(desk, minute, at(0, arrives()), at(5, accepts(ana)));
      return alertsOn(seenAt(story, minute)).flatMap(({ condition, next }) =>
        next ? [`${minuteOf(next.at)} ${condition} ${next.level}`] : [],
      );
    };
    const { events } = watched(desk, 3_000, at(0, arrives()), at(5, accepts(ana)));
    expect(ahead(601)).toEqual(['1080 NOT_UPDATED 2']);
    expect(ahead(1_201).sort()).toEqual(['1440 NOT_COMPLETED 2', '1560 NOT_UPDATED 3']);
    expect(ahead(1_600)).toEqual(['1680 NOT_COMPLETED 3']);
    expect(alertsIn(events)).toEqual(expect.arrayContaining([...ahead(601), ...ahead(1_201), ...ahead(1_600)]));
    expect(ahead(2_000)).toEqual([]);
  });

  test('before a due moment the elapsed time is negative, in working minutes', () => {
    const office = alertDesk({ calendars: { desk: officeHours } });
    const story = watched(office, 3_001, at(0, arrives()));
    const [facts] = alertsOn(seenAt(story, 3_000, office)).filter(({ condition }) => condition === 'NOT_COMPLETED');
    expect(facts).toMatchObject({ level: 1, thresholdMinutes: -240, elapsedMinutes: -240 });
    expect(alertsOn(seenAt(story, 3_060, office)).find((each) => each.condition === 'NOT_COMPLETED')).toMatchObject({
      elapsedMinutes: -180,
    });
  });

  test.each([
    ['a first answer is owed', [accepts(ana)], ['answer', 'follow-up']],
    ['a mail waits', [accepts(ana), replies(ana), customerWrites('Still.')], ['answer', 'follow-up']],
    ['all is answered', [accepts(ana), replies(ana)], ['answer', 'work', 'follow-up']],
  ] as const)('what stops a stale one while %s', (_what, deeds, stops) => {
    const done = deeds.map((deed, index) => at(index + 1, deed));
    const story = unwatched(desk, at(0, arrives()), ...done, at(1_100, ticks()));
    expect(alertsOn(seenAt(story, 1_100)).find(({ condition }) => condition === 'NOT_UPDATED')?.stops).toEqual(stops);
  });

  test('the highest level comes first', () => {
    const story = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(1_300, ticks()));
    expect(alertsOn(seenAt(story, 1_300)).map(({ condition, level }) => `${condition} ${level}`)).toEqual([
      'NOT_UPDATED 2',
      'NOT_COMPLETED 1',
    ]);
  });

  test('what has told nobody yet is said with its next moment, soonest first', () => {
    const story = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(20, asksForHelp(ana)), at(21, ticks()));
    expect(
      clocksRunning(seenAt(story, 21)).map(
        ({ condition, envelope, next }) => `${minuteOf(next.at)} ${condition} ${next.level} ${envelope ?? '-'}`,
      ),
    ).toEqual(['140 NOT_ASSIGNED 1 1', '600 NOT_UPDATED 1 -', '740 NOT_COMPLETED 1 1', '1200 NOT_COMPLETED 1 -']);
    const waiting = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(20, asks(ana)));
    expect(clocksRunning(seenAt(waiting, 21))).toEqual([]);
  });

  test('of levels that come at the same moment the higher one is meant', () => {
    const rules = [
      aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 30 }),
      aRule({ condition: 'NOT_ASSIGNED', level: 2, thresholdMinutes: 30 }),
    ];
    const same = alertDesk(only(...rules));
    expect(clocksRunning(seenAt(unwatched(same, at(0, arrives())), 1, same))[0]?.next.level).toBe(2);
    expect(alertsIn(watched(same, 60, at(0, arrives())).events)).toEqual(['30 NOT_ASSIGNED 2 instead of 1']);
  });
});

describe('what must follow', () => {
  const kinds = ({ effects }: Watched): readonly string[] =>
    effects.flatMap((each) => (each.kind === 'alert' || each.kind === 'alert-changed' ? [each.kind] : []));

  test('an alert is told, with what the card needs', () => {
    const { effects, ticket, last } = unwatched(desk, at(0, arrives()), at(120, ticks()));
    const [raised] = raisedIn(last);
    const rev = ticket.rev - last.length + 1 + last.findIndex(({ type }) => type === 'AlertRaised');
    expect(effects.filter(({ kind }) => kind === 'alert')).toEqual([
      { kind: 'alert', rev, raised, number: ticket.number, teamId: ticket.teamId, priority: 'P3' },
    ]);
  });

  test('the cards of an alert that is over learn it, and who did it', () => {
    const { effects, ticket } = unwatched(desk, at(0, arrives()), at(120, ticks()), at(130, accepts(ana)));
    expect(effects.filter(({ kind }) => kind.startsWith('alert'))).toEqual([
      { kind: 'alert-changed', rev: ticket.rev, episode: 1, at: moment(130), by: ana.id },
    ]);
  });

  test('a next level, and “I am on it”, change the cards that hang already', () => {
    expect(kinds(unwatched(desk, at(0, arrives()), at(120, ticks()), at(240, ticks())))).toEqual([
      'alert',
      'alert-changed',
    ]);
    expect(
      kinds(unwatched(desk, at(0, arrives()), at(120, ticks()), at(130, acknowledges(ben, 'NOT_ASSIGNED')))),
    ).toEqual(['alert-changed']);
  });

  test('also where no level is left to come', () => {
    const highest = [at(0, arrives()), at(480, ticks())] as const;
    expect(kinds(unwatched(desk, ...highest, at(490, cancels(ben, 'spam'))))).toEqual(['alert-changed']);
    expect(kinds(unwatched(desk, ...highest, at(490, acknowledges(ben, 'NOT_ASSIGNED'))))).toEqual(['alert-changed']);
  });

  test('what changes nothing on them leaves them alone', () => {
    for (const deed of [notes(ben, 'ok'), tags(ben, 'printer')])
      expect(kinds(unwatched(desk, at(0, arrives()), at(120, ticks()), at(130, deed)))).toEqual([]);
    expect(kinds(unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(6, pends(ana, 'vendor'))))).toEqual([]);
  });

  test('who did something about it is known to the cards, also where that ended nothing', () => {
    const story = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(600, ticks()), at(610, notes(ben)));
    expect(story.effects.filter(({ kind }) => kind.startsWith('alert'))).toEqual([
      { kind: 'alert-changed', rev: story.ticket.rev, episode: 1, at: moment(610), by: ben.id },
    ]);
  });

  test('the timer is set for the next level, and again when it is held', () => {
    const timer = ({ effects }: Watched) =>
      effects.flatMap((each) => (each.kind === 'timer' ? [minuteOf(each.dueAt)] : []));
    const bare = alertDesk(
      only(
        ...[1, 2, 3].map((level) =>
          aRule({ condition: 'NOT_ASSIGNED', level: level as 1, thresholdMinutes: level * 10 }),
        ),
      ),
    );
    expect(timer(unwatched(bare, at(0, arrives())))).toEqual([10]);
    expect(timer(unwatched(bare, at(0, arrives()), at(10, ticks())))).toEqual([20]);
    const held = unwatched(bare, at(0, arrives()), at(10, ticks()), at(11, acknowledges(ben, 'NOT_ASSIGNED')));
    expect(minuteOf(nextDueOf(held.ticket, bare, moment(11)) ?? moment(0))).toBe(90);
  });

  test('an envelope’s alert names the team that was asked', () => {
    const story = unwatched(
      desk,
      at(0, arrives()),
      at(5, accepts(ana)),
      at(6, asksForHelp(ana)),
      at(7, acceptsEnvelope(eve)),
      at(500, ticks()),
    );
    const of = story.effects.flatMap((each) =>
      each.kind === 'alert' ? [`${each.raised.envelope ?? '-'} ${each.teamId}`] : [],
    );
    expect(of).toContain('1 network');
  });
});

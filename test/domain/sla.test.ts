import { describe, expect, test } from '@jest/globals';
import type { SlaWarned } from '../../src/domain/alert-events.ts';
import type { Desk } from '../../src/domain/policy.ts';
import { calendarOf, responseDueOf, targetOf } from '../../src/domain/sla.ts';
import type { Promised, SlaOverride, TargetKind } from '../../src/domain/sla-targets.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  carlaTheRequester,
  customerWrites,
  type Deed,
  lea,
  network,
  notes,
  replies,
  repliesAndResolves,
  resolves,
  resumes,
  service,
  ticks,
  undoesCancel,
} from '../support/deeds.ts';
import {
  alertDesk,
  at,
  minuteOf,
  moment,
  officeHours,
  SORTED,
  unwatched,
  watched,
  type Watched,
} from '../support/alert-deeds.ts';
import { teamsWith } from '../support/desk-roster.ts';
import { asksForHelp } from '../support/envelope-deeds.ts';
import { overrides, setsType } from '../support/ownership-deeds.ts';

const desk = alertDesk();
const office: Desk = alertDesk({ calendars: { desk: officeHours } });
const due = ({ ticket }: Watched): number => minuteOf(ticket.dueAt);

const warned = ({ events }: Pick<Watched, 'events'>, promise?: SlaWarned['promise']): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'SlaWarned' && (promise === undefined || event.promise === promise)
      ? [`${minuteOf(event.at)} ${event.promise} ${event.percent}`]
      : [],
  );

describe('what is promised', () => {
  const promised: Promised = { teamId: service, priority: 'P2', type: 'incident' };
  const override = (minutes: number, details: Partial<SlaOverride> = {}): SlaOverride => ({
    team: '*',
    priority: '*',
    type: '*',
    dueMinutes: minutes,
    ...details,
  });
  const target = (overrides: readonly SlaOverride[], kind: TargetKind = 'dueMinutes'): number =>
    targetOf({ ...defaultPolicy, slaOverrides: overrides }, kind, promised);

  test.each([
    ['P1', 15, 240],
    ['P2', 60, 480],
    ['P3', 120, 1_440],
    ['P4', 240, 2_400],
  ] as const)('%s: a first answer within %i minutes, a solution within %i', (priority, response, solution) => {
    const { ticket } = unwatched(desk, at(0, arrives(SORTED[priority])));
    expect(minuteOf(responseDueOf(ticket, desk))).toBe(response);
    expect(minuteOf(ticket.dueAt)).toBe(solution);
  });

  test.each<[string, Partial<SlaOverride>, Partial<SlaOverride>]>([
    ['a team stands before one for a type and a priority', { team: service }, { type: 'incident', priority: 'P2' }],
    ['a type stands before one for a priority', { type: 'incident' }, { priority: 'P2' }],
    ['a priority stands before one for everything', { priority: 'P2' }, {}],
  ])('one for %s', (_what, specific, general) => {
    expect(target([override(7, specific), override(9, general)])).toBe(7);
    expect(target([override(9, general), override(7, specific)])).toBe(7);
  });

  test('of two alike the later; one for others, or of another target, says nothing', () => {
    expect(target([override(7), override(9)])).toBe(9);
    expect(target([override(7, { team: network })])).toBe(480);
    expect(target([override(7, { type: 'service_request' })])).toBe(480);
    expect(target([override(7, { priority: 'P1' })])).toBe(480);
    expect(target([override(7)], 'responseMinutes')).toBe(60);
    expect(target([override(7), { team: service, priority: '*', type: '*', responseMinutes: 5 }])).toBe(7);
  });

  test('an override is there from the arrival on', () => {
    const short = alertDesk({ policy: { slaOverrides: [override(100, { responseMinutes: 20 })] } });
    const { ticket } = unwatched(short, at(0, arrives()));
    expect([minuteOf(responseDueOf(ticket, short)), minuteOf(ticket.dueAt)]).toEqual([20, 100]);
  });
});

describe('whose hours count', () => {
  const calendars = { desk: alwaysOpen, office: officeHours };

  test('the team’s, else the desk’s', () => {
    const named = alertDesk({ calendars, teams: teamsWith(network, { calendar: 'office' }) });
    expect(calendarOf({ teamId: network, priority: 'P3' }, named)).toBe(officeHours);
    expect(calendarOf({ teamId: service, priority: 'P3' }, named)).toBe(alwaysOpen);
    expect(calendarOf({ teamId: service, priority: 'P3' }, office)).toBe(officeHours);
  });

  test('P1 is around the clock where somebody is on call', () => {
    expect(calendarOf({ teamId: service, priority: 'P1' }, office)).toBe(alwaysOpen);
    expect(calendarOf({ teamId: network, priority: 'P1' }, office)).toBe(officeHours);
    expect(calendarOf({ teamId: service, priority: 'P2' }, office)).toBe(officeHours);
  });

  test('from Monday 16:00 eight hours end on Tuesday at 15:00', () => {
    expect(due(unwatched(office, at(420, arrives(SORTED.P2))))).toBe(1_440 + 360);
  });
});

describe('the pause while the customer is asked', () => {
  /** Tuesday 8:00. */
  const tuesday = 1_380;
  const asked = (minute: number) => [at(0, arrives()), at(1, accepts(ana)), at(minute, asks(ana))] as const;
  const before = due(unwatched(office, at(0, arrives())));
  const shift = (story: Watched): number => officeHours.between(moment(before), story.ticket.dueAt);

  test('of three hours moves due by exactly three working hours', () => {
    const story = unwatched(office, ...asked(60), at(240, customerWrites('The left one.')));
    expect(shift(story)).toBe(180);
    expect(story.ticket.dueAt).toBe(officeHours.add(moment(before), 180));
  });

  test('over night counts the working time of it: an hour in the evening and two in the morning are three', () => {
    const story = unwatched(office, ...asked(420), at(tuesday + 120, customerWrites('The left one.')));
    expect(shift(story)).toBe(180);
    expect(due(story)).toBe(3 * 1_440 - 60 + 60);
  });

  test('over a weekend: an hour on Friday and two on Monday are three', () => {
    const friday = 4 * 1_440;
    const story = unwatched(
      office,
      at(0, arrives()),
      at(1, accepts(ana)),
      at(friday + 420, asks(ana)),
      at(friday + 3 * 1_440 - 60 + 120, customerWrites('The left one.')),
    );
    expect(shift(story)).toBe(180);
  });

  test('wholly outside the hours moves nothing', () => {
    const story = unwatched(office, ...asked(500), at(tuesday - 10, customerWrites('The left one.')));
    expect(shift(story)).toBe(0);
  });

  test.each([
    ['the owner resumes', resumes(ana)],
    ['it is resolved', resolves(ana)],
    ['it is answered and resolved', repliesAndResolves(ana)],
    ['it is cancelled', cancels(ana, 'mistake')],
  ])('counts as well where %s', (_what, deed) => {
    expect(shift(unwatched(office, ...asked(60), at(240, deed)))).toBe(180);
  });

  test('that came after due moves it as much', () => {
    const late = [at(0, arrives()), at(1, accepts(ana)), at(4_400, asks(ana)), at(4_460, resumes(ana))];
    expect(shift(unwatched(office, ...late))).toBe(60);
  });

  test('two pauses add up, and a changed priority keeps them', () => {
    const twice = [...asked(60), at(120, resumes(ana)), at(130, asks(ana)), at(160, resumes(ana))] as const;
    expect(shift(unwatched(office, ...twice))).toBe(90);
    const raised = unwatched(office, ...twice, at(170, overrides(lea, 'P2')));
    expect(raised.ticket.dueAt).toBe(officeHours.add(moment(0), 480 + 90));
  });
});

describe('after taking it up again there is a quarter of the target left', () => {
  test('in working time', () => {
    const late = [at(0, arrives()), at(1, accepts(ana)), at(3_000, resolves(ana))] as const;
    const story = unwatched(office, ...late, at(4_320, customerWrites('It burns again.')));
    expect(officeHours.between(moment(4_320), story.ticket.dueAt)).toBe(360);
    const soon = [at(0, arrives()), at(1, accepts(ana)), at(100, resolves(ana))] as const;
    const early = unwatched(office, ...soon, at(110, customerWrites('It burns again.')));
    expect(due(early)).toBe(due(unwatched(office, at(0, arrives()))));
  });

  test('by the target of its own team', () => {
    const policy = { slaOverrides: [{ team: service, priority: '*', type: '*', dueMinutes: 80 }] } as const;
    const short = alertDesk({ policy });
    const story = unwatched(short, at(0, arrives()), at(1, cancels(ben, 'spam')), at(500, undoesCancel(ben)));
    expect(due(story)).toBe(520);
  });
});

describe('marks at 75 and 90 percent', () => {
  test('of the time until the first answer, and of that until the solution', () => {
    expect(warned(watched(desk, 1_440, at(0, arrives())))).toEqual([
      '90 response 75',
      '108 response 90',
      '1080 resolution 75',
      '1296 resolution 90',
    ]);
  });

  test('no mark for an answer that was given, nor for a ticket that has ended', () => {
    const answered = watched(desk, 1_200, at(0, arrives()), at(5, accepts(ana)), at(95, replies(ana)));
    expect(warned(answered)).toEqual(['90 response 75', '1080 resolution 75']);
    expect(warned(watched(desk, 5_000, at(0, arrives()), at(5, cancels(ben, 'spam'))))).toEqual([]);
    expect(warned(watched(desk, 5_000, at(0, arrives()), at(5, accepts(ana)), at(6, resolves(ana))))).toEqual([]);
  });

  test('whoever has no mail address is answered by a call; whoever has one is not', () => {
    const calls: Deed = (now) => ({ ...notes(ana, 'Told her how.')(now), engagement: 'call' }) as ReturnType<Deed>;
    const { address: _address, ...byPhone } = carlaTheRequester;
    const called = watched(
      desk,
      500,
      at(0, arrives({ requester: byPhone, channel: 'phone' })),
      at(5, accepts(ana)),
      at(80, calls),
    );
    expect(called.ticket.firstResponseAt).toBe(moment(80));
    expect(called.ticket.unansweredSince).toBeUndefined();
    const mailed = watched(desk, 500, at(0, arrives()), at(5, accepts(ana)), at(80, calls));
    expect(mailed.ticket.firstResponseAt).toBeUndefined();
  });

  test('after an outage only the higher one', () => {
    expect(warned(unwatched(desk, at(0, arrives()), at(1_300, ticks()), at(1_300, ticks())))).toEqual([
      '1300 response 90',
      '1300 resolution 90',
    ]);
  });

  test('early or twice the clock says nothing', () => {
    expect(warned(unwatched(desk, at(0, arrives()), at(89.9, ticks())))).toEqual([]);
    expect(warned(unwatched(desk, at(0, arrives()), at(90, ticks()), at(90, ticks()), at(91, ticks())))).toHaveLength(
      1,
    );
  });

  test('they stand while the customer is asked, and come as much later', () => {
    const asked = [at(0, arrives()), at(5, accepts(ana)), at(10, asks(ana))] as const;
    expect(warned(watched(desk, 9_000, ...asked))).toEqual([]);
    expect(warned(watched(desk, 1_400, ...asked, at(110, customerWrites('Left.'))))).toEqual([
      '1180 resolution 75',
      '1396 resolution 90',
    ]);
  });

  test('of another due moment they count anew, by its own target', () => {
    const story = watched(
      desk,
      1_100,
      at(0, arrives()),
      at(5, accepts(ana)),
      at(10, replies(ana)),
      at(1_085, overrides(lea, 'P4')),
    );
    expect(warned(story)).toEqual(['1080 resolution 75']);
    const later = watched(
      desk,
      2_200,
      at(0, arrives()),
      at(5, accepts(ana)),
      at(10, replies(ana)),
      at(1_085, overrides(lea, 'P4')),
    );
    expect(warned(later)).toEqual(['1080 resolution 75', '1800 resolution 75', '2160 resolution 90']);
    expect(later.ticket.warned).toEqual({ resolution: { percent: 90, dueAt: moment(2_400) } });
  });

  test('in working time', () => {
    expect(warned(watched(office, 2_900, at(0, arrives())), 'resolution')).toEqual(['2880 resolution 75']);
  });

  test('are no act of anybody: nothing is fresh by them, and no owner changes', () => {
    const story = watched(desk, 1_100, at(0, arrives()), at(5, accepts(ana)), at(10, replies(ana)));
    expect(story.ticket).toMatchObject({ workedAt: moment(10), ownerId: ana.id, status: 'in_progress' });
  });
});

test('help that is asked has its own promise and leaves the ticket’s alone', () => {
  const story = unwatched(
    desk,
    at(0, arrives()),
    at(1, accepts(ana)),
    at(10, asksForHelp(ana)),
    at(20, setsType(ana, 'problem')),
  );
  expect(due(story)).toBe(1_440);
});

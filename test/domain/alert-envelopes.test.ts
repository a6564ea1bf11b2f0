import { describe, expect, test } from '@jest/globals';
import type { Desk } from '../../src/domain/policy.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  cancels,
  type Deed,
  emil,
  eve,
  identity,
  nora,
  replies,
  ticks,
} from '../support/deeds.ts';
import {
  acknowledges,
  alertDesk,
  alertsIn,
  at,
  minuteOf,
  moment,
  officeHours,
  raisedIn,
  SORTED,
  unwatched,
  watched,
  type Watched,
} from '../support/alert-deeds.ts';
import { teamsWith } from '../support/desk-roster.ts';
import {
  acceptsEnvelope,
  answersQuery,
  asksForHelp,
  completesEnvelope,
  confirmsEnvelope,
  declinesEnvelope,
  editsEnvelope,
  queriesOwner,
  releasesEnvelope,
  sendsBack,
  withdrawsEnvelope,
} from '../support/envelope-deeds.ts';

/** P3: an envelope waits 120/240/480, is stale after 480/960/1440, and is answered within 960 minutes. */
const desk = alertDesk();
const asked = [at(0, arrives()), at(1, accepts(ana)), at(2, replies(ana)), at(10, asksForHelp(ana))] as const;
const taken = [...asked, at(20, acceptsEnvelope(eve))] as const;

const ofEnvelope = ({ events }: Watched, seq = 1): readonly string[] =>
  alertsIn(events)
    .filter((line) => line.includes(` of ${seq}`))
    .map((line) => line.replace(` of ${seq}`, ''));
const dueOf = ({ ticket }: Watched, seq = 1): number =>
  minuteOf(ticket.envelopes?.find((row) => row.seq === seq)?.olaAt ?? moment(-1));
const last = (...deeds: readonly (readonly [number, Deed])[]): Watched =>
  unwatched(desk, ...asked, ...deeds.map(([minute, deed]) => at(minute, deed)));

describe('waiting to be taken', () => {
  test('counts from the question, by the matrix of envelopes', () => {
    expect(ofEnvelope(watched(desk, 500, ...asked))).toEqual([
      '130 NOT_ASSIGNED 1',
      '250 NOT_ASSIGNED 2',
      '490 NOT_ASSIGNED 3',
    ]);
  });

  test('ends when somebody takes it, or it is withdrawn', () => {
    expect(ofEnvelope(watched(desk, 140, ...asked, at(135, acceptsEnvelope(eve))))).toEqual([
      '130 NOT_ASSIGNED 1',
      '135 NOT_ASSIGNED over: EnvelopeAccepted',
    ]);
    expect(ofEnvelope(watched(desk, 3_000, ...asked, at(135, withdrawsEnvelope(ana))))).toEqual([
      '130 NOT_ASSIGNED 1',
      '135 NOT_ASSIGNED over: EnvelopeWithdrawn',
    ]);
  });

  test('goes on when one declines: the next one is asked, the time is the same', () => {
    const story = watched(desk, 300, ...asked, at(135, declinesEnvelope(eve)));
    expect(ofEnvelope(story)).toEqual(['130 NOT_ASSIGNED 1', '250 NOT_ASSIGNED 2']);
  });

  test('ends when nobody is left to ask', () => {
    const all = [eve, emil, nora].map((each, index) => at(140 + index, declinesEnvelope(each)));
    expect(ofEnvelope(watched(desk, 300, ...asked, ...all))).toEqual([
      '130 NOT_ASSIGNED 1',
      '142 NOT_ASSIGNED over: EnvelopeDeclined',
    ]);
  });

  test('begins anew when it goes back to the team', () => {
    const story = watched(desk, 300, ...asked, at(135, acceptsEnvelope(eve)), at(150, releasesEnvelope(eve)));
    expect(ofEnvelope(story)).toEqual([
      '130 NOT_ASSIGNED 1',
      '135 NOT_ASSIGNED over: EnvelopeAccepted',
      '270 NOT_ASSIGNED 1',
    ]);
    expect(raisedIn(story.events).map(({ episode }) => episode)).toEqual([1, 2]);
  });

  test('the clocks of several go their own ways', () => {
    const two = [...asked, at(50, asksForHelp(ana, { teamId: identity })), at(60, acceptsEnvelope(eve))];
    const story = watched(desk, 400, ...two);
    expect(ofEnvelope(story, 1)).toEqual([]);
    expect(ofEnvelope(story, 2)).toEqual(['170 NOT_ASSIGNED 1', '290 NOT_ASSIGNED 2']);
  });

  test('“I am on it” holds the one that is meant', () => {
    const two = [...asked, at(10, asksForHelp(ana, { teamId: identity })), at(130, ticks())];
    const story = unwatched(desk, ...two, at(140, acknowledges(eve, 'NOT_ASSIGNED', 1)), at(250, ticks()));
    expect(ofEnvelope(story, 1)).toEqual(['130 NOT_ASSIGNED 1', '140 NOT_ASSIGNED held until 260']);
    expect(ofEnvelope(story, 2)).toEqual(['130 NOT_ASSIGNED 1', '250 NOT_ASSIGNED 2']);
  });
});

describe('going stale, and due', () => {
  test('counts from the moment somebody took it; the answer is due by the target of the team that is asked', () => {
    const story = watched(desk, 1_300, ...taken);
    expect(dueOf(story)).toBe(970);
    expect(ofEnvelope(story)).toEqual([
      '500 NOT_UPDATED 1',
      '730 NOT_COMPLETED 1',
      '970 NOT_COMPLETED 2',
      '980 NOT_UPDATED 2',
      '1210 NOT_COMPLETED 3',
    ]);
  });

  test('an answer ends both', () => {
    expect(ofEnvelope(watched(desk, 4_000, ...taken, at(740, completesEnvelope(eve)))).slice(-2)).toEqual([
      '740 NOT_UPDATED over: EnvelopeCompleted',
      '740 NOT_COMPLETED over: EnvelopeCompleted',
    ]);
  });

  test('a cancelled ticket ends them: the envelopes are withdrawn first', () => {
    expect(ofEnvelope(watched(desk, 4_000, ...taken, at(740, cancels(ana, 'mistake')))).slice(-2)).toEqual([
      '740 NOT_UPDATED over: EnvelopeWithdrawn',
      '740 NOT_COMPLETED over: EnvelopeWithdrawn',
    ]);
  });

  test('the helper’s clock runs while the customer is asked', () => {
    expect(ofEnvelope(watched(desk, 600, ...taken, at(30, asks(ana))))).toEqual(['500 NOT_UPDATED 1']);
  });

  test('due as agreed stands before the target', () => {
    const story = last([30, asksForHelp(ana, { teamId: identity, dueAt: moment(333) })]);
    expect(dueOf(story, 2)).toBe(333);
    expect(dueOf(last([30, editsEnvelope(ana, { dueAt: moment(444) })]))).toBe(444);
    expect(dueOf(last([30, editsEnvelope(ana, { dueAt: moment(444) })], [40, editsEnvelope(ana)]))).toBe(970);
    // The time in which the owner was asked is not taken back by an edit.
    const asked = [
      [20, acceptsEnvelope(eve)],
      [30, queriesOwner(eve)],
      [90, answersQuery(ana)],
    ] as const;
    expect(dueOf(last(...asked.map(([at, deed]): [number, Deed] => [at, deed]), [95, editsEnvelope(ana)]))).toBe(
      970 + 60,
    );
  });

  test.each([
    ['P1', 120],
    ['P2', 240],
    ['P3', 960],
    ['P4', 1_440],
  ] as const)('the target of %s is %i minutes', (priority, target) => {
    const story = unwatched(desk, at(0, arrives(SORTED[priority])), at(1, accepts(ana)), at(10, asksForHelp(ana)));
    expect(dueOf(story)).toBe(10 + target);
  });

  test('by the calendar of the team that is asked, and by its own target', () => {
    const policy = { slaOverrides: [{ team: identity, priority: '*', type: '*', olaMinutes: 90 }] } as const;
    const teams = teamsWith(identity, { calendar: 'office' });
    const other: Desk = alertDesk({ teams, policy, calendars: { office: officeHours } });
    const evening = [at(0, arrives()), at(1, accepts(ana)), at(2, replies(ana))] as const;
    const night = watched(other, 1_600, ...evening, at(450, asksForHelp(ana, { teamId: identity })));
    expect(dueOf(night)).toBe(1_440);
    expect(ofEnvelope(night).filter((line) => line.includes('ASSIGNED'))).toEqual([
      '1470 NOT_ASSIGNED 1',
      '1590 NOT_ASSIGNED 2',
    ]);
    expect(dueOf(unwatched(other, ...evening, at(450, asksForHelp(ana))))).toBe(1_410);
  });
});

describe('while the owner is asked', () => {
  const queried = [...taken, at(100, queriesOwner(eve))] as const;

  test('the helper’s clocks stand', () => {
    expect(ofEnvelope(watched(desk, 5_000, ...queried))).toEqual([]);
    expect(ofEnvelope(watched(desk, 5_000, ...taken, at(800, queriesOwner(eve))))).toEqual([
      '500 NOT_UPDATED 1',
      '730 NOT_COMPLETED 1',
      '800 NOT_UPDATED over: OwnerQueried',
      '800 NOT_COMPLETED over: OwnerQueried',
    ]);
  });

  test('what is left of the time counts on from the answer', () => {
    const story = watched(desk, 1_100, ...queried, at(300, answersQuery(ana)));
    expect(dueOf(story)).toBe(970 + 200);
    expect(ofEnvelope(story)).toEqual(['780 NOT_UPDATED 1', '930 NOT_COMPLETED 1']);
  });

  test('a second question adds its time, too', () => {
    const twice = [at(300, answersQuery(ana)), at(400, queriesOwner(eve)), at(450, answersQuery(ana))];
    expect(dueOf(unwatched(desk, ...queried, ...twice))).toBe(970 + 200 + 50);
  });

  test('working time only: a question over night costs nobody the morning', () => {
    const office = alertDesk({ calendars: { desk: officeHours } });
    const early = unwatched(office, ...taken, at(400, queriesOwner(eve)), at(1_400, answersQuery(ana)));
    const due = unwatched(office, ...taken);
    expect(officeHours.between(moment(dueOf(due)), moment(dueOf(early)))).toBe(80 + 20);
  });

  test('released meanwhile, it goes back with all its time', () => {
    const story = unwatched(desk, ...queried, at(300, releasesEnvelope(eve)));
    expect(dueOf(story)).toBe(1_170);
    expect(dueOf(unwatched(desk, ...taken, at(300, releasesEnvelope(eve))))).toBe(970);
  });
});

describe('an answer that is sent back', () => {
  test('leaves at least a quarter of the target for the next, and is another episode', () => {
    const late = [...taken, at(900, completesEnvelope(eve)), at(950, sendsBack(ana))];
    const story = watched(desk, 1_500, ...late);
    expect(dueOf(story)).toBe(950 + 240);
    expect(ofEnvelope(story).slice(ofEnvelope(story).indexOf('900 NOT_COMPLETED over: EnvelopeCompleted') + 1)).toEqual(
      ['950 NOT_COMPLETED 1', '1190 NOT_COMPLETED 2', '1430 NOT_UPDATED 1', '1430 NOT_COMPLETED 3'],
    );
  });

  test('keeps its due moment where more is left', () => {
    expect(dueOf(last([20, acceptsEnvelope(eve)], [30, completesEnvelope(eve)], [40, sendsBack(ana)]))).toBe(970);
  });
});

test('a confirmed one is over', () => {
  const story = watched(desk, 5_000, ...taken, at(30, completesEnvelope(eve)), at(40, confirmsEnvelope(ana)));
  expect(ofEnvelope(story)).toEqual([]);
});

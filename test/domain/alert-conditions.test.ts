import { describe, expect, test } from '@jest/globals';
import type { Instant } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  asks,
  ben,
  cancels,
  customerWrites,
  type Deed,
  eve,
  lea,
  max,
  network,
  notes,
  pends,
  reopens,
  replies,
  resolves,
  resumes,
  ticks,
  undoesCancel,
} from '../support/deeds.ts';
import {
  acceptsEnvelope,
  addsTask,
  asksForHelp,
  completesEnvelope,
  confirmsEnvelope,
  finishesTask,
  queriesOwner,
} from '../support/envelope-deeds.ts';
import {
  acknowledges,
  alertDesk,
  alertsIn,
  aRule,
  at,
  minuteOf,
  moment,
  only,
  raisedIn,
  SORTED,
  unwatched,
  watched,
  type Watched,
} from '../support/alert-deeds.ts';
import {
  hearsFromParent,
  links,
  overrides,
  reserves,
  routes,
  setsType,
  tags,
  triages,
} from '../support/ownership-deeds.ts';

/** Untriaged tickets are P3: 120/240/480 in the queue, first answer within 120, stale after 480/960/1440, due after 1440. */
const desk = alertDesk();
const ofCondition = (condition: string, { events }: Watched): readonly string[] =>
  alertsIn(events).filter((line) => line.includes(condition));
const inQueue = (story: Watched): readonly string[] => ofCondition('NOT_ASSIGNED', story);
const stale = (story: Watched): readonly string[] => ofCondition('NOT_UPDATED', story);
const due = (story: Watched): readonly string[] => ofCondition('NOT_COMPLETED', story);

describe('sitting in the queue', () => {
  test('counts from the arrival', () => {
    expect(inQueue(watched(desk, 130, at(0, arrives())))).toEqual(['120 NOT_ASSIGNED 1']);
  });

  test('ends when somebody accepts', () => {
    expect(inQueue(watched(desk, 600, at(0, arrives()), at(130, accepts(ana))))).toEqual([
      '120 NOT_ASSIGNED 1',
      '130 NOT_ASSIGNED over: TicketAccepted',
    ]);
  });

  test('ends when the ticket is cancelled', () => {
    expect(inQueue(watched(desk, 600, at(0, arrives()), at(130, cancels(ben, 'spam'))))).toEqual([
      '120 NOT_ASSIGNED 1',
      '130 NOT_ASSIGNED over: TicketCancelled',
    ]);
  });

  test('begins anew in the queue of another team, at level 1', () => {
    const story = watched(desk, 500, at(0, arrives()), at(250, routes(ben, network)));
    expect(inQueue(story)).toEqual([
      '120 NOT_ASSIGNED 1',
      '240 NOT_ASSIGNED 2',
      '250 NOT_ASSIGNED over: TicketRouted',
      '370 NOT_ASSIGNED 1',
      '490 NOT_ASSIGNED 2',
    ]);
    expect(raisedIn(story.events).map(({ episode }) => episode)).toEqual([1, 1, 2, 2]);
  });

  test('goes on while somebody has only reached for it, and ends when that becomes an accept by itself', () => {
    expect(inQueue(watched(desk, 130, at(0, arrives()), at(119.9, reserves(ana))))).toEqual([
      '120 NOT_ASSIGNED 1',
      '120.4 NOT_ASSIGNED over: TicketAccepted',
    ]);
  });

  test('ends with the tap that nobody undid, whoever looks at the ticket first', () => {
    const story = [at(0, arrives()), at(119.9, reserves(ana)), at(120, ticks()), at(125, notes(ben))];
    expect(inQueue(unwatched(desk, ...story))).toEqual(['120 NOT_ASSIGNED 1', '125 NOT_ASSIGNED over: TicketAccepted']);
  });

  test.each<[string, Deed]>([
    ['a note', notes(ben)],
    ['a customer’s mail', customerWrites('Any news?')],
    ['a tag', tags(ben, 'printer')],
    ['"I am on it"', acknowledges(ben, 'NOT_ASSIGNED')],
  ])('does not end by %s', (_what, deed) => {
    const story = unwatched(desk, at(0, arrives()), at(120, ticks()), at(130, deed), at(2_000, ticks()));
    expect(inQueue(story).filter((line) => !line.includes('held'))).toEqual([
      '120 NOT_ASSIGNED 1',
      '2000 NOT_ASSIGNED 3 instead of 2',
    ]);
  });
});

describe('going stale before the first answer', () => {
  const owned = [at(0, arrives()), at(5, accepts(ana))] as const;

  test('is counted from the moment at which that answer is due, not from the accept', () => {
    expect(stale(watched(desk, 1_100, ...owned))).toEqual(['600 NOT_UPDATED 1', '1080 NOT_UPDATED 2']);
    expect(raisedIn(watched(desk, 700, ...owned).events)[0]).toMatchObject({ thresholdMinutes: 480 });
  });

  test('a threshold with a sign warns before that moment', () => {
    const early = alertDesk(only(aRule({ condition: 'NOT_UPDATED', level: 1, thresholdMinutes: -30 })));
    expect(alertsIn(watched(early, 700, ...owned).events)).toEqual(['90 NOT_UPDATED 1']);
  });

  test('ends with the answer, and no note ends it', () => {
    expect(stale(watched(desk, 900, ...owned, at(620, notes(ana)), at(640, replies(ana))))).toEqual([
      '600 NOT_UPDATED 1',
      '640 NOT_UPDATED over: CustomerAnswered',
    ]);
  });

  test('news of the major incident is an answer, too', () => {
    const told = [at(610, links(ana)), at(620, hearsFromParent(lea))];
    expect(stale(watched(desk, 900, ...owned, ...told))).toEqual([
      '600 NOT_UPDATED 1',
      '620 NOT_UPDATED over: ParentUpdated',
    ]);
  });

  test('another priority is another moment, and so another episode', () => {
    const story = watched(desk, 1_000, ...owned, at(630, overrides(lea, 'P2')));
    expect(stale(story)).toEqual([
      '600 NOT_UPDATED 1',
      '630 NOT_UPDATED over: PriorityOverridden',
      '630 NOT_UPDATED 3 instead of 1 and 2',
    ]);
  });
});

describe('going stale with an unanswered mail', () => {
  const answered = [at(0, arrives()), at(5, accepts(ana)), at(10, replies(ana))] as const;

  test('is counted from the oldest one, however often the customer asks for news', () => {
    const asked = [at(100, customerWrites('It burns again.')), at(300, customerWrites('Any news?'))];
    expect(stale(watched(desk, 600, ...answered, ...asked))).toEqual(['580 NOT_UPDATED 1']);
  });

  test('goes on whatever is done inside, until the customer hears', () => {
    const inside: readonly Deed[] = [notes(ana), asksForHelp(ana), addsTask(ana), setsType(ana, 'problem')];
    const story = watched(
      desk,
      900,
      ...answered,
      at(100, customerWrites('It burns again.')),
      ...inside.map((deed, index) => at(590 + index, deed)),
      at(700, replies(ana)),
    );
    expect(stale(story).filter((line) => !line.includes(' of '))).toEqual([
      '580 NOT_UPDATED 1',
      '700 NOT_UPDATED over: CustomerAnswered',
    ]);
  });

  test.each([
    ['that only thanks', 'thanks'],
    ['of a machine', 'automatic'],
    ['that came back', 'bounce'],
  ] as const)('a mail %s waits for no answer', (_what, verdict) => {
    const story = watched(desk, 600, ...answered, at(100, customerWrites('Thank you.', { verdict })));
    expect(stale(story)).toEqual(['490 NOT_UPDATED 1']);
  });

  test('a mail of somebody unknown to the ticket waits for none either', () => {
    const story = watched(desk, 600, ...answered, at(100, customerWrites('Pay me.', { unverified: true })));
    expect(stale(story)).toEqual(['490 NOT_UPDATED 1']);
  });
});

describe('going stale with everything answered', () => {
  const answered = [at(0, arrives()), at(5, accepts(ana)), at(10, replies(ana))] as const;
  const helped = [...answered, at(20, asksForHelp(ana)), at(30, acceptsEnvelope(eve))] as const;

  const since = (story: Watched): readonly number[] =>
    raisedIn(story.events)
      .filter(({ condition, envelope }) => condition === 'NOT_UPDATED' && envelope === undefined)
      .map((raised) => minuteOf(raised.since));

  test('is counted from the last act that moved something', () => {
    expect(stale(watched(desk, 1_000, ...answered, at(200, replies(ana))))).toEqual(['680 NOT_UPDATED 1']);
  });

  test('before any such act from the accept', () => {
    const told = [at(0, arrives()), at(1, links(ben)), at(2, hearsFromParent(lea)), at(50, accepts(ana))];
    expect(since(watched(desk, 600, ...told))).toEqual([50]);
  });

  test.each<[string, Deed]>([
    ['an answer', replies(ana)],
    ['a note that says something', notes(ben, 'Checked the cable.')],
    ['asking for help', asksForHelp(ana)],
    ['a task', addsTask(ana)],
    ['waiting for the vendor', pends(ana, 'vendor')],
    ['resolving', resolves(ana)],
  ])('%s moves it', (_what, deed) => {
    const story = unwatched(desk, ...answered, at(490, ticks()), at(500, deed));
    expect(stale(story)).toEqual(['490 NOT_UPDATED 1', expect.stringMatching(/^500 NOT_UPDATED over: /u)]);
    expect(story.ticket.workedAt).toBe(moment(500));
  });

  test.each<[string, Deed]>([
    ['a question of the expert', queriesOwner(eve)],
    ['an answer of the expert', completesEnvelope(eve)],
  ])('%s is a step, too', (_what, deed) => {
    const story = unwatched(desk, ...helped, at(100, deed), at(579, ticks()), at(580, ticks()));
    expect(since(story)).toEqual([100]);
    expect(minuteOf(raisedIn(story.last)[0]?.at as Instant)).toBe(580);
  });

  test('a finished task and a confirmed envelope are such acts', () => {
    const answer = [...helped, at(40, completesEnvelope(eve)), at(50, confirmsEnvelope(ana))];
    expect(since(watched(desk, 540, ...answer))).toEqual([50]);
    const task = [...answered, at(20, addsTask(ana)), at(60, finishesTask(ana))];
    expect(since(watched(desk, 560, ...task))).toEqual([60]);
  });

  test.each<[string, Deed]>([
    ['“ok”', notes(ana, 'ok')],
    ['a dot', notes(ana, '.')],
    ['dots in a row', notes(ana, '... !!')],
    ['a tag', tags(ana, 'printer')],
    ['another type', setsType(ana, 'problem')],
    ['triage', triages(ana, { impact: 'medium' })],
    ['a machine’s mail', customerWrites('I am away.', { verdict: 'automatic' })],
    ['thanks', customerWrites('Thank you.', { verdict: 'thanks' })],
    ['the clock', ticks()],
    ['“I am on it”', acknowledges(ana, 'NOT_UPDATED')],
  ])('%s does not', (_what, deed) => {
    const story = unwatched(desk, ...answered, at(490, ticks()), at(500, deed));
    expect(stale(story).filter((line) => !line.includes('held'))).toEqual(['490 NOT_UPDATED 1']);
    expect(story.refusal).toBeUndefined();
  });

  test('three letters say something, in any script', () => {
    for (const text of ['nope', 'Да, ок', '漢字です', '1 2 3'])
      expect(stale(unwatched(desk, ...answered, at(490, ticks()), at(500, notes(ana, text)))).at(-1)).toContain('over');
  });

  test('an answer that counts as accepted because nobody objected moves nothing: that was the clock', () => {
    const answer = [...helped, at(40, completesEnvelope(eve))];
    const confirmed = unwatched(desk, ...answer, at(520, ticks()), at(2 * 1_440 + 40, ticks()));
    expect(confirmed.last.map(({ type }) => type)).toContain('EnvelopeConfirmed');
    expect(since(confirmed)).toEqual([40, 40]);
    expect(stale(confirmed)).toEqual(['520 NOT_UPDATED 1', '2920 NOT_UPDATED 3 instead of 2']);
  });
});

describe('a follow-up date', () => {
  const answered = [at(0, arrives()), at(5, accepts(ana)), at(10, replies(ana))] as const;
  const day = 1_440;

  test('holds it until then, and from then on it is counted', () => {
    const story = watched(desk, 3 * day, ...answered, at(20, pends(ana, 'vendor', { days: 2 })));
    expect(stale(story)).toEqual([`${2 * day + 20 + 480} NOT_UPDATED 1`, `${2 * day + 20 + 960} NOT_UPDATED 2`]);
  });

  test('holds a threshold before it, too', () => {
    const early = alertDesk(only(aRule({ condition: 'NOT_UPDATED', level: 1, thresholdMinutes: -600 })));
    const story = watched(early, 3 * day, ...answered, at(20, pends(ana, 'change', { days: 1 })));
    expect(stale(story)).toEqual([
      '5 NOT_UPDATED 1',
      '10 NOT_UPDATED over: CustomerAnswered',
      '10 NOT_UPDATED 1',
      '20 NOT_UPDATED over: TicketPended',
      `${day + 20} NOT_UPDATED 1`,
    ]);
  });

  test('an act after it counts as ever', () => {
    const story = watched(desk, 4 * day, ...answered, at(20, pends(ana, 'vendor', { days: 1 })), at(1_500, notes(ana)));
    expect(stale(story)[0]).toBe('1980 NOT_UPDATED 1');
  });

  test('does not hold the due moment', () => {
    const story = watched(desk, 1_300, ...answered, at(20, pends(ana, 'vendor', { days: 2 })));
    expect(due(story)).toEqual(['1200 NOT_COMPLETED 1']);
  });

  test('resuming ends the wait: the act itself is the last one', () => {
    const story = watched(desk, 800, ...answered, at(20, pends(ana, 'vendor', { days: 2 })), at(100, resumes(ana)));
    expect(stale(story)).toEqual(['580 NOT_UPDATED 1']);
  });
});

describe('approaching and past due', () => {
  test('level 1 before it, level 2 at it, level 3 after it, whether somebody owns it or not', () => {
    const told = ['1200 NOT_COMPLETED 1', '1440 NOT_COMPLETED 2', '1680 NOT_COMPLETED 3'];
    expect(due(watched(desk, 2_000, at(0, arrives())))).toEqual(told);
    expect(due(watched(desk, 2_000, at(0, arrives()), at(5, accepts(ana))))).toEqual(told);
  });

  test('a new due moment is a new episode', () => {
    const story = watched(desk, 1_500, at(0, arrives()), at(1_210, triages(ben, SORTED.P4)));
    expect(due(story)).toEqual(['1200 NOT_COMPLETED 1', '1210 NOT_COMPLETED over: TicketTriaged']);
    const later = watched(desk, 2_000, at(0, arrives()), at(1_210, triages(ben, SORTED.P4)));
    expect(due(later).at(-1)).toBe('1920 NOT_COMPLETED 1');
    expect(raisedIn(later.events).at(-1)).toMatchObject({ thresholdMinutes: -480, level: 1 });
  });

  test('ends when the ticket is cancelled, and is over with it', () => {
    const story = watched(desk, 3_000, at(0, arrives()), at(1_210, cancels(ben, 'mistake')));
    expect(due(story)).toEqual(['1200 NOT_COMPLETED 1', '1210 NOT_COMPLETED over: TicketCancelled']);
    expect(story.ticket.alerts).toBeUndefined();
  });
});

describe('waiting for the customer', () => {
  const asked = [at(0, arrives()), at(5, accepts(ana)), at(10, asks(ana))] as const;

  test('nothing is stale, nothing is due', () => {
    expect(alertsIn(watched(desk, 10_000, ...asked).events)).toEqual([]);
  });

  test('what was on ends with the question', () => {
    const story = watched(desk, 3_000, at(0, arrives()), at(5, accepts(ana)), at(1_210, asks(ana)));
    expect(alertsIn(story.events)).toEqual([
      '600 NOT_UPDATED 1',
      '1080 NOT_UPDATED 2',
      '1200 NOT_COMPLETED 1',
      '1210 NOT_UPDATED over: CustomerAnswered',
      '1210 NOT_COMPLETED over: TicketPaused',
    ]);
  });

  test('the answer starts both again: the mail waits, and due has moved by the wait', () => {
    const story = watched(desk, 3_500, ...asked, at(1_510, customerWrites('The left one.')));
    expect(alertsIn(story.events)).toEqual([
      '1990 NOT_UPDATED 1',
      '2470 NOT_UPDATED 2',
      '2700 NOT_COMPLETED 1',
      '2940 NOT_COMPLETED 2',
      '2950 NOT_UPDATED 3',
      '3180 NOT_COMPLETED 3',
    ]);
  });
});

describe('resolved', () => {
  const late = [at(0, arrives()), at(5, accepts(ana)), at(1_210, resolves(ana))] as const;

  test('ends everything, and nothing begins', () => {
    const story = watched(desk, 5_000, ...late);
    expect(alertsIn(story.events).slice(-2)).toEqual([
      '1210 NOT_UPDATED over: TicketResolved',
      '1210 NOT_COMPLETED over: TicketResolved',
    ]);
    expect(story.ticket.alerts).toBeUndefined();
  });

  test('a reopened one has new clocks, and the next episode begins at level 1', () => {
    const story = watched(desk, 3_000, ...late, at(2_000, customerWrites('It burns again.')));
    const after = alertsIn(story.events).slice(
      alertsIn(story.events).indexOf('1210 NOT_COMPLETED over: TicketResolved') + 1,
    );
    expect(minuteOf(story.ticket.dueAt)).toBe(2_360);
    expect(after).toEqual([
      '2120 NOT_COMPLETED 1',
      '2360 NOT_COMPLETED 2',
      '2480 NOT_UPDATED 1',
      '2600 NOT_COMPLETED 3',
      '2960 NOT_UPDATED 2',
    ]);
    const episodes = raisedIn(story.events).map(({ condition, episode }) => `${condition} ${episode}`);
    expect([...new Set(episodes)]).toEqual(['NOT_UPDATED 1', 'NOT_COMPLETED 2', 'NOT_COMPLETED 3', 'NOT_UPDATED 4']);
  });

  test('one that a person reopens is fresh by that act', () => {
    const story = watched(desk, 2_200, ...late, at(1_700, reopens(ana)));
    expect(stale(story).at(-1)).toBe('2180 NOT_UPDATED 1');
  });
});

test('taking back a cancel lets the conditions hold again', () => {
  const story = watched(desk, 400, at(0, arrives()), at(130, cancels(ben, 'spam')), at(140, undoesCancel(ben)));
  expect(inQueue(story)).toEqual([
    '120 NOT_ASSIGNED 1',
    '130 NOT_ASSIGNED over: TicketCancelled',
    '140 NOT_ASSIGNED 1',
    '240 NOT_ASSIGNED 2',
  ]);
});

test('an ended alert says what ended it and who, also where one act did several things', () => {
  const reply = watched(desk, 600, at(0, arrives()), at(130, accepts(max)));
  expect(reply.events.find(({ type }) => type === 'AlertEnded')).toMatchObject({ by: max, cause: 'TicketAccepted' });
  const written = unwatched(desk, at(0, arrives()), at(5, accepts(ana)), at(600, ticks()), at(610, asks(ana)));
  expect(alertsIn(written.last)).toEqual(['610 NOT_UPDATED over: CustomerAnswered']);
});

import { describe, expect, test } from '@jest/globals';
import type { AlertStory } from '../../src/application/ports/stories.ts';
import type { PersonActor } from '../../src/domain/values.ts';
import { acknowledges, alertDesk, aRule, at, moment, only, watched } from '../support/alert-deeds.ts';
import { faultsOf, ofType, textRunsOf } from '../support/cards.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  cancels,
  emil,
  eve,
  ida,
  lea,
  max,
  nora,
  replies,
  resolves,
  vera,
} from '../support/deeds.ts';
import { acceptsEnvelope, asksForHelp, completesEnvelope, withdrawsEnvelope } from '../support/envelope-deeds.ts';
import { reserves } from '../support/ownership-deeds.ts';
import { alertCardOf, alertStoryOf, factOf, queued, sortedAs, titlesOf } from './alert-cases.ts';
import { staysSmall, staysText } from './hostile.ts';

const waiting = alertStoryOf(queued(121), 130);
const escalated = alertStoryOf(queued(241), 250);
const third = alertStoryOf(queued(500), 510);
/** P2: the first answer is due at ten. */
const unanswered = alertStoryOf(queued(181, sortedAs('P2'), [1, accepts(ana)]), 185);
const asked = alertStoryOf(
  queued(100, sortedAs('P2'), [1, accepts(ana)], [2, replies(ana)], [10, asksForHelp(ana)]),
  100,
);
const headline = (card: object): string | undefined => textRunsOf(card)[0];
const actsOf = (story: AlertStory, person?: PersonActor): string =>
  titlesOf(alertCardOf(story, 250, person ? { person } : {})).join(', ');

describe('the card of an alert', () => {
  test('says what holds, whose ticket it is, how long it may take and has taken, and what comes next', () => {
    const card = alertCardOf(waiting, 130, { person: ana });
    expect(headline(card)).toBe('Sitting in the queue · Level 1');
    expect(factOf(card, 'Customer')).toBe('Carla Costa <carla@customer.example>');
    expect(factOf(card, 'Owner')).toBe('nobody yet');
    expect(factOf(card, 'Team')).toBe('Service');
    expect(factOf(card, 'Threshold')).toBe('after 2 h');
    expect(factOf(card, 'Time passed')).toBe('2 h 10 min of working time since Mon 5 Jan, 09:00');
    expect(factOf(card, 'Next')).toBe('level 2 tells the supervisor at 13:00');
    expect(factOf(card, 'What stops it')).toBe('somebody accepts the ticket; it is cancelled');
    expect(factOf(card, 'You are told as')).toBe('on duty in the team');
    expect(JSON.stringify(ofType(card, 'TextBlock'))).toMatch(/INC-1001 · New.*P3 normal/u);
  });

  test('says who else was told, by their part, and how where that is not as usual', () => {
    const card = alertCardOf(third, 510, { person: ana });
    expect(factOf(card, 'Told (techs)')).toBe('Ben Berg');
    expect(factOf(card, 'Told (supervisors)')).toBe('Lea Lind');
    expect(factOf(card, 'Told (managers)')).toBe('Max Mohn (in the daily digest)');
    expect(factOf(card, 'Next')).toBe('no further level');
    expect(factOf(alertCardOf(third, 510), 'Told (techs)')).toBe('Ana Alves, Ben Berg');
    expect(factOf(alertCardOf(third, 510), 'You are told as')).toBeUndefined();
  });

  test('is the louder the higher the level, and grey when it is over', () => {
    const over = alertStoryOf(queued(130, [125, accepts(ana)]), 130);
    const styles = [waiting, escalated, third, over].map(
      (story) => ofType(alertCardOf(story, 510), 'Container')[0]?.['style'],
    );
    expect(styles).toEqual(['accent', 'warning', 'attention', 'emphasis']);
  });

  test.each([
    ['held', { state: 'held', heldUntil: moment(600) }, 'quiet hours until 19:00'],
    ['held until another day', { state: 'held', heldUntil: moment(1_320) }, 'quiet hours until Tue 6 Jan, 07:00'],
    ['held until it was over', { state: 'held', heldUntil: moment(120) }, ''],
    ['rolled up', { state: 'rolled-up' }, 'on one card with others'],
    ['lost', { state: 'failed' }, 'could not be reached'],
    ['mailed', { address: { kind: 'mail', person: ana.id } }, 'could not be reached in Teams, mailed'],
    [
      'told in the channel',
      { address: { kind: 'channel', teamId: 'network' } },
      'could not be reached in their chat, told in the channel of Network',
    ],
  ] as const)('says what became of a message that was %s', (_how, details, remark) => {
    const tried = [{ address: { kind: 'personal', person: ana.id }, at: moment(121), why: '403' }];
    const lines = waiting.lines.map((line) => ({ ...line, tried, ...details })) as AlertStory['lines'];
    const said = factOf(alertCardOf({ ...waiting, lines }, 130), 'Told (techs)');
    expect(said?.split(', ').at(-1)).toBe(remark ? `Ben Berg (${remark})`.split(', ').at(-1) : 'Ben Berg');
    expect(said).toContain(remark);
  });

  test('before the first answer counts from the moment that is due, and towards the due moment until it is past', () => {
    const card = alertCardOf(unanswered, 185, { person: ana });
    expect(headline(card)).toBe('Going stale · Level 1');
    expect(factOf(card, 'Threshold')).toBe('2 h after the first answer was due');
    expect(factOf(card, 'First answer due')).toBe('Mon 5 Jan, 10:00 · 2 h 5 min of working time past');
    expect(factOf(card, 'What stops it')).toBe('an answer to the customer; a date for the follow-up');
    const due = [accepts(ana), replies(ana)] as const;
    const early = alertStoryOf(queued(421, sortedAs('P2'), [1, due[0]], [419, due[1]]), 425);
    expect(headline(alertCardOf(early, 425))).toBe('Due soon · Level 1');
    expect(factOf(alertCardOf(early, 425), 'Due')).toBe('Mon 5 Jan, 17:00 · 55 min of working time left');
    const late = alertStoryOf(queued(541, sortedAs('P2'), [1, due[0]], [539, due[1]]), 545);
    expect(headline(alertCardOf(late, 545))).toBe('Past due · Level 3');
    expect(factOf(alertCardOf(late, 545), 'Threshold')).toBe('1 h after it was due');
    expect(factOf(alertCardOf(late, 545), 'Due')).toBe('Mon 5 Jan, 17:00 · 1 h 5 min of working time past');
  });

  test('says who is on it and until when, and offers that no more', () => {
    const held = alertStoryOf(queued(131, [130, acknowledges(ben, 'NOT_ASSIGNED')]), 131);
    expect(factOf(alertCardOf(held, 131, { person: ana }), 'In hand')).toBe('Ben Berg is on it until 13:10');
    expect(factOf(alertCardOf(held, 131, { person: ben }), 'In hand')).toBe('You are on it until 13:10');
    expect(factOf(alertCardOf(held, 131), 'Next')).toBe('level 2 tells the supervisor at 13:10');
    expect(titlesOf(alertCardOf(held, 131, { person: ana }))).not.toContain('I’m on it');
    const higher = alertStoryOf(queued(260, [130, acknowledges(ben, 'NOT_ASSIGNED')]), 260);
    expect(titlesOf(alertCardOf(higher, 260, { person: ana }))).toContain('I’m on it');
  });

  test('says when it is told again, where its level repeats', () => {
    const rule = aRule({ condition: 'NOT_ASSIGNED', level: 1, thresholdMinutes: 30, repeatEveryMinutes: 20 });
    const often = alertDesk(only(rule));
    const told = alertStoryOf(watched(often, 31, at(0, arrives())), 31, often);
    expect(factOf(alertCardOf(told, 31), 'Next')).toBe('told again at 09:50');
  });

  test('says above everything why a tap on it was refused', () => {
    const card = alertCardOf(waiting, 130, { card: { headline: 'Ben is on it already.' } });
    expect(headline(card)).toBe('Ben is on it already.');
  });

  test('of another day than the one it was posted on names the day', () => {
    const later = alertStoryOf(queued(2_370, sortedAs('P4'), [1, accepts(ana)], [2, replies(ana)]), 2_370);
    expect(factOf(alertCardOf(later, 2_370), 'Next')).toBe('level 2 tells the supervisor on Wed 7 Jan, 01:00');
  });
});

describe('what can be done about it', () => {
  test.each([
    ['where all read it', undefined, 'Accept, I’m on it, Accept and ask Network, Open'],
    ['an agent', ana, 'Accept, I’m on it, Accept and ask Network, Open'],
    ['the lead', lea, 'Accept, I’m on it, Accept and ask Network, Open'],
    ['an expert', eve, 'I’m on it, Open'],
    ['an auditor', vera, 'Open'],
  ] as const)('while nobody owns the ticket, %s', (_who, person, titles) => {
    expect(actsOf(waiting, person)).toBe(titles);
  });

  test.each([
    ['where all read it', undefined, 'I’m on it, Ask Network for help, Open'],
    ['the owner', ana, 'I’m on it, Ask Network for help, Open'],
    ['a colleague', ben, 'I’m on it, Open'],
    ['the manager', max, 'I’m on it, Open'],
  ] as const)('with an owner, %s', (_who, person, titles) => {
    expect(actsOf(unanswered, person)).toBe(titles);
  });

  test.each([
    ['where all read it', undefined, 'Accept, I’m on it, Open the request for help, Open'],
    ['the owner', ana, 'I’m on it, Open the request for help, Open'],
    ['a member of the asked team', emil, 'Accept, I’m on it, Open the request for help, Open'],
    ['its lead', nora, 'Accept, I’m on it, Open the request for help, Open'],
    ['somebody of another team', ida, 'I’m on it, Open the request for help, Open'],
  ] as const)('about a request for help, %s', (_who, person, titles) => {
    expect(actsOf(asked, person)).toBe(titles);
  });

  test('a request that was made to one person is accepted by that person or the lead', () => {
    const ofEve = queued(
      100,
      sortedAs('P2'),
      [1, accepts(ana)],
      [2, replies(ana)],
      [10, asksForHelp(ana, { expert: eve })],
    );
    const story = alertStoryOf(ofEve, 100);
    const may = [eve, nora, emil].map((person) => actsOf(story, person).startsWith('Accept'));
    expect(may).toEqual([true, true, false]);
  });

  test('a request that somebody has taken is not offered again', () => {
    const taken = queued(
      261,
      sortedAs('P2'),
      [1, accepts(ana)],
      [2, replies(ana)],
      [10, asksForHelp(ana)],
      [20, acceptsEnvelope(eve)],
    );
    expect(actsOf(alertStoryOf(taken, 261), nora)).toBe('I’m on it, Open the request for help, Open');
  });

  test('a ticket that somebody is just taking is not offered again, and nobody to ask is not asked', () => {
    const reserved = alertStoryOf(queued(125, [125, reserves(ben)]), 125);
    expect(titlesOf(alertCardOf(reserved, 125, { person: ana }))).toEqual(['I’m on it', 'Open']);
    const alone = { ...waiting, help: { ...waiting.help, teams: [] } };
    expect(actsOf(alone, ana)).toBe('Accept, I’m on it, Open');
  });

  test('every button says what it is about, also to clients that know no Execute', () => {
    const data = (story: AlertStory): unknown[] =>
      ofType(alertCardOf(story, 130), 'Action.Execute').map(({ verb, data, title, fallback }) => {
        expect(fallback).toEqual({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
        return [verb, data];
      });
    const ticketId = 'ticket-1';
    expect(data(waiting)).toEqual([
      ['reserve', { ticketId }],
      ['acknowledge-alert', { ticketId, condition: 'NOT_ASSIGNED', episode: 1, level: 1 }],
      ['alert-help', { ticketId, teamId: 'network', episode: 1 }],
      ['alert-open', { ticketId, episode: 1 }],
    ]);
    expect(data(asked)).toEqual([
      ['accept-envelope', { ticketId, envelope: 1 }],
      ['acknowledge-alert', { ticketId, condition: 'NOT_ASSIGNED', envelope: 1, episode: 1, level: 2 }],
      ['open-envelope', { ticketId, envelope: 1 }],
      ['alert-open', { ticketId, episode: 1 }],
    ]);
  });
});

describe('an alert that is over', () => {
  const ofHelp = [sortedAs('P2'), [1, accepts(ana)], [2, replies(ana)], [10, asksForHelp(ana)]] as const;
  test.each([
    ['accepted at 11:05 by Ana Alves', 'um 11:05 angenommen von Ana Alves', queued(126, [125, accepts(ana)])],
    ['cancelled at 11:05 by Ana Alves', 'um 11:05 storniert von Ana Alves', queued(126, [125, cancels(ana, 'spam')])],
    [
      'answered at 12:02 by Ana Alves',
      'um 12:02 beantwortet von Ana Alves',
      queued(183, sortedAs('P2'), [1, accepts(ana)], [182, replies(ana)]),
    ],
    [
      'resolved at 12:02 by Ana Alves',
      'um 12:02 gelöst von Ana Alves',
      queued(183, sortedAs('P2'), [1, accepts(ana)], [182, resolves(ana)]),
    ],
    ['taken at 10:35 by Eve Ek', 'um 10:35 übernommen von Eve Ek', queued(96, ...ofHelp, [95, acceptsEnvelope(eve)])],
    [
      'withdrawn at 10:35 by Ana Alves',
      'um 10:35 zurückgezogen von Ana Alves',
      queued(96, ...ofHelp, [95, withdrawsEnvelope(ana)]),
    ],
    [
      'completed at 13:20 by Eve Ek',
      'um 13:20 erledigt von Eve Ek',
      queued(261, ...ofHelp, [20, acceptsEnvelope(eve)], [260, completesEnvelope(eve)]),
    ],
  ] as const)('says quietly: %s', (english, german, seen) => {
    const story = alertStoryOf(seen, 300);
    for (const [language, said] of [
      ['en', english],
      ['de', german],
    ] as const) {
      const card = alertCardOf(story, 300, { language, card: { people: [ana] } });
      expect(headline(card)?.endsWith(`: ${said}`)).toBe(true);
      expect(titlesOf(card)).toEqual([language === 'en' ? 'Open' : 'Öffnen']);
      expect(JSON.stringify(card)).not.toContain('<at>');
    }
  });

  test('by nobody’s act but the end of the time to undo an Accept names who tapped it', () => {
    const card = alertCardOf(alertStoryOf(queued(130, [125, reserves(ana)]), 130), 130);
    expect(headline(card)).toBe('Sitting in the queue: accepted at 11:05 by Ana Alves');
  });

  test('by the first act of whoever tapped Accept was accepted', () => {
    const seen = queued(127, [125, reserves(ben)], [125, replies(ben)]);
    expect(headline(alertCardOf(alertStoryOf(seen, 127), 127))).toBe(
      'Sitting in the queue: accepted at 11:05 by Ben Berg',
    );
  });

  test('says so also where nobody knows what ended it', () => {
    const { facts: _facts, ...story } = waiting;
    expect(headline(alertCardOf(story, 130))).toBe('Sitting in the queue: It is over.');
    const ended = { at: moment(130), cause: 'constructor' };
    expect(headline(alertCardOf({ ...story, ended }, 130))).toBe('Sitting in the queue: ended at 11:10');
  });
});

describe('who it is for', () => {
  const mentions = (card: object) => (card as { msteams: { entities: { text: string; mentioned: object }[] } }).msteams;

  test('is mentioned where many read it, each once, and nobody else', () => {
    const card = alertCardOf(waiting, 130, { card: { people: [ana, ben, ana] } });
    expect(mentions(card).entities).toEqual([
      { type: 'mention', text: '<at>Ana Alves</at>', mentioned: { id: ana.id, name: 'Ana Alves' } },
      { type: 'mention', text: '<at>Ben Berg</at>', mentioned: { id: ben.id, name: 'Ben Berg' } },
    ]);
    expect(ofType(card, 'TextBlock').map(({ text }) => text)).toContain('<at>Ana Alves</at>, <at>Ben Berg</at>');
    expect(mentions(alertCardOf(waiting, 130, { person: ana })).entities).toEqual([]);
  });

  test('cannot by their name mention anybody else', () => {
    const people = [{ ...ana, name: '</at><at>Max Mohn</at> **now**' }];
    const card = alertCardOf(waiting, 130, { card: { people } });
    const [mention] = mentions(card).entities;
    expect(mention?.text).toBe('<at>‹/at›‹at›Max Mohn‹/at› ∗∗now∗∗</at>');
    expect(ofType(card, 'TextBlock').map(({ text }) => text)).toContain(mention?.text);
  });
});

describe('whatever is written and however many are told', () => {
  const saying = (written: string, times = 1) => {
    const requester = { ...waiting.ticket.requester, name: written };
    const facts = waiting.facts && {
      ...waiting.facts,
      held: { id: lea.id, name: written, until: moment(300), level: 1 as const },
    };
    const [line] = waiting.lines;
    const lines = Array.from({ length: times }, (_each, index) =>
      line ? [{ ...line, recipient: { ...line.recipient, name: written, id: `${line.recipient.id}${index}` } }] : [],
    ).flat() as unknown as AlertStory['lines'];
    const teams = waiting.help.teams.map((team) => ({ ...team, name: written }));
    return alertCardOf(
      {
        ...waiting,
        ticket: { ...waiting.ticket, subject: written, requester },
        ...(facts ? { facts } : {}),
        lines,
        help: { ...waiting.help, teams },
      } as AlertStory,
      130,
      {
        language: 'de',
        card: {
          teamNameOf: () => written,
          headline: written,
          people: times > 1 ? lines.map(({ recipient }) => recipient) : [],
        },
      },
    );
  };

  test('text stays text', () => {
    staysText(saying);
  });
  test('the card is one that Teams shows', () => {
    staysSmall((written) => saying(written, 60));
  });
  test.each(['en', 'de'] as const)('nothing is left out of the words in %s', (language) => {
    for (const story of [waiting, third, unanswered, asked]) {
      const card = alertCardOf(story, 130, { language, person: ana });
      expect(faultsOf(card)).toEqual([]);
      expect(JSON.stringify(card)).not.toMatch(/\$\{|undefined|null|\[object/u);
    }
  });
});

import { describe, expect, test } from '@jest/globals';
import { fallbackOf } from '../../src/domain/alert-recipients.ts';
import type { Person, Team } from '../../src/domain/roster.ts';
import { mailAddress, type PersonActor, type Role, type TeamId } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  emil,
  eve,
  identity,
  ivo,
  kai,
  lea,
  max,
  mia,
  network,
  nobodysTeam,
  nora,
  otto,
  replies,
  service,
  ticks,
  zoe,
} from '../support/deeds.ts';
import {
  alertDesk,
  aRule,
  at,
  moment,
  raisedIn,
  SORTED,
  ticksWith,
  toldBy,
  unwatched,
  type Watched,
} from '../support/alert-deeds.ts';
import { PEOPLE, peopleWith, teamsWith } from '../support/desk-roster.ts';
import { acceptsEnvelope, asksForHelp } from '../support/envelope-deeds.ts';

type DeskDetails = Parameters<typeof alertDesk>[0];

/** A queue in which nobody has done anything, at each level, always within office hours. */
const inQueue = (level: 1 | 2 | 3, details: DeskDetails = {}, teamId: TeamId = service): readonly string[] => {
  const rules = ([1, 2, 3] as const).map((each) =>
    aRule({ condition: 'NOT_ASSIGNED', level: each, thresholdMinutes: each * 10 }),
  );
  const desk = alertDesk({ rules, ...details });
  return toldBy(unwatched(desk, at(0, arrives({ teamId })), at(level * 10, ticks())));
};

/** Ana's ticket, stale; `by` owns it. */
const owned = (level: 1 | 2 | 3, details: DeskDetails = {}, { by = ana as PersonActor, minute = 0 } = {}): Watched => {
  const rules = ([1, 2, 3] as const).map((each) =>
    aRule({ condition: 'NOT_UPDATED', level: each, thresholdMinutes: each * 10 }),
  );
  const desk = alertDesk({ rules, ...details });
  const start = [at(minute, arrives()), at(minute, accepts(by)), at(minute, replies(by))] as const;
  return unwatched(desk, ...start, at(minute + level * 10, ticks()));
};

const someone = (name: string, details: Partial<Person> & { roles: readonly Role[] }): Person => ({
  id: `person-${name.toLowerCase()}` as Person['id'],
  name,
  mail: mailAddress(`${name.toLowerCase()}@desk.example`),
  teams: [],
  language: 'en',
  skills: [],
  ...details,
});
const away: Partial<Person> = { absentUntil: moment(10_000) };
const AFTER_HOURS = 540;
const without = ({ lead: _lead, manager: _manager, ...rest }: Team): Team => rest;
const noBosses = (id: TeamId): readonly Team[] =>
  teamsWith(id, {}).map((each) => (each.id === id ? without(each) : each));

describe('level 1 tells the tech', () => {
  test('the owner', () => {
    expect(toldBy(owned(1))).toEqual(['Ana Alves: tech, owner']);
  });

  test('in the queue whoever of it is on duty; not its lead, not the account at the counter, nobody of other teams', () => {
    expect(inQueue(1)).toEqual(['Ana Alves: tech, on-duty', 'Ben Berg: tech, on-duty']);
    expect(PEOPLE.find(({ id }) => id === kai.id)?.teams).toEqual([service]);
  });

  test('nobody of it who is off shift or away', () => {
    expect(inQueue(1, { people: peopleWith(ben, away) })).toEqual(['Ana Alves: tech, on-duty']);
    expect(toldBy(unwatched(alertDesk(), at(AFTER_HOURS, arrives()), at(AFTER_HOURS + 120, ticks())))).toEqual([
      'Ben Berg: tech, on-duty',
    ]);
  });

  test('where nobody is on duty whoever is on call', () => {
    const shift = { days: [7], from: '08:00', to: '09:00', zone: 'UTC' } as const;
    const people = peopleWith(ben, { shift }).map((each) => (each.id === ana.id ? { ...each, ...away } : each));
    expect(inQueue(1, { people })).toEqual(['Ben Berg: tech, on-call']);
  });

  test('where nobody is on call either, the team’s lead', () => {
    const people = PEOPLE.map((each) => (each.id === ana.id || each.id === ben.id ? { ...each, ...away } : each));
    expect(inQueue(1, { people })).toEqual(['Lea Lind: tech, lead']);
  });

  test('a team of experts only owns nothing, so its lead is told', () => {
    expect(inQueue(1, {}, network)).toEqual(['Nora Nyman: tech, lead']);
  });

  test('a queue of many is told to twenty-five', () => {
    const many = Array.from({ length: 40 }, (_each, index) =>
      someone(`N${index}`, { roles: ['agent'], teams: [service] }),
    );
    expect(inQueue(1, { people: [...PEOPLE, ...many] })).toHaveLength(25);
  });

  test('outside the owner’s hours whoever is on call, in their place', () => {
    expect(toldBy(owned(1, {}, { minute: AFTER_HOURS }))).toEqual(['Ben Berg: tech, on-call']);
  });

  test('the owner all the same where nobody is on call', () => {
    const teams = teamsWith(service, { onCall: [] });
    expect(toldBy(owned(1, { teams }, { minute: AFTER_HOURS }))).toEqual(['Ana Alves: tech, owner']);
    const people = peopleWith(ben, away);
    expect(toldBy(owned(1, { people }, { minute: AFTER_HOURS }))[0]).toBe('Ana Alves: tech, owner');
  });

  test('the owner, when it is they who are on call', () => {
    const alone = teamsWith(service, { onCall: [ana.id] });
    expect(toldBy(owned(1, { teams: alone }, { minute: AFTER_HOURS }))).toEqual(['Ana Alves: tech, owner']);
    const both = teamsWith(service, { onCall: [ben.id, ana.id] });
    expect(toldBy(owned(1, { teams: both }, { minute: AFTER_HOURS }))).toEqual(['Ana Alves: tech, owner']);
  });

  test('somebody whom the desk does not know any more leaves it to those on duty', () => {
    const people = PEOPLE.filter(({ id }) => id !== ana.id);
    const gone = alertDesk({ people });
    const story = unwatched(gone, at(0, arrives()), at(1, accepts(ana)), at(600, ticks()));
    expect(toldBy(story)).toEqual(['Ben Berg: tech, on-duty']);
  });
});

describe('whoever is away has somebody who stands in', () => {
  test('the backup is told as well', () => {
    expect(toldBy(owned(1, { people: peopleWith(ana, away) }))).toEqual([
      'Ana Alves: tech, owner',
      'Ben Berg: tech, backup',
    ]);
  });

  test('not any more when the absence is over', () => {
    const back = { absentUntil: moment(10) };
    expect(toldBy(owned(1, { people: peopleWith(ana, back) }))).toEqual(['Ana Alves: tech, owner']);
  });

  test('a supervisor’s backup, too, as the supervisor', () => {
    const people = peopleWith(lea, { ...away, backup: nora.id });
    expect(toldBy(owned(2, { people }))).toEqual([
      'Ana Alves: tech, owner',
      'Lea Lind: supervisor, supervisor',
      'Nora Nyman: supervisor, backup',
    ]);
  });

  test('whoever acts in the owner’s place is told', () => {
    const story = [at(0, arrives()), at(1, accepts(ana))] as const;
    const inHours = alertDesk({ people: peopleWith(ana, { shift: { ...DAY_AND_NIGHT } }) });
    expect(toldBy(unwatched(inHours, ...story, at(600, ticksWith(emil.id))))).toEqual([
      'Ana Alves: tech, owner',
      'Emil Elm: tech, deputy',
    ]);
  });

  test('one who is owner’s backup and deputy at once is told once', () => {
    const people = peopleWith(ana, { ...away, shift: { ...DAY_AND_NIGHT } });
    const story = unwatched(alertDesk({ people }), at(0, arrives()), at(1, accepts(ana)), at(600, ticksWith(ben.id)));
    expect(toldBy(story)).toEqual(['Ana Alves: tech, owner', 'Ben Berg: tech, backup']);
  });
});

const DAY_AND_NIGHT = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00', zone: 'UTC' } as const;

describe('level 2 tells the supervisor, too', () => {
  test('the owner’s: whom the desk names, else the lead of their team', () => {
    expect(toldBy(owned(2))).toEqual(['Ana Alves: tech, owner', 'Lea Lind: supervisor, supervisor']);
    expect(toldBy(owned(2, { people: peopleWith(ana, { supervisor: nora.id }) }))).toEqual([
      'Ana Alves: tech, owner',
      'Nora Nyman: supervisor, supervisor',
    ]);
  });

  test('of everybody who is on duty in the queue, each once', () => {
    expect(inQueue(2)).toEqual([
      'Ana Alves: tech, on-duty',
      'Ben Berg: tech, on-duty',
      'Lea Lind: supervisor, supervisor',
    ]);
    expect(inQueue(2, { people: peopleWith(ben, { supervisor: ivo.id }) }).slice(2)).toEqual([
      'Lea Lind: supervisor, supervisor',
      'Ivo Ilves: supervisor, supervisor',
    ]);
  });

  test('where there is none, the team’s manager', () => {
    const { lead: _none, ...headless } = teamsWith(service, {}).find(({ id }) => id === service) as Team;
    const teams = teamsWith(service, {}).map((each) => (each.id === service ? headless : each));
    expect(toldBy(owned(2, { teams }))).toEqual(['Ana Alves: tech, owner', 'Max Mohn: supervisor, manager']);
  });

  test('where the team has none, the next manager up', () => {
    const chief = someone('Chief', { roles: ['manager'] });
    const head = someone('Head', { roles: ['team_lead'], supervisor: chief.id });
    const people = [...peopleWith(lea, { supervisor: head.id }), chief, head];
    const teams = noBosses(service).map((each) => (each.id === service ? { ...each, lead: lea.id } : each));
    expect(toldBy(owned(3, { people, teams }))).toEqual([
      'Ana Alves: tech, owner',
      'Lea Lind: supervisor, supervisor',
      'Chief: manager, manager',
    ]);
  });

  test('where nobody is above, whom the configuration names; else the admins; never nobody', () => {
    const teams = noBosses(service);
    expect(toldBy(owned(2, { teams }))).toEqual(['Ana Alves: tech, owner', 'Otto Orth: supervisor, fallback']);
    expect(toldBy(owned(2, { teams, policy: { alertFallback: [mia.id] } }))).toEqual([
      'Ana Alves: tech, owner',
      'Mia Moor: supervisor, fallback',
    ]);
  });

  test('a lead who owns the ticket has the manager above', () => {
    expect(toldBy(owned(2, {}, { by: lea }))).toEqual(['Lea Lind: tech, owner', 'Max Mohn: supervisor, manager']);
  });

  test('where the lead stands in for a queue without techs, the manager is next', () => {
    const nextTo = ['Nora Nyman: tech, lead', 'Mia Moor: supervisor, manager'];
    expect(inQueue(2, {}, network)).toEqual(nextTo);
    expect(inQueue(2, { people: peopleWith(nora, { teams: [network, identity] }) }, network)).toEqual(nextTo);
  });
});

describe('level 3 tells the manager, too', () => {
  test('the team’s', () => {
    expect(toldBy(owned(3))).toEqual([
      'Ana Alves: tech, owner',
      'Lea Lind: supervisor, supervisor',
      'Max Mohn: manager, manager',
    ]);
  });

  test('where the team has none and nobody above is one, the fallback', () => {
    expect(inQueue(3, {}, identity)).toEqual([
      'Ida Iversen: tech, on-duty',
      'Ivo Ilves: supervisor, supervisor',
      'Otto Orth: manager, fallback',
    ]);
  });

  test('a team without anybody: the fallback at every level, once', () => {
    for (const level of [1, 2, 3] as const)
      expect(inQueue(level, {}, nobodysTeam)).toEqual(['Otto Orth: tech, fallback']);
  });

  test('one person has one message, in the lowest part they have', () => {
    const teams = teamsWith(service, { lead: max.id });
    expect(toldBy(owned(3, { teams }))).toEqual(['Ana Alves: tech, owner', 'Max Mohn: supervisor, supervisor']);
  });
});

test('a circle of supervisors comes to an end', () => {
  const people = peopleWith(lea, { supervisor: ana.id }).map((each) =>
    each.id === ana.id ? { ...each, supervisor: lea.id } : each,
  );
  const told = toldBy(owned(3, { people, teams: noBosses(service) }));
  expect(told).toEqual(['Ana Alves: tech, owner', 'Lea Lind: supervisor, supervisor', 'Otto Orth: manager, fallback']);
});

test('the fallback is whom the desk names, else admins, managers, leads, everybody', () => {
  const names = (people: readonly Person[], alertFallback: readonly Person['id'][] = []) =>
    fallbackOf(alertDesk({ people, policy: { alertFallback } })).map(({ name }) => name);
  const but = (...gone: readonly PersonActor[]) => PEOPLE.filter(({ id }) => gone.every((each) => each.id !== id));
  expect(names(PEOPLE, [nora.id, zoe.id])).toEqual(['Nora Nyman']);
  expect(names(PEOPLE, [zoe.id])).toEqual(['Otto Orth']);
  expect(names(but(otto))).toEqual(['Max Mohn', 'Mia Moor']);
  expect(names(but(otto, max, mia))).toEqual(['Lea Lind', 'Nora Nyman', 'Ivo Ilves']);
  expect(names(but(otto, max, mia, lea, nora, ivo))).toContain('Ida Iversen');
});

describe('each is told as the level says at which they join', () => {
  const deliveries = ({ events }: Watched) =>
    raisedIn(events)
      .at(-1)
      ?.recipients.map(({ name, delivery }) => `${name}: ${delivery}`);
  const day = { people: peopleWith(ana, { shift: { ...DAY_AND_NIGHT } }) };
  const lateOne = (details: DeskDetails, priority: keyof typeof SORTED = 'P3') =>
    unwatched(
      alertDesk({ ...day, ...details }),
      at(0, arrives(SORTED[priority])),
      at(1, accepts(ana)),
      at(5_000, ticks()),
    );

  test('what is not urgent reaches the manager in the digest, and the others as a card', () => {
    expect(deliveries(lateOne({}))).toEqual(['Ana Alves: card', 'Lea Lind: card', 'Max Mohn: digest']);
    expect(deliveries(lateOne({}, 'P2'))).toEqual(['Ana Alves: card', 'Lea Lind: card', 'Max Mohn: card']);
  });

  test('a digest at level 1 is one at all levels for the tech', () => {
    const rules = [aRule({ condition: 'NOT_COMPLETED', level: 1, thresholdMinutes: -10, delivery: 'digest' })];
    expect(deliveries(lateOne({ rules }, 'P2'))).toEqual(['Ana Alves: digest', 'Lea Lind: card', 'Max Mohn: card']);
  });

  test('where the level at which they join is disabled, as the one that is raised', () => {
    const rules = [aRule({ condition: 'NOT_COMPLETED', level: 1, delivery: 'off' })];
    expect(deliveries(lateOne({ rules }, 'P3'))).toEqual(['Ana Alves: digest', 'Lea Lind: card', 'Max Mohn: digest']);
  });
});

describe('help that was asked for tells those who help, and never the owner’s line', () => {
  const asked = [at(0, arrives()), at(1, accepts(ana)), at(2, replies(ana)), at(10, asksForHelp(ana))] as const;
  const rules = ([1, 2, 3] as const).flatMap((level) => [
    aRule({ subject: 'envelope', condition: 'NOT_ASSIGNED', level, thresholdMinutes: level * 10 }),
    aRule({ subject: 'envelope', condition: 'NOT_UPDATED', level, thresholdMinutes: level * 10 }),
  ]);
  const desk = (details: DeskDetails = {}) => alertDesk({ rules, ...details });

  test('nobody has taken it: the team’s experts on duty, their lead, their manager', () => {
    expect(toldBy(unwatched(desk(), ...asked, at(20, ticks())))).toEqual([
      'Eve Ek: tech, on-duty',
      'Emil Elm: tech, on-duty',
    ]);
    expect(toldBy(unwatched(desk(), ...asked, at(40, ticks())))).toEqual([
      'Eve Ek: tech, on-duty',
      'Emil Elm: tech, on-duty',
      'Nora Nyman: supervisor, supervisor',
      'Mia Moor: manager, manager',
    ]);
  });

  test('one person was asked: that person', () => {
    const offered = [...asked.slice(0, 3), at(10, asksForHelp(ana, { expert: emil }))];
    expect(toldBy(unwatched(desk(), ...offered, at(20, ticks())))).toEqual(['Emil Elm: tech, asked']);
  });

  test('somebody took it: the expert, and the lead of the team that was asked, whoever their own supervisor is', () => {
    const taken = [...asked, at(12, acceptsEnvelope(eve))];
    const people = peopleWith(eve, { supervisor: ivo.id });
    expect(toldBy(unwatched(desk({ people }), ...taken, at(32, ticks())))).toEqual([
      'Eve Ek: tech, expert',
      'Nora Nyman: supervisor, supervisor',
    ]);
  });

  test('the own team was asked: the owner is not told of their own question', () => {
    const own = [...asked.slice(0, 3), at(10, asksForHelp(ana, { teamId: service }))];
    expect(toldBy(unwatched(desk(), ...own, at(20, ticks())))).toEqual([
      'Ben Berg: tech, on-duty',
      'Kai Kiosk: tech, on-duty',
    ]);
  });

  test('nor where it is the owner who is on call', () => {
    const people = PEOPLE.map((each) => (each.id === ben.id || each.id === kai.id ? { ...each, ...away } : each));
    const own = [...asked.slice(0, 3), at(10, asksForHelp(ana, { teamId: service })), at(20, ticks())] as const;
    const teams = teamsWith(service, { onCall: [ana.id] });
    expect(toldBy(unwatched(desk({ people, teams }), ...own))).toEqual(['Lea Lind: tech, lead']);
  });

  test('a team without a lead: its manager, else the manager above the expert', () => {
    const { lead: _lead, ...headless } = teamsWith(network, {}).find(({ id }) => id === network) as Team;
    const teams = teamsWith(network, {}).map((each) => (each.id === network ? headless : each));
    const taken = [...asked, at(12, acceptsEnvelope(eve))];
    expect(toldBy(unwatched(desk({ teams }), ...taken, at(32, ticks())))).toEqual([
      'Eve Ek: tech, expert',
      'Mia Moor: supervisor, manager',
    ]);
  });
});

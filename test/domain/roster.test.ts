import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isMember,
  isOnCall,
  isOnShift,
  managerOf,
  membersOf,
  type Person,
  type Roster,
  type Shift,
  suggestTeam,
  supervisorOf,
  type Team,
} from '../../src/domain/roster.ts';
import { type Instant, instantOf, mailAddress, personId, teamId } from '../../src/domain/values.ts';

/** Who stands where, and who is asked for help. */
const person = (name: string, details: Partial<Person> = {}): Person => ({
  id: personId(name),
  name,
  mail: mailAddress(`${name}@desk.example`),
  roles: ['agent'],
  teams: [],
  language: 'en',
  skills: [],
  ...details,
});
const team = (name: string, details: Partial<Team> = {}): Team => ({
  id: teamId(name.toLowerCase()),
  name,
  mailbox: mailAddress(`${name.toLowerCase()}@desk.example`),
  channel: { id: '19:tickets@thread.tacv2', name: 'Tickets' },
  language: 'en',
  signature: 'owner',
  onCall: [],
  topics: [],
  ...details,
});
const rosterOf = (teams: readonly Team[], ...people: readonly Person[]): Roster => ({
  person: (id) => people.find((each) => each.id === id),
  team: (id) => teams.find((each) => each.id === id),
  people: () => people,
  teams: () => teams,
});

const [ana, ben, lea, max, eve] = ['ana', 'ben', 'lea', 'max', 'eve'].map(personId) as [
  Person['id'],
  Person['id'],
  Person['id'],
  Person['id'],
  Person['id'],
];
const service = teamId('service');
const network = teamId('network');

describe('a team', () => {
  const roster = rosterOf(
    [team('Service', { lead: lea, manager: max, onCall: [ben] }), team('Network')],
    person('ana', { teams: [service] }),
    person('ben', { teams: [network, service] }),
    person('lea'),
    person('max'),
  );

  test('has everyone who names it as theirs, and its lead; not its manager', () => {
    expect(membersOf(roster, service).map(({ id }) => id)).toEqual([ana, ben, lea]);
    expect([ana, ben, lea, max].map((each) => isMember(roster, service, each))).toEqual([true, true, true, false]);
    expect(membersOf(roster, network).map(({ id }) => id)).toEqual([ben]);
  });

  test('that nobody leads has no member by accident', () => {
    expect(isMember(roster, network, lea)).toBe(false);
    expect(membersOf(roster, teamId('nowhere'))).toEqual([]);
  });

  test('knows who is on call', () => {
    expect([isOnCall(roster, service, ben), isOnCall(roster, service, ana)]).toEqual([true, false]);
    expect(isOnCall(roster, network, ben)).toBe(false);
    expect(isOnCall(roster, teamId('nowhere'), ben)).toBe(false);
  });
});

describe('the supervisor', () => {
  const teams = [team('Service', { lead: ben }), team('Network', { lead: lea })];
  const above = (details: Partial<Person>): string | undefined => {
    const asked = person('ben', details);
    return supervisorOf(rosterOf(teams, asked, person('lea'), person('max')), asked)?.id;
  };

  test('is the one who is named', () => {
    expect(above({ supervisor: max, teams: [network] })).toBe(max);
  });
  test('else the lead of the first team', () => {
    expect(above({ teams: [network, service] })).toBe(lea);
  });
  test('is never the person themselves: who leads their own team has the lead of their next one', () => {
    expect(above({ teams: [service, network] })).toBe(lea);
    expect(above({ teams: [service] })).toBeUndefined();
  });
  test('is nobody where none is known', () => {
    expect(above({})).toBeUndefined();
    expect(above({ supervisor: personId('left') })).toBeUndefined();
  });
});

describe('the manager', () => {
  test('is the one of the first team that has one', () => {
    const asked = person('ana', { teams: [service, network] });
    const roster = rosterOf([team('Service'), team('Network', { manager: max })], asked, person('max'));
    expect(managerOf(roster, asked)?.id).toBe(max);
  });

  test('else the nearest manager above', () => {
    const asked = person('ana', { supervisor: lea });
    const roster = rosterOf(
      [],
      asked,
      person('lea', { roles: ['team_lead'], supervisor: max }),
      person('max', { roles: ['manager'], supervisor: eve }),
      person('eve', { roles: ['manager'] }),
    );
    expect(managerOf(roster, asked)?.id).toBe(max);
  });

  test('else the one of a supervisor’s team', () => {
    const asked = person('ana', { supervisor: lea });
    const roster = rosterOf(
      [team('Network', { manager: max })],
      asked,
      person('lea', { teams: [network] }),
      person('max'),
    );
    expect(managerOf(roster, asked)?.id).toBe(max);
  });

  test('is never the person themselves', () => {
    const asked = person('max', { roles: ['manager'], teams: [service] });
    expect(managerOf(rosterOf([team('Service', { manager: max })], asked), asked)).toBeUndefined();
  });

  test('two who lead each other’s team have none, and the question ends', () => {
    const asked = person('ana', { teams: [service] });
    const roster = rosterOf(
      [team('Service', { lead: ben }), team('Network', { lead: ana })],
      asked,
      person('ben', { teams: [network] }),
    );
    expect(managerOf(roster, asked)).toBeUndefined();
  });
});

describe('a shift', () => {
  const berlin: Shift = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Europe/Berlin' };
  const works = (shift: Shift, at: string): boolean => isOnShift(person('ana', { shift }), at as Instant);

  test('without one the person is always on shift', () => {
    expect(isOnShift(person('ana'), instantOf(0))).toBe(true);
  });

  test.each([
    ['2026-01-05T06:59:59.999Z', false],
    ['2026-01-05T07:00:00.000Z', true],
    ['2026-01-05T15:59:00.000Z', true],
    ['2026-01-05T16:00:00.000Z', false],
    ['2026-01-10T10:00:00.000Z', false],
    ['2026-01-11T10:00:00.000Z', false],
  ])('weekdays from eight to five in Berlin, in winter: %s is %s', (at, on) => {
    expect(works(berlin, at)).toBe(on);
  });

  test('begins at eight by the clock on the wall also after the clocks went forward and back', () => {
    const daily: Shift = { ...berlin, days: [1, 2, 3, 4, 5, 6, 7] };
    for (const [day, hour] of [
      ['2026-03-28', '07'],
      ['2026-03-29', '06'],
      ['2026-10-24', '06'],
      ['2026-10-25', '07'],
    ]) {
      expect(works(daily, `${day}T${hour}:00:00.000Z`)).toBe(true);
      expect(works(daily, instantOf(Date.parse(`${day}T${hour}:00:00.000Z`) - 60_000))).toBe(false);
    }
  });

  test('over midnight belongs to the day on which it began', () => {
    const night: Shift = { days: [7, 5], from: '22:00', to: '06:00', zone: 'UTC' };
    expect(works(night, '2026-01-04T22:00:00.000Z')).toBe(true);
    expect(works(night, '2026-01-05T05:59:00.000Z')).toBe(true);
    expect(works(night, '2026-01-05T06:00:00.000Z')).toBe(false);
    expect(works(night, '2026-01-05T22:00:00.000Z')).toBe(false);
    expect(works(night, '2026-01-10T05:00:00.000Z')).toBe(true);
    expect(works(night, '2026-01-04T05:00:00.000Z')).toBe(false);
  });

  test('from eight to eight is a whole day', () => {
    const whole: Shift = { days: [1], from: '08:00', to: '08:00', zone: 'UTC' };
    expect(works(whole, '2026-01-05T07:59:00.000Z')).toBe(false);
    expect(works(whole, '2026-01-05T08:00:00.000Z')).toBe(true);
    expect(works(whole, '2026-01-06T07:59:00.000Z')).toBe(true);
    expect(works(whole, '2026-01-06T08:00:00.000Z')).toBe(false);
  });

  test('is what a clock and a calendar on that wall say, at any moment of any year, in any zone', () => {
    const zones = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => [hour, minute].map((each) => String(each).padStart(2, '0')).join(':'));
    const day = fc.constantFrom<Shift['days'][number][]>(1, 2, 3, 4, 5, 6, 7);
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000), max: Date.UTC(2040) }),
        fc.record({
          days: fc.uniqueArray(day, { minLength: 1 }),
          from: time,
          to: time,
          zone: fc.constantFrom(...zones),
        }),
        (at, shift) => {
          fc.pre(shift.from < shift.to);
          const shown = new Intl.DateTimeFormat('en-GB', {
            timeZone: shift.zone,
            weekday: 'short',
            hour: '2-digit',
            minute: '2-digit',
          }).format(at);
          const [weekday = '', clock = ''] = shown.split(/,? /u);
          const number = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekday) + 1;
          const inside = shift.days.some((each) => each === number) && clock >= shift.from && clock < shift.to;
          expect(works(shift, instantOf(at))).toBe(inside);
        },
      ),
    );
  });
});

describe('the team whose help is suggested', () => {
  const roster = rosterOf([
    team('Service'),
    team('Network', { topics: ['vpn', 'wifi', 'lan', 'switch', 'netzwerk', 'locked out of the lan'] }),
    team('Identity', { name: 'The Identity & Access Team', topics: ['password', 'mfa', 'konto', 'locked out'] }),
  ]);
  const suggested = (text: string, notTeam = service): string | undefined => suggestTeam(roster, { text, notTeam })?.id;

  test.each([
    ['The VPN drops every hour', 'network'],
    ['VPN-Verbindung bricht ab', 'network'],
    ['The switches blink', 'network'],
    ['Der Netzwerkdrucker ist weg', 'network'],
    ['Is this a network matter?', 'network'],
    ['I forgot my passwords', 'identity'],
    ['Mein KONTO ist gesperrt', 'identity'],
    ['She is Locked\nOut!', 'identity'],
    ['MFA asks for my password since the wifi changed', 'identity'],
  ])('%j: %s', (text, wanted) => {
    expect(suggested(text)).toBe(wanted);
  });

  test.each(['', 'The printer is on fire', 'My plan and the team', 'A lane is closed', 'revpn', '🔥'])(
    '%j: nobody',
    (text) => {
      expect(suggested(text)).toBeUndefined();
    },
  );

  test('is never the one that asks', () => {
    expect(suggested('The vpn is down', network)).toBeUndefined();
    expect(suggested('The vpn wants a password', network)).toBe('identity');
  });

  test('a word said ten times counts once, and so does a topic that is also the name', () => {
    const twins = rosterOf([
      team('Network', { topics: ['network', 'network'] }),
      team('Telephony', { topics: ['voice', 'headset'] }),
    ]);
    const text = 'network network network: no voice in my headset';
    expect(suggestTeam(twins, { text, notTeam: service })?.id).toBe('telephony');
  });

  test('of two that fit alike, the first', () => {
    expect(suggested('vpn password')).toBe('network');
  });
});

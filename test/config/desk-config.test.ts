import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readDeskConfig } from '../../src/desk-config.ts';
import { DeskFile } from '../../src/desk-file.ts';
import { mailAddress, personId, teamId } from '../../src/domain/values.ts';
import { faultsOf } from './faults-of.ts';

/** desk.json: who works here. Whoever edits it by hand is told everything that is wrong, and where. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'desk-config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ANNA = 'a0000000-0000-4000-8000-000000000001';
const SAM = 'a0000000-0000-4000-8000-000000000004';
const anna = { id: ANNA, name: 'Anna Arndt', mail: 'anna@desk.example', roles: ['agent'], teams: ['support'] };
const sam = { id: SAM, name: 'Sam Sommer', mail: 'sam@desk.example', roles: ['team_lead'] };
const support = {
  id: 'support',
  name: 'Support',
  mailbox: 'support@desk.example',
  mailboxStartsAt: '2026-01-01T00:00:00Z',
  channel: { id: '19:tickets@thread.tacv2', name: 'Tickets' },
  lead: SAM,
  manager: SAM,
  secondConfirmer: ANNA,
};
const sound = { zone: 'Europe/Berlin', people: [anna, sam], teams: [support] };
const NOBODY = 'a0000000-0000-4000-8000-0000000000ff';

const fileWith = (content: unknown): string => {
  const file = path.join(folder, 'desk.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const faults = (content: unknown): readonly string[] => faultsOf(() => readDeskConfig(fileWith(content)));

describe('a sound file', () => {
  test('gives the people, their teams and the mailboxes to watch', () => {
    const { directory, zone, advice } = readDeskConfig(fileWith(sound));
    expect(zone).toBe('Europe/Berlin');
    expect(advice).toEqual([]);
    expect(directory.person(personId(ANNA))).toMatchObject({ name: 'Anna Arndt', language: 'en', teams: ['support'] });
    expect(directory.team(teamId('support'))).toMatchObject({ lead: SAM, signature: 'owner' });
    expect(directory.mailboxes()).toEqual([
      { address: 'support@desk.example', teamId: 'support', startAt: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  test('addresses and ids may be written in capitals', () => {
    const shouting = {
      ...sound,
      people: [anna, { ...sam, id: SAM.toUpperCase() }],
      teams: [{ ...support, mailbox: 'Support@DESK.example', lead: SAM.toUpperCase() }],
    };
    const { directory } = readDeskConfig(fileWith(shouting));
    expect(directory.person(personId(SAM))?.name).toBe('Sam Sommer');
    expect(directory.teams()[0]).toMatchObject({ lead: SAM, mailbox: mailAddress('support@desk.example') });
  });

  test('gives what is known of a person and a team, and nothing for what is not', () => {
    const shift = { days: [1, 5], from: '08:00', to: '16:30', zone: 'Europe/Berlin' };
    const known = {
      supervisor: SAM,
      backup: SAM,
      skills: ['vpn'],
      absentUntil: '2026-02-01T00:00:00+01:00',
      shared: true,
      shift,
    };
    const { directory } = readDeskConfig(
      fileWith({
        ...sound,
        people: [{ ...anna, ...known }, sam],
        teams: [{ ...support, onCall: [ANNA], wipLimit: 3, topics: ['vpn'] }],
      }),
    );
    expect(directory.person(personId(ANNA))).toEqual({
      ...anna,
      ...known,
      language: 'en',
      absentUntil: '2026-01-31T23:00:00.000Z',
    });
    expect(directory.person(personId(SAM))).toStrictEqual({ ...sam, teams: [], language: 'en', skills: [] });
    expect(directory.teams()[0]).toMatchObject({
      onCall: [ANNA],
      wipLimit: 3,
      topics: ['vpn'],
      secondConfirmer: ANNA,
    });
  });

  test('a person who is not shared is not marked, however it is written', () => {
    const { directory } = readDeskConfig(fileWith({ ...sound, people: [{ ...anna, shared: false }, sam] }));
    expect(directory.person(personId(ANNA))).not.toHaveProperty('shared');
  });

  test('the one of the repository is sound', () => {
    expect(faultsOf(() => readDeskConfig('config/desk.json'))).toEqual([]);
  });
});

describe('advice: what the desk can do less well, and no fault', () => {
  const { lead: _lead, manager: _manager, secondConfirmer: _second, ...lonely } = support;
  const adviceFor = (team: object, ...people: readonly object[]): string =>
    readDeskConfig(fileWith({ people: [sam, ...people], teams: [team] })).advice.join('\n');

  test('a team with nobody', () => {
    expect(adviceFor(lonely)).toMatch(/no lead.*\n.*no manager.*\n.*a transfer.*\n.*no agent and no expert/u);
  });

  const supervised = { ...anna, supervisor: SAM };
  const transfer = ({ names, by = anna }: { names: object; by?: object }): boolean =>
    !adviceFor({ ...lonely, ...names }, by).includes('a transfer');

  test.each([
    ['a lead alone', { names: { lead: SAM } }],
    ['a lead who is the manager, too', { names: { lead: SAM, manager: SAM } }],
    ['a manager alone', { names: { manager: SAM } }],
    ['a second person alone', { names: { secondConfirmer: ANNA } }],
    ['a supervisor who is the manager, too', { names: { manager: SAM }, by: supervised }],
  ])('%s: no transfer, since it takes two people', (_what, who) => {
    expect(transfer(who)).toBe(false);
  });

  test.each([
    ['a lead and a manager', { names: { lead: ANNA, manager: SAM } }],
    ['a lead and a second person', { names: { lead: SAM, secondConfirmer: ANNA } }],
    ['a supervisor and a manager', { names: { manager: ANNA }, by: supervised }],
  ])('%s: a transfer can be proposed and confirmed', (_what, who) => {
    expect(transfer(who)).toBe(true);
  });

  test('a team of experts helps, and that is enough', () => {
    expect(adviceFor(support, { ...anna, roles: ['expert'] })).toBe('');
    expect(adviceFor(support, { ...anna, roles: ['auditor'] })).toContain('no agent and no expert');
  });

  test('a shared account in the role of an agent', () => {
    expect(adviceFor(support, { ...anna, shared: true })).toBe(
      'Anna Arndt is a shared account: it can read and note, but never own a ticket',
    );
    expect(adviceFor(support, { ...anna, roles: ['expert'], shared: true })).toBe('');
  });

  test('the desk of the repository needs none', () => {
    expect(readDeskConfig('config/desk.json').advice).toEqual([]);
  });
});

describe('a file that is no file', () => {
  test('missing: where to get one', () => {
    const missing = path.join(folder, 'nowhere.json');
    expect(faultsOf(() => readDeskConfig(missing))).toEqual([
      `${missing}: cannot be read: create it from config/desk.json of the repository`,
    ]);
  });

  test('a folder', () => {
    expect(faultsOf(() => readDeskConfig(folder))).toEqual([expect.stringContaining('cannot be read')]);
  });

  test.each(['', '{"people": [}', 'people: []', '\ufffe'])('no JSON: %p', (content) => {
    expect(faults(content)).toEqual([expect.stringContaining('is no JSON')]);
  });

  test.each([[[]], [null], [7], ['"text"']])('JSON that is no desk: %j', (content) => {
    expect(faults(JSON.stringify(content))).toEqual([expect.stringContaining('the file: ')]);
  });
});

describe('faults', () => {
  test.each<[string, object, RegExp]>([
    [
      'the same person twice',
      { people: [anna, anna, sam] },
      new RegExp(`people: ${ANNA} stands there twice: remove one`, 'u'),
    ],
    [
      'the same person twice, once in capitals',
      { people: [anna, { ...anna, id: ANNA.toUpperCase() }, sam] },
      /stands there twice/u,
    ],
    [
      'the same team twice',
      { teams: [support, { ...support, mailbox: 'b@desk.example' }] },
      /teams: support stands there twice: rename one/u,
    ],
    [
      'two teams with one mailbox',
      { teams: [support, { ...support, id: 'network', mailbox: 'SUPPORT@desk.example' }] },
      /two teams share the mailbox support@desk\.example: give each its own/u,
    ],
    [
      'a person in an unknown team',
      { people: [{ ...anna, teams: ['suport'] }, sam] },
      /Anna Arndt is in team suport, which does not exist/u,
    ],
    [
      'an unknown lead',
      { teams: [{ ...support, lead: 'a0000000-0000-4000-8000-0000000000ff' }] },
      /support names a0000000-0000-4000-8000-0000000000ff, who is not among people/u,
    ],
    [
      'an unknown manager',
      { teams: [{ ...support, manager: 'a0000000-0000-4000-8000-0000000000ff' }] },
      /who is not among people/u,
    ],
    [
      'an unknown person on call',
      { teams: [{ ...support, onCall: [ANNA, NOBODY] }] },
      new RegExp(`support names ${NOBODY}, who is not among people`, 'u'),
    ],
    [
      'an unknown second confirmer',
      { teams: [{ ...support, secondConfirmer: NOBODY }] },
      new RegExp(`support names ${NOBODY}, who is not among people`, 'u'),
    ],
    [
      'a second confirmer who is the lead',
      { teams: [{ ...support, secondConfirmer: SAM.toUpperCase() }] },
      /teams: the secondConfirmer of support is its lead: name a second person/u,
    ],
    [
      'an unknown supervisor',
      { people: [{ ...anna, supervisor: NOBODY }, sam] },
      new RegExp(`people: Anna Arndt names ${NOBODY}, who is not among people`, 'u'),
    ],
    [
      'an unknown backup',
      { people: [{ ...anna, backup: NOBODY }, sam] },
      new RegExp(`people: Anna Arndt names ${NOBODY}, who is not among people`, 'u'),
    ],
    [
      'a backup of oneself',
      { people: [{ ...anna, backup: ANNA }, sam] },
      /people: Anna Arndt is their own backup: name somebody else/u,
    ],
    [
      'a supervisor of oneself',
      { people: [{ ...anna, supervisor: ANNA }, sam] },
      /people: the supervisors of Anna Arndt go round in a circle: somebody must have none/u,
    ],
    [
      'two who supervise each other',
      {
        people: [
          { ...anna, supervisor: SAM },
          { ...sam, supervisor: ANNA.toUpperCase() },
        ],
      },
      /people: the supervisors of Anna Arndt, Sam Sommer go round in a circle/u,
    ],
    [
      'a shift in no zone',
      { people: [{ ...anna, shift: { days: [1], from: '08:00', to: '17:00', zone: 'Berlin' } }, sam] },
      /people\.0\.shift\.zone: is no IANA time zone/u,
    ],
    [
      'a shift at no time',
      { people: [{ ...anna, shift: { days: [1], from: '8:00', to: '17:00', zone: 'UTC' } }, sam] },
      /people\.0\.shift\.from: is no time of day, e\.g\. 08:30/u,
    ],
    [
      'a shift on no day',
      { people: [{ ...anna, shift: { days: [8], from: '08:00', to: '17:00', zone: 'UTC' } }, sam] },
      /people\.0\.shift\.days\.0: /u,
    ],
    ['an absence until no moment', { people: [{ ...anna, absentUntil: 'Easter' }, sam] }, /people\.0\.absentUntil: /u],
    ['a limit of nothing', { teams: [{ ...support, wipLimit: 0 }] }, /teams\.0\.wipLimit: /u],
    ['a bad zone', { zone: 'Mars/Olympus' }, /zone: is no IANA time zone, e\.g\. Europe\/Berlin/u],
    ['an unknown key', { peple: [] }, /the file: .*peple/u],
    ['an unknown key of a person', { people: [{ ...anna, phone: '1' }, sam] }, /people\.0: .*phone/u],
    ['a person without a role', { people: [{ ...anna, roles: [] }, sam] }, /people\.0\.roles: /u],
    ['an unknown role', { people: [{ ...anna, roles: ['boss'] }, sam] }, /people\.0\.roles\.0: .*"agent"/u],
    ['an unknown language', { people: [{ ...anna, language: 'fr' }, sam] }, /people\.0\.language: .*"de"/u],
    [
      'an id that is no GUID',
      { people: [{ ...anna, id: 'anna' }, sam], teams: [{ ...support, secondConfirmer: undefined }] },
      /people\.0\.id: /u,
    ],
    ['a mailbox that is no address', { teams: [{ ...support, mailbox: 'support' }] }, /teams\.0\.mailbox: /u],
    [
      'a start that is no moment',
      { teams: [{ ...support, mailboxStartsAt: 'monday' }] },
      /teams\.0\.mailboxStartsAt: /u,
    ],
    [
      'a team with a space in its id',
      { teams: [{ ...support, id: 'my team' }], people: [{ ...anna, teams: [] }, sam] },
      /teams\.0\.id: /u,
    ],
  ])('%s', (_what, changed, said) => {
    const found = faults({ ...sound, ...changed });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(said);
    expect(found[0]).toContain('desk.json: ');
  });

  test.each([
    ['nobody', { people: [] }, 'people: '],
    ['no team', { teams: [] }, 'teams: '],
    ['people that are no list', { people: {} }, 'people: '],
    ['teams that are no list', { teams: 'support' }, 'teams: '],
    ['an entry that is no object', { people: [anna, sam, null, 7] }, 'people.2: '],
  ])('%s', (_what, changed, said) => {
    expect(faults({ ...sound, ...changed })).toContainEqual(expect.stringContaining(`desk.json: ${said}`));
  });

  test('all of them at once: those of single entries and those between entries', () => {
    const found = faults({
      zone: 'Mars/Olympus',
      people: [{ ...anna, roles: ['boss'], teams: ['nowhere'] }, sam, sam],
      teams: [{ ...support, lead: ANNA, manager: NOBODY, extra: 1 }],
    });
    expect(found.join('\n')).toMatch(/Mars|zone/u);
    for (const said of [/roles/u, /nowhere/u, /twice/u, /0000000000ff/u, /extra/u, /secondConfirmer/u])
      expect(found.join('\n')).toMatch(said);
    expect(found).toHaveLength(7);
  });

  test('a circle of supervisors is told once, and those below it are not blamed', () => {
    const third = { ...anna, id: NOBODY, name: 'Third', supervisor: ANNA };
    const circle = [third, { ...anna, supervisor: SAM }, { ...sam, supervisor: ANNA }];
    expect(faults({ ...sound, people: circle })).toEqual([
      expect.stringContaining('the supervisors of Anna Arndt, Sam Sommer go round'),
    ]);
    const chain = [third, { ...anna, supervisor: SAM }, sam];
    expect(faults({ ...sound, people: chain })).toEqual([]);
  });

  test('one cause is one fault: an entry that is wrong is still known to the others', () => {
    const found = faults({ ...sound, people: [anna, { ...sam, mail: 'nobody' }] });
    expect(found).toEqual([expect.stringContaining('people.1.mail')]);
  });
});

describe('the schema for editors', () => {
  const schema = JSON.parse(readFileSync('config/desk.schema.json', 'utf8')) as unknown;

  test('is the one the desk checks by: npm run check-config -- --write-schema', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(DeskFile, { io: 'input' }))));
  });

  test('config/desk.json points to it', () => {
    expect(JSON.parse(readFileSync('config/desk.json', 'utf8'))).toMatchObject({ $schema: './desk.schema.json' });
  });
});

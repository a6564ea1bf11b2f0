import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DeskFile, readDeskConfig } from '../../src/desk-config.ts';
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
};
const sound = { zone: 'Europe/Berlin', people: [anna, sam], teams: [support] };

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

  test('what the desk can do less well is advice, not a fault', () => {
    const { lead: _lead, manager: _manager, ...lonely } = support;
    const { advice } = readDeskConfig(fileWith({ people: [sam], teams: [lonely] }));
    expect(advice.join('\n')).toMatch(/no lead.*\n.*no manager.*\n.*no agent/u);
  });

  test('the one of the repository is sound', () => {
    expect(faultsOf(() => readDeskConfig('config/desk.json'))).toEqual([]);
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
    ['a bad zone', { zone: 'Mars/Olympus' }, /zone: is no IANA time zone, e\.g\. Europe\/Berlin/u],
    ['an unknown key', { peple: [] }, /the file: .*peple/u],
    ['an unknown key of a person', { people: [{ ...anna, phone: '1' }, sam] }, /people\.0: .*phone/u],
    ['a person without a role', { people: [{ ...anna, roles: [] }, sam] }, /people\.0\.roles: /u],
    ['an unknown role', { people: [{ ...anna, roles: ['boss'] }, sam] }, /people\.0\.roles\.0: .*"agent"/u],
    ['an unknown language', { people: [{ ...anna, language: 'fr' }, sam] }, /people\.0\.language: .*"de"/u],
    ['an id that is no GUID', { people: [{ ...anna, id: 'anna' }, sam] }, /people\.0\.id: /u],
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
      teams: [{ ...support, lead: ANNA, manager: 'a0000000-0000-4000-8000-0000000000ff', extra: 1 }],
    });
    expect(found.join('\n')).toMatch(/Mars|zone/u);
    for (const said of [/roles/u, /nowhere/u, /twice/u, /0000000000ff/u, /extra/u])
      expect(found.join('\n')).toMatch(said);
    expect(found).toHaveLength(6);
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

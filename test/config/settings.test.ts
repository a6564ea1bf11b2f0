import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSettings, VARIABLES } from '../../src/config.ts';
import { faultsOf } from './faults-of.ts';

/** The settings complain like a colleague: everything at once, with what to do, and without telling anybody's secret. */
const SOUND = {
  PUBLIC_URL: 'https://desk.example.com/',
  BOT_ID: 'b0000000-0000-4000-8000-000000000002',
  BOT_TENANT_ID: 'b0000000-0000-4000-8000-000000000001',
  AZURE_TENANT_ID: 'b0000000-0000-4000-8000-000000000001',
  AZURE_CLIENT_ID: 'b0000000-0000-4000-8000-000000000002',
  AZURE_CLIENT_SECRET: 'the-client-secret',
  GRAPH_CLIENT_STATE: 'the-client-state-of-graph',
  MAIL_SIGNING_SECRET: 'the-secret-that-signs-mail',
} as const;

const faults = (changed: Readonly<Record<string, string | undefined>>): readonly string[] =>
  faultsOf(() => readSettings({ ...SOUND, ...changed }));

/** The variables complained about, each once, in alphabetical order. */
const named = (found: readonly string[]): string[] =>
  [...new Set(found.map((fault) => fault.split(' ')[0] ?? ''))].sort();

describe('sound settings', () => {
  test('are read with their defaults: production, on the loopback address', () => {
    expect(readSettings(SOUND)).toMatchObject({
      environment: 'production',
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'https://desk.example.com',
      dataFolder: '.local/desk',
      deskFile: 'config/desk.json',
      logLevel: 'info',
      graph: { url: 'https://graph.microsoft.com', clientState: SOUND.GRAPH_CLIENT_STATE },
    });
  });

  test('ids may be written in capitals: tokens carry them in small letters', () => {
    const { bot, azure } = readSettings({
      ...SOUND,
      BOT_TENANT_ID: SOUND.BOT_TENANT_ID.toUpperCase(),
      BOT_ID: SOUND.BOT_ID.toUpperCase(),
    });
    expect(bot).toMatchObject({ appId: SOUND.BOT_ID, tenantId: SOUND.BOT_TENANT_ID });
    expect(azure.clientId).toBe(SOUND.AZURE_CLIENT_ID);
  });

  test('an empty variable counts as missing', () => {
    const { bot, azure } = readSettings({ ...SOUND, BOT_SERVICE_URL: '', AZURE_CLIENT_SECRET: '', PORT: '' });
    expect(bot).not.toHaveProperty('serviceUrl');
    expect(azure).not.toHaveProperty('clientSecret');
  });

  test('a machine for tests may have a clock that is moved; otherwise nothing is said of one', () => {
    const { clockFile } = readSettings({ ...SOUND, DESK_ENV: 'local', DESK_CLOCK_FILE: '.local/clock' });
    expect(clockFile).toBe('.local/clock');
    expect(readSettings(SOUND)).not.toHaveProperty('clockFile');
  });

  test('variables of other programmes do not matter', () => {
    expect(faults({ HOME: '/home/desk', LANG: 'de_DE', SOMETHING_SECRET: 'x' })).toEqual([]);
  });
});

describe('faults', () => {
  test('with nothing set, everything that is missing is said at once', () => {
    expect(named(faultsOf(() => readSettings({})))).toEqual([
      'AZURE_CLIENT_ID',
      'AZURE_TENANT_ID',
      'BOT_ID',
      'GRAPH_CLIENT_STATE',
      'MAIL_SIGNING_SECRET',
      'PUBLIC_URL',
    ]);
  });

  test('faults of single variables and of variables seen together come in one message', () => {
    const found = faults({
      PORT: 'http',
      BOT_TENANT_ID: '',
      BOT_ALLOW_ANONYMOUS: 'true',
      PUBLIC_URL: 'http://desk.example.com',
    });
    expect(named(found)).toEqual(['BOT_ALLOW_ANONYMOUS', 'BOT_TENANT_ID', 'PORT', 'PUBLIC_URL']);
  });

  test('the message lists them one to a line', () => {
    expect(() => readSettings({ ...SOUND, PORT: 'http', LOG_LEVEL: 'loud' })).toThrow(
      'The desk cannot start: 2 settings to mend\n' +
        '  - PORT is not a number: the port to listen on, e.g. 3978\n' +
        '  - LOG_LEVEL is not debug, info, warn, error or silent',
    );
  });

  test.each([
    ['DESK_ENV', 'staging', /local, test or production/u],
    ['HOST', ' ', /the address to listen on/u],
    ['PORT', 'http', /the port to listen on/u],
    ['PORT', '70000', /0 to 65535/u],
    ['PORT', '-1', /0 to 65535/u],
    ['PORT', '80.5', /0 to 65535/u],
    ['PUBLIC_URL', 'desk.example.com', /the https address/u],
    ['PUBLIC_URL', 'javascript:alert(1)', /the https address/u],
    ['DESK_DATA', ' ', /the folder/u],
    ['DESK_CONFIG', ' ', /the file with people/u],
    ['LOG_LEVEL', 'loud', /debug, info, warn, error or silent/u],
    ['BOT_ID', 'my-bot', /GUID/u],
    ['BOT_TENANT_ID', 'contoso', /GUID/u],
    ['BOT_ALLOW_ANONYMOUS', 'yes', /true or false/u],
    ['BOT_OPENID_METADATA', 'keys', /URL/u],
    ['BOT_SERVICE_URL', 'smba', /URL of your Teams region/u],
    ['AZURE_TENANT_ID', 'contoso', /GUID/u],
    ['AZURE_CLIENT_ID', 'x', /GUID/u],
    ['AZURE_CLIENT_SECRET', '  ', /managed identity/u],
    ['AZURE_AUTHORITY_HOST', 'login', /URL/u],
    ['GRAPH_URL', 'graph', /URL/u],
    ['GRAPH_CLIENT_STATE', 'short', /16 characters/u],
    ['GRAPH_CLIENT_STATE', 'x'.repeat(129), /128 characters/u],
    ['MAIL_SIGNING_SECRET', 'short', /16 characters/u],
  ])('%s = %p says what it should be', (name, value, said) => {
    const found = faults({ [name]: value });
    expect(named(found)).toEqual([name]);
    expect(found.join()).toMatch(said);
  });

  test.each(VARIABLES)('the value of %s is never repeated: it might be a secret in the wrong place', (name) => {
    for (const value of ['hunter2', 'hunter2'.repeat(40), ' hunter2 ']) {
      expect(faults({ [name]: value, PORT: 'http' }).join('\n')).not.toContain('hunter2');
    }
  });

  test('no secret is in a message about something else', () => {
    const message = faults({ PORT: 'http', BOT_ID: '', DESK_ENV: 'x' }).join('\n');
    for (const secret of [SOUND.AZURE_CLIENT_SECRET, SOUND.GRAPH_CLIENT_STATE, SOUND.MAIL_SIGNING_SECRET])
      expect(message).not.toContain(secret);
  });
});

describe('production', () => {
  test('is what counts unless another environment is named', () => {
    expect(named(faults({ BOT_ALLOW_ANONYMOUS: 'true' }))).toEqual(['BOT_ALLOW_ANONYMOUS']);
  });

  test('takes nobody at their word: BOT_ALLOW_ANONYMOUS is refused, with and without an app id', () => {
    for (const BOT_ID of [SOUND.BOT_ID, ''])
      expect(named(faults({ DESK_ENV: 'production', BOT_ID, BOT_ALLOW_ANONYMOUS: 'true' }))).toEqual([
        'BOT_ALLOW_ANONYMOUS',
      ]);
  });

  test('goes by the clock of its machine: DESK_CLOCK_FILE is refused', () => {
    for (const DESK_ENV of ['production', undefined])
      expect(faults({ DESK_ENV, DESK_CLOCK_FILE: '.local/clock' })).toEqual([
        expect.stringContaining('DESK_CLOCK_FILE is set in production'),
      ]);
    expect(faults({ DESK_ENV: 'test', DESK_CLOCK_FILE: '.local/clock' })).toEqual([]);
  });

  test('does not run without knowing its tenant', () => {
    expect(named(faults({ BOT_TENANT_ID: undefined }))).toEqual(['BOT_TENANT_ID']);
  });

  test.each(['PUBLIC_URL', 'BOT_OPENID_METADATA', 'BOT_SERVICE_URL', 'AZURE_AUTHORITY_HOST', 'GRAPH_URL'])(
    '%s must be https',
    (name) => {
      for (const address of ['http://desk.example.com', 'HTTP://desk.example.com'])
        expect(faults({ [name]: address })).toEqual([expect.stringContaining(`${name} is not https`)]);
      expect(faults({ [name]: 'http://127.0.0.1:3978', DESK_ENV: 'local' })).toEqual([]);
    },
  );

  test('elsewhere nobody has to prove who they are, when that is said', () => {
    for (const DESK_ENV of ['local', 'test']) {
      expect(faults({ DESK_ENV, BOT_ID: '', BOT_ALLOW_ANONYMOUS: 'true' })).toEqual([]);
      expect(named(faults({ DESK_ENV, BOT_ID: '' }))).toEqual(['BOT_ID']);
    }
  });
});

describe('the examples', () => {
  const EXAMPLES = ['.env.example', '.env.local.example', '.env.production.example'];
  const textOf = (file: string): string => readFileSync(path.join('env', file), 'utf8');
  const assigned = (file: string): Record<string, string> =>
    Object.fromEntries(
      [...textOf(file).matchAll(/^([A-Z_]+)=(.*)$/gmu)].map(([, name = '', value = '']) => [name, value]),
    );
  /** What is offered as a comment counts as well. */
  const offered = (file: string): string[] =>
    [...new Set([...textOf(file).matchAll(/^(?:# )?([A-Z_]+)=/gmu)].map(([, name = '']) => name))].sort();

  test.each(EXAMPLES)('%s names every variable, and no other', (file) => {
    expect(offered(file)).toEqual([...VARIABLES].sort());
  });

  test.each([
    ['.env.example', ['GRAPH_CLIENT_STATE', 'MAIL_SIGNING_SECRET']],
    ['.env.local.example', []],
    [
      '.env.production.example',
      ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'BOT_ID', 'GRAPH_CLIENT_STATE', 'MAIL_SIGNING_SECRET'],
    ],
  ])('%s is sound but for what has to be filled in: %j', (file, empty) => {
    const found = faultsOf(() => readSettings(assigned(file)));
    expect(named(found)).toEqual(empty);
    expect(empty.map((name) => assigned(file)[name] ?? '')).toEqual(empty.map(() => ''));
  });

  test('the defaults they tell are the defaults', () => {
    const told = [...textOf('.env.example').matchAll(/\[([^\]]+)\]\n([A-Z_]+)=/gu)].map(([, value = '', name = '']) => [
      name,
      value,
    ]);
    const settings = readSettings(SOUND);
    expect(Object.fromEntries(told)).toEqual({
      DESK_ENV: settings.environment,
      HOST: settings.host,
      PORT: String(settings.port),
      DESK_DATA: settings.dataFolder,
      DESK_CONFIG: settings.deskFile,
      LOG_LEVEL: settings.logLevel,
      BOT_ALLOW_ANONYMOUS: 'false',
    });
  });

  test('no example holds a secret of anybody', () => {
    for (const file of EXAMPLES)
      for (const [name, value] of Object.entries(assigned(file)))
        if (/SECRET|STATE/u.test(name)) expect(['', 'only-on-this-machine']).toContain(value);
  });
});

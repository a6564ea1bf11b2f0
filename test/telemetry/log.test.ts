import { describe, expect, test } from '@jest/globals';
import { GraphError } from '../../src/application/errors.ts';
import { deskLog } from '../../src/telemetry/log.ts';

/** What leaves the process by the log, line by line. */
const written = (write: (log: ReturnType<typeof deskLog>) => void, level = 'info'): string => {
  const lines: string[] = [];
  write(deskLog({ level, destination: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
};
const lineOf = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  JSON.parse(
    written((log) => {
      log.info('event', fields);
    }),
  ) as Record<string, unknown>;

const HIDDEN = [
  'text',
  'subject',
  'body',
  'address',
  'mail',
  'token',
  'secret',
  'password',
  'authorization',
  'clientSecret',
  'clientState',
  'mailSecret',
];

describe('what is hidden', () => {
  test.each(HIDDEN)('%s, at both levels', (field) => {
    expect(lineOf({ [field]: 'private words' })).toMatchObject({ event: 'event', [field]: '[hidden]' });
    expect(lineOf({ ticket: { [field]: 'private words', id: 't1' } })).toMatchObject({
      ticket: { [field]: '[hidden]', id: 't1' },
    });
  });

  test.each(HIDDEN)('%s, deeper and in lists', (field) => {
    const deep = { a: { b: { c: [{ [field]: 'private words' }, { [field]: ['private words'] }] } } };
    expect(JSON.stringify(lineOf(deep))).not.toContain('private');
  });

  test.each(['Authorization', 'TEXT', 'Client-Secret', 'client_secret', 'access_token', 'accessToken', 'refreshToken'])(
    '%s, however it is written',
    (field) => {
      expect(JSON.stringify(lineOf({ headers: { [field]: 'private words' } }))).not.toContain('private');
    },
  );

  test('whatever kind of value it is', () => {
    for (const value of ['private', ['private'], { words: 'private' }, Buffer.from('private').toString(), 17])
      expect(lineOf({ body: value })).toMatchObject({ body: '[hidden]' });
  });

  test('whatever the level of the line', () => {
    const out = written((log) => {
      log.info('a', { text: 'private' });
      log.warn('b', { text: 'private' });
      log.error('c', { text: 'private' });
    });
    expect(out).not.toContain('private');
    expect(out.match(/\[hidden\]/gu)).toHaveLength(3);
  });

  test('what an error carries along', () => {
    const cause = Object.assign(new TypeError('private cause'), { body: 'private body' });
    const error = Object.assign(new GraphError('Graph said no', { status: 403, code: 'Denied', cause }), {
      authorization: 'Bearer private',
      request: { path: '/users/private' },
    });
    const out = written((log) => {
      log.error('failed', { fault: error, list: [error] });
    });
    expect(out).not.toContain('private');
    const { fault } = JSON.parse(out) as { fault: unknown };
    expect(fault).toEqual({ name: 'GraphError', message: 'Graph said no', code: 'Denied', status: 403 });
  });
});

describe('addresses and tokens that slipped into a message', () => {
  test.each([
    ['an address', 'mail to carla@customer.example bounced', 'carla@customer.example'],
    ['a bearer token', 'sent Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln', 'eyJhbGciOi.eyJzdWIi.c2ln'],
    [
      'a token without its bearer',
      'jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl expired',
      'eyJhbGciOiJSUzI1NiJ9',
    ],
    ['a secret in a query', 'GET /token?client_secret=private&x=1', 'private'],
  ])('%s is cut out, the rest can be read', (_what, message, secret) => {
    const line = lineOf({ message, nested: { message } });
    expect(JSON.stringify(line)).not.toContain(secret);
    expect(String(line.message)).toMatch(/^(mail to|sent|jwt|GET \/token)/u);
  });
});

describe('what is kept', () => {
  test('the event, ids, counts and mailboxes of the desk’s own codes', () => {
    expect(
      lineOf({ ticket: 't1', count: 3, code: 'owner-is-set', path: '/api/messages', ok: true, none: null }),
    ).toMatchObject({
      level: 30,
      event: 'event',
      ticket: 't1',
      count: 3,
      code: 'owner-is-set',
      path: '/api/messages',
      ok: true,
      none: null,
    });
  });

  test('the event is the fixed word, whatever the fields say', () => {
    expect(lineOf({ event: 'another' })).toMatchObject({ event: 'event' });
  });

  test('a line below the level is not written', () => {
    const out = written((log) => {
      log.info('quiet');
      log.warn('loud');
    }, 'warn');
    expect(out).not.toContain('quiet');
    expect(out).toContain('loud');
  });

  test('silent says nothing', () => {
    expect(written((log) => log.error('loud'), 'silent')).toBe('');
  });

  test('one line an event, also where a message has line breaks', () => {
    const out = written((log) => {
      log.error('failed', { message: 'first\nsecond\r\n{"event":"forged"}' });
    });
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({ event: 'failed' });
  });

  test('fields that point to themselves or cannot be read do not stop the work', () => {
    const circle: Record<string, unknown> = { id: 1 };
    circle.self = circle;
    const spiteful = Object.defineProperty({}, 'words', {
      enumerable: true,
      get: () => {
        throw new TypeError('no');
      },
    });
    expect(written((log) => log.info('circle', { circle, big: 10n }))).toContain(
      '"circle":{"id":1,"self":"[again]"},"big":"10","event":"circle"',
    );
    expect(written((log) => log.info('spite', { spiteful }))).toContain('"event":"spite"');
  });

  test('the given fields are left as they were', () => {
    const fields = { text: 'words', nested: { secret: 'x' } };
    lineOf(fields);
    expect(fields).toEqual({ text: 'words', nested: { secret: 'x' } });
  });
});

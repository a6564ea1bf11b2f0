import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StoreError } from '../../src/application/errors.ts';
import { healthRoutes } from '../../src/inbound/http/health.ts';
import { httpServer } from '../../src/inbound/http/server.ts';
import { deskLog } from '../../src/telemetry/log.ts';
import { openDesk, type TestDesk } from '../support/open-desk.ts';
import { ask, askJson, oneConnection } from './ask.ts';
import { type KeptLog, keptLog } from './kept-log.ts';

/** What comes through the door before anybody knows who sent it. */
let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const TEAMS = '/api/messages';
const GRAPH = '/api/graph/notifications';
const MEBIBYTE = 1_048_576;

const alive = async (): Promise<void> => {
  expect((await ask(`${desk.url}/health/live`, { method: 'GET' })).status).toBe(200);
};

describe.each([TEAMS, GRAPH])('%s', (door) => {
  test('a body of more than 1 MiB is 413, and the connection stays usable', async () => {
    const agent = oneConnection();
    const first = await ask(`${desk.url}${door}`, { body: `{"value":"${'x'.repeat(MEBIBYTE)}"}`, agent });
    const second = await ask(`${desk.url}/health/live`, { method: 'GET', agent });
    agent.destroy();
    expect(first.status).toBe(413);
    expect(first.body).not.toContain('xxx');
    expect(second.status).toBe(200);
    expect(second.localPort).toBe(first.localPort);
  });

  test('a body of more than 1 MiB in chunks, without a length, is 413', async () => {
    const chunk = 'x'.repeat(64 * 1_024);
    const body = new ReadableStream({
      start: (controller) => {
        for (let sent = 0; sent <= MEBIBYTE; sent += chunk.length) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${desk.url}${door}`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(413);
  });

  test.each([
    ['cut off', '{"value":['],
    ['not JSON at all', 'hello'],
    ['a single quote', "{'type':'message'}"],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])('malformed JSON is 400: %s', async (_what, body) => {
    expect((await ask(`${desk.url}${door}`, { body })).status).toBe(400);
    await alive();
  });

  test.each([
    ['an array', []],
    ['an array of activities', [{ type: 'message' }]],
    ['a number', 7],
    ['null', null],
    ['a text', 'message'],
    ['true', true],
    ['an empty object', {}],
    ['a type that is no text', { type: 5 }],
    ['a value that is no list', { value: 'news' }],
    ['a list of nonsense', { value: [1, null] }],
    ['an empty list', { value: [] }],
    ['deep nonsense', JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`)],
  ])('JSON that is something else is 400: %s', async (_what, body) => {
    expect((await askJson(`${desk.url}${door}`, body)).status).toBe(400);
  });

  test('no body is 400', async () => {
    expect((await ask(`${desk.url}${door}`)).status).toBe(400);
  });

  test.each([
    ['text', 'text/plain', 'hello'],
    ['a form', 'application/x-www-form-urlencoded', 'type=message'],
    ['bytes', 'application/octet-stream', 'type=message'],
    ['a table', 'text/csv', 'type\nmessage'],
    [
      'a file',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="type"\r\n\r\nmessage\r\n--x--\r\n',
    ],
  ])('what is not sent as JSON is 400: %s', async (_what, type, body) => {
    expect((await ask(`${desk.url}${door}`, { body, headers: { 'content-type': type } })).status).toBe(400);
  });

  test.each([
    ['honest', gzipSync(JSON.stringify({ value: [] }))],
    ['a bomb', gzipSync(Buffer.alloc(64 * MEBIBYTE))],
    ['broken', Buffer.from('this was never compressed')],
  ])('a compressed body is not unpacked: %s', async (_what, body) => {
    expect((await ask(`${desk.url}${door}`, { body, headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    await alive();
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is 405', async (method) => {
    expect((await ask(`${desk.url}${door}`, { method })).status).toBe(405);
  });
});

test.each([
  ['no from', { from: undefined }],
  ['a from without an id', { from: {} }],
  ['no conversation', { conversation: undefined }],
  ['a conversation without an id', { conversation: {} }],
  ['nobody it was sent to', { recipient: undefined }],
  ['an id that is a number', { id: 5 }],
  ['a service URL that is a list', { serviceUrl: [] }],
])('an activity no turn could work with is 400, before anybody is asked who they are: %s', async (_what, changed) => {
  const whole = {
    type: 'message',
    serviceUrl: desk.mirror.url,
    from: { id: '29:x' },
    recipient: { id: '28:x' },
    conversation: { id: 'personal:x' },
  };
  expect((await askJson(`${desk.url}${TEAMS}`, whole)).status).toBe(401);
  expect((await askJson(`${desk.url}${TEAMS}`, { ...whole, ...changed })).status).toBe(400);
});

test('the files of a stranger’s form are written nowhere', async () => {
  const marker = 'the file of a stranger';
  const field = 'content-disposition: form-data; name="file"; filename="stranger.txt"';
  const body = `--x\r\n${field}\r\ncontent-type: text/plain\r\n\r\n${marker}\r\n--x--\r\n`;
  const before = new Set(await readdir(os.tmpdir()));
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  expect((await ask(`${desk.url}${TEAMS}`, { body, headers })).status).toBe(400);
  const written = (await readdir(os.tmpdir(), { withFileTypes: true })).filter(
    (each) => each.isFile() && !before.has(each.name),
  );
  const texts = await Promise.all(written.map(({ name }) => readFile(path.join(os.tmpdir(), name), 'utf8')));
  expect(texts).not.toContain(marker);
});

describe('paths', () => {
  test.each([
    '/',
    '/api',
    '/api/messages/',
    '/api/messages/more',
    '/../config/desk.json',
    '/%2e%2e/env',
    '/favicon.ico',
  ])('an unknown one is 404: %s', async (path) => {
    const answer = await ask(`${desk.url}${path}`, { method: 'GET' });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/json');
  });

  test('a path that cannot be read is the caller’s fault', async () => {
    const { status } = await ask(`${desk.url}/%E0%A4%A`, { method: 'GET' });
    expect([400, 404]).toContain(status);
    await alive();
  });

  test('health: live and ready', async () => {
    const [live, ready] = await Promise.all(
      ['live', 'ready'].map((each) => ask(`${desk.url}/health/${each}`, { method: 'GET' })),
    );
    expect(live).toMatchObject({ status: 200, body: '{"status":"live"}' });
    expect(ready).toMatchObject({ status: 200, body: '{"status":"ready"}' });
  });

  test('health is asked, not told: POST is 405', async () => {
    expect((await askJson(`${desk.url}/health/ready`, {})).status).toBe(405);
  });
});

describe('the shell around the handlers', () => {
  const shell = async (
    work: (url: string, log: KeptLog) => Promise<void>,
    { ready = true, fault = new StoreError('unavailable', 'secret words') as unknown } = {},
  ): Promise<void> => {
    const log = keptLog();
    const server = await httpServer({
      host: '127.0.0.1',
      port: 0,
      log: deskLog({ level: 'debug', destination: log }),
      routes: [
        ...healthRoutes(() => Promise.resolve(ready)),
        { method: 'post', path: '/faulty', handle: () => Promise.reject(fault as Error) },
      ],
    });
    await work(`http://127.0.0.1:${server.port}`, log).finally(() => server.close());
  };

  test('a fault of a handler is 500 without words, and logged without the question', async () => {
    await shell(async (url, log) => {
      const answer = await askJson(`${url}/faulty?validationToken=private-question`, { secret: 'private-body' });
      expect(answer).toMatchObject({ status: 500, body: '{"code":"InternalError"}' });
      expect(log.lines('request-failed')).toMatchObject([{ path: '/faulty', fault: 'StoreError' }]);
      expect(log.text()).not.toContain('private');
    });
  });

  test.each([
    ['a text', 'thrown text'],
    ['nothing', undefined],
  ])('a handler that throws %s is 500 all the same', async (_what, fault) => {
    await shell(
      async (url) => {
        expect(await askJson(`${url}/faulty`, {})).toMatchObject({ status: 500, body: '{"code":"InternalError"}' });
      },
      { fault },
    );
  });

  test('one fault does not end the server', async () => {
    await shell(async (url) => {
      await askJson(`${url}/faulty`, {});
      expect((await ask(`${url}/health/live`, { method: 'GET' })).status).toBe(200);
    });
  });

  test('without its database it is live but not ready', async () => {
    await shell(
      async (url) => {
        expect((await ask(`${url}/health/live`, { method: 'GET' })).status).toBe(200);
        expect(await ask(`${url}/health/ready`, { method: 'GET' })).toMatchObject({
          status: 503,
          body: '{"status":"unavailable"}',
        });
      },
      { ready: false },
    );
  });
});

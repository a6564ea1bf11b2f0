import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mailIntake } from '../../../src/application/mail-intake.ts';
import type { DocumentStore } from '../../../src/application/ports/document-store.ts';
import { readDeskConfig } from '../../../src/desk-config.ts';
import { mailAddress, type MailAddress } from '../../../src/domain/values.ts';
import { NOTIFICATIONS_PATH, notificationRoute } from '../../../src/inbound/graph/notifications.ts';
import { healthRoutes } from '../../../src/inbound/http/health.ts';
import { httpServer, type HttpServer } from '../../../src/inbound/http/server.ts';
import { openBlobFiles } from '../../../src/store/blob/files.ts';
import { CONTAINERS } from '../../../src/store/containers.ts';
import { inboxDocuments } from '../../../src/store/inbox-documents.ts';
import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';
import { deskLog } from '../../../src/telemetry/log.ts';
import { openDesk, type TestDesk, textOn } from '../../support/open-desk.ts';
import { testClock } from '../../support/test-clock.ts';
import { type Answered, ask, askJson } from '../ask.ts';
import { type KeptLog, keptLog } from '../kept-log.ts';

/** Graph's webhook: it only wakes, and only who knows the client state wakes anybody. */
const SUPPORT = mailAddress('support@desk.example');
const NETWORK = mailAddress('network@desk.example');
const CLIENT_STATE = 'only-for-tests-client-state';

/** As Graph sends it. */
const news = (changed: Readonly<Record<string, unknown>> = {}): object => ({
  subscriptionId: 'd0000000-0000-4000-8000-000000000001',
  subscriptionExpirationDateTime: '2026-01-10T00:00:00Z',
  changeType: 'created',
  resource: 'Users/1/Messages/2',
  resourceData: { '@odata.type': '#Microsoft.Graph.Message', id: '2' },
  clientState: CLIENT_STATE,
  tenantId: 'b0000000-0000-4000-8000-000000000001',
  ...changed,
});
const lifecycle = (lifecycleEvent: string): object =>
  news({ lifecycleEvent, changeType: undefined, resource: undefined, resourceData: undefined });

describe('the webhook', () => {
  let server: HttpServer;
  let log: KeptLog;
  const woken: MailAddress[] = [];

  beforeAll(async () => {
    log = keptLog();
    const parts = {
      clientState: CLIENT_STATE,
      mailboxes: [SUPPORT, NETWORK],
      log: deskLog({ level: 'debug', destination: log }),
      wake: (mailbox: MailAddress) => Promise.resolve(void woken.push(mailbox)),
    };
    server = await httpServer({ host: '127.0.0.1', port: 0, log: parts.log, routes: [notificationRoute(parts)] });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    woken.length = 0;
  });

  const tell = (value: readonly unknown[], query = '?mailbox=support%40desk.example'): Promise<Answered> =>
    askJson(`http://127.0.0.1:${server.port}${NOTIFICATIONS_PATH}${query}`, { value });
  const validate = (token: string): Promise<Answered> =>
    ask(`http://127.0.0.1:${server.port}${NOTIFICATIONS_PATH}?mailbox=x&validationToken=${token}`, {
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });

  test.each([
    ['a word', 'opaque', 'opaque'],
    [
      'decoded',
      'Validation%3a+Testing+client+application+reachability+for+subscription+Request-Id%3a+1%2b2',
      'Validation: Testing client application reachability for subscription Request-Id: 1+2',
    ],
    ['letters beyond ASCII', encodeURIComponent('Grüße 😀'), 'Grüße 😀'],
    ['empty', '', ''],
  ])('the validation token comes back as plain text: %s', async (_what, token, plain) => {
    const answer = await validate(token);
    expect(answer).toMatchObject({ status: 200, body: plain });
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(woken).toEqual([]);
  });

  test('a validation token is never a page', async () => {
    const script = '<script>alert(1)</script>';
    const answer = await validate(encodeURIComponent(script));
    expect(answer.body).toBe(script);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('a validation token cannot set headers of its own', async () => {
    const answer = await validate('x%0d%0aset-cookie:%20a=b');
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('a notification wakes the mailbox its address names', async () => {
    expect(await tell([news()])).toMatchObject({ status: 202, body: '' });
    expect(woken).toEqual([SUPPORT]);
  });

  test('the name of the mailbox is the same in capitals', async () => {
    await tell([news()], '?mailbox=Network%40DESK.example');
    expect(woken).toEqual([NETWORK]);
  });

  test.each([
    ['one nobody watches', '?mailbox=stranger%40evil.example'],
    ['none', ''],
    ['nonsense', '?mailbox[]=%00'],
  ])('where the address names %s, each watched mailbox is looked into and no other', async (_what, query) => {
    expect((await tell([news()], query)).status).toBe(202);
    expect(woken).toEqual([SUPPORT, NETWORK]);
  });

  test.each(['reauthorizationRequired', 'subscriptionRemoved', 'missed'])(
    'the lifecycle event %s wakes',
    async (event) => {
      expect((await tell([lifecycle(event)])).status).toBe(202);
      expect(woken).toEqual([SUPPORT]);
    },
  );

  test('a thousand at once are one look', async () => {
    expect((await tell(Array.from({ length: 1_000 }, () => news()))).status).toBe(202);
    expect(woken).toEqual([SUPPORT]);
  });

  test('more than Graph ever sends are refused', async () => {
    expect((await tell(Array.from({ length: 1_001 }, () => ({ clientState: CLIENT_STATE })))).status).toBe(400);
    expect(woken).toEqual([]);
  });

  test.each([
    ['wrong', 'not-the-client-state'],
    ['the right one and more', `${CLIENT_STATE}!`],
    ['a part of it', CLIENT_STATE.slice(0, -1)],
    ['in capitals', CLIENT_STATE.toUpperCase()],
    ['empty', ''],
    ['null', null],
    ['missing', undefined],
  ])('a client state that is %s: the same 202, nobody is woken, it is counted', async (_what, clientState) => {
    const counted = log.lines('notification-ignored').length;
    expect(await tell([news({ clientState }), news({ clientState })])).toMatchObject({ status: 202, body: '' });
    expect(woken).toEqual([]);
    expect(log.lines('notification-ignored').slice(counted)).toMatchObject([{ count: 2 }]);
    expect(log.text()).not.toContain('lient-state');
  });

  test('one true among false ones wakes, the false ones are counted', async () => {
    const counted = log.lines('notification-ignored').length;
    await tell([news({ clientState: 'x' }), news(), news({ clientState: 'y' })]);
    expect(woken).toEqual([SUPPORT]);
    expect(log.lines('notification-ignored').slice(counted)).toMatchObject([{ count: 2 }]);
  });

  test.each([
    ['no list', {}],
    ['an empty list', { value: [] }],
    ['a list of texts', { value: ['news'] }],
    ['a client state that is no text', { value: [{ clientState: { $ne: '' } }] }],
  ])('what is no notification is 400: %s', async (_what, body) => {
    expect((await askJson(`http://127.0.0.1:${server.port}${NOTIFICATIONS_PATH}`, body)).status).toBe(400);
    expect(woken).toEqual([]);
  });
});

describe('the wake is kept before Graph may forget the news', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'desk-wake-'));
  });
  let server: HttpServer;
  let store: DocumentStore;
  afterEach(async () => {
    await server.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openStore = (): Promise<DocumentStore> =>
    openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.now() });

  /** The webhook on the real intake and inbox; only the store is given. */
  const webhookOn = async (store: DocumentStore): Promise<HttpServer> => {
    const clock = testClock();
    const log = deskLog({ level: 'silent' });
    const { directory } = readDeskConfig('config/desk.json');
    const blobs = await openBlobFiles({ folder });
    const intake = mailIntake({
      inbox: inboxDocuments({ store, blobs, now: () => clock.now() }),
      mailbox: {
        page: () => Promise.resolve({ mails: [], link: 'here', caughtUp: true }),
        read: () => Promise.reject(new TypeError('there is no mail')),
        subscribe: () => Promise.resolve(60_000),
      },
      receive: () => Promise.resolve({ ignored: 'there is no mail' }),
      directory,
      clock,
      log,
    });
    const route = notificationRoute({ clientState: CLIENT_STATE, mailboxes: [SUPPORT], wake: intake.wake, log });
    return httpServer({
      host: '127.0.0.1',
      port: 0,
      log,
      routes: [route, ...healthRoutes(() => Promise.resolve(true))],
    });
  };
  const tell = ({ port }: HttpServer): Promise<Answered> =>
    askJson(`http://127.0.0.1:${port}${NOTIFICATIONS_PATH}?mailbox=support%40desk.example`, { value: [news()] });

  test('a store that cannot keep the wake: 500, so that Graph tells it again', async () => {
    store = await openStore();
    server = await webhookOn(store);
    await store.close();
    expect(await tell(server)).toMatchObject({ status: 500, body: '{"code":"InternalError"}' });
  });

  test('a store that takes its time: no answer before it is done, and then the wake is there', async () => {
    store = await openStore();
    const told: string[] = [];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const slow: DocumentStore = {
      ...store,
      commit: async (...args) => {
        isAsked();
        await released;
        const done = await store.commit(...args);
        told.push('kept');
        return done;
      },
    };
    server = await webhookOn(slow);
    const answer = tell(server).then(({ status }) => told.push(`answered ${status}`));
    await asked;
    // An answer given too early would be here before these.
    for (let round = 0; round < 3; round += 1)
      await ask(`http://127.0.0.1:${server.port}/health/live`, { method: 'GET' });
    release();
    await answer;
    expect(told).toEqual(['kept', 'answered 202']);
    expect(await store.get('mail', SUPPORT, 'wake')).not.toBeNull();
  });
});

describe('the desk behind the webhook', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const tell = (): Promise<Answered> =>
    askJson(`${desk.url}${NOTIFICATIONS_PATH}?mailbox=support%40desk.example`, { value: [news()] });

  test('the same news ten times, and at the same time, is one ticket', async () => {
    await desk.mails({ subject: 'The news came ten times', text: 'But I wrote once.' });
    const answers = await Promise.all(Array.from({ length: 10 }, tell));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await desk.settled();
    for (let again = 0; again < 3; again += 1) await tell();
    await desk.settled();
    expect(desk.cards().filter((card) => textOn(card).includes('The news came ten times'))).toHaveLength(1);
    expect(desk.graph.sentMail()).toHaveLength(1);
  });

  test('the desk asked for news and lifecycle events at this webhook, with its client state', async () => {
    for (let look = 0; look < 50 && desk.graph.subscriptions().length < 3; look += 1) await desk.settled();
    const subscribed = desk.graph.subscriptions();
    expect(subscribed.map(({ clientState }) => clientState)).toEqual([CLIENT_STATE, CLIENT_STATE, CLIENT_STATE]);
    for (const { notificationUrl, lifecycleNotificationUrl } of subscribed) {
      expect(notificationUrl).toContain(`${desk.url}${NOTIFICATIONS_PATH}?mailbox=`);
      expect(lifecycleNotificationUrl).toContain(`${desk.url}${NOTIFICATIONS_PATH}`);
    }
  });
});

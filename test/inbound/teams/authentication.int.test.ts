import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { APP_ID, TENANT_ID } from '../../../src/local/cast.ts';
import { openDesk, type TestDesk, textOn } from '../../support/open-desk.ts';
import { type Answered, askJson } from '../ask.ts';
import { type KeptLog, keptLog } from '../kept-log.ts';
import { ISSUER, type OpenIdIssuer, openIdIssuer } from './open-id-issuer.ts';

/** Who may speak to the bot. The SDK keeps keys for a day by their address, so this file has an issuer of its own. */
let desk: TestDesk;
let issuer: OpenIdIssuer;
let log: KeptLog;

beforeAll(async () => {
  issuer = await openIdIssuer();
  log = keptLog();
  // Without an address of its own the desk goes where Teams says: the installation tells it first.
  const settings = { BOT_OPENID_METADATA: issuer.metadataUrl, BOT_SERVICE_URL: '' };
  desk = await openDesk({ logLevel: 'debug', log, settings });
  await speak(await bearer(), installed());
  await desk.mails({ subject: 'The printer is on strike', text: 'It says tray 2 is empty.' });
  await desk.settled();
});
afterAll(async () => {
  await desk.close();
  await issuer.close();
});

const ANNA = 'a0000000-0000-4000-8000-000000000001';
const CHANNEL = '19:tickets@thread.tacv2';
const MINUTE = 60;
const now = (): number => Math.floor(Date.now() / 1_000);

/** What the Bot Framework would sign for this desk. */
const claims = (changed: Readonly<Record<string, unknown>> = {}): JWTPayload => {
  const usual = {
    iss: ISSUER,
    aud: APP_ID,
    nbf: now() - MINUTE,
    exp: now() + 60 * MINUTE,
    serviceurl: desk.mirror.url,
  };
  return Object.fromEntries(Object.entries({ ...usual, ...changed }).filter(([, value]) => value !== undefined));
};

const bearer = async (changed: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  `Bearer ${await issuer.sign(claims(changed))}`;

let spoken = 0;
const activity = (changed: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  type: 'message',
  id: `spoken-${(spoken += 1)}`,
  channelId: 'msteams',
  serviceUrl: desk.mirror.url,
  from: { id: `29:${ANNA}`, aadObjectId: ANNA, name: 'Anna Arndt' },
  recipient: { id: `28:${APP_ID}` },
  conversation: { id: `personal:${ANNA}`, conversationType: 'personal', tenantId: TENANT_ID },
  channelData: { tenant: { id: TENANT_ID } },
  text: 'queue',
  ...changed,
});

/** The app was added to a team: its channel can be reached at this address from now on. */
const installed = (tenant: string = TENANT_ID, serviceUrl: string = desk.mirror.url) =>
  activity({
    type: 'conversationUpdate',
    text: undefined,
    serviceUrl,
    conversation: { id: CHANNEL, conversationType: 'channel', tenantId: tenant },
    channelData: { tenant: { id: tenant }, channel: { id: CHANNEL } },
  });

const speak = (authorization: string | undefined, what: unknown = activity()): Promise<Answered> =>
  askJson(`${desk.url}/api/messages`, what, authorization === undefined ? {} : { authorization });

const ticketIdOn = (): string => desk.cards()[0]?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';

const invoke = (data: Readonly<Record<string, unknown>>, changed: Readonly<Record<string, unknown>> = {}) =>
  activity({
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    value: { action: { type: 'Action.Execute', verb: 'reserve', data } },
    ...changed,
  });

let postsBefore: number;
let logBefore: string;
beforeEach(() => {
  postsBefore = desk.mirror.posts().length;
  logBefore = log.text();
});

const nobodyHeard = (answer: Answered): void => {
  expect(answer.status).toBe(401);
  expect(JSON.parse(answer.body)).toEqual({ code: 'Unauthorized' });
  expect(desk.mirror.posts()).toHaveLength(postsBefore);
  expect(log.text()).toBe(logBefore);
};

describe('a token that is true opens the door', () => {
  test('valid: the bot answers in the chat', async () => {
    const answer = await speak(await bearer());
    expect(answer.status).toBe(200);
    expect(desk.mirror.posts()).toHaveLength(postsBefore + 1);
    expect(textOn(desk.chatOf('anna').at(-1))).toContain('The printer is on strike');
  });

  test('expired less than five minutes ago: clocks differ, it still counts', async () => {
    expect((await speak(await bearer({ exp: now() - 4 * MINUTE }))).status).toBe(200);
    expect(desk.mirror.posts()).toHaveLength(postsBefore + 1);
  });
});

describe('a token that is not true is 401 without words, and no turn runs', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['expired more than five minutes ago', { nbf: 1, exp: Math.floor(Date.now() / 1_000) - 6 * MINUTE }],
    ['without an end', { exp: undefined }],
    ['valid only later', { nbf: Math.floor(Date.now() / 1_000) + 30 * MINUTE }],
    ['for another bot', { aud: 'b0000000-0000-4000-8000-00000000ffff' }],
    ['for nobody', { aud: undefined }],
    ['from another issuer', { iss: 'https://api.botframework.example' }],
    ['from no issuer', { iss: undefined }],
    ['for another service URL', { serviceurl: 'https://smba.evil.example/' }],
    ['without a service URL', { serviceurl: undefined }],
  ])('%s', async (_what, changed) => {
    nobodyHeard(await speak(await bearer(changed)));
  });

  test('signed with a key nobody published', async () => {
    nobodyHeard(await speak(`Bearer ${await issuer.sign(claims(), { kid: 'unpublished', by: 'stranger' })}`));
  });

  test('forged: the right key is named, another one signed', async () => {
    nobodyHeard(await speak(`Bearer ${await issuer.sign(claims(), { by: 'stranger' })}`));
  });

  test('changed after it was signed', async () => {
    const [header, , signature] = (await issuer.sign(claims())).split('.');
    const other = Buffer.from(JSON.stringify(claims({ extra: 'words' }))).toString('base64url');
    nobodyHeard(await speak(`Bearer ${[header, other, signature].join('.')}`));
  });

  test('signed with a key that does not speak for Teams', async () => {
    nobodyHeard(
      await speak(`Bearer ${await issuer.sign(claims(), { kid: 'for-another-channel', by: 'for-another-channel' })}`),
    );
  });

  test('not signed at all (alg none)', async () => {
    nobodyHeard(await speak(`Bearer ${new UnsecuredJWT(claims()).encode()}`));
  });

  test('signed by HS256 with the public key as secret', async () => {
    const secret = createPublicKey({ key: { ...issuer.publicJwk }, format: 'jwk' }).export({
      type: 'pkcs1',
      format: 'pem',
    });
    const token = new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'endorsed' }).sign(Buffer.from(secret));
    nobodyHeard(await speak(`Bearer ${await token}`));
  });
});

describe('a header that is no bearer token is 401', () => {
  test.each<[string, (token: string) => string | undefined]>([
    ['no header', () => undefined],
    ['empty', () => ''],
    ['garbage', () => 'garbage'],
    ['a bearer of garbage', () => 'Bearer garbage'],
    ['a bearer of three dots', () => 'Bearer a.b.c'],
    ['nothing behind the bearer', () => 'Bearer '],
    ['not a bearer', (token) => `Basic ${token}`],
    ['bearer in small letters', (token) => `bearer ${token}`],
    ['two tokens', (token) => `Bearer ${token} ${token}`],
  ])('%s', async (_what, header) => {
    nobodyHeard(await speak(header(await issuer.sign(claims()))));
  });
});

describe('an activity that hides where it comes from is 401', () => {
  test.each([
    ['no service URL', { serviceUrl: undefined }],
    ['an empty service URL', { serviceUrl: '' }],
    ['a service URL the token does not name', { serviceUrl: 'https://smba.evil.example/' }],
  ])('%s', async (_what, changed) => {
    nobodyHeard(await speak(await bearer(), activity(changed)));
  });

  test('no service URL, and none in the token either', async () => {
    nobodyHeard(await speak(await bearer({ serviceurl: undefined }), activity({ serviceUrl: undefined })));
  });
});

describe('a true token of the wrong people changes nothing', () => {
  const elsewhere = 'c0000000-0000-4000-8000-000000000009';
  const fromElsewhere = {
    conversation: { id: `personal:${ANNA}`, conversationType: 'personal', tenantId: elsewhere },
    channelData: { tenant: { id: elsewhere } },
  };
  const fromNowhere = { conversation: { id: `personal:${ANNA}`, conversationType: 'personal' }, channelData: {} };
  const unknown = { from: { id: '29:nobody', aadObjectId: 'a0000000-0000-4000-8000-00000000dead', name: 'Nobody' } };

  const stillWaiting = async (): Promise<void> => {
    await desk.settled();
    expect(textOn(desk.cards()[0])).toContain('"verb":"reserve"');
  };

  test.each([
    ['another tenant', fromElsewhere],
    ['no tenant', fromNowhere],
    ['a person who is not in desk.json', unknown],
    ['a person without any Entra id', { from: { id: '29:nobody' } }],
  ])('%s taps: told politely, the ticket still waits', async (_who, who) => {
    const { status, body } = await speak(await bearer(), invoke({ ticketId: ticketIdOn() }, who));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('not a member of this desk'),
    });
    expect(body).not.toContain('printer');
    await stillWaiting();
  });

  test.each([
    ['another tenant', fromElsewhere],
    ['a person who is not in desk.json', unknown],
  ])('%s asks for the queue: told politely, sees nothing', async (_who, who) => {
    expect((await speak(await bearer(), activity(who))).status).toBe(200);
    expect(desk.mirror.posts()).toHaveLength(postsBefore + 1);
    const said = textOn(desk.chatOf('anna').at(-1));
    expect(said).toContain('not a member of this desk');
    expect(said).not.toContain('printer');
  });

  test('another tenant sends the form of an old card: nothing happens', async () => {
    await speak(
      await bearer(),
      activity({ ...fromElsewhere, text: '', value: { verb: 'accept', ticketId: ticketIdOn() } }),
    );
    await stillWaiting();
  });

  test('another tenant installs the app: our channel is not taken over', async () => {
    const serviceUrl = 'http://127.0.0.1:9/theirs';
    expect((await speak(await bearer({ serviceurl: serviceUrl }), installed(elsewhere, serviceUrl))).status).toBe(200);
    await desk.mails({ subject: 'After the foreign installation', text: 'Still here?' });
    await desk.settled();
    expect(textOn(desk.cards())).toContain('After the foreign installation');
  });

  test('a German stranger is told in German', async () => {
    await speak(await bearer(), activity({ ...unknown, locale: 'de-DE' }));
    expect(textOn(desk.chatOf('anna').at(-1))).toContain('config/desk.json');
    expect(textOn(desk.chatOf('anna').at(-1))).not.toContain('You are not');
  });
});

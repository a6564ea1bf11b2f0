import { afterAll, afterEach, beforeAll, describe, expect, it, test } from '@jest/globals';
import { createServer, request, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { startPages } from '../../src/local/start-page/start-page.ts';
import { type LocalTenant, openTenant } from '../../src/local/tenant.ts';
import { until } from '../support/until.ts';
import { listen, shut } from './graph-tenant.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PEOPLE = ['Anna Arndt', 'Ben Berger', 'Elif Ekinci', 'Sam Sommer', 'Mara Meyer', 'Nils Nowak', 'Ines Ivers'];
const ANNA = 'a0000000-0000-4000-8000-000000000001';
const SAM = 'a0000000-0000-4000-8000-000000000004';
const NOBODY = 'a0000000-0000-4000-8000-000000000099';

let folder: string;
let tenant: LocalTenant;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'desk-start-page-'));
  tenant = await openTenant({ root: ROOT, folder, ports: { product: 0, mirror: 0, smtp: 0 }, seed: false });
  const pages = startPages(tenant);
  server = createServer((incoming, response) => void pages(incoming, response));
  origin = await listen(server);
});
afterEach(() => {
  tenant.graph.clearFaults();
  tenant.mirror.clearFaults();
});
afterAll(async () => {
  await shut(server);
  await tenant.stop();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const open = async (at: string, headers: Record<string, string> = {}) => {
  const response = await fetch(origin + at, { headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const press = async (at: string, headers: Record<string, string> = {}) => {
  const response = await fetch(origin + at, { method: 'POST', headers: { origin, ...headers }, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location') };
};
/** `fetch` sets these headers itself. */
const statusUnder = (headers: Record<string, string>, method = 'GET', at = '/'): Promise<number> =>
  new Promise((resolve, reject) => {
    request(origin + at, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });

describe('the start page', () => {
  test.each([
    [
      'en',
      ['<h1>Your ticket desk</h1>', 'Open Teams as Anna', 'Customers and mailboxes', 'The next 10 notifications: lost'],
    ],
    [
      'de',
      ['<h1>Dein Ticket-Desk</h1>', 'Teams als Anna', 'Kunden und Postfächer', 'Die nächsten 10 Benachrichtigungen'],
    ],
  ])('lists people, mailboxes and faults in %s', async (language, shown) => {
    const { status, text } = await open('/', { 'accept-language': language });
    expect(status).toBe(200);
    expect(text).toContain(`<html lang="${language}">`);
    for (const words of shown) expect(text).toContain(words);
    for (const name of PEOPLE) expect(text).toContain(name);
    for (const mailbox of tenant.graph.mailboxes()) expect(text).toContain(mailbox.address);
    expect(text).toMatch(new RegExp(`port ${tenant.graph.smtpPort}`, 'iu'));
    expect(text.match(/<form /gu)).toHaveLength(12);
  });

  it('keeps the language that the address names, on every link and button', async () => {
    const { text } = await open('/?lang=de', { 'accept-language': 'en' });
    const links = [...text.matchAll(/(?:href|action)="(\/[^"]*)"/gu)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !link.includes('lang='))).toEqual([]);
    expect(await press('/faults/clear?lang=de')).toEqual({ status: 303, location: '/?lang=de' });
  });

  it('names its landmarks and gives every part a heading', async () => {
    const { text } = await open('/');
    expect(text.match(/<main id="main"/gu)).toHaveLength(1);
    expect(text.match(/<h1>/gu)).toHaveLength(1);
    const labelled = [...text.matchAll(/<section aria-labelledby="([^"]+)"/gu)].map(([, id = '']) => id);
    expect(labelled).toEqual(['try', 'people', 'mail', 'time', 'faults', 'desk']);
    for (const id of labelled) expect(text).toContain(`<h2 id="${id}">`);
    expect(text).toContain('<title>Your ticket desk</title>');
  });

  it('leads to the mailboxes, and they lead back', async () => {
    const { status, text } = await open('/mail/carla%40customer.example');
    expect(status).toBe(200);
    expect(text).toContain('Carla Costa');
    expect(text).toContain('<a href="/">Start page</a>');
  });

  it('runs no script and is not kept', async () => {
    const { headers, text } = await open('/');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).not.toContain('<script');
  });
});

describe('the time', () => {
  const shownTime = async (): Promise<string> =>
    /clock shows ([^<]+)\(Europe\/Berlin\)\. ?([^<]*)</u.exec(
      (await open('/', { 'accept-language': 'en' })).text,
    )?.[0] ?? '';
  afterEach(() => tenant.clock.reset());

  test.each([
    ['en', ['>Time<', 'The desk’s clock shows', 'That is the real time.', '+5 min', '+1 h', '+1 day']],
    ['de', ['>Zeit<', 'Die Uhr des Desks zeigt', 'Das ist die echte Zeit.', '+5 min', '+1 h', '+1 Tag']],
  ])('stands there in %s, with buttons that move it ahead', async (language, shown) => {
    const { text } = await open('/', { 'accept-language': language });
    for (const words of shown) expect(text).toContain(words);
    expect(text).not.toContain('/clock/real');
  });

  it('is moved step by step, and brought back to the real one', async () => {
    const ahead = () => Math.round((tenant.clock.now() - Date.now()) / 60_000);
    for (const step of ['5', '60', '1440'])
      expect(await press(`/clock/${step}`)).toEqual({ status: 303, location: '/' });
    expect(ahead()).toBe(1505);
    expect(await shownTime()).not.toContain('real time');
    expect((await open('/')).text).toContain('action="/clock/real"');
    await press('/clock/real');
    expect(ahead()).toBe(0);
    expect(await shownTime()).toContain('real time');
  });

  it('is the desk’s, also after a restart: a ticket that nobody accepts is told to those who are told later', async () => {
    // Only alerts have this button: crossing 08:00 also brings a lead the digest, which names the ticket too.
    const alertsTo = (person: string): number =>
      tenant.mirror
        .posts(`personal:${person}`)
        .map((post) => JSON.stringify(post))
        .filter((post) => post.includes('acknowledge-alert') && post.includes('Nobody?')).length;
    await until(() => tenant.graph.subscriptions().length > 0);
    const smtp = createTransport({ host: '127.0.0.1', port: tenant.graph.smtpPort, ignoreTLS: true });
    await smtp.sendMail({
      from: 'carla@customer.example',
      to: 'support@desk.example',
      subject: 'Nobody?',
      text: 'Hello?',
    });
    smtp.close();
    await until(() => JSON.stringify(tenant.mirror.posts()).includes('Nobody?'));
    for (const step of [60, 60, 5]) await press(`/clock/${step}`);
    await until(() => alertsTo(ANNA) > 0);
    expect(alertsTo(SAM)).toBe(0);
    await press('/product/restart');
    for (const step of [60, 60]) await press(`/clock/${step}`);
    await until(() => alertsTo(SAM) > 0);
    expect(alertsTo(ANNA)).toBe(1);
  });
});

describe('a fault button', () => {
  test.each([
    ['send-504', { kind: 'afterWork', status: 504, times: 3 }],
    ['graph-429', { kind: 'status', status: 429, retryAfterS: 2, times: 5 }],
    ['notifications', { kind: 'dropped', times: 10 }],
  ])('%s arms the mail service', async (name, fault) => {
    expect(await press(`/faults/${name}`)).toEqual({ status: 303, location: '/' });
    expect(tenant.graph.faults()).toMatchObject([fault]);
    expect(tenant.mirror.faults()).toEqual([]);
    expect((await open('/', { 'accept-language': 'en' })).text).toContain('1 set');
  });

  test.each([
    ['teams-429', { status: 429, times: 5, retryAfter: 2 }],
    ['teams-502', { status: 502, times: 5 }],
    ['anna-blocks', { match: `/v3/conversations/personal:${ANNA}/`, status: 403, code: 'ConversationBlockedByUser' }],
  ])('%s arms Teams', async (name, fault) => {
    expect(await press(`/faults/${name}`)).toEqual({ status: 303, location: '/' });
    expect(tenant.mirror.faults()).toMatchObject([fault]);
    expect(tenant.graph.faults()).toEqual([]);
    expect((await open('/', { 'accept-language': 'en' })).text).toContain('1 set');
  });

  it('clears all of them', async () => {
    await press('/faults/graph-429');
    await press('/faults/teams-502');
    await press('/faults/clear');
    expect([...tenant.graph.faults(), ...tenant.mirror.faults()]).toEqual([]);
    expect((await open('/', { 'accept-language': 'en' })).text).toContain('No fault is set.');
  });
});

describe('strangers', () => {
  test.each([
    ['a foreign host name, as a rebound name would bring', { host: 'evil.example' }],
    ['a form of another site', { origin: 'https://evil.example' }],
    ['a form without a site', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a request that a browser marks as another site’s', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused, and nothing happens', async (_, headers) => {
    const before = tenant.product().pid;
    expect(await statusUnder(headers)).toBe(403);
    for (const at of ['/faults/graph-429', '/faults/teams-502', '/product/kill', '/clock/5'])
      expect(await statusUnder(headers, 'POST', at)).toBe(403);
    expect(await statusUnder(headers, 'GET', `/people/${ANNA}`)).toBe(403);
    expect([...tenant.graph.faults(), ...tenant.mirror.faults()]).toEqual([]);
    expect(tenant.product().pid).toBe(before);
    expect(tenant.openPlaygrounds()).toEqual([]);
    expect(tenant.clock.isMoved()).toBe(false);
  });

  test.each(['/nothing', '/people', `/people/${NOBODY}`, '/people/../secrets', '/faults/graph-429', '/product/kill'])(
    'GET %s shows that there is nothing, and does nothing',
    async (at) => {
      const { status, text } = await open(at, { 'accept-language': 'en' });
      expect(status).toBe(404);
      expect(text).toContain('There is nothing here.');
      expect(tenant.graph.faults()).toEqual([]);
      expect(tenant.product().running).toBe(true);
    },
  );

  test.each([
    '/',
    '/faults/constructor',
    '/faults',
    '/product/delete',
    `/people/${ANNA}`,
    '/clock',
    '/clock/7',
    '/clock/-60',
  ])('POST %s is no button', async (at) => {
    expect((await press(at)).status).toBe(404);
  });

  it('PUT and DELETE are no way to ask', async () => {
    for (const method of ['PUT', 'DELETE']) expect(await statusUnder({}, method)).toBe(405);
  });
});

describe('a person’s link', () => {
  it('starts the Playground of that person once, and leads there', async () => {
    const [first, second] = await Promise.all([open(`/people/${ANNA}`), open(`/people/${ANNA}`)]);
    expect([first.status, second.status]).toEqual([303, 303]);
    const playground = first.headers.get('location') ?? '';
    expect(second.headers.get('location')).toBe(playground);
    expect(new URL(playground).hostname).toBe('127.0.0.1');
    expect(await (await fetch(`${playground}/_debug/ping`)).text()).toBe('pong');
    expect(tenant.openPlaygrounds()).toEqual([ANNA]);
    expect((await open('/', { 'accept-language': 'en' })).text).toMatch(/Anna Arndt<\/a>\s*<span[^>]*>\(running\)/u);
  });
});

describe('the desk’s buttons', () => {
  it.each(['restart', 'kill'])('%s starts it anew as another process', async (name) => {
    const { pid } = tenant.product();
    expect(await press(`/product/${name}`)).toEqual({ status: 303, location: '/' });
    expect(tenant.product()).toMatchObject({ running: true });
    expect(tenant.product().pid).not.toBe(pid);
    expect((await fetch(`${tenant.productUrl}/health/live`)).status).toBe(200);
  });

  it('pressed twice at once, the desk still runs, once', async () => {
    const pressed = await Promise.all([press('/product/kill'), press('/product/kill')]);
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    expect(tenant.product().running).toBe(true);
  });
});

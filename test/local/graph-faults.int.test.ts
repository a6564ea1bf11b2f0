import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:https';
import type { FaultSpec } from '../../src/local/graph/faults.ts';
import { CARLA, openGraphTenant, SUPPORT, type GraphTenant } from './graph-tenant.ts';

let tenant: GraphTenant;
beforeAll(async () => {
  tenant = await openGraphTenant();
});
afterEach(() => tenant.standIn.clearFaults());
afterAll(() => tenant.close());

const call = async (method: string, path: string, body?: object) => {
  const headers = { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' };
  return fetch(`${tenant.standIn.url}/v1.0${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
};
const read = () => call('GET', `/users/${SUPPORT}/messages`);
const message = { subject: 'faulty', body: { content: 'x' }, toRecipients: [{ emailAddress: { address: CARLA } }] };
const sendMail = () => call('POST', `/users/${SUPPORT}/sendMail`, { message });

describe('a request going wrong', () => {
  it.each([429, 500, 503, 504])('is answered %i with Retry-After, as often as asked', async (status) => {
    tenant.standIn.fault({ match: 'GET */messages', kind: 'status', status, retryAfterS: 7, times: 2 });
    const answers = [await read(), await read(), await read()];
    expect(answers.map((answer) => answer.status)).toEqual([status, status, 200]);
    expect(answers[0]?.headers.get('retry-after')).toBe('7');
    expect(await answers[0]?.json()).toMatchObject({ error: { innerError: { 'request-id': expect.any(String) } } });
  });
  it.each<[string, FaultSpec]>([
    ['504', { match: 'POST */sendMail', kind: 'afterWork' }],
    ['a reset', { match: 'POST */sendMail', kind: 'resetAfterWork' }],
  ])('has done its work before %s', async (_what, fault) => {
    const before = tenant.standIn.sentMail().length;
    tenant.standIn.fault(fault);
    const outcome = await sendMail().then(
      (answer) => answer.status,
      () => 'reset',
    );
    expect(outcome).toBe(fault.kind === 'afterWork' ? 504 : 'reset');
    expect(tenant.standIn.sentMail()).toHaveLength(before + 1);
  });
  it('is cut off before its work is done', async () => {
    const before = tenant.standIn.sentMail().length;
    tenant.standIn.fault({ match: 'POST */sendMail', kind: 'reset' });
    await expect(sendMail()).rejects.toThrow();
    expect(tenant.standIn.sentMail()).toHaveLength(before);
  });
  it('is answered with half of the JSON', async () => {
    tenant.standIn.fault({ kind: 'truncated' });
    const answer = await read();
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(/JSON/);
  });
  it('is answered later than the next one', async () => {
    tenant.standIn.fault({ match: 'GET */messages', kind: 'slow', delayMs: 200 });
    const done: string[] = [];
    await Promise.all([
      read().then(() => done.push('slow')),
      call('GET', `/users/${SUPPORT}/mailFolders`).then(() => done.push('quick')),
    ]);
    expect(done).toEqual(['quick', 'slow']);
  });
  it('learns that its delta token is gone', async () => {
    tenant.standIn.fault({ match: 'GET */delta', kind: 'deltaGone' });
    const answer = await call('GET', `/users/${SUPPORT}/mailFolders/inbox/messages/delta`);
    expect(answer.status).toBe(410);
    expect(answer.headers.get('location')).toContain('/mailFolders/inbox/messages/delta?$deltatoken=');
    expect(await answer.json()).toMatchObject({ error: { code: 'syncStateNotFound' } });
  });
  it('strikes only the mailbox that was named', async () => {
    tenant.standIn.fault({ kind: 'status', mailbox: CARLA });
    expect((await read()).status).toBe(200);
    expect((await call('GET', `/users/${CARLA}/messages`)).status).toBe(503);
  });
  it('strikes the token endpoint too', async () => {
    const other = await openGraphTenant();
    other.standIn.fault({ match: 'POST */token', kind: 'status', status: 500, times: 20 });
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    const at = `${other.standIn.url}/any/oauth2/v2.0/token`;
    expect((await fetch(at, { method: 'POST', body: form })).status).toBe(500);
    await other.close();
  });
  it('strikes by chance, and the same seed has the same chances', async () => {
    const course = async (seed: number) => {
      const other = await openGraphTenant({ seed });
      other.standIn.fault({ match: 'GET */mailFolders', kind: 'status', probability: 0.5 });
      const headers = { authorization: `Bearer ${await other.token()}` };
      const statuses: number[] = [];
      for (let i = 0; i < 24; i += 1) {
        statuses.push((await fetch(`${other.standIn.url}/v1.0/users/${SUPPORT}/mailFolders`, { headers })).status);
      }
      await other.close();
      return statuses;
    };
    const [one, same, another] = [await course(7), await course(7), await course(8)];
    expect(new Set(one)).toEqual(new Set([200, 503]));
    expect(same).toEqual(one);
    expect(another).not.toEqual(one);
  });
});

describe('the admin address', () => {
  const at = () => `${tenant.standIn.url}/__standin/faults`;
  const json = { 'content-type': 'application/json' };

  it('sets, lists and clears faults', async () => {
    const spec = { match: 'GET */messages', kind: 'status', status: 500, times: 3 };
    expect((await fetch(at(), { method: 'POST', headers: json, body: JSON.stringify(spec) })).status).toBe(201);
    expect((await read()).status).toBe(500);
    expect(await (await fetch(at())).json()).toMatchObject({ value: [{ ...spec, left: 2 }] });
    expect((await fetch(at(), { method: 'DELETE' })).status).toBe(204);
    expect((await read()).status).toBe(200);
  });
  it('says what is wrong with a fault', async () => {
    const answer = await fetch(at(), { method: 'POST', headers: json, body: '{"kind":"earthquake"}' });
    expect(answer.status).toBe(400);
  });
  it('listens to no web page that is open in the same browser', async () => {
    const foreign = { ...json, origin: 'https://evil.example' };
    expect((await fetch(at(), { method: 'POST', headers: foreign, body: '{}' })).status).toBe(403);
    const simple = { 'content-type': 'text/plain' };
    expect((await fetch(at(), { method: 'POST', headers: simple, body: '{"kind":"reset"}' })).status).toBe(403);
    const { port } = new URL(tenant.standIn.url);
    const rebound = await new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        path: '/__standin/faults',
        ca: tenant.ca.certPem,
        headers: { host: 'evil.example' },
      };
      const probe = request(options, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      probe.on('error', reject);
      probe.end();
    });
    expect(rebound).toBe(403);
  });
  it('lists what was sent', async () => {
    await sendMail();
    const { value } = (await (await fetch(`${tenant.standIn.url}/__standin/sent`)).json()) as { value: object[] };
    expect(value.at(-1)).toMatchObject({ from: SUPPORT, to: [CARLA], subject: 'faulty' });
  });
});

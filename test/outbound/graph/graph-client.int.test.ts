import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphError } from '../../../src/application/errors.ts';
import { accessTokens, deskCredential } from '../../../src/outbound/graph/credential.ts';
import { graphClient } from '../../../src/outbound/graph/graph-client.ts';
import { CLIENT, SUPPORT, TENANT } from '../../local/graph-tenant.ts';
import { openDeskTenant, openStranger, staticCredential } from './desk-mail.ts';
import { endWith } from '../../support/answer.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** A Graph whose answers the test writes; it notes what it was asked. */
const graphThat = async (answer: (response: ServerResponse, asked: Asked) => void) => {
  const seen: Asked[] = [];
  const server = await openStranger((request, response) => {
    const asked = { method: request.method ?? '', url: request.url ?? '', headers: request.headers };
    seen.push(asked);
    request.resume();
    answer(response, asked);
  });
  closing.push(server.close);
  const client = graphClient({ graphUrl: server.url, credential: staticCredential, deadlineMs: 2_000 });
  return { client, seen, url: server.url };
};

const json = (
  response: ServerResponse,
  body: unknown,
  head: { status?: number; headers?: Record<string, string> } = {},
) =>
  endWith(response, head.status ?? 200, {
    headers: { 'content-type': 'application/json', ...head.headers },
    body: JSON.stringify(body),
  });
const busy = { error: { code: 'ApplicationThrottled', message: 'slow down' } };

describe('a request to Graph', () => {
  it('carries the token and asks for immutable ids, with the query encoded', async () => {
    const { client, seen } = await graphThat((response) => json(response, { value: [] }));
    await client.get('/users/a%40b.example/messages', { query: { $filter: "subject eq 'a&b <c>'" }, pageSize: 50 });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer a-token',
      prefer: 'IdType="ImmutableId", odata.maxpagesize=50',
    });
    expect(seen[0]?.url).toBe('/v1.0/users/a%40b.example/messages?$filter=subject%20eq%20%27a%26b%20%3Cc%3E%27');
  });

  it.each([429, 503, 504])('is asked again after %d when it only reads', async (status) => {
    let left = 2;
    const { client, seen } = await graphThat((response) =>
      left-- > 0 ? json(response, busy, { status, headers: { 'retry-after': '0' } }) : json(response, { fine: true }),
    );
    expect(await client.get('/users/a/messages')).toEqual({ fine: true });
    expect(seen).toHaveLength(3);
  });

  it('is asked again when the connection broke and it only reads', async () => {
    let left = 1;
    const { client, seen } = await graphThat((response) =>
      left-- > 0 ? response.destroy() : json(response, { fine: true }),
    );
    expect(await client.get('/users/a/messages')).toEqual({ fine: true });
    expect(seen).toHaveLength(2);
  });

  it.each(['post', 'patch'] as const)('goes out once when it is a %s, whatever comes back', async (method) => {
    for (const status of [429, 503, 504]) {
      const { client, seen } = await graphThat((response) =>
        json(response, busy, { status, headers: { 'retry-after': '0' } }),
      );
      await expect(client[method]('/users/a/messages/1/send', {})).rejects.toMatchObject({
        name: 'GraphError',
        status,
      });
      expect(seen).toHaveLength(1);
    }
    const { client, seen } = await graphThat((response) => response.destroy());
    await expect(client[method]('/users/a/messages/1/send', {})).rejects.toMatchObject({
      name: 'GraphError',
      status: 0,
    });
    expect(seen).toHaveLength(1);
  });

  it('tells status, code and when to come back', async () => {
    const { client, seen } = await graphThat((response) =>
      json(response, busy, { status: 429, headers: { 'retry-after': '120' } }),
    );
    const error = { name: 'GraphError', status: 429, code: 'ApplicationThrottled', retryAfterMs: 120_000 };
    await expect(client.get('/users/a/messages')).rejects.toMatchObject(error);
    expect(seen).toHaveLength(1);
  });

  it('names a proxy’s page by its status, and half an answer as none', async () => {
    const page = await graphThat((response) =>
      endWith(response, 502, { headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>' }),
    );
    await expect(page.client.get('/users/a/messages')).rejects.toMatchObject({ status: 502, code: 'Http502' });
    const half = await graphThat((response) => response.end('{"value":['));
    await expect(half.client.get('/users/a/messages')).rejects.toMatchObject({ status: 0 });
  });

  it('ends after its deadline', async () => {
    const { client, seen } = await graphThat((response) => void response.writeHead(200).write('{'));
    await expect(client.get('/users/a/messages')).rejects.toMatchObject({ status: 0 });
    expect(seen).toHaveLength(1);
  });

  it('never has more than three others beside it in the same mailbox', async () => {
    const running = new Map<string, number>();
    let most = 0;
    const { client } = await graphThat((response, { url }) => {
      const mailbox = url.split('/')[3] ?? '';
      const now = (running.get(mailbox) ?? 0) + 1;
      running.set(mailbox, now);
      most = Math.max(most, now);
      setTimeout(() => {
        running.set(mailbox, (running.get(mailbox) ?? 1) - 1);
        json(response, {});
      }, 20);
    });
    await Promise.all(Array.from({ length: 20 }, (_, at) => client.get(`/users/${at % 2 === 0 ? 'a' : 'b'}/messages`)));
    expect(most).toBe(3);
  });

  it('frees its place when it fails', async () => {
    const { client } = await graphThat((response) => json(response, busy, { status: 400 }));
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => client.get('/users/a/messages')));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
  });
});

describe('a link', () => {
  it('is followed on Graph’s own origin, as it came', async () => {
    const { client, seen, url } = await graphThat((response) => json(response, {}));
    await client.get(`${url}/v1.0/users/a/mailFolders/inbox/messages/delta?$skiptoken=a%2Bb==`);
    expect(seen[0]?.url).toBe('/v1.0/users/a/mailFolders/inbox/messages/delta?$skiptoken=a%2Bb==');
  });
  it('is not followed anywhere else, and no token goes there', async () => {
    const stranger = await graphThat((response) => json(response, {}));
    const { client } = await graphThat((response) => json(response, {}));
    for (const link of [`${stranger.url}/v1.0/me`, 'https://graph.microsoft.com.evil.example/v1.0/me', 'users/a']) {
      await expect(client.get(link)).rejects.toMatchObject({ name: 'GraphError', code: 'ForeignLink' });
    }
    expect(stranger.seen).toEqual([]);
  });
  it('leads nowhere by redirection', async () => {
    const stranger = await graphThat((response) => json(response, {}));
    const { client } = await graphThat((response) =>
      endWith(response, 302, { headers: { location: `${stranger.url}/v1.0/me` } }),
    );
    await expect(client.get('/users/a/messages')).rejects.toMatchObject({ name: 'GraphError' });
    expect(stranger.seen).toEqual([]);
  });
});

describe('the desk’s identity', () => {
  it('opens Graph and, under another scope, the bot’s connector', async () => {
    const tenant = await openDeskTenant();
    closing.push(tenant.close);
    expect(await tenant.client.get(`/users/${SUPPORT}/messages`)).toMatchObject({ value: [] });
    const token = accessTokens(deskCredential({ tenantId: TENANT, ...CLIENT, authorityHost: tenant.standIn.url }));
    const connector = await token('https://api.botframework.com/.default');
    expect(JSON.parse(Buffer.from(connector.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      aud: 'https://api.botframework.com',
    });
  });
  it('is refused with a wrong secret, as something that can be mended', async () => {
    const tenant = await openDeskTenant();
    closing.push(tenant.close);
    const identity = { tenantId: TENANT, ...CLIENT, clientSecret: 'guess', authorityHost: tenant.standIn.url };
    const client = graphClient({ graphUrl: tenant.standIn.url, credential: deskCredential(identity) });
    const refusal = await client.get(`/users/${SUPPORT}/messages`).catch((cause: unknown) => cause as GraphError);
    expect(refusal).toMatchObject({ name: 'GraphError', status: 0, message: expect.stringContaining('AADSTS7000215') });
    expect(JSON.stringify(refusal)).not.toContain('guess');
  });
});

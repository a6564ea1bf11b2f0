import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from '../../src/local/teams/activity.ts';
import type { ChannelMirror } from '../../src/local/teams/mirror.ts';
import { openChannelMirror } from '../../src/local/teams/mirror.ts';
import type { EchoBot } from './teams-echo-bot.ts';
import { openCard, startEchoBot, takenCard, TOKEN } from './teams-echo-bot.ts';
import { alerts, ana, ben, cleo, settings, team, tenantId, tickets } from './teams-tenant.ts';

let bot: EchoBot;
let mirror: ChannelMirror;
let folder: string;

const open = (): Promise<ChannelMirror> =>
  openChannelMirror({ ...settings, botUrl: bot.endpoint, folder, tokenOk: (bearer) => bearer === TOKEN });

const cardTitles = (activities: readonly { activity: Activity }[]): unknown[] =>
  activities.map(({ activity }) => {
    const [card] = activity.attachments as { content: { body: { text: string }[] } }[];
    return card?.content.body[0]?.text;
  });

const asBot = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${mirror.url}/v3/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
  });

const post = (path: string, body: unknown): Promise<Response> =>
  asBot(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mirror-'));
  bot = await startEchoBot();
  mirror = await open();
  bot.connect(mirror);
});

afterEach(async () => {
  expect(bot.faults).toEqual([]);
  await mirror.stop();
  await bot.stop();
  await rm(folder, { recursive: true });
});

describe('what people send reaches the bot', () => {
  it('as the person’s own, signed activity, and the bot’s reply goes to that person’s chat only', async () => {
    expect(await mirror.say({ person: ana.id, text: 'the printer is on fire' })).toMatchObject({ status: 200 });
    expect(bot.heard[0]).toMatchObject({
      channelId: 'msteams',
      serviceUrl: mirror.url,
      from: { id: ana.teamsId, aadObjectId: ana.id },
      conversation: { id: `personal:${ana.id}`, tenantId, conversationType: 'personal' },
      channelData: { tenant: { id: tenantId } },
      text: 'the printer is on fire',
    });
    expect(mirror.seenBy(ana.id).map(({ activity }) => activity.text)).toEqual(['echo: the printer is on fire']);
    expect(mirror.seenBy(ben.id)).toEqual([]);
  });

  it('and an unsigned one does not', async () => {
    const activity = { type: 'message', text: 'hello', serviceUrl: mirror.url, channelId: 'msteams' };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(bot.endpoint, { method: 'POST', headers, body: JSON.stringify(activity) });
    expect(answer.status).toBe(401);
    expect(bot.heard).toEqual([]);
  });

  it('in a channel as the start of a thread that mentions the bot', async () => {
    await mirror.say({ person: ben.id, conversation: tickets.id, text: 'help' });
    const [asked] = bot.heard;
    expect(asked?.conversation.id).toBe(`${tickets.id};messageid=${asked?.id}`);
    expect(asked?.text).toBe('<at>Desk</at> help');
    expect(mirror.posts(asked?.conversation.id)).toMatchObject([{ activity: { text: 'echo: <at>Desk</at> help' } }]);
  });

  it('when a Playground sends it: the service address, the trigger and the sender are those of Teams', async () => {
    const { activityId, conversationId } = await bot.postToChannel(tickets.id, openCard('VPN is down'));
    const activity = {
      type: 'invoke',
      name: 'adaptiveCard/action',
      serviceUrl: 'http://127.0.0.1:9/_connector',
      from: { id: '29:someone-else' },
      conversation: { id: conversationId },
      replyToId: activityId,
      value: { action: { verb: 'take', data: { title: 'VPN is down' } } },
    };
    const answer = await fetch(mirror.endpointFor(cleo), { method: 'POST', body: JSON.stringify(activity) });
    expect(await answer.json()).toMatchObject({ statusCode: 200, value: 'It is yours.' });
    expect(bot.heard[0]).toMatchObject({
      from: { aadObjectId: cleo.id },
      value: { trigger: 'manual' },
      serviceUrl: mirror.url,
    });
    expect(cardTitles(mirror.posts(tickets.id))).toEqual(['VPN is down: taken by Cleo Marsh']);
  });

  it('but nothing from strangers, nothing broken, nothing oversized', async () => {
    const sendAs = async (id: string, body: string): Promise<number> =>
      (await fetch(mirror.endpointFor({ id }), { method: 'POST', body })).status;
    expect(await sendAs('nobody', '{"type":"message"}')).toBe(404);
    expect(await sendAs(ana.id, '{"type":')).toBe(400);
    expect(await sendAs(ana.id, '{"text":"no type"}')).toBe(400);
    expect(await sendAs(ana.id, JSON.stringify({ type: 'message', text: 'x'.repeat(1024 * 1024) }))).toBe(413);
    await expect(mirror.say({ person: 'nobody', text: 'hi' })).rejects.toMatchObject({ status: 404 });
    expect(bot.heard).toEqual([]);
  });

  it('and the sender is told when the bot is away', async () => {
    await bot.stop();
    await expect(mirror.say({ person: ana.id, text: 'hello?' })).rejects.toMatchObject({ status: 502 });
  });
});

describe('what the bot posts', () => {
  it('in a channel is seen by everyone, and edited in place', async () => {
    const changes: unknown[] = [];
    const stop = mirror.onActivity(({ kind, seenBy }) => changes.push([kind, seenBy.length]));
    const { conversationId, activityId } = await bot.postToChannel(tickets.id, openCard('VPN is down'));
    expect(conversationId).toBe(`${tickets.id};messageid=${activityId}`);
    for (const person of [ana, ben]) expect(cardTitles(mirror.seenBy(person.id))).toEqual(['VPN is down']);

    await bot.inConversation(conversationId, async (context) => {
      await context.updateActivity({ ...takenCard('VPN is down', 'Ana'), id: activityId });
    });
    for (const person of [ana, ben])
      expect(cardTitles(mirror.seenBy(person.id))).toEqual(['VPN is down: taken by Ana']);
    expect(mirror.posts(conversationId)).toMatchObject([{ id: activityId, version: 2 }]);
    stop();
    await bot.postToChannel(tickets.id, openCard('another'));
    expect(changes).toEqual([
      ['post', 3],
      ['edit', 3],
    ]);
  });

  it('to one person opens the same chat each time, by Teams id or object id', async () => {
    const chats = [await bot.sayToPerson({ id: ana.teamsId }, 'one'), await bot.sayToPerson({ id: ana.id }, 'two')];
    expect(chats).toEqual([`personal:${ana.id}`, `personal:${ana.id}`]);
    expect(mirror.seenBy(ana.id).map(({ activity }) => activity.text)).toEqual(['one', 'two']);
    expect(mirror.seenBy(ben.id)).toEqual([]);
  });

  it('is counted, so that a doubled post shows', async () => {
    const { conversationId, activityId } = await bot.postToChannel(tickets.id, openCard('once'));
    await bot.postToChannel(tickets.id, openCard('once'));
    await bot.inConversation(conversationId, (context) => context.deleteActivity(activityId));
    expect(mirror.counts(tickets.id)).toEqual({ posts: 2, edits: 0, deletes: 1 });
    expect(mirror.counts(alerts.id)).toEqual({ posts: 0, edits: 0, deletes: 0 });
    expect(mirror.seenBy(ben.id)).toHaveLength(1);
    expect((await asBot(`conversations/${conversationId}/activities/${activityId}`, { method: 'DELETE' })).status).toBe(
      404,
    );
  });

  it('has an id of its own, however many come at once', async () => {
    const place = `conversations/${tickets.id}/activities`;
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => post(place, { type: 'message', text: 'again' })),
    );
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id));
    expect(new Set(ids).size).toBe(40);
    expect(mirror.posts(tickets.id).map(({ id }) => id)).toEqual([...ids].sort());
  });

  it('outlives the mirror, under the same ids and the same key', async () => {
    const { conversationId, activityId } = await bot.postToChannel(tickets.id, openCard('kept'));
    const keys = await (await fetch(`${mirror.url}/openid/keys`)).json();
    await mirror.stop();
    mirror = await open();
    expect(await (await fetch(`${mirror.url}/openid/keys`)).json()).toEqual(keys);
    expect(mirror.posts(conversationId)).toMatchObject([{ id: activityId, version: 1 }]);
    bot.connect(mirror);
    const next = await bot.postToChannel(tickets.id, openCard('next'));
    expect(Number(next.activityId)).toBeGreaterThan(Number(activityId));
  });

  it('is refused without the bot’s token, to unknown places, broken or too large', async () => {
    const body = JSON.stringify({ type: 'message', text: 'hi' });
    expect(
      (await fetch(`${mirror.url}/v3/conversations/personal:${ana.id}/activities`, { method: 'POST', body })).status,
    ).toBe(401);
    expect((await post('conversations/19:elsewhere/activities', body)).status).toBe(404);
    expect((await post('conversations', { members: [{ id: '29:nobody' }] })).status).toBe(404);
    expect((await post(`conversations/${tickets.id}/activities`, '{')).status).toBe(400);
    expect(
      (await post(`conversations/${tickets.id}/activities`, { type: 'message', text: 'x'.repeat(100 * 1024) })).status,
    ).toBe(413);
    expect(mirror.counts()).toMatchObject({ posts: 0 });
  });
});

describe('the documents that vouch for activities', () => {
  it('name the Bot Framework as issuer and publish one key, endorsed for Teams, without its secret', async () => {
    const metadata = (await (await fetch(mirror.openIdMetadataUrl)).json()) as { jwks_uri: string };
    expect(metadata).toEqual({
      issuer: 'https://api.botframework.com',
      jwks_uri: `${mirror.url}/openid/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
    const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toMatchObject([{ kty: 'RSA', use: 'sig', endorsements: ['msteams'] }]);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'endorsements', 'kid', 'kty', 'n', 'use']);
  });
});

describe('who is where', () => {
  const get = async (path: string): Promise<unknown> => (await asBot(path)).json();

  it('names the members of a channel, page by page, and of a chat', async () => {
    const channel = `conversations/${encodeURIComponent(tickets.id)}`;
    const first = (await get(`${channel}/pagedmembers?pageSize=2`)) as { continuationToken: string };
    expect(first).toMatchObject({ members: [{ id: ana.teamsId, aadObjectId: ana.id }, { id: ben.teamsId }] });
    const next = await get(`${channel}/pagedmembers?pageSize=2&continuationToken=${first.continuationToken}`);
    expect(next).toEqual({
      members: [expect.objectContaining({ id: cleo.teamsId, email: cleo.mail, givenName: 'Cleo' })],
    });
    expect(await get(`conversations/personal:${ben.id}/members`)).toMatchObject([{ id: ben.teamsId }]);
    expect(await get(`${channel}/members/${ben.id}`)).toMatchObject({ name: 'Ben Okafor', tenantId });
    expect((await asBot(`conversations/personal:${ben.id}/members/${ana.id}`)).status).toBe(404);
  });

  it('names the team and its channels', async () => {
    expect(await get(`teams/${team.id}`)).toMatchObject({
      name: 'Support',
      aadGroupId: team.aadGroupId,
      channelCount: 3,
    });
    expect(await get(`teams/${team.id}/conversations`)).toMatchObject({
      conversations: [{ id: team.id }, { id: tickets.id, name: 'Tickets' }, { id: alerts.id }],
    });
  });
});

describe('a fault that is played', () => {
  it('hits the calls it names, as often as asked, with Retry-After', async () => {
    mirror.fault({ match: 'POST .*activities$', status: 429, times: 2, retryAfter: 3 });
    const send = (): Promise<Response> =>
      post(`conversations/personal:${ana.id}/activities`, { type: 'message', text: 'hi' });
    const answers = [await send(), await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 201]);
    expect(answers[0]?.headers.get('retry-after')).toBe('3');
    expect(mirror.counts()).toMatchObject({ posts: 1 });
  });

  it('may come after the deed, for an unknown outcome, or cut the line', async () => {
    const send = (): Promise<Response> =>
      post(`conversations/${tickets.id}/activities`, { type: 'message', text: 'hi' });
    mirror.fault({ match: 'POST', status: 502, when: 'after' });
    expect((await send()).status).toBe(502);
    expect(mirror.counts()).toMatchObject({ posts: 1 });
    mirror.fault({ match: 'POST', status: 0 });
    await expect(send()).rejects.toThrow('fetch failed');
  });

  it('is set, listed and cleared over HTTP too', async () => {
    const faults = `${mirror.url}/__mirror/faults`;
    const body = JSON.stringify({ match: 'conversations', status: 403, code: 'ConversationBlockedByUser', times: 9 });
    await fetch(faults, { method: 'POST', body });
    const refused = await post('conversations', { members: [{ id: ana.teamsId }] });
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { error: { code: 'ConversationBlockedByUser' } },
    ]);
    expect(await (await fetch(faults)).json()).toMatchObject([{ status: 403, hits: 1 }]);
    await fetch(faults, { method: 'DELETE' });
    expect((await post('conversations', { members: [{ id: ana.teamsId }] })).status).toBe(201);
  });
});

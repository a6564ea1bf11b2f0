import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ChannelMirror } from '../../src/local/teams/mirror.ts';
import { openChannelMirror } from '../../src/local/teams/mirror.ts';
import { ana, ben, cleo, settings, tickets } from './teams-tenant.ts';

/** What the mirror answers where Teams lets the bot in no more, and what it knows of group chats. */
const room = { id: '19:room@thread.v2', name: 'Room', members: [ana.id, ben.id] };
let mirror: ChannelMirror;

beforeEach(async () => {
  mirror = await openChannelMirror({ ...settings, botUrl: 'http://127.0.0.1:9/', chats: [room] });
});
afterEach(() => mirror.stop());

const sends = async (method: string, path: string, body: object): Promise<string> => {
  const answer = await fetch(`${mirror.url}/v3/conversations${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { id = '', error } = (await answer.json()) as { id?: string; error?: { code: string } };
  return error ? `${answer.status} ${error.code}` : id;
};
const message = { type: 'message', text: 'Hello' };
const postTo = (conversationId: string): Promise<string> => sends('POST', `/${conversationId}/activities`, message);
const chatOf = ({ id }: { readonly id: string }): string => `personal:${id}`;
const BLOCKED = '403 ConversationBlockedByUser';
const GONE = '404 ConversationNotFound';

test('a person who blocks the bot gets no post and no edit until they let it in again', async () => {
  const posted = await postTo(chatOf(ana));
  mirror.block(ana.id);
  expect(await postTo(chatOf(ana))).toBe(BLOCKED);
  expect(await sends('PUT', `/${chatOf(ana)}/activities/${posted}`, message)).toBe(BLOCKED);
  expect(await sends('POST', '', { members: [{ id: ana.id }], activity: message })).toBe(BLOCKED);
  expect(await postTo(chatOf(ben))).toMatch(/^\d+$/u);
  mirror.unblock(ana.id);
  expect(await postTo(chatOf(ana))).toMatch(/^\d+$/u);
  expect(mirror.counts(chatOf(ana))).toMatchObject({ posts: 2, edits: 0 });
});

test('a lost channel is gone with its threads, and the others stay', async () => {
  const thread = await sends('POST', '', { channelData: { channel: { id: tickets.id } }, activity: message });
  mirror.loseChannel(tickets.id);
  expect(await postTo(thread)).toBe(GONE);
  expect(await sends('POST', '', { channelData: { channel: { id: tickets.id } }, activity: message })).toBe(GONE);
  expect(await postTo(settings.team.id)).toMatch(/^\d+$/u);
});

test('a group chat is seen by its members only, until it is lost', async () => {
  await postTo(room.id);
  const seen = [ana, ben, cleo].map((person) => mirror.seenBy(person.id).length);
  expect(seen).toEqual([1, 1, 0]);
  mirror.loseChannel(room.id);
  expect(await postTo(room.id)).toBe(GONE);
});

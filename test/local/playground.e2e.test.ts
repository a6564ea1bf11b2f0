import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ChannelMirror } from '../../src/local/teams/mirror.ts';
import { openChannelMirror } from '../../src/local/teams/mirror.ts';
import type { Playground } from '../../src/local/teams/playground.ts';
import { startPlayground } from '../../src/local/teams/playground.ts';
import type { Person } from '../../src/local/teams/tenant.ts';
import type { OpenChromium } from '../support/chromium.ts';
import { openChromium } from '../support/chromium.ts';
import type { EchoBot } from './teams-echo-bot.ts';
import { openCard, startEchoBot, takenCard, TOKEN } from './teams-echo-bot.ts';
import { alerts, ana, ben, people, settings, tenant, tickets } from './teams-tenant.ts';

let folder: string;
let bot: EchoBot;
let mirror: ChannelMirror;
let chromium: OpenChromium;
let playgrounds: { ana: Playground; ben: Playground };
let anas: Page;
let bens: Page;

const playgroundOf = (person: Person): Promise<Playground> =>
  startPlayground({ person, people, tenant, botEndpoint: mirror.endpointFor(person), folder });

/** The log panel repeats what is said, so only what is in the conversation counts. */
const shows = (page: Page, text: string): Promise<void> => page.getByText(text, { exact: true }).first().waitFor();
const isShown = (page: Page, text: string): Promise<number> => page.getByText(text, { exact: true }).count();
const goTo = (page: Page, place: string): Promise<void> => page.getByRole('treeitem', { name: place }).click();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playgrounds-'));
  bot = await startEchoBot();
  mirror = await openChannelMirror({
    ...settings,
    botUrl: bot.endpoint,
    folder,
    tokenOk: (bearer) => bearer === TOKEN,
  });
  bot.connect(mirror);
  await bot.postToChannel(tickets.id, openCard('posted before anyone looked'));
  await bot.sayToPerson({ id: ana.id }, 'a word for Ana');
  chromium = await openChromium();
  playgrounds = { ana: await playgroundOf(ana), ben: await playgroundOf(ben) };
  [anas, bens] = [await chromium.page(playgrounds.ana.url), await chromium.page(playgrounds.ben.url)];
});

afterAll(async () => {
  await Promise.all([playgrounds?.ana.stop(), playgrounds?.ben.stop(), chromium?.close()]);
  await mirror.stop();
  await bot.stop();
  await rm(folder, { recursive: true });
});

describe('two people, each before a Playground', () => {
  it('is reached on the loopback address only', async () => {
    const elsewhere = new URL(playgrounds.ana.url);
    elsewhere.hostname = '127.0.0.2';
    await expect(fetch(elsewhere)).rejects.toThrow('fetch failed');
    expect(await (await fetch(`${playgrounds.ana.url}/_debug/ping`)).text()).toBe('pong');
  });

  it('find what was posted before they came: the channel’s posts both, the chat its own person', async () => {
    await shows(anas, 'a word for Ana');
    await goTo(anas, 'Tickets');
    await goTo(bens, 'Tickets');
    await shows(anas, 'posted before anyone looked');
    await shows(bens, 'posted before anyone looked');
    expect(await isShown(bens, 'a word for Ana')).toBe(0);
  });

  it('see a new card at once, and its edit in place when one of them takes it', async () => {
    await bot.postToChannel(tickets.id, openCard('VPN is down'));
    await shows(anas, 'VPN is down');
    await shows(bens, 'VPN is down');
    await bens.getByRole('button', { name: 'Take it', exact: true }).first().click();
    await shows(anas, 'VPN is down: taken by Ben Okafor');
    await shows(bens, 'VPN is down: taken by Ben Okafor');
    expect(await isShown(anas, 'VPN is down')).toBe(0);
    expect(bot.heard.at(-1)).toMatchObject({
      from: { aadObjectId: ben.id },
      replyToId: mirror.posts(tickets.id).at(-1)?.id,
    });
  });

  it('get back what they saw after a reload, in its newest form and once', async () => {
    await anas.reload();
    await goTo(anas, 'Tickets');
    await shows(anas, 'VPN is down: taken by Ben Okafor');
    await shows(anas, 'posted before anyone looked');
    await bot.postToChannel(tickets.id, openCard('after the reload'));
    await shows(anas, 'after the reload');
    expect(await isShown(anas, 'VPN is down: taken by Ben Okafor')).toBe(1);
    await goTo(anas, 'General');
    await goTo(anas, 'Personal Chat');
    await shows(anas, 'a word for Ana');
  });

  it('can act on a card that was shown again, and later edits still arrive', async () => {
    await goTo(anas, 'Tickets');
    await anas.getByRole('button', { name: 'Take it', exact: true }).last().click();
    await shows(bens, 'posted before anyone looked: taken by Ana Silva');
    const [first] = mirror.posts(tickets.id);
    await bot.inConversation(first?.conversationId ?? '', async (context) => {
      await context.updateActivity({ ...takenCard('edited', 'the desk'), id: first?.id ?? '' });
    });
    await shows(anas, 'edited: taken by the desk');
    await shows(bens, 'edited: taken by the desk');
  });

  it('follow a thread that one of them starts', async () => {
    // One box for a new post, and one in each thread.
    const boxes = anas.locator('[data-lexical-editor=true]');
    const before = await boxes.count();
    await boxes.first().click();
    await anas.keyboard.type('@Des');
    await anas.getByRole('menuitem').first().click();
    await anas.keyboard.type('my mouse died');
    await anas.getByRole('button', { name: 'Post' }).click();
    const echo = /echo: .*my mouse died/;
    await anas.getByText(echo).first().waitFor();
    await bens.getByText(echo).first().waitFor();
    const thread = bot.heard.at(-1)?.conversation.id ?? '';
    expect(thread).toBe(`${tickets.id};messageid=${bot.heard.at(-1)?.id}`);
    await bot.inConversation(thread, async (context) => {
      await context.sendActivity('a new one is on its way');
    });
    await shows(anas, 'a new one is on its way');
    await shows(bens, 'a new one is on its way');
    expect(await boxes.count()).toBe(before + 1);
  });

  it('are not troubled by a channel their Playground does not have', async () => {
    const complaints = jest.spyOn(console, 'warn');
    await bot.postToChannel(alerts.id, openCard('only on the start page'));
    await mirror.settled();
    expect(mirror.posts(alerts.id)).toHaveLength(1);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  it('talk to the bot in their own chat', async () => {
    await goTo(bens, 'Personal Chat');
    await bens.locator('[data-lexical-editor=true]').fill('good morning');
    await bens.getByRole('button', { name: 'Send Message' }).click();
    await shows(bens, 'echo: good morning');
    expect(bot.heard.at(-1)).toMatchObject({ text: 'good morning', from: { aadObjectId: ben.id } });
    expect(mirror.posts(`personal:${ben.id}`).at(-1)).toMatchObject({ activity: { text: 'echo: good morning' } });
  });
});

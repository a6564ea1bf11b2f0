import { ActivityHandler } from 'botbuilder';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { coreOf } from '../../src/core.ts';
import { readDeskConfig } from '../../src/desk-config.ts';
import { personId, teamId, type TicketId } from '../../src/domain/values.ts';
import { httpServer } from '../../src/inbound/http/server.ts';
import { type BotAdapter, botAdapter } from '../../src/inbound/teams/adapter.ts';
import { botRoute } from '../../src/inbound/teams/bot.ts';
import { signedMessageIds } from '../../src/outbound/graph/message-ids.ts';
import { machineIdentity, systemClock } from '../../src/outbound/machine.ts';
import { openStores, type Stores } from '../../src/stores.ts';
import { paired, type Row } from './measure.ts';
import type { Load } from './load-script.ts';

const ANNA = 'a0000000-0000-4000-8000-000000000001';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Answer {
  readonly connector?: number;
  readonly rate?: number;
  readonly fault?: string;
}

const openLoad = async () => {
  const child = fork(path.join(import.meta.dirname, 'load-script.ts'));
  const next = (): Promise<Answer> =>
    new Promise((resolve) => child.once('message', (answer) => resolve(answer as Answer)));
  const { connector } = await next();
  return {
    serviceUrl: `http://127.0.0.1:${connector ?? 0}`,
    rate: async (load: Load): Promise<number> => {
      const answer = next();
      child.send(load);
      const { rate, fault } = await answer;
      if (rate === undefined) throw new TypeError(fault ?? 'no answer from the load');
      return rate;
    },
    close: () => child.kill(),
  };
};

type LoadProcess = Awaited<ReturnType<typeof openLoad>>;

const activityOf = (serviceUrl: string, n: number): object => ({
  id: `bench-${n}-${process.hrtime.bigint()}`,
  channelId: 'msteams',
  serviceUrl,
  from: { id: `29:${ANNA}`, aadObjectId: ANNA, name: 'Anna' },
  recipient: { id: '28:desk', name: 'Desk' },
  conversation: { id: `channel-${n}`, conversationType: 'channel', isGroup: true, tenantId: 't' },
});

const says = (serviceUrl: string, count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({ ...activityOf(serviceUrl, n), type: 'message', text: 'help' }));

const accepts = (serviceUrl: string, ids: readonly TicketId[]): object[] =>
  ids.map((ticketId, n) => ({
    ...activityOf(serviceUrl, n),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'reserve', data: { ticketId } } },
  }));

const echoRoute = (adapter: BotAdapter) => {
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`You said: ${context.activity.text}`);
    await next();
  });
  return {
    method: 'post' as const,
    path: '/api/echo',
    handle: (request: unknown, response: unknown) =>
      adapter.process(request as never, response as never, (context) => bot.run(context)),
  };
};

const openBot = async (stores: Stores) => {
  const config = readDeskConfig('config/desk.json');
  const adapter = botAdapter({ accessToken: () => Promise.resolve('') }, silent);
  const messageIds = signedMessageIds('only-for-the-bench');
  const core = coreOf({ config, clock: systemClock, log: silent, messageIds }, stores);
  const bot = botRoute({
    ...core,
    adapter,
    conversations: stores.conversations,
    identity: machineIdentity,
    directory: config.directory,
    clock: systemClock,
    zone: config.zone,
    readRules: () => config.alerts,
    log: silent,
  });
  const server = await httpServer({ host: '127.0.0.1', port: 0, routes: [bot, echoRoute(adapter)], log: silent });
  return { server, service: core.service, url: `http://127.0.0.1:${server.port}` };
};

type Bot = Awaited<ReturnType<typeof openBot>>;

let opened = 0;
const newTickets = (service: Bot['service'], count: number): Promise<TicketId[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const outcome = await service.openOnBehalf({
        by: { kind: 'person', id: personId(ANNA), name: 'Anna', roles: ['agent'] },
        teamId: teamId('service-desk'),
        caller: 'Carla Costa <carla@customer.example>',
        subject: 'The printer is on strike',
        text: 'It says that tray 2 is empty.',
        from: `bench-${(opened += 1)}`,
      });
      if ('refused' in outcome) throw new TypeError(outcome.refused);
      return outcome.ticket.id;
    }),
  );

const rows = async (
  { url, service }: Bot,
  load: LoadProcess,
  { count, rounds }: { count: number; rounds: number },
): Promise<Row[]> => {
  const echo = (): Promise<number> => load.rate({ url: `${url}/api/echo`, activities: says(load.serviceUrl, count) });
  const help = (): Promise<number> =>
    load.rate({ url: `${url}/api/messages`, activities: says(load.serviceUrl, count) });
  const accept = async (): Promise<number> => {
    const activities = accepts(load.serviceUrl, await newTickets(service, count));
    return load.rate({ url: `${url}/api/messages`, activities });
  };
  await echo();
  await help();
  const baseName = 'bare botbuilder echo, same server';
  return [
    { what: 'bot: `help` → card, 16 in flight', ...(await paired(rounds, help, echo)), baseName, goal: '≥ 0.8' },
    {
      what: 'bot: Accept → commit and card, 16 in flight',
      ...(await paired(rounds, accept, echo)),
      baseName,
      goal: '≥ 0.5',
    },
  ];
};

/** Activity in to answer out over HTTP, without authentication on both sides. */
export const botRows = async (count: number, rounds: number): Promise<Row[]> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'desk-bench-bot-'));
  const stores = await openStores({ folder, clock: systemClock });
  const load = await openLoad();
  const bot = await openBot(stores);
  try {
    return await rows(bot, load, { count, rounds });
  } finally {
    load.close();
    await bot.server.close();
    await stores.close();
    await rm(folder, { recursive: true, force: true });
  }
};

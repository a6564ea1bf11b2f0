import { loop, type Loop } from './application/loop.ts';
import { mailIntake, type MailIntake } from './application/mail-intake.ts';
import { watchMailboxes } from './application/mailbox-watch.ts';
import type { Clock } from './application/ports/clock.ts';
import type { Log } from './application/ports/log.ts';
import { rebuildSearch } from './application/search-rebuild.ts';
import { sweeperIsSilent } from './application/sweep-watch.ts';
import type { Settings } from './config.ts';
import type { Core } from './core.ts';
import { type DeskConfig, readAlertRules } from './desk-config.ts';
import { NOTIFICATIONS_PATH, notificationRoute } from './inbound/graph/notifications.ts';
import { healthRoutes } from './inbound/http/health.ts';
import type { Route } from './inbound/http/server.ts';
import { botAdapter } from './inbound/teams/adapter.ts';
import { botRoute } from './inbound/teams/bot.ts';
import { deliverDue, type DeliverParts } from './outbound/deliver.ts';
import { accessTokens, deskCredential } from './outbound/graph/credential.ts';
import { graphClient } from './outbound/graph/graph-client.ts';
import { graphMailbox } from './outbound/graph/graph-mailbox.ts';
import { graphInternalMailSender } from './outbound/graph/internal-mail-sender.ts';
import { graphMailSender } from './outbound/graph/mail-sender.ts';
import { signedMessageIds } from './outbound/graph/message-ids.ts';
import { machineIdentity } from './outbound/machine.ts';
import { teamsConnector } from './outbound/teams/connector.ts';
import { teamsSender } from './outbound/teams/teams-sender.ts';
import type { Stores } from './stores.ts';

export interface DeskOptions {
  readonly settings: Settings;
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly log: Log;
}

/** Teams' global address, until Teams names the region's. */
const TEAMS_GLOBAL = 'https://smba.trafficmanager.net/teams/';

export const messageIdsOf = ({ settings }: DeskOptions) => signedMessageIds(settings.mailSecret);

export interface Edges {
  readonly routes: readonly Route[];
  readonly loops: readonly { run(signal: AbortSignal): Promise<void> }[];
  readonly settle: () => Promise<void>;
}

/** Everything that comes in and goes out, wired to the core. */
export const edgesOf = (options: DeskOptions, stores: Stores, core: Core): Edges => {
  const { settings, clock, log } = options;
  const credential = deskCredential(settings.azure);
  const adapter = botAdapter({ ...settings.bot, accessToken: accessTokens(credential) }, log);
  const mail = mailOf(options, stores, { core, credential });
  const delivering = deliveringOf(options, stores, {
    mail: mail.send,
    'internal-mail': mail.sendInternal,
    teams: teamsOf(options, { stores, core }, adapter),
  });
  core.onEnqueued(() => {
    for (const each of delivering) each.hint();
  });
  const watching = watchMailboxes({
    mailbox: mail.mailbox,
    directory: options.config.directory,
    subscribed: mail.intake.hint,
    clock,
    log,
  });
  return {
    routes: [
      ...routesOf(options, stores, { core, adapter, intake: mail.intake }),
      ...healthRoutes(
        () => stores.alive(),
        () => sweeperIsSilent({ ...stores, clock }),
      ),
    ],
    loops: [...core.loops, ...delivering, mail.intake, watching, refillingOf(options, stores)],
    settle: async () => {
      await mail.intake.sync();
      await core.settle();
      await Promise.all(
        delivering.map(async (each) => {
          while (await each.once());
        }),
      );
    },
  };
};

/** Each channel for itself: when one side hangs, the other is still served. */
const deliveringOf = (
  { clock, log }: DeskOptions,
  stores: Stores,
  senders: DeliverParts['senders'],
): readonly Loop[] => {
  const parts = { deliveries: stores.deliveries, clock, log, senders };
  return (['mail', 'internal-mail', 'teams'] as const).map((channel) =>
    loop({ name: `deliver-${channel}`, pauseMs: 1_000, clock, log, round: () => deliverDue(parts, [channel]) }),
  );
};

/** Runs once, beside everything else; a fault is logged, and the next start tries again. */
const refillingOf = ({ log }: DeskOptions, stores: Stores): Edges['loops'][number] => ({
  run: async (signal) => {
    await rebuildSearch({ ...stores, log }, signal).catch((fault: unknown) => {
      log.error('search-not-rebuilt', { message: String(fault) });
    });
  },
});

interface MailParts {
  readonly core: Core;
  readonly credential: ReturnType<typeof deskCredential>;
}

const mailOf = (options: DeskOptions, stores: Stores, { core, credential }: MailParts) => {
  const { settings, config, clock, log } = options;
  const client = graphClient({ graphUrl: settings.graph.url, credential });
  const notificationUrl = `${settings.publicUrl}${NOTIFICATIONS_PATH}`;
  const mailbox = graphMailbox({
    client,
    blobs: stores.blobs,
    notificationUrl,
    clientState: settings.graph.clientState,
    now: () => Date.parse(clock.now()),
  });
  const sending = { client, messageIds: messageIdsOf(options), directory: config.directory };
  const sendMail = graphMailSender(sending);
  const sendInternal = graphInternalMailSender(sending);
  return {
    mailbox,
    intake: mailIntake({
      mailbox,
      inbox: stores.inbox,
      receive: core.receive,
      directory: config.directory,
      clock,
      log,
    }),
    send: (job: { readonly mail: Parameters<typeof sendMail>[0] }) => sendMail(job.mail),
    sendInternal: (job: { readonly mail: Parameters<typeof sendInternal>[0] }) => sendInternal(job.mail),
  };
};

const teamsOf = (
  { settings, config, clock }: DeskOptions,
  { stores, core }: { readonly stores: Stores; readonly core: Core },
  adapter: ReturnType<typeof botAdapter>,
) =>
  teamsSender({
    conversations: stores.conversations,
    alerts: stores.alerts,
    deliveries: stores.deliveries,
    stories: core.queries,
    clock,
    connector: teamsConnector({
      adapter,
      appId: settings.bot.appId ?? '',
      ...(settings.bot.serviceUrl === undefined ? {} : { serviceUrl: settings.bot.serviceUrl }),
    }),
    directory: config.directory,
    home: {
      serviceUrl: settings.bot.serviceUrl ?? TEAMS_GLOBAL,
      tenantId: settings.bot.tenantId ?? '',
      botId: `28:${settings.bot.appId ?? 'desk'}`,
    },
    zone: config.zone,
  });

interface RouteParts {
  readonly core: Core;
  readonly adapter: ReturnType<typeof botAdapter>;
  readonly intake: MailIntake;
}

const routesOf = (
  { settings, config, clock, log }: DeskOptions,
  stores: Stores,
  { core, adapter, intake }: RouteParts,
): readonly Route[] => [
  botRoute({
    adapter,
    log,
    conversations: stores.conversations,
    ...core,
    readRules: () => readAlertRules(settings.deskFile, config.alerts),
    identity: machineIdentity,
    directory: config.directory,
    clock,
    zone: config.zone,
    ...(settings.bot.tenantId === undefined ? {} : { tenantId: settings.bot.tenantId }),
  }),
  notificationRoute({
    log,
    clientState: settings.graph.clientState,
    mailboxes: config.directory.mailboxes().map(({ address }) => address),
    wake: intake.wake,
  }),
];

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../application/errors.ts';
import { readDeskConfig } from '../desk-config.ts';
import { lockDesk } from '../store/sqlite/desk-lock.ts';
import { loopbackCa } from './ca.ts';
import { APP_ID, CUSTOMERS, peopleOf, tenantOf, TENANT_ID } from './cast.ts';
import { sendFirstMails } from './first-mails.ts';
import { type GraphStandIn, openGraphStandIn } from './graph/open-graph-stand-in.ts';
import { freePort } from './ports.ts';
import { ProductError, type ProductProcess, startProduct } from './product-process.ts';
import { secretsIn } from './secrets.ts';
import { type ChannelMirror, openChannelMirror } from './teams/mirror.ts';
import type { Playground } from './teams/playground.ts';
import type { Person } from './teams/tenant.ts';
import { type TenantClock, tenantClock } from './tenant-clock.ts';
import { openTheatre } from './theatre.ts';

export interface TenantOptions {
  /** The repository's folder. */
  readonly root: string;
  /** Everything the demo keeps. */
  readonly folder: string;
  /** Wanted ports; a taken one gives another. */
  readonly ports: {
    readonly product: number;
    readonly mirror: number;
    readonly smtp: number;
    /** With the same one after a restart the desk goes on reading its mailboxes where it stood. */
    readonly graph?: number;
  };
  readonly seed: boolean;
  /** Hears how far the start is, and what the product warns of. */
  readonly say?: (line: string) => void;
}

/** A whole tenant on one machine: mail service, Teams, demo people, and the product in a process of its own. */
export interface LocalTenant {
  readonly graph: GraphStandIn;
  readonly mirror: ChannelMirror;
  readonly people: readonly Person[];
  readonly productUrl: string;
  /** IANA zone of the desk. */
  readonly zone: string;
  /** By which desk and mail service go; the desk sees a move within a second. */
  readonly clock: Omit<TenantClock, 'file'>;
  product(): ProductProcess;
  /** Ends the product and starts it anew, one restart after the other; tenant and Playgrounds stay. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** The person's Playground, started on demand. */
  playgroundOf(personId: string): Promise<Playground | undefined>;
  readonly openPlaygrounds: () => readonly string[];
  stop(): Promise<void>;
}

const openStandIns = async (options: TenantOptions) => {
  const config = readDeskConfig(path.join(options.root, 'config/desk.json'));
  const secrets = secretsIn(options.folder);
  const ca = await loopbackCa(path.join(options.folder, 'ca'));
  const productPort = await freePort(options.ports.product);
  const clock = tenantClock(options.folder);
  const graph = await openGraphStandIn({
    folder: path.join(options.folder, 'mail'),
    mailboxes: [...config.directory.teams().map(({ mailbox, name }) => ({ address: mailbox, name })), ...CUSTOMERS],
    tenantId: TENANT_ID,
    clients: [{ clientId: APP_ID, clientSecret: secrets.clientSecret }],
    httpsPort: await freePort(options.ports.graph ?? 0),
    smtpPort: await freePort(options.ports.smtp),
    ca,
    now: clock.now,
    tokenNow: Date.now,
  });
  const tenant = tenantOf(config);
  const people = peopleOf(config);
  const mirror = await openChannelMirror({
    port: await freePort(options.ports.mirror),
    botUrl: `http://127.0.0.1:${productPort}/api/messages`,
    appId: APP_ID,
    botName: tenant.botName,
    tenantId: TENANT_ID,
    people,
    team: tenant.team,
    channels: tenant.channels,
    folder: path.join(options.folder, 'teams'),
  });
  return { config, secrets, ca, clock, graph, mirror, tenant, people, productPort };
};

type StandIns = Awaited<ReturnType<typeof openStandIns>>;

const productEnvironment = (
  { secrets, ca, clock, graph, mirror, productPort }: StandIns,
  options: TenantOptions,
): Record<string, string> => ({
  DESK_ENV: 'local',
  PORT: String(productPort),
  PUBLIC_URL: `http://127.0.0.1:${productPort}`,
  DESK_DATA: path.join(options.folder, 'desk'),
  DESK_CONFIG: path.join(options.root, 'config/desk.json'),
  BOT_ID: APP_ID,
  BOT_TENANT_ID: TENANT_ID,
  BOT_OPENID_METADATA: mirror.openIdMetadataUrl,
  BOT_SERVICE_URL: mirror.url,
  AZURE_TENANT_ID: TENANT_ID,
  AZURE_CLIENT_ID: APP_ID,
  AZURE_CLIENT_SECRET: secrets.clientSecret,
  AZURE_AUTHORITY_HOST: graph.url,
  GRAPH_URL: graph.url,
  GRAPH_CLIENT_STATE: secrets.clientState,
  MAIL_SIGNING_SECRET: secrets.mailSecret,
  DESK_CLOCK_FILE: clock.file,
  NODE_EXTRA_CA_CERTS: ca.caFile,
  NODE_NO_WARNINGS: '1',
});

/** Two tenants in one folder would write over each other's mail. Killed, this one frees the folder. */
const lockFolder = (folder: string): ReturnType<typeof lockDesk> => {
  mkdirSync(folder, { recursive: true });
  try {
    return lockDesk(folder);
  } catch (fault) {
    if (!(fault instanceof StoreError && fault.kind === 'locked')) throw fault;
    const advice = 'Stop it first, or set DESK_LOCAL to another folder.';
    throw new ProductError(`A demo tenant already runs in ${folder}. ${advice}`, { cause: fault });
  }
};

/** Opens the tenant; what had been opened before a failure is closed again. Errors: ConfigError, ProductError. */
export const openTenant = async (options: TenantOptions): Promise<LocalTenant> => {
  const { say = () => undefined } = options;
  const lock = lockFolder(options.folder);
  const opened: Closing[] = [() => lock.close()];
  try {
    const empty = !existsSync(path.join(options.folder, 'desk', 'desk.sqlite'));
    say('Starting the mail service and Teams …');
    const standIns = await openStandIns(options);
    opened.unshift(
      () => standIns.mirror.stop(),
      () => standIns.graph.close(),
    );
    say('Starting the desk …');
    const stage = await openStage(standIns, options, opened);
    if (empty && options.seed) {
      await sendFirstMails(standIns.graph, standIns.config.directory.mailboxes()[0]?.address ?? '');
    }
    return stage;
  } catch (fault) {
    await closeAll(opened);
    throw fault;
  }
};

type Closing = () => void | Promise<void>;

const closeAll = async (opened: readonly Closing[]): Promise<void> => {
  for (const close of opened) await close();
};

const openStage = async (standIns: StandIns, options: TenantOptions, opened: Closing[]): Promise<LocalTenant> => {
  const { config, clock, graph, mirror, people, tenant } = standIns;
  const { say = () => undefined } = options;
  const environment = productEnvironment(standIns, options);
  const start = (): Promise<ProductProcess> =>
    startProduct({ root: options.root, environment, logFile: path.join(options.folder, 'desk.log'), warn: say });
  let product = await start();
  let restarting: Promise<unknown> = Promise.resolve();
  opened.unshift(async () => {
    await restarting;
    await product.stop();
  });
  const theatre = openTheatre({ people, tenant, mirror, folder: path.join(options.folder, 'playgrounds') });
  opened.unshift(() => theatre.close());
  return {
    graph,
    mirror,
    people,
    zone: config.zone,
    clock,
    productUrl: `http://127.0.0.1:${standIns.productPort}`,
    product: () => product,
    restart: (signal) => {
      const restarted = restarting.then(async () => {
        await product.stop(signal);
        product = await start();
      });
      restarting = Promise.allSettled([restarted]);
      return restarted;
    },
    playgroundOf: theatre.playgroundOf,
    openPlaygrounds: theatre.openPlaygrounds,
    stop: () => closeAll(opened.splice(0)),
  };
};

import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { startDesk, type RunningDesk } from '../../src/compose.ts';
import { readSettings } from '../../src/config.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import type { DeskEntries } from '../../src/desk-file.ts';
import { loopbackCa } from '../../src/local/ca.ts';
import { APP_ID, CUSTOMERS, peopleOf, tenantOf, TENANT_ID } from '../../src/local/cast.ts';
import { type GraphStandIn, openGraphStandIn } from '../../src/local/graph/open-graph-stand-in.ts';
import { freePort } from '../../src/local/ports.ts';
import { type ChannelMirror, openChannelMirror } from '../../src/local/teams/mirror.ts';
import { deskLog } from '../../src/telemetry/log.ts';
import { trustLoopbackCa } from './loopback-tls.ts';
import { type TestClock, testClock } from './test-clock.ts';

/** The people of config/desk.json, by first name. */
export const PEOPLE = {
  anna: 'a0000000-0000-4000-8000-000000000001',
  ben: 'a0000000-0000-4000-8000-000000000002',
  elif: 'a0000000-0000-4000-8000-000000000003',
  sam: 'a0000000-0000-4000-8000-000000000004',
  mara: 'a0000000-0000-4000-8000-000000000005',
  nils: 'a0000000-0000-4000-8000-000000000006',
  ines: 'a0000000-0000-4000-8000-000000000007',
} as const;

export type PersonName = keyof typeof PEOPLE;

const SUPPORT = 'support@desk.example';
export const CARLA = CUSTOMERS[0].address;

export interface CustomerLetter {
  readonly from?: string;
  /** Of the sender; Carla's unless told. */
  readonly name?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly { readonly filename: string; readonly content: string | Buffer }[];
}

export interface Card {
  readonly body: readonly Record<string, unknown>[];
  readonly actions: readonly {
    readonly title: string;
    readonly verb?: string;
    readonly data?: { readonly ticketId?: string };
  }[];
}

/** Everything a card shows, as one text. */
export const textOn = (card: unknown): string => JSON.stringify(card);

/** A whole desk over real connections: SMTP and HTTPS to the mail service, HTTP with signed tokens from and to Teams. */
export interface TestDesk {
  readonly clock: TestClock;
  readonly graph: GraphStandIn;
  readonly mirror: ChannelMirror;
  readonly running: RunningDesk;
  readonly url: string;
  /** Holds its configuration, `desk.json`, and its data, `desk`. */
  readonly folder: string;
  /** A customer mails by SMTP; answers the Message-ID. */
  mails(letter: CustomerLetter): Promise<string>;
  /** Until all mail is in, all effects carried out and all sends done. */
  settled(): Promise<void>;
  /** The ticket cards in the support channel, oldest first, as they are now. */
  cards(): readonly Card[];
  /** A person's own chat with the bot. */
  chatOf(person: PersonName): readonly unknown[];
  /** A tap on a card's button: what comes back to the one who tapped. */
  taps(
    person: PersonName,
    verb: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<{ status: number; body: unknown }>;
  /** Accepts by a tap and lets the time pass in which it could be undone: from then on they own the ticket. */
  accepts(person: PersonName, ticketId: string): Promise<void>;
  says(person: PersonName, text: string): Promise<readonly unknown[]>;
  inboxOf(address: string): readonly {
    readonly subject: string;
    readonly body: { readonly content: string };
    readonly internetMessageId: string;
  }[];
  /** Starts the product anew on the same data. */
  restart(): Promise<void>;
  /** Writes the configuration anew, made of the one this desk was opened with; a text as it is. Nobody has read it yet. */
  configures(change: (file: DeskEntries) => unknown): Promise<void>;
  close(): Promise<void>;
}

export interface DeskWishes {
  readonly logLevel?: string;
  /** Environment variables that take the place of the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where the log goes instead of standard output. */
  readonly log?: DeskLogDestination;
  /** Changes config/desk.json for this desk. */
  readonly config?: (file: DeskEntries) => DeskEntries;
}

type DeskLogDestination = NonNullable<Parameters<typeof deskLog>[0]['destination']>;

const settingsFor = ({
  folder,
  port,
  graph,
  mirror,
  wishes,
}: {
  folder: string;
  port: number;
  graph: GraphStandIn;
  mirror: ChannelMirror;
  wishes: DeskWishes;
}) =>
  readSettings({
    DESK_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DESK_DATA: path.join(folder, 'desk'),
    DESK_CONFIG: fileIn(folder),
    LOG_LEVEL: wishes.logLevel ?? 'silent',
    BOT_ID: APP_ID,
    BOT_TENANT_ID: TENANT_ID,
    BOT_OPENID_METADATA: mirror.openIdMetadataUrl,
    BOT_SERVICE_URL: mirror.url,
    AZURE_TENANT_ID: TENANT_ID,
    AZURE_CLIENT_ID: APP_ID,
    AZURE_CLIENT_SECRET: 'only-for-tests',
    AZURE_AUTHORITY_HOST: graph.url,
    GRAPH_URL: graph.url,
    GRAPH_CLIENT_STATE: 'only-for-tests-client-state',
    MAIL_SIGNING_SECRET: 'only-for-tests-mail-secret',
    ...wishes.settings,
  });

/** The configuration of this desk. */
const fileIn = (folder: string): string => path.join(folder, 'desk.json');

const entriesFor = ({ config = (file) => file }: DeskWishes): DeskEntries =>
  config(JSON.parse(readFileSync('config/desk.json', 'utf8')) as DeskEntries);

const writeConfig = (folder: string, said: unknown): Promise<void> =>
  writeFile(fileIn(folder), typeof said === 'string' ? said : JSON.stringify(said));

const configIn = async (folder: string, wishes: DeskWishes): Promise<DeskConfig> => {
  await writeConfig(folder, entriesFor(wishes));
  return readDeskConfig(fileIn(folder));
};

let desks = 0;

/**
 * Below the ports that the system hands out by itself, and another hundred for each process of tests: between looking whether
 * a port is free and the start of the desk nobody else takes it.
 */
const portOfOurs = (): Promise<number> => {
  desks += 1;
  return freePort(20_000 + (process.pid % 100) * 100 + (desks % 100));
};

export const openDesk = async (wishes: DeskWishes = {}): Promise<TestDesk> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'desk-'));
  const config = await configIn(folder, wishes);
  const ca = await loopbackCa(path.join(os.tmpdir(), 'desk-test-ca'));
  trustLoopbackCa(ca.certPem);
  const port = await portOfOurs();
  const graph = await openGraphStandIn({
    mailboxes: [...config.directory.teams().map(({ mailbox, name }) => ({ address: mailbox, name })), ...CUSTOMERS],
    tenantId: TENANT_ID,
    clients: [{ clientId: APP_ID, clientSecret: 'only-for-tests' }],
    httpsPort: 0,
    smtpPort: 0,
    ca,
  });
  const tenant = tenantOf(config);
  const mirror = await openChannelMirror({
    botUrl: `http://127.0.0.1:${port}/api/messages`,
    appId: APP_ID,
    tenantId: TENANT_ID,
    people: peopleOf(config),
    team: tenant.team,
    channels: tenant.channels,
  });
  const clock = testClock();
  const settings = settingsFor({ folder, port, graph, mirror, wishes });
  const start = (): Promise<RunningDesk> =>
    startDesk({
      settings,
      config,
      clock,
      log: deskLog({ level: settings.logLevel, ...(wishes.log ? { destination: wishes.log } : {}) }),
    });
  let running = await start();
  const smtp = nodemailer.createTransport({ host: '127.0.0.1', port: graph.smtpPort, ignoreTLS: true });
  const channel = tenant.channels[0]?.id ?? '';
  const settled = async (): Promise<void> => {
    await graph.idle();
    await running.settle();
    await graph.idle();
    await running.settle();
    await mirror.settled();
  };
  const taps: TestDesk['taps'] = (person, verb, data) =>
    mirror.say({
      person: PEOPLE[person],
      conversation: channel,
      invoke: { name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb, data } } },
    });
  return {
    clock,
    graph,
    mirror,
    get running() {
      return running;
    },
    url: `http://127.0.0.1:${port}`,
    folder,
    mails: async ({ from = CARLA, name = CUSTOMERS[0].name, attachments, ...letter }) => {
      const sent = await smtp.sendMail({
        from: { name, address: from },
        to: SUPPORT,
        ...letter,
        ...(attachments ? { attachments: [...attachments] } : {}),
      });
      return sent.messageId;
    },
    settled,
    cards: () =>
      mirror
        .posts(channel)
        .flatMap(({ activity }) =>
          ((activity.attachments ?? []) as readonly { content: Card }[]).map(({ content }) => content),
        ),
    chatOf: (person) => mirror.posts(`personal:${PEOPLE[person]}`).map(({ activity }) => activity),
    taps,
    accepts: async (person, ticketId) => {
      await taps(person, 'reserve', { ticketId });
      clock.advance({ seconds: 31 });
      await settled();
    },
    says: async (person, text) => {
      const before = mirror.posts(`personal:${PEOPLE[person]}`).length;
      await mirror.say({ person: PEOPLE[person], text });
      return mirror
        .posts(`personal:${PEOPLE[person]}`)
        .slice(before)
        .map(({ activity }) => activity);
    },
    inboxOf: (address) => graph.mailbox(address)?.messages('inbox') ?? [],
    restart: async () => {
      await running.stop();
      running = await start();
    },
    configures: (change) => writeConfig(folder, change(entriesFor(wishes))),
    close: async () => {
      await running.stop();
      smtp.close();
      await mirror.stop();
      await graph.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

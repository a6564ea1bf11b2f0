import { mkdirSync } from 'node:fs';
import type { LoopbackCertificates } from '../ca.ts';
import { AccessTokens, type Client } from './access-tokens.ts';
import { adminRoutes } from './admin-routes.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { deltaRoutes } from './delta-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { Faults, type Fault, type FaultSpec } from './faults.ts';
import { folderRoutes } from './folder-routes.ts';
import { GraphEndpoint } from './graph-endpoint.ts';
import { openHttps, send } from './https-server.ts';
import { Journal } from './journal.ts';
import type { FolderName, MailItem, SentMail } from './mail-item.ts';
import { MailStore } from './mail-store.ts';
import type { Mailbox } from './mailbox.ts';
import { messageRoutes } from './message-routes.ts';
import { Notifier, type LifecycleEvent } from './notifier.ts';
import { Pending } from './pending.ts';
import { readMime } from './read-mime.ts';
import { openSmtpInlet } from './smtp-inlet.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { Subscriptions, type Subscription } from './subscriptions.ts';
import { Transport, type Authentication } from './transport.ts';

export interface GraphStandInOptions {
  /** Keeps the mailboxes over a restart; without it they live in memory. */
  readonly folder?: string;
  readonly mailboxes: readonly { readonly address: string; readonly name: string }[];
  readonly tenantId: string;
  readonly clients: readonly Client[];
  /** 0 takes any free port. */
  readonly httpsPort: number;
  readonly smtpPort: number;
  readonly ca: LoopbackCertificates;
  /** Of the chance in faults; 1 unless told. */
  readonly seed?: number;
  /** Milliseconds since 1970; lifetimes of tokens and subscriptions follow it, answer limits do not. */
  readonly now?: () => number;
  /** The clock of the token service where it is another: who asks for tokens may go by the machine's. */
  readonly tokenNow?: () => number;
  /** Whether a stranger who is written to gets a mailbox of his own; true unless told. */
  readonly autoCreate?: boolean;
  /** From 202 to Sent Items, in milliseconds; 30 unless told. */
  readonly settleMs?: number;
  readonly tokenLifetimeS?: number;
  /** Pauses between attempts to notify, in milliseconds. */
  readonly notificationRetryMs?: readonly number[];
}

export interface MailboxView {
  readonly address: string;
  readonly name: string;
  readonly autoCreated: boolean;
  /** In order of arrival. */
  messages(folder?: FolderName): readonly MailItem[];
}

export interface GraphStandIn {
  /** `https://localhost:PORT`, the authority host and, with /v1.0, the Graph endpoint. */
  readonly url: string;
  readonly smtpPort: number;
  mailboxes(): readonly MailboxView[];
  /** Undefined when nobody has the address. */
  mailbox(address: string): MailboxView | undefined;
  /** Puts MIME into inboxes as it is; addresses nobody has are left out. */
  deliver(rawMime: string | Buffer, options: DeliverOptions): Promise<readonly MailItem[]>;
  /** Puts MIME into a mailbox's Sent Items: what its owner sent by SMTP. */
  keepSent(address: string, rawMime: Buffer): Promise<void>;
  /** Everything sent through Graph, oldest first; a doubled send is there twice. */
  sentMail(): readonly SentMail[];
  subscriptions(): readonly Subscription[];
  /** Ends a subscription; with `tell` its lifecycle URL hears of it. */
  removeSubscription(id: string, options?: { tell: boolean }): void;
  lifecycle(id: string, event: LifecycleEvent): void;
  forgetDeltaTokens(): void;
  fault(spec: FaultSpec): Fault;
  faults(): readonly Fault[];
  clearFaults(): void;
  /** Resolves when no mail and no notification is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface DeliverOptions {
  readonly to: string | readonly string[];
  readonly from?: string;
  readonly authentication?: Authentication;
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000] as const;

interface Parts {
  readonly store: MailStore;
  readonly faults: Faults;
  readonly pending: Pending;
  readonly transport: Transport;
  readonly subscriptions: Subscriptions;
  readonly notifier: Notifier;
  readonly now: () => number;
}

const buildParts = (options: GraphStandInOptions): Parts => {
  const now = options.now ?? Date.now;
  const { folder, settleMs = 30, autoCreate = true, notificationRetryMs: retryMs = RETRY_MS, tenantId } = options;
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = new MailStore({ now, ...(folder === undefined ? {} : { journal: new Journal(folder) }) });
  for (const { address, name } of options.mailboxes) store.open(address, name);
  const faults = new Faults(options.seed ?? 1);
  const pending = new Pending();
  const subscriptions = new Subscriptions({ store, faults, now });
  const notifier = new Notifier({ subscriptions, faults, pending, tenantId, retryMs });
  store.onChange((change) => notifier.changed(change));
  const transport = new Transport({ store, pending, now, settleMs, autoCreate });
  return { store, faults, pending, transport, subscriptions, notifier, now };
};

const view = (mailbox: Mailbox): MailboxView => ({
  address: mailbox.address,
  name: mailbox.name,
  autoCreated: mailbox.autoCreated,
  messages: (folder) => mailbox.items(folder).toSorted((one, other) => one.folderSeq - other.folderSeq),
});

const controls = ({ store, faults, pending, transport, subscriptions, notifier, now }: Parts) => ({
  mailboxes: () => store.mailboxes().map(view),
  mailbox: (address: string) => {
    const found = store.mailbox(address);
    return found && view(found);
  },
  deliver: (rawMime: string | Buffer, { to, from = '', authentication = 'none' }: DeliverOptions) => {
    const known = new Set([to].flat().flatMap((address) => store.mailbox(address) ?? []));
    return transport.deliver(Buffer.from(rawMime), { to: [...known], from, authentication });
  },
  keepSent: async (address: string, raw: Buffer) => {
    const mailbox = store.mailbox(address);
    const content = await readMime(raw, { from: address, to: address, at: now() });
    if (mailbox) store.add(mailbox, { ...content, folder: 'sentitems', isRead: true, raw });
  },
  sentMail: () => store.sent,
  subscriptions: () => subscriptions.list(),
  removeSubscription: (id: string, { tell } = { tell: false }) => {
    const gone = subscriptions.get(id);
    subscriptions.remove(id);
    if (tell) notifier.lifecycle(gone, 'subscriptionRemoved');
  },
  lifecycle: (id: string, event: LifecycleEvent) => notifier.lifecycle(subscriptions.get(id), event),
  forgetDeltaTokens: () => store.forgetDeltaTokens(),
  fault: (spec: FaultSpec) => faults.add(spec),
  faults: () => faults.list(),
  clearFaults: () => faults.clear(),
  idle: () => pending.idle(),
});

/**
 * Opens Graph's mail on this machine: https and SMTP on 127.0.0.1 only.
 * A development tool for `npm start` and the tests; the product never imports it.
 */
export const openGraphStandIn = async (options: GraphStandInOptions): Promise<GraphStandIn> => {
  const parts = buildParts(options);
  const { store, faults, pending, subscriptions, notifier, now, transport } = parts;
  const { tenantId, clients, folder, tokenLifetimeS: lifetimeS = 3599 } = options;
  const tokens = new AccessTokens({ tenantId, clients, now: options.tokenNow ?? now, lifetimeS, folder });
  const routes = [
    ...folderRoutes(store),
    ...deltaRoutes(store),
    ...messageRoutes(store),
    ...draftRoutes({ store, transport }),
    ...attachmentRoutes(store),
    ...subscriptionRoutes(subscriptions),
  ];
  const graph = new GraphEndpoint({ tokens, store, faults, routes, send });
  const admin = adminRoutes({ store, faults, subscriptions });
  const https = await openHttps(options.httpsPort, options.ca, { tokens, graph, admin, now });
  const smtp = await openSmtpInlet(options.smtpPort, { store, transport });
  transport.resume();
  const close = async () => {
    notifier.close();
    await smtp.close();
    await https.close();
    await pending.close();
  };
  return { url: https.url, smtpPort: smtp.port, close, ...controls(parts) };
};

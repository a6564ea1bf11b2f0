import { ClientSecretCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { loopbackCa, type LoopbackCa } from '../../src/local/ca.ts';
import {
  openGraphStandIn,
  type GraphStandIn,
  type GraphStandInOptions,
} from '../../src/local/graph/open-graph-stand-in.ts';
import { trustLoopbackCa } from '../support/loopback-tls.ts';
import { endWith } from '../support/answer.ts';

export const SUPPORT = 'support@contoso.example';
export const CARLA = 'carla@customer.example';
export const TENANT = '11111111-2222-3333-4444-555555555555';
export const CLIENT = { clientId: '99999999-8888-7777-6666-555555555555', clientSecret: 'not-a-real-secret' };

export interface GraphTenant {
  readonly standIn: GraphStandIn;
  /** The real SDK without its own retries, so that a test sees each answer. */
  readonly graph: Client;
  readonly ca: LoopbackCa;
  token(): Promise<string>;
  /** Sends by SMTP as a mail client would. */
  mail(options: SendMailOptions): Promise<unknown>;
  close(): Promise<void>;
}

export const temporaryFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'itil-next-graph-'));

export const openGraphTenant = async (options: Partial<GraphStandInOptions> = {}): Promise<GraphTenant> => {
  const folder = await temporaryFolder();
  const ca = await loopbackCa(folder);
  trustLoopbackCa(ca.certPem);
  const standIn = await openGraphStandIn({
    mailboxes: [
      { address: SUPPORT, name: 'Contoso Support' },
      { address: CARLA, name: 'Carla Customer' },
    ],
    tenantId: TENANT,
    clients: [CLIENT],
    httpsPort: 0,
    smtpPort: 0,
    ca,
    settleMs: 1,
    notificationRetryMs: [1, 1, 1],
    ...options,
  });
  const credential = new ClientSecretCredential(TENANT, CLIENT.clientId, CLIENT.clientSecret, {
    authorityHost: standIn.url,
    disableInstanceDiscovery: true,
  });
  const scopes = ['https://graph.microsoft.com/.default'];
  const graph = Client.initWithMiddleware({
    baseUrl: `${standIn.url}/`,
    customHosts: new Set(['localhost']),
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
  });
  const smtp = createTransport({ host: '127.0.0.1', port: standIn.smtpPort, ignoreTLS: true, pool: true });
  return {
    standIn,
    graph,
    ca,
    token: async () => (await credential.getToken(scopes)).token,
    mail: (mail) => smtp.sendMail(mail),
    close: async () => {
      smtp.close();
      await standIn.close();
      await rm(folder, { recursive: true });
    },
  };
};

export interface Webhook {
  readonly url: string;
  readonly notifications: readonly Record<string, unknown>[];
  close(): Promise<void>;
}

export const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** A product's webhook that answers the validation handshake and notes what it is told. `statuses` come first, then 202. */
export const openWebhook = async (
  options: { statuses?: number[]; handshake?: 'echo' | 'html' | 'wrong' } = {},
): Promise<Webhook> => {
  const notifications: Record<string, unknown>[] = [];
  const statuses = [...(options.statuses ?? [])];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('validationToken');
    const body = await bodyOf(request);
    if (token !== null) {
      response.setHeader('content-type', options.handshake === 'html' ? 'text/html' : 'text/plain');
      response.end(options.handshake === 'wrong' ? 'hello' : token);
      return;
    }
    const status = statuses.shift() ?? 202;
    if (status === 202) notifications.push(...(JSON.parse(body) as { value: Record<string, unknown>[] }).value);
    endWith(response, status);
  };
  const server = createServer((request, response) => void handle(request, response));
  return { url: await listen(server), notifications, close: () => shut(server) };
};

import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { BlobStore } from '../../../src/application/ports/blob-store.ts';
import type { Directory } from '../../../src/application/ports/directory.ts';
import type { Team } from '../../../src/domain/roster.ts';
import { mailAddress, teamId, type MailAddress } from '../../../src/domain/values.ts';
import { loopbackCa } from '../../../src/local/ca.ts';
import type { GraphStandInOptions } from '../../../src/local/graph/open-graph-stand-in.ts';
import { deskCredential } from '../../../src/outbound/graph/credential.ts';
import { graphClient, type GraphClient } from '../../../src/outbound/graph/graph-client.ts';
import {
  CLIENT,
  openGraphTenant,
  SUPPORT,
  temporaryFolder,
  TENANT,
  type GraphTenant,
} from '../../local/graph-tenant.ts';
import { trustLoopbackCa } from '../../support/loopback-tls.ts';

export const supportMailbox: MailAddress = mailAddress(SUPPORT);

/** Blobs by their sha-256, in memory. */
export const blobsInMemory = (): BlobStore & { readonly kept: Map<string, Uint8Array> } => {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    put: (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      kept.set(sha256, bytes);
      return Promise.resolve(sha256);
    },
    get: (sha256) => Promise.resolve(kept.get(sha256)),
    delete: (sha256) => {
      kept.delete(sha256);
      return Promise.resolve();
    },
  };
};

export const textOf = (blobs: { readonly kept: Map<string, Uint8Array> }, sha256: string | undefined): string =>
  Buffer.from(blobs.kept.get(sha256 ?? '') ?? []).toString();

/** One team that answers from the support mailbox. */
export const directoryWith = (signature: Team['signature']): Directory => {
  const team: Team = {
    id: teamId('service-desk'),
    name: 'Contoso Service Desk',
    mailbox: supportMailbox,
    channel: { id: '19:desk@thread.tacv2', name: 'Desk' },
    language: 'en',
    signature,
    onCall: [],
    topics: [],
  };
  return {
    person: () => undefined,
    team: (id) => (id === team.id ? team : undefined),
    people: () => [],
    teams: () => [team],
    mailboxes: () => [{ address: supportMailbox, teamId: team.id, startAt: '2026-01-01T00:00:00.000Z' }],
  };
};

export interface DeskTenant extends GraphTenant {
  readonly client: GraphClient;
}

/** The Graph stand-in and the desk's own client to it, signed in as the product is. */
export const openDeskTenant = async (options: Partial<GraphStandInOptions> = {}): Promise<DeskTenant> => {
  const tenant = await openGraphTenant(options);
  const credential = deskCredential({ tenantId: TENANT, ...CLIENT, authorityHost: tenant.standIn.url });
  return { ...tenant, client: graphClient({ graphUrl: tenant.standIn.url, credential }) };
};

/** An https server that stands where Graph is, for answers that no Graph gives. */
export const openStranger = async (handle: (request: IncomingMessage, response: ServerResponse) => void) => {
  const folder = await temporaryFolder();
  const ca = await loopbackCa(folder);
  trustLoopbackCa(ca.certPem);
  const server: Server = createServer({ cert: ca.serverCertPem, key: ca.serverKeyPem }, handle);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
};

export const staticCredential = {
  getToken: () => Promise.resolve({ token: 'a-token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};

import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { arrivalService } from '../../src/application/arrival-service.ts';
import { mailIntake } from '../../src/application/mail-intake.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { runCommand } from '../../src/application/run-command.ts';
import { readDeskConfig } from '../../src/desk-config.ts';
import { DEFAULT_MATRIX } from '../../src/domain/alert-rules.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { deskCredential } from '../../src/outbound/graph/credential.ts';
import { graphClient, type GraphClient } from '../../src/outbound/graph/graph-client.ts';
import { graphMailbox } from '../../src/outbound/graph/graph-mailbox.ts';
import { signedMessageIds } from '../../src/outbound/graph/message-ids.ts';
import { machineIdentity, systemClock } from '../../src/outbound/machine.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { inboxDocuments } from '../../src/store/inbox-documents.ts';
import { guardOwners } from '../../src/store/owner-guard.ts';
import { coverDocuments } from '../../src/store/people-documents.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { numberDocuments } from '../../src/store/system-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { trustLoopbackCa } from '../support/loopback-tls.ts';
import { paired, type Row } from './measure.ts';
import { openRawEngine, type RawDoc } from './raw-engine.ts';
import { recordingStore } from './recording-store.ts';

const PAGE = 50;
const IN_FLIGHT = 16;
const MAILBOX = 'support@desk.example';
const GRAPH = 'https://graph.bench.example';

const messageOf = (run: number, n: number): object => ({
  id: `AAMk-bench-${run}-${n}`,
  internetMessageId: `<bench-${run}-${n}@customer.example>`,
  subject: `The printer ${n} is on strike`,
  from: { emailAddress: { name: 'Carla Costa', address: 'carla@customer.example' } },
  toRecipients: [{ emailAddress: { name: 'Support', address: MAILBOX } }],
  receivedDateTime: '2026-11-23T09:00:00Z',
  hasAttachments: false,
  body: {
    contentType: 'text',
    content: 'Hello,\nthe printer says "tray 2 is empty", but it is full. What can I do?\nCarla\n'.repeat(3),
  },
  internetMessageHeaders: [{ name: 'Received', value: 'from mail.customer.example' }],
});

/** A delta page in memory: everything of the product but the wire. */
const memoryGraph = (run: number, count: number): GraphClient => {
  const unused = () => Promise.reject(new TypeError('the bench reads pages only'));
  return {
    owns: () => true,
    bytes: unused,
    post: unused,
    patch: unused,
    delete: unused,
    get: (link) => {
      const at = Number(/[?&]at=(\d+)/u.exec(link)?.[1] ?? 0);
      const value = Array.from({ length: Math.min(PAGE, count - at) }, (_, n) => messageOf(run, at + n));
      const next = at + PAGE;
      const key = next < count ? '@odata.nextLink' : '@odata.deltaLink';
      return Promise.resolve({ value, [key]: `${GRAPH}/v1.0/delta?at=${next}` });
    },
  };
};

interface Bench {
  readonly folder: string;
  readonly store: DocumentStore;
  readonly client: GraphClient;
  readonly count: number;
}

/** The mail intake over that store; mails per second until each is a durable ticket. */
const intake = async ({ folder, store, client, count }: Bench): Promise<number> => {
  const config = readDeskConfig('config/desk.json');
  const [first] = config.directory.mailboxes();
  if (!first) return Number.NaN;
  const directory = { ...config.directory, mailboxes: () => [first] };
  const blobs = await openBlobFiles({ folder });
  const guarded = guardOwners(store);
  const tickets = ticketDocuments(guarded);
  const commands = runCommand({
    tickets,
    covers: coverDocuments(guarded),
    desk: {
      policy: defaultPolicy,
      calendars: { of: () => alwaysOpen },
      matrix: () => DEFAULT_MATRIX,
      roster: config.directory,
    },
    committed: () => undefined,
  });
  const receive = arrivalService({
    run: commands,
    tickets,
    queues: queueDocuments(guarded),
    numbers: numberDocuments(guarded),
    directory,
    identity: machineIdentity,
    messageIds: signedMessageIds('only-for-the-bench'),
    clock: systemClock,
  });
  const mailbox = graphMailbox({ client, blobs, notificationUrl: GRAPH, clientState: 'bench', now: () => Date.now() });
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, fields?: object) => console.error(event, fields),
  };
  const inbox = inboxDocuments({ store: guarded, blobs, now: () => systemClock.now() });
  const started = performance.now();
  await mailIntake({ mailbox, inbox, receive, directory, clock: systemClock, log }).sync();
  return count / ((performance.now() - started) / 1_000);
};

/** Ticket batches in groups of those in flight, pages and marks by themselves: what the desk's group commit would do at best. */
const grouped = (batches: readonly RawDoc[][]): RawDoc[][] => {
  const tickets = batches.filter(([first]) => first?.c === 'tickets');
  const others = batches.filter(([first]) => first?.c !== 'tickets');
  const groups = Array.from({ length: Math.ceil(tickets.length / IN_FLIGHT) }, (_, n) =>
    tickets.slice(n * IN_FLIGHT, (n + 1) * IN_FLIGHT).flat(),
  );
  return [...groups, ...others];
};

/** Rewritten rows are inserts under another id for the raw engine, which only inserts. */
const distinct = (groups: readonly RawDoc[][]): RawDoc[][] => {
  let n = 0;
  return groups.map((group) => group.map((doc) => ({ ...doc, id: `${doc.id}~${(n += 1)}` })));
};

/** The mail service over HTTPS in a process of its own. */
const openMailService = async (count: number): Promise<{ client: GraphClient; close: () => void }> => {
  const child = fork(path.join(import.meta.dirname, 'mail-service-script.ts'), [String(count)]);
  const { url, ca } = await new Promise<{ url: string; ca: string }>((resolve) =>
    child.once('message', (told) => resolve(told as { url: string; ca: string })),
  );
  trustLoopbackCa(ca);
  const credential = deskCredential({
    tenantId: 'b0000000-0000-4000-8000-000000000001',
    clientId: 'b0000000-0000-4000-8000-000000000002',
    clientSecret: 'only-for-the-bench',
    authorityHost: url,
  });
  return { client: graphClient({ graphUrl: url, credential }), close: () => child.kill() };
};

export const mailRows = async (count: number, rounds: number): Promise<Row[]> => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'desk-bench-mail-'));
  let run = 0;
  const fresh = async (): Promise<{ folder: string; documents: DocumentStore }> => {
    run += 1;
    const folder = path.join(root, String(run));
    return { folder, documents: await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.now() }) };
  };
  try {
    const rehearsal = await fresh();
    const recording = recordingStore(rehearsal.documents);
    await intake({ folder: rehearsal.folder, store: recording.store, client: memoryGraph(run, count), count });
    await rehearsal.documents.close();
    const groups = distinct(grouped(recording.batches));
    const desk = async (): Promise<number> => {
      const { folder, documents } = await fresh();
      const rate = await intake({ folder, store: documents, client: memoryGraph(run, count), count });
      await documents.close();
      return rate;
    };
    const base = async (): Promise<number> => {
      const folder = await mkdtemp(path.join(root, 'raw-'));
      const raw = openRawEngine(folder, CONTAINERS);
      const started = performance.now();
      raw.writeGroups(groups);
      const rate = count / ((performance.now() - started) / 1_000);
      raw.close();
      return rate;
    };
    const baseName = 'node:sqlite, same documents and groups';
    const inMemory = await paired(rounds, desk, base);
    const service = await openMailService(count);
    const overHttps = async (): Promise<number> => {
      const { folder, documents } = await fresh();
      const rate = await intake({ folder, store: documents, client: service.client, count });
      await documents.close();
      return rate;
    };
    const wired = await paired(rounds, overHttps, base).finally(service.close);
    return [
      { what: 'mail: delta page in memory → durable ticket, 16 in flight', ...inMemory, baseName, goal: '≥ 0.5' },
      { what: 'mail: the same over HTTPS from the mail service', ...wired, baseName },
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

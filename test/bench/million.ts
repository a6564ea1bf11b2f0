import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { ticketId, type TicketId } from '../../src/domain/values.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import { bookmarkDocuments } from '../../src/store/system-documents.ts';
import { tableOf } from '../../src/store/sqlite/query-sql.ts';

export const idOf = (n: number): TicketId => ticketId(`00000000-0000-5000-8000-${String(n).padStart(12, '0')}`);
const at = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString();

const ticketOf = (n: number): object => ({
  id: 'ticket',
  v: 1,
  ticket: {
    id: idOf(n),
    number: `INC-${1001 + n}`,
    rev: 1,
    type: 'incident',
    subject: `The printer ${n} is on strike`,
    requester: { contactId: `c${n % 5_000}`, name: 'Carla Costa', address: `carla${n % 5_000}@customer.example` },
    teamId: 'service-desk',
    channel: 'email',
    language: 'en',
    priority: 'P3',
    createdAt: at(n),
    queuedAt: at(n),
    changedAt: at(n),
    dueAt: at(n + 86_400),
    unansweredSince: at(n),
    attachments: 0,
    reopenCount: 0,
    queueHops: 0,
    status: 'new',
  },
});

const eventOf = (n: number): object => ({
  id: 'tl:00000001',
  v: 1,
  entryKind: 'event',
  entryRev: 1,
  event: {
    type: 'TicketOpened',
    at: at(n),
    prose: { text: 'The printer says that tray 2 is empty, but it is full. '.repeat(6), attachments: [] },
  },
});

const entryOf = (n: number): object => ({
  id: idOf(n),
  v: 1,
  ticketId: idOf(n),
  rev: 1,
  bucket: 'waiting',
  status: 'new',
  priority: 'P3',
  dueAt: at(n + 86_400),
  number: `INC-${1001 + n}`,
  subject: `The printer ${n} is on strike`,
  requester: 'Carla Costa',
  requesterId: `c${n % 5_000}`,
});

/** A desk of that age has carried out what it owes: its relay stands at the end of the feed. */
const relayedUpTo = async (folder: string, token: string): Promise<void> => {
  const store = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.now() });
  await bookmarkDocuments(store).save('relay', token);
  await store.close();
};

/** A desk's folder with that many tickets, written as the store would have them; kept for the next run. */
export const deskWith = async (folder: string, count: number): Promise<string> => {
  const done = path.join(folder, `filled-${count}`);
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  const store: DocumentStore = await openSqliteStore({ folder, containers: CONTAINERS, now: () => Date.now() });
  await bookmarkDocuments(store).save('search-rebuild', 'complete');
  await store.close();
  const search = await openTicketSearch({ folder });
  await search.close();
  const db = new DatabaseSync(path.join(folder, 'desk.sqlite'));
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
  const insert = (container: string) =>
    db.prepare(`INSERT INTO ${tableOf(container)} (pk, id, expires, body) VALUES (?, ?, NULL, ?)`);
  const [tickets, queues] = [insert('tickets'), insert('queues')];
  for (let from = 0; from < count; from += 50_000) {
    db.exec('BEGIN');
    for (let n = from; n < Math.min(count, from + 50_000); n += 1) {
      tickets.run(idOf(n), 'ticket', JSON.stringify(ticketOf(n)));
      tickets.run(idOf(n), 'tl:00000001', JSON.stringify(eventOf(n)));
      queues.run('q:service-desk:open', idOf(n), JSON.stringify(entryOf(n)));
    }
    db.exec('COMMIT');
  }
  const last = db.prepare(`SELECT max(seq) AS seq FROM ${tableOf('tickets')}`).get();
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  await relayedUpTo(folder, String(last?.['seq']));
  writeFileSync(done, '');
  return folder;
};

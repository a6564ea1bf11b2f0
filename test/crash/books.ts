import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Recorded, TicketEvent } from '../../src/domain/events.ts';
import type { Ticket } from '../../src/domain/ticket.ts';

/** One ticket's partition, as it lies in the database. */
export interface TicketBook {
  readonly id: string;
  readonly ticket: Ticket;
  /** In the order of their revs. */
  readonly recorded: readonly Recorded[];
  readonly outbox: number;
  /** Documents that are neither ticket, event, effect nor marker. */
  readonly strange: readonly string[];
}

export interface DeliveryBook {
  readonly id: string;
  readonly state: 'pending' | 'settled' | 'dead';
  readonly attempts: number;
}

/** What the desk has written down, read past all of its code but the words of its documents. */
export interface Books {
  readonly tickets: readonly TicketBook[];
  readonly deliveries: readonly DeliveryBook[];
  /** The rev that each ticket's card in the channel shows. */
  readonly cards: ReadonlyMap<string, number>;
  /** The rev of each ticket in the list of all that is open. */
  readonly queue: ReadonlyMap<string, number>;
  /** What `PRAGMA integrity_check` says of each database. */
  readonly integrity: readonly string[];
}

/** What still has to be done. */
export interface Waiting {
  readonly inboxRows: number;
  readonly unworked: number;
  readonly outbox: number;
  readonly deliveries: number;
  /** Taps on Accept whose time to undo is not yet over. */
  readonly reserved: number;
}

interface Row {
  readonly pk: string;
  readonly id: string;
  readonly body: string;
}

/** Opens a database of the desk for reading only: it may be open in the product at the same time. */
const reading = <Read>(folder: string, work: (db: DatabaseSync) => Read, file = 'desk.sqlite'): Read => {
  const db = new DatabaseSync(path.join(folder, file), { readOnly: true, timeout: 5_000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
};

const rowsOf = (db: DatabaseSync, container: string): readonly Row[] =>
  db.prepare(`SELECT pk, id, body FROM c_${container}`).all() as unknown as Row[];

const countOf = (db: DatabaseSync, sql: string): number => Number(db.prepare(sql).get()?.['n'] ?? 0);

const ofKind = (rows: readonly Row[], prefix: string): readonly Row[] => rows.filter(({ id }) => id.startsWith(prefix));

const bookOf = (id: string, rows: readonly Row[]): TicketBook => {
  const events = ofKind(rows, 'tl:').map(
    ({ body }) => JSON.parse(body) as { readonly entryRev: number; readonly event: TicketEvent },
  );
  const aggregate = rows.find((row) => row.id === 'ticket');
  const { ticket } = JSON.parse(aggregate?.body ?? '{}') as { ticket: Ticket };
  return {
    id,
    ticket,
    recorded: events
      .map(({ entryRev, event }): Recorded => ({ rev: entryRev, event }))
      .sort((one, other) => one.rev - other.rev),
    outbox: ofKind(rows, 'ob:').length,
    strange: rows.map((row) => row.id).filter((each) => !/^(ticket$|tl:|ob:|m:)/u.test(each)),
  };
};

const deliveryOf = ({ id, body }: Row): DeliveryBook => {
  const { state, attempts } = JSON.parse(body) as DeliveryBook;
  return { id, state, attempts };
};

const integrityOf = (db: DatabaseSync): string =>
  String(db.prepare('PRAGMA integrity_check').get()?.['integrity_check']);

/** @param folder the product's data folder; the product is not running. */
export const readBooks = (folder: string): Books =>
  reading(folder, (db) => ({
    tickets: [...Map.groupBy(rowsOf(db, 'tickets'), ({ pk }) => pk)].map(([id, rows]) => bookOf(id, rows)),
    deliveries: rowsOf(db, 'deliveries').map(deliveryOf),
    cards: new Map(
      rowsOf(db, 'conversations')
        .filter(({ id }) => id === 'card:team')
        .map(({ pk, body }) => [pk, (JSON.parse(body) as { card: { rev: number } }).card.rev]),
    ),
    queue: new Map(
      rowsOf(db, 'queues')
        .filter(({ pk, body }) => pk === 'q:*:open' && !('gone' in (JSON.parse(body) as object)))
        .map(({ id, body }) => [id, (JSON.parse(body) as { rev: number }).rev]),
    ),
    integrity: [integrityOf(db), reading(folder, integrityOf, 'search.sqlite')],
  }));

export const readWaiting = (folder: string): Waiting =>
  reading(folder, (db) => ({
    // Read first: a tap on Accept that ends leaves effects behind, which must not be overlooked.
    reserved: countOf(
      db,
      `SELECT count(*) AS n FROM c_tickets WHERE id = 'ticket' AND json_extract(body, '$.ticket.reserved') IS NOT NULL`,
    ),
    inboxRows: countOf(db, `SELECT count(*) AS n FROM c_mail WHERE id LIKE 'inbox:%'`),
    unworked: countOf(db, `SELECT count(*) AS n FROM c_mail WHERE json_extract(body, '$.state') = 'new'`),
    outbox: countOf(db, `SELECT count(*) AS n FROM c_tickets WHERE id LIKE 'ob:%'`),
    deliveries: countOf(db, `SELECT count(*) AS n FROM c_deliveries WHERE json_extract(body, '$.state') = 'pending'`),
  }));

/** Whether an event with all of these words is among the ticket's. */
export const isKept = (folder: string, ticketId: string, words: readonly string[]): boolean =>
  reading(folder, (db) => {
    const found = db.prepare(`SELECT body FROM c_tickets WHERE pk = ? AND id LIKE 'tl:%'`).all(ticketId);
    return found.some(({ body }) => words.every((word) => String(body).includes(word)));
  });

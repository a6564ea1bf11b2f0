import type { AlertLedger, AlertLine } from '../application/ports/alert-ledger.ts';
import { lineId } from '../application/ports/alert-ledger.ts';
import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import { type Instant, type PersonId, ticketId, type TicketId } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

const MOST_OF_TICKET = 5_000;
const PAGE = 500;
/** What a person was told is asked for weeks, not for years; the line itself stays with its ticket. */
const POINTER_SECONDS = 40 * 86_400;
/** Lines that are read beside each other. */
const AT_A_TIME = 25;

interface LineDocument {
  readonly at: Instant;
  readonly line: AlertLine;
}

/** Where a person's line is to be found. */
interface PointerDocument {
  readonly at: Instant;
  readonly ticketId: string;
  readonly line: string;
}

const pkOf = (person: PersonId): string => `p:${person}`;

/** As a document may be called: without / \ ? and #. */
const named = (id: string): string =>
  id.replace(/[%/\\?#]/gu, (each) => `%${each.charCodeAt(0).toString(16).padStart(2, '0')}`);

const lineOf = (stored: Stored): AlertLine => fieldsOf<LineDocument>(stored).line;

/** Port AlertLedger: a document a line with its ticket, and a pointer to it at whoever is told. */
export const alertDocuments = (store: DocumentStore): AlertLedger => ({
  intend: (line) => intend(store, line),
  change: (id, line, change) => rewrite(store, { ticketId: id, line }, change),
  ofTicket: async (id) => (await newest(store, { pk: id, limit: MOST_OF_TICKET })).map(lineOf),
  ofPerson: async (person, wanted) => {
    const pointers = await newest(store, { pk: pkOf(person), ...wanted });
    const lines: (AlertLine | undefined)[] = [];
    for (let from = 0; from < pointers.length; from += AT_A_TIME)
      lines.push(...(await Promise.all(pointers.slice(from, from + AT_A_TIME).map((each) => pointedAt(store, each)))));
    return lines.filter((line) => line !== undefined);
  },
});

/** The line first: a kill before its pointer is made good when the line is intended again. */
const intend = async (store: DocumentStore, wanted: AlertLine): Promise<AlertLine> => {
  const id = lineId(wanted);
  const doc = versioned(named(id), { at: wanted.at, line: wanted });
  const made = await store.commit('alerts', wanted.ticketId, [{ op: 'create', doc }]);
  const line = made.ok ? wanted : ((await find(store, wanted.ticketId, id)) ?? wanted);
  const pointer = versioned(named(`${line.ticketId}~${id}`), { at: line.at, ticketId: line.ticketId, line: id });
  await store.commit('alerts', pkOf(line.recipient.id), [{ op: 'create', doc: pointer, ttlSeconds: POINTER_SECONDS }]);
  return line;
};

const find = async (store: DocumentStore, id: TicketId, line: string): Promise<AlertLine | undefined> => {
  const stored = await store.get('alerts', id, named(line));
  return stored ? lineOf(stored) : undefined;
};

/** A race is decided again on what is stored by then. */
const rewrite = async (
  store: DocumentStore,
  { ticketId: pk, line }: { readonly ticketId: TicketId; readonly line: string },
  change: (line: AlertLine) => AlertLine | undefined,
): Promise<AlertLine | undefined> => {
  for (;;) {
    const stored = await store.get('alerts', pk, named(line));
    if (!stored) return undefined;
    const known = lineOf(stored);
    const next = change(known);
    if (!next) return known;
    const doc = versioned(stored.doc.id, { at: known.at, line: next });
    if ((await store.commit('alerts', pk, [{ op: 'replace', doc, ifMatch: stored.etag }])).ok) return next;
  }
};

interface Newest {
  readonly pk: string;
  readonly limit: number;
  readonly since?: Instant;
}

const newest = async (store: DocumentStore, { pk, limit, since }: Newest): Promise<readonly Stored[]> => {
  const where = since === undefined ? [] : [{ field: 'at', op: '>=' as const, value: since }];
  const found: Stored[] = [];
  for (let from: { continuation?: string } | undefined = {}; from && found.length < limit;) {
    const wanted = { pk, index: 'newest', where, limit: Math.min(limit - found.length, PAGE), ...from };
    const page = await store.query('alerts', wanted);
    found.push(...page.items);
    from = page.continuation === undefined ? undefined : { continuation: page.continuation };
  }
  return found;
};

const pointedAt = async (store: DocumentStore, stored: Stored): Promise<AlertLine | undefined> => {
  const pointer = fieldsOf<PointerDocument>(stored);
  return find(store, ticketId(pointer.ticketId), pointer.line);
};

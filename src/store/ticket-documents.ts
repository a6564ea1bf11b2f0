import { StoreError } from '../application/errors.ts';
import type { DocumentStore, Stored, WriteOp } from '../application/ports/document-store.ts';
import type { CommitOutcome, OutboxEntry, TicketCommit, TicketStore } from '../application/ports/ticket-store.ts';
import type { Effect } from '../domain/effects.ts';
import type { Recorded, TicketEvent } from '../domain/events.ts';
import { seal, type Ticket, type TicketFacts } from '../domain/ticket.ts';
import { type CommandId, ticketId } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** The aggregate stays small: prose lives in events. Facts take about 2 KB; the rest is rows of envelopes and tasks. */
const LARGEST_TICKET = 48 * 1024;
const MARKER_SECONDS = 7 * 86_400;

const revText = (rev: number): string => String(rev).padStart(8, '0');
const markerOf = (command: CommandId): string => `m:${command}`;

/** Port TicketStore over documents: one partition a ticket, one batch a command. The only mapper that seals what it reads. */
export const ticketDocuments = (store: DocumentStore): TicketStore => ({
  load: async (id) => {
    const stored = await store.get('tickets', id, 'ticket');
    return stored ? { ticket: seal(fieldsOf<{ ticket: TicketFacts }>(stored).ticket), etag: stored.etag } : undefined;
  },
  commit: (commit) => commitTicket(store, commit),
  wasApplied: async (id, command) => (await store.get('tickets', id, markerOf(command))) !== null,
  history: async (id, { limit, before }) => {
    const page = await store.query('tickets', {
      pk: id,
      index: 'timeline',
      where: [
        { field: 'entryKind', op: '=', value: 'event' },
        ...(before === undefined ? [] : [{ field: 'entryRev', op: '<' as const, value: before }]),
      ],
      limit,
    });
    return page.items.map((stored): Recorded => {
      const { entryRev, event } = fieldsOf<{ entryRev: number; event: TicketEvent }>(stored);
      return { rev: entryRev, event };
    });
  },
  outbox: async (token, max) => {
    const page = await store.changes('tickets', { token, max });
    return { entries: page.items.filter(isOutbox).map(outboxEntry), token: page.token, seen: page.items.length };
  },
  some: async (continuation) => {
    const page = await store.scan('tickets', { limit: 500, ...(continuation === undefined ? {} : { continuation }) });
    const ids = page.items.filter(({ doc }) => doc.id === 'ticket').map(({ pk }) => ticketId(pk));
    return { ids, ...(page.continuation === undefined ? {} : { continuation: page.continuation }) };
  },
  discharge: async ({ ticketId: id, rev }) => {
    const gone = await store.commit('tickets', id, [{ op: 'delete', id: `ob:${revText(rev)}` }]);
    if (!gone.ok && gone.reason !== 'notFound')
      throw new StoreError('unavailable', `Outbox entry ${id}/${rev} could not be forgotten: ${gone.reason}`);
  },
});

const isOutbox = ({ doc }: Stored): boolean => doc.id.startsWith('ob:');

const outboxEntry = (stored: Stored): OutboxEntry => {
  const { rev, effects } = fieldsOf<{ rev: number; effects: Effect[] }>(stored);
  return { ticketId: ticketId(stored.pk), rev, effects };
};

/** A plain copy for the wire: the seal stays behind. */
const plainTicket = (ticket: Ticket): object => {
  const plain: object = Object.fromEntries(Object.entries(ticket));
  if (Buffer.byteLength(JSON.stringify(plain)) > LARGEST_TICKET)
    throw new StoreError('tooLarge', `Ticket ${ticket.number} holds more than facts.`);
  return plain;
};

const commitTicket = async (store: DocumentStore, commit: TicketCommit): Promise<CommitOutcome> => {
  const { ticket, etag, recorded, effects } = commit;
  const doc = versioned('ticket', { ticket: plainTicket(ticket) });
  const ops: WriteOp[] = [
    { op: 'create', doc: versioned(markerOf(commit.commandId), {}), ttlSeconds: MARKER_SECONDS },
    etag === undefined ? { op: 'create', doc } : { op: 'replace', doc, ifMatch: etag },
    ...recorded.map(({ rev, event }): WriteOp => ({
      op: 'create',
      doc: versioned(`tl:${revText(rev)}`, { entryKind: 'event', entryRev: rev, event }),
    })),
    { op: 'create', doc: versioned(`ob:${revText(ticket.rev)}`, { rev: ticket.rev, effects }) },
  ];
  const result = await commitOnce(store, ticket.id, ops);
  if (result.ok) return 'done';
  return result.index === 0 ? 'repeated' : 'stale';
};

/** An unknown outcome is settled by sending the same batch again: its marker tells whether it had gone through. */
const commitOnce = async (store: DocumentStore, pk: string, ops: WriteOp[]): ReturnType<DocumentStore['commit']> => {
  try {
    return await store.commit('tickets', pk, ops);
  } catch (fault) {
    if (fault instanceof StoreError && fault.kind === 'unknownOutcome') return store.commit('tickets', pk, ops);
    throw fault;
  }
};

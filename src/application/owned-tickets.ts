import { allows } from '../domain/lifecycle.ts';
import { ownerOf } from '../domain/ticket.ts';
import type { PersonId, TicketId } from '../domain/values.ts';
import { MOST_ITEMS } from './job-orders.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { JobItem } from './ports/jobs.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface OwnedParts {
  readonly queues: Pick<QueueLists, 'page'>;
  readonly tickets: Pick<TicketStore, 'load' | 'outbox'>;
  readonly bookmarks: Pick<Bookmarks, 'read'>;
}

/** How far the relay has come; under another name this begins at the first ticket, and is slow but right. */
const RELAY = 'relay';
const PAGE = 100;

/** Tickets whose changes the relay has not carried to the lists yet. Read before the lists: what it carries meanwhile is there. */
async function* underWay({ bookmarks, tickets }: OwnedParts): AsyncGenerator<TicketId> {
  let token = await bookmarks.read(RELAY);
  for (let more = true; more;) {
    const page = await tickets.outbox(token, PAGE);
    for (const { ticketId } of page.entries) yield ticketId;
    [token, more] = [page.token, page.seen > 0];
  }
}

async function* listed({ queues }: OwnedParts, owner: PersonId): AsyncGenerator<TicketId> {
  for (const bucket of ['open', 'done'] as const) {
    let continuation: string | undefined;
    do {
      const page = await queues.page({ owner }, { bucket, limit: PAGE, ...(continuation ? { continuation } : {}) });
      for (const { ticketId } of page.entries) yield ticketId;
      continuation = page.continuation;
    } while (continuation !== undefined);
  }
}

/** The list is a moment behind, so what is under way to it is looked at too, and each ticket is asked itself whose it is. */
export const ownedBy = async (parts: OwnedParts, owner: PersonId): Promise<readonly JobItem[]> => {
  const asked = new Set<TicketId>();
  const theirs: JobItem[] = [];
  for (const source of [underWay(parts), listed(parts, owner)]) {
    for await (const ticketId of source) {
      if (asked.has(ticketId)) continue;
      if (theirs.length === MOST_ITEMS) return theirs;
      asked.add(ticketId);
      const ticket = (await parts.tickets.load(ticketId))?.ticket;
      if (ticket && ownerOf(ticket)?.id === owner && allows(ticket, 'transfer'))
        theirs.push({ ticketId, number: ticket.number });
    }
  }
  return theirs;
};

import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { entryOf } from '../domain/timeline.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Instant, TicketId } from '../domain/values.ts';
import type { TicketStore } from './ports/ticket-store.ts';

/** A page of a ticket's timeline: newest first, 10 to 50 entries. */
export interface TimelineWanted {
  readonly limit: number;
  /** Only entries before this rev. */
  readonly before?: number;
  readonly kind?: TimelineEntry['kind'];
  readonly visibility?: TimelineEntry['visibility'];
  /** Part of the author's name, in whatever case. */
  readonly author?: string;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
}

export interface TimelinePage {
  readonly ticket: Ticket;
  readonly entries: readonly TimelineEntry[];
  /** Where older entries begin; absent: there are none. */
  readonly before?: number;
}

const PAGE = 50;
const clamp = (limit: number): number => Math.min(50, Math.max(10, Math.trunc(limit) || 10));

const wanted = (entry: TimelineEntry, { kind, visibility, author, from, until }: TimelineWanted): boolean =>
  (kind === undefined || entry.kind === kind) &&
  (visibility === undefined || entry.visibility === visibility) &&
  (author === undefined || entry.author.toLowerCase().includes(author.toLowerCase())) &&
  (from === undefined || entry.at >= from) &&
  (until === undefined || entry.at < until);

/** Filters look as far back as they must; a ticket's whole story is in one partition. Undefined: there is no such ticket. */
export const timelinePage = async (
  tickets: Pick<TicketStore, 'load' | 'history'>,
  id: TicketId,
  asked: TimelineWanted,
): Promise<TimelinePage | undefined> => {
  const ticket = (await tickets.load(id))?.ticket;
  if (!ticket) return undefined;
  const limit = clamp(asked.limit);
  const found: TimelineEntry[] = [];
  let before = asked.before ?? ticket.rev + 1;
  while (found.length <= limit && before > 1) {
    const recorded = await tickets.history(id, { limit: PAGE, before });
    if (recorded.length === 0) break;
    found.push(...recorded.map(entryOf).filter((entry) => wanted(entry, asked)));
    before = recorded.at(-1)?.rev ?? 1;
  }
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return { ticket, entries, ...(found.length > limit && last ? { before: last.rev } : {}) };
};

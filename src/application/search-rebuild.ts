import { searchWords } from '../domain/effects-of.ts';
import type { Recorded } from '../domain/events.ts';
import type { TicketId } from '../domain/values.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { Log } from './ports/log.ts';
import type { TicketSearch } from './ports/ticket-search.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface SearchRebuildParts {
  readonly tickets: TicketStore;
  readonly search: TicketSearch;
  readonly bookmarks: Bookmarks;
  /** The search begins empty. */
  readonly searchIsEmpty: boolean;
  readonly log: Log;
}

/** The bookmark that says whether the search holds every ticket. */
export const SEARCH_REBUILD = 'search-rebuild';

const COMPLETE = 'complete';
const TOLD_EVERY = 10_000;
const EVENTS = 100;

/**
 * Fills a search that begins empty, beside live traffic and with progress in the log. One that was interrupted begins anew
 * at the next start: the bookmark says whether it ever came to its end. Answers how many tickets were indexed.
 */
export const rebuildSearch = async (parts: SearchRebuildParts, signal: AbortSignal): Promise<number> => {
  const state = await parts.bookmarks.read(SEARCH_REBUILD);
  if (!parts.searchIsEmpty && state === COMPLETE) return 0;
  await parts.bookmarks.save(SEARCH_REBUILD, 'running');
  let done = 0;
  let continuation: string | undefined;
  do {
    const page = await parts.tickets.some(continuation);
    for (const id of page.ids) {
      if (signal.aborted) return done;
      await indexTicket(parts, id);
      done += 1;
      if (done % TOLD_EVERY === 0) parts.log.info('search-rebuilding', { done });
    }
    ({ continuation } = page);
  } while (continuation !== undefined);
  await parts.bookmarks.save(SEARCH_REBUILD, COMPLETE);
  parts.log.info('search-rebuilt', { done });
  return done;
};

/** A ticket that changed while it was read is read again: the relay's newer entry holds only the newest words. */
const indexTicket = async (parts: SearchRebuildParts, id: TicketId): Promise<void> => {
  for (let indexed: number | undefined; ;) {
    const loaded = await parts.tickets.load(id);
    if (!loaded || loaded.ticket.rev === indexed) return;
    await parts.search.index(searchWords(loaded.ticket, await historyOf(parts.tickets, id)));
    indexed = loaded.ticket.rev;
  }
};

const historyOf = async (tickets: TicketStore, id: TicketId): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for (let before: number | undefined; ; before = all.at(-1)?.rev) {
    const page = await tickets.history(id, { limit: EVENTS, ...(before === undefined ? {} : { before }) });
    all.push(...page);
    if (page.length < EVENTS) return all;
  }
};

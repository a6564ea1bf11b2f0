import type { Effect, SearchWords } from '../domain/effects.ts';
import { loop, type Loop } from './loop.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Log } from './ports/log.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import { SEARCH_REBUILD } from './search-rebuild.ts';
import type { TicketSearch } from './ports/ticket-search.ts';
import type { OutboxEntry, TicketStore } from './ports/ticket-store.ts';

export interface RelayParts {
  readonly tickets: TicketStore;
  readonly queues: QueueLists;
  readonly deliveries: Deliveries;
  readonly search: TicketSearch;
  readonly bookmarks: Bookmarks;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when something was put into `deliveries`. */
  readonly enqueued: () => void;
}

export interface Relay extends Loop {
  /** Carries out what waits and returns when caught up. */
  drain(): Promise<void>;
}

const READER = 'relay';
const PAGE = 200;
const LANES = 8;

/**
 * Carries effects out of the tickets' partitions: projections and sends, each idempotent, then forgets the outbox entry. A
 * kill at any point repeats at most the entry it was at; the bookmark is saved only after everything before it is done.
 */
export const relay = (parts: RelayParts): Relay => {
  const round = async (): Promise<boolean> => {
    const token = await parts.bookmarks.read(READER);
    const page = await parts.tickets.outbox(token, PAGE);
    await inLanes(page.entries, (entry) => carryOut(parts, entry));
    if (page.token !== token) await parts.bookmarks.save(READER, page.token);
    return page.seen > 0;
  };
  const looping = loop({ name: 'relay', pauseMs: 1_000, clock: parts.clock, log: parts.log, round });
  return {
    ...looping,
    drain: async () => {
      while (await looping.once());
    },
  };
};

/** Entries of one ticket stay in order; different tickets share the lanes. */
const inLanes = async (entries: readonly OutboxEntry[], work: (entry: OutboxEntry) => Promise<void>): Promise<void> => {
  const waiting = [...Map.groupBy(entries, (entry) => entry.ticketId).values()];
  const lane = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) for (const entry of group) await work(entry);
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
};

const carryOut = async (parts: RelayParts, entry: OutboxEntry): Promise<void> => {
  for (const effect of entry.effects) await apply(parts, entry, effect);
  await parts.tickets.discharge(entry);
};

/** Search never holds up a mail: an index that fails is said to be incomplete, and the next start fills it again. */
const indexed = async ({ search, bookmarks, log }: RelayParts, words: SearchWords): Promise<void> => {
  try {
    await search.index(words);
  } catch (fault) {
    log.error('search-not-indexed', { ticket: words.ticketId, message: String(fault) });
    await bookmarks.save(SEARCH_REBUILD, 'incomplete');
  }
};

const apply = async (parts: RelayParts, { ticketId, rev }: OutboxEntry, effect: Effect): Promise<void> => {
  const send = async (job: Parameters<Deliveries['enqueue']>[0]): Promise<void> => {
    await parts.deliveries.enqueue(job, parts.clock.now());
    parts.enqueued();
  };
  switch (effect.kind) {
    case 'project':
      return parts.queues.apply(effect);
    case 'search':
      return indexed(parts, effect.words);
    case 'thread':
      return parts.queues.rememberThread(effect.internetMessageId, ticketId);
    case 'mail':
      return send({ channel: 'mail', mail: effect.mail });
    case 'card':
      return send({ channel: 'teams', kind: 'card', slot: effect.slot, teamId: effect.teamId, ticketId, rev });
    case 'notice':
      return send({
        channel: 'teams',
        kind: 'notice',
        to: effect.to,
        reason: effect.reason,
        ticketId,
        rev: effect.rev,
      });
  }
};

import type { TicketCommand } from '../domain/commands.ts';
import type { Effect, SearchWords } from '../domain/effects.ts';
import { isRefusal } from '../domain/refusals.ts';
import type { Instant, PersonId, TicketId } from '../domain/values.ts';
import type { AlertDesk } from './alert-desk.ts';
import { loop, type Loop } from './loop.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Log } from './ports/log.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { Reports } from './ports/reports.ts';
import { SEARCH_REBUILD } from './search-rebuild.ts';
import type { TicketSearch } from './ports/ticket-search.ts';
import type { OutboxEntry, TicketStore } from './ports/ticket-store.ts';
import type { Timers } from './ports/timers.ts';
import { StoreError } from './errors.ts';
import type { RunCommand } from './run-command.ts';

export interface RelayParts {
  readonly tickets: TicketStore;
  readonly queues: QueueLists;
  readonly deliveries: Deliveries;
  readonly search: TicketSearch;
  readonly bookmarks: Bookmarks;
  readonly clock: Clock;
  readonly log: Log;
  readonly timers: Pick<Timers, 'set'>;
  readonly reports: Pick<Reports, 'add'>;
  /** A command of one ticket to another. */
  readonly run: RunCommand;
  readonly beyond: Beyond;
  readonly alertDesk: Pick<AlertDesk, 'raised' | 'changed'>;
  /** Called when something was put into `deliveries`. */
  readonly enqueued: () => void;
}

/** What happens outside the tickets when one of them changes; each is harmless when it is repeated. */
export interface Beyond {
  contactSeen(seen: Extract<Effect, { kind: 'contact' }>, ticketId: TicketId): Promise<void>;
  associate(associated: Extract<Effect, { kind: 'associate' }>, ticketId: TicketId): Promise<void>;
  tellChildren(news: Extract<Effect, { kind: 'children-updated' }>, ticketId: TicketId): Promise<void>;
  /** Somebody acted in an owner's place. */
  acted(owner: PersonId, deputy: PersonId, at: Instant): Promise<void>;
  /** One more of its kind: many in a short time are a storm. */
  alike(opened: Extract<Effect, { kind: 'alike' }>, ticketId: TicketId): Promise<void>;
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

type Enqueue = (job: Parameters<Deliveries['enqueue']>[0]) => Promise<void>;

const sending =
  (parts: RelayParts): Enqueue =>
  async (job) => {
    await parts.deliveries.enqueue(job, parts.clock.now());
    parts.enqueued();
  };

const apply = async (parts: RelayParts, entry: OutboxEntry, effect: Effect): Promise<void> => {
  const { ticketId, rev } = entry;
  const send = sending(parts);
  switch (effect.kind) {
    case 'project':
      return parts.queues.apply(effect);
    case 'rows':
      return parts.queues.applyRows(effect);
    case 'search':
      return indexed(parts, effect.words);
    case 'thread':
      return parts.queues.rememberThread(effect.internetMessageId, ticketId);
    case 'mail':
      return send({ channel: 'mail', mail: effect.mail });
    case 'card':
      return send({ channel: 'teams', ...effect, ticketId, rev });
    case 'notice':
      return send({ channel: 'teams', ...effect, ticketId });
    case 'timer':
      return parts.timers.set({ subject: ticketId, dueAt: effect.dueAt, rev: effect.rev });
    case 'report':
      return reported(parts, effect);
    case 'alert':
      return parts.alertDesk.raised(effect, ticketId);
    case 'alert-changed':
      return parts.alertDesk.changed(effect, ticketId);
    case 'command':
      return tell(parts, effect.to, effect.command);
    case 'contact':
      return parts.beyond.contactSeen(effect, ticketId);
    case 'alike':
      return parts.beyond.alike(effect, ticketId);
    case 'associate':
      return parts.beyond.associate(effect, ticketId);
    case 'children-updated':
      return parts.beyond.tellChildren(effect, ticketId);
  }
};

const reported = async (
  { reports, beyond }: RelayParts,
  effect: Extract<Effect, { kind: 'report' }>,
): Promise<void> => {
  await reports.add(effect.report, effect.line);
  if (effect.acted) await beyond.acted(effect.acted.owner, effect.acted.deputy, effect.line.at);
};

/** Decided by the other ticket; a refusal is its answer. Where it is busy the entry waits for the next round. */
const tell = async ({ run, log }: RelayParts, to: TicketId, command: TicketCommand): Promise<void> => {
  const outcome = await run(to, command);
  if (!isRefusal(outcome)) return;
  if (outcome.refused === 'busy-try-again') throw new StoreError('unavailable', `Ticket ${to} is busy`);
  log.warn('told-in-vain', { ticket: to, command: command.type, code: outcome.refused });
};

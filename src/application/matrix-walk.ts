import { type Instant, instantOf, millisecondsOf, type TicketId } from '../domain/values.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { Timers } from './ports/timers.ts';

export interface MatrixWalkParts {
  readonly queues: Pick<QueueLists, 'page'>;
  readonly timers: Pick<Timers, 'set'>;
  readonly bookmarks: Bookmarks;
  /** Draws the cards of a ticket's alerts anew. */
  readonly redraw: (ticketId: TicketId, rev: number) => Promise<void>;
}

interface Walk {
  readonly version: number;
  /** From when its rules hold. */
  readonly begins: Instant;
  readonly now: Instant;
}

/** How far a walk has come; written after what stands before it is done. */
interface Place {
  readonly round: 'first' | 'second';
  readonly bucket: 'waiting' | 'open';
  readonly continuation?: string;
  readonly notBefore?: Instant;
}

const PAGE = 100;
const PAGES_A_FIRE = 1;
const DONE = 'done';
/** What was decided by the old rules may still be on its way to its timer when the first round passes. */
const SECOND_AFTER = 2 * 60_000;

/**
 * Other rules make other moments: every open ticket is looked at once they hold, and once more for what was on its way. So many
 * tickets a call; answers when to go on, also after a restart. Undefined: it is through. Twice is harmless: a tick that comes
 * too early only sets its timer anew.
 */
export const matrixWalk =
  (parts: MatrixWalkParts) =>
  async ({ version, begins, now }: Walk): Promise<Instant | undefined> => {
    if (now < begins) return begins;
    const reader = `matrix:${version}`;
    const kept = await parts.bookmarks.read(reader);
    if (kept === DONE) return undefined;
    let place: Place | undefined = kept === null ? { round: 'first', bucket: 'waiting' } : (JSON.parse(kept) as Place);
    if (place.notBefore !== undefined && now < place.notBefore) return place.notBefore;
    for (let pages = 0; place && pages < PAGES_A_FIRE; pages += 1) {
      place = await walkPage(parts, place, now);
      await parts.bookmarks.save(reader, place ? JSON.stringify(place) : DONE);
      if (place?.notBefore !== undefined) return place.notBefore;
    }
    return place && now;
  };

const walkPage = async (parts: MatrixWalkParts, place: Place, now: Instant): Promise<Place | undefined> => {
  const { round, bucket, continuation } = place;
  const page = await parts.queues.page(
    { team: '*' },
    { bucket, limit: PAGE, ...(continuation === undefined ? {} : { continuation }) },
  );
  await Promise.all(page.entries.map(({ ticketId, rev }) => parts.timers.set({ subject: ticketId, dueAt: now, rev })));
  if (round === 'first') for (const { ticketId, rev } of page.entries) await parts.redraw(ticketId, rev);
  if (page.continuation !== undefined) return { round, bucket, continuation: page.continuation };
  if (bucket === 'waiting') return { round, bucket: 'open' };
  const notBefore = instantOf(millisecondsOf(now) + SECOND_AFTER);
  return round === 'first' ? { round: 'second', bucket: 'waiting', notBefore } : undefined;
};

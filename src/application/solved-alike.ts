import type { Recorded } from '../domain/events.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { entryOf } from '../domain/timeline.ts';
import { ticketId, type TicketId } from '../domain/values.ts';
import type { Log } from './ports/log.ts';
import type { SolvedAlike } from './ports/stories.ts';
import type { TicketSearch } from './ports/ticket-search.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import { similarTickets } from './similar-tickets.ts';

export interface SolvedAlikeParts {
  readonly search: Pick<TicketSearch, 'similar'>;
  readonly tickets: Pick<TicketStore, 'load' | 'history'>;
  readonly log: Log;
}

const MOST = 3;
const LEAST_ALIKE = 0.2;
const STORY = 20;

/** The last words to the customer before it was resolved. */
const answerIn = (history: readonly Recorded[]): string | undefined =>
  history
    .map(entryOf)
    .find(({ visibility, direction, text }) => visibility === 'customer' && direction === 'out' && text)?.text;

/** The answer that solved a ticket; undefined where nothing was said. */
export const solution = async (
  { tickets }: Pick<SolvedAlikeParts, 'tickets'>,
  id: TicketId,
): Promise<SolvedAlike | undefined> => {
  const ticket = (await tickets.load(id))?.ticket;
  if (!ticket || (ticket.status !== 'resolved' && ticket.status !== 'closed')) return undefined;
  const answer = answerIn(await tickets.history(id, { limit: STORY }));
  return answer === undefined ? undefined : { ticketId: id, number: ticket.number, subject: ticket.subject, answer };
};

/** Solved tickets like this one, each with the answer that solved it. Search is a help, never a condition: a fault gives none. */
export const solvedAlike = async (
  parts: SolvedAlikeParts,
  ticket: Ticket,
  entries: readonly TimelineEntry[],
): Promise<readonly SolvedAlike[]> => {
  const text = entries.findLast(({ direction, text: said }) => direction === 'in' && said)?.text ?? '';
  const wanted = { subject: ticket.subject, text, statuses: ['resolved', 'closed'], exclude: ticket.id, limit: MOST };
  try {
    const found = await similarTickets(parts.search, wanted);
    const alike = found.filter(({ likeness }) => likeness >= LEAST_ALIKE);
    const solved = await Promise.all(alike.map(({ entry }) => solution(parts, ticketId(entry.ticketId))));
    return solved.filter((each) => each !== undefined);
  } catch (fault) {
    parts.log.warn('similar-not-found', { ticket: ticket.id, message: String(fault) });
    return [];
  }
};

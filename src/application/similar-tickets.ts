import { likeness, significantWords } from '../domain/likeness.ts';
import type { SearchEntry, TicketSearch } from './ports/ticket-search.ts';

export interface SimilarTicket {
  readonly entry: SearchEntry;
  /** 0 … 1 */
  readonly likeness: number;
}

export interface SimilarWanted {
  readonly subject: string;
  /** What was reported; its beginning is enough. */
  readonly text: string;
  readonly statuses: readonly string[];
  /** The id of the ticket that is compared. */
  readonly exclude?: string;
  readonly limit: number;
}

const CANDIDATES = 50;
/** A report says what it is about at its beginning; below stand signatures, which make strangers alike. */
const COMPARED = 1_000;

/** Tickets like this one, the most alike first; of those equally alike the one that changed last. */
export const similarTickets = async (
  search: Pick<TicketSearch, 'similar'>,
  { subject, text, limit, ...narrowed }: SimilarWanted,
): Promise<readonly SimilarTicket[]> => {
  const entries = await search.similar(wholeOf({ subject, text }), { ...narrowed, limit: CANDIDATES });
  return entries
    .map((entry) => ({ entry, likeness: alike({ subject, text }, entry) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, limit);
};

type Report = Pick<SimilarWanted, 'subject' | 'text'>;

const wholeOf = ({ subject, text }: Report): string => `${subject} ${text.slice(0, COMPARED)}`;

/** A long correspondence is like nothing, so its subject speaks alone, too; not one that only says `Problem`. */
const alike = (wanted: Report, other: Report): number => {
  const bySubject = significantWords(wanted.subject).length < 2 ? 0 : likeness(wanted.subject, other.subject);
  return Math.max(bySubject, likeness(wholeOf(wanted), wholeOf(other)));
};

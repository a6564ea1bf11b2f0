/** Finds tickets by words. Newest first; ranking is never compared. Fed by the relay, so it may lag behind a commit. */
export interface SearchEntry {
  ticketId: string;
  number: string;
  teamId: string;
  status: string;
  subject: string;
  /** Every word that may find the ticket: subject, what people wrote, the requester's name and address. */
  text: string;
  /** The ticket's rev. */
  rev: number;
  /** ISO instant of the last change. */
  changedAt: string;
}

export interface TicketSearch {
  /**
   * Adds words to the ticket's entry (`text` is added to, the facts replaced). An entry of an older `rev` changes nothing; one
   * of the same adds what is missing: applying twice is harmless.
   */
  index(entry: SearchEntry): Promise<void>;
  find(words: string, options: { teamId?: string; status?: string; limit: number }): Promise<SearchEntry[]>;
  /**
   * Tickets in one of `statuses` that share at least one of the text's rarer words, newest first and without `exclude`:
   * candidates, which the caller ranks. Looks at the newest matches only, so that a word in every ticket costs no more than
   * a rare one. `limit` 1..50.
   */
  similar(
    text: string,
    options: { statuses: readonly string[]; exclude?: string; limit: number },
  ): Promise<SearchEntry[]>;
}

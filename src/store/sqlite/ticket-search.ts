import { mkdir } from 'node:fs/promises';
import type { SearchEntry, TicketSearch } from '../../application/ports/ticket-search.ts';
import { checkCount, invalid } from '../checks.ts';
import { anyOf, entryColumns, matchOf, placeOf } from './search-words.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { Arg } from './worker-messages.ts';

export interface OpenTicketSearch extends TicketSearch {
  /** Nothing was kept, or what was kept could not be read: every ticket must be indexed again. */
  fresh: boolean;
  close(): Promise<void>;
}

const entryOf = ([ticketId, number, teamId, status, subject, text, rev, changedAt]: Arg[]): SearchEntry => ({
  ticketId: String(ticketId),
  number: String(number),
  teamId: String(teamId),
  status: String(status),
  subject: String(subject),
  text: String(text),
  rev: Number(rev),
  changedAt: String(changedAt),
});

const entriesOf = (found: Arg[]): SearchEntry[] => {
  const starts = found.flatMap((_, at) => (at % entryColumns.length === 0 ? [at] : []));
  return starts.map((at) => entryOf(found.slice(at, at + entryColumns.length)));
};

const mostAlike = 50;

const checkEntry = ({ ticketId, rev, changedAt }: SearchEntry): void => {
  if (Number.isNaN(placeOf(changedAt))) throw invalid(`changedAt of ticket ${ticketId} is no instant`);
  if (!Number.isSafeInteger(rev)) throw invalid(`rev of ticket ${ticketId} is no whole number`);
};

/**
 * Full text search in search.sqlite beside the desk's documents, in a worker of its own: a search over common words may
 * take a second, and neither the desk nor its commits shall wait for it.
 */
export const openTicketSearch = async ({ folder }: { folder: string }): Promise<OpenTicketSearch> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const channel = await WorkerChannel.open(new URL('./search-worker.ts', import.meta.url), { folder });
  return {
    fresh: channel.greeting[0] === 1,
    index: async (entry) => {
      checkEntry(entry);
      await channel.call(
        'write',
        entryColumns.map((column) => entry[column]),
      );
    },
    find: async (words, { teamId, status, limit }) => {
      checkCount(limit, 'limit');
      const match = matchOf(words);
      if (match === undefined) return [];
      return entriesOf(await channel.call('read', ['find', match, teamId ?? null, status ?? null, limit]));
    },
    similar: async (text, { statuses, exclude, limit }) => {
      checkCount(limit, 'limit');
      const match = anyOf(text);
      if (match === undefined) return [];
      const most = Math.min(limit, mostAlike);
      return entriesOf(await channel.call('read', ['similar', match, JSON.stringify(statuses), exclude ?? null, most]));
    },
    close: () => channel.close(),
  };
};

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Log } from '../../src/application/ports/log.ts';
import type { TicketStore } from '../../src/application/ports/ticket-store.ts';
import { rebuildSearch, type SearchRebuildParts } from '../../src/application/search-rebuild.ts';
import { searchWords } from '../../src/domain/effects-of.ts';
import { type OpenTicketSearch, openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import { bookmarkDocuments } from '../../src/store/system-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { anotherTicket, arrivesAs, commitOf, deskStore } from '../store/desk-store.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { ana, notes } from '../support/deeds.ts';

const desk = deskStore();
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let search: OpenTicketSearch;
let end: () => Promise<void>;

beforeEach(async () => {
  const { folder, remove } = await temporaryFolder();
  search = await openTicketSearch({ folder });
  end = () => search.close().then(remove);
});
afterEach(() => end());

const parts = (change: Partial<SearchRebuildParts> = {}): SearchRebuildParts => ({
  tickets: ticketDocuments(desk.store),
  bookmarks: bookmarkDocuments(desk.store),
  search,
  searchIsEmpty: true,
  log: quiet,
  ...change,
});
const found = async (words: string): Promise<string[]> =>
  (await search.find(words, { limit: 10 })).map(({ ticketId }) => ticketId);

const noted = async (text: string): Promise<string> => {
  const id = anotherTicket();
  const { tickets } = parts();
  for (const deed of [arrivesAs(id), notes(ana, text)]) await tickets.commit(await commitOf(tickets, id, deed));
  return id;
};

test('a search that was lost finds every ticket again, by all of its words', async () => {
  const id = await noted('the rhubarb valve');
  expect(await found('rhubarb')).toEqual([]);
  await rebuildSearch(parts(), new AbortController().signal);
  expect(await found('rhubarb valve')).toEqual([id]);
});

test('it is filled once: the next start leaves it alone', async () => {
  await noted('a lonely gasket');
  await rebuildSearch(parts(), new AbortController().signal);
  expect(await rebuildSearch(parts({ searchIsEmpty: false }), new AbortController().signal)).toBe(0);
});

test('one that was interrupted begins anew', async () => {
  const id = await noted('the interrupted flange');
  const stopped = new AbortController();
  stopped.abort();
  expect(await rebuildSearch(parts(), stopped.signal)).toBe(0);
  await rebuildSearch(parts({ searchIsEmpty: false }), new AbortController().signal);
  expect(await found('flange')).toEqual([id]);
});

test('a ticket that changes while it is indexed keeps its old words and its new ones', async () => {
  const id = await noted('the former sprocket');
  const inner = parts().tickets;
  let raced = false;
  const racing: TicketStore = {
    ...inner,
    load: async (wanted) => {
      const loaded = await inner.load(wanted);
      if (wanted === id && !raced) {
        raced = true;
        const commit = await commitOf(inner, wanted, notes(ana, 'and a novel cog'));
        await inner.commit(commit);
        await search.index(searchWords(commit.ticket, commit.recorded));
      }
      return loaded;
    },
  };
  await rebuildSearch(parts({ tickets: racing }), new AbortController().signal);
  expect(await found('sprocket cog')).toEqual([id]);
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SearchEntry, TicketSearch } from '../../src/application/ports/ticket-search.ts';

export interface ContractSearch {
  search: TicketSearch;
  end(): Promise<void>;
}

const entry = (ticket: number, facts: Partial<SearchEntry> = {}): SearchEntry => ({
  ticketId: `t-${ticket}`,
  number: `INC${String(ticket).padStart(6, '0')}`,
  teamId: 'service-desk',
  status: 'open',
  subject: `Ticket ${ticket}`,
  text: 'The printer prints blank pages',
  rev: 1,
  changedAt: new Date(Date.UTC(2026, 0, 5, 9, 0, ticket)).toISOString(),
  ...facts,
});

export const ticketSearchContract = (name: string, open: () => Promise<ContractSearch>): void => {
  describe(`ticket search: ${name}`, () => {
    let opened: ContractSearch;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.end());
    const index = async (...entries: SearchEntry[]): Promise<void> => {
      for (const one of entries) await opened.search.index(one);
    };
    const find = async (words: string, options: { teamId?: string; status?: string; limit?: number } = {}) =>
      (await opened.search.find(words, { limit: 10, ...options })).map(({ ticketId }) => ticketId);

    it('finds a ticket by any of its words, whatever their case and accents', async () => {
      await index(entry(1, { text: 'Der Drucker im Büro raucht', subject: 'Störung am Gerät' }), entry(2));
      for (const words of ['drucker', 'BÜRO', 'buro', 'gerät', 'raucht drucker', 'INC000001', 'inc000001']) {
        expect(await find(words)).toEqual(['t-1']);
      }
      expect(await find('Drucker pages')).toEqual([]);
      expect(await find('nothing')).toEqual([]);
    });

    it('gives the whole entry back', async () => {
      await index(entry(1));
      expect(await opened.search.find('printer', { limit: 10 })).toEqual([entry(1)]);
    });

    it('takes the last word as unfinished and the others as whole', async () => {
      await index(entry(1));
      expect(await find('prin')).toEqual(['t-1']);
      expect(await find('printer pag')).toEqual(['t-1']);
      expect(await find('prin pages')).toEqual([]);
    });

    it('lists the newest change first, not the best match', async () => {
      await index(entry(3), entry(1, { text: 'printer printer printer' }), entry(2));
      expect(await find('printer')).toEqual(['t-3', 't-2', 't-1']);
      expect(await find('printer', { limit: 2 })).toEqual(['t-3', 't-2']);
      await index(entry(1, { rev: 2, changedAt: '2026-02-01T00:00:00.000Z' }));
      expect(await find('printer')).toEqual(['t-1', 't-3', 't-2']);
    });

    it('narrows by team and by status', async () => {
      await index(entry(1), entry(2, { teamId: 'network' }), entry(3, { status: 'closed' }));
      expect(await find('printer', { teamId: 'network' })).toEqual(['t-2']);
      expect(await find('printer', { status: 'open' })).toEqual(['t-2', 't-1']);
      expect(await find('printer', { teamId: 'service-desk', status: 'closed' })).toEqual(['t-3']);
    });

    it('adds words and replaces facts', async () => {
      await index(
        entry(1),
        entry(1, { rev: 2, status: 'closed', subject: 'Solved', text: 'new toner for the printer' }),
      );
      expect(await find('blank toner')).toEqual(['t-1']);
      expect(await find('printer', { status: 'open' })).toEqual([]);
      expect(await opened.search.find('toner', { limit: 1 })).toMatchObject([
        { subject: 'Solved', status: 'closed', rev: 2 },
      ]);
      expect(await find('Ticket')).toEqual([]); // the old subject is no longer a fact
    });

    it('is not changed by an entry that comes twice or too late', async () => {
      const newest = entry(1, { rev: 3, status: 'closed' });
      await index(newest, newest, entry(1, { rev: 2, status: 'open', text: 'late words' }));
      expect(await opened.search.find('printer', { limit: 10 })).toEqual([newest]);
      expect(await find('late')).toEqual([]);
    });

    it('keeps tickets apart that changed in the same millisecond', async () => {
      const changedAt = '2026-01-05T09:00:00.000Z';
      await Promise.all(Array.from({ length: 1_200 }, (_, n) => opened.search.index(entry(n, { changedAt }))));
      expect(await find('printer', { limit: 1_000 })).toHaveLength(1_000);
      expect(await find('INC001199')).toEqual(['t-1199']);
      expect(await find('INC000000')).toEqual(['t-0']);
    });

    const similar = async (text: string, options: { statuses?: string[]; exclude?: string; limit?: number } = {}) =>
      (await opened.search.similar(text, { statuses: ['open'], limit: 10, ...options })).map(
        ({ ticketId }) => ticketId,
      );

    it('proposes tickets that share any of the words that say something, the newest change first', async () => {
      await index(
        entry(1, { subject: 'Störung', text: 'Der Drucker raucht' }),
        entry(3, { subject: 'Scanner', text: 'The scanner jams' }),
        entry(2, { subject: 'Drucker', text: 'kein Papier' }),
      );
      expect(await similar('Drucker und Scanner')).toEqual(['t-3', 't-2', 't-1']);
      expect(await similar('DRUCKER', { limit: 1 })).toEqual(['t-2']);
      expect(await similar('eine STÖRUNG')).toEqual(['t-1']);
      expect(await similar('the keyboard')).toEqual([]);
      expect(await opened.search.similar('scanner', { statuses: ['open'], limit: 1 })).toMatchObject([
        { ticketId: 't-3', subject: 'Scanner', text: 'The scanner jams' },
      ]);
    });

    it('proposes nothing for words that stand in every mail', async () => {
      await index(entry(1, { text: 'Hello, please help with this. Der die das.' }));
      for (const text of ['Hello, this is the', 'der die das', '', '?!']) expect(await similar(text)).toEqual([]);
    });

    it('proposes by the longest words of a long text', async () => {
      await index(entry(1, { text: 'certificate' }), entry(2, { text: 'fan' }));
      const eight = 'authentication configuration synchronisation virtualisation connectivity organisation deployment';
      expect(await similar(`fan ${eight} certificate`)).toEqual(['t-1']);
    });

    it('proposes only tickets of the wanted statuses, and never the ticket itself', async () => {
      await index(entry(1), entry(2, { status: 'closed' }), entry(3, { status: 'resolved' }), entry(4));
      expect(await similar('printer', { exclude: 't-4' })).toEqual(['t-1']);
      expect(await similar('printer', { statuses: ['closed', 'resolved'] })).toEqual(['t-3', 't-2']);
      expect(await similar('printer', { statuses: [] })).toEqual([]);
    });

    it('takes nothing in a customer’s text as a language of its own', async () => {
      await index(entry(1, { text: 'gasket' }));
      for (const text of ['gasket" OR "', 'NEAR(gasket', 'subject:gasket*', '{gasket}: AND NOT', 'gasket\0'])
        expect(await similar(text)).toEqual(['t-1']);
    });

    it('never takes what was typed as a language of its own', async () => {
      await index(entry(1, { text: 'error 0x80070005 at ana.berg@contoso.com (C:\\temp) "quoted" AND more NOT less' }));
      const literal = [
        '0x80070005',
        'ana.berg@contoso.com',
        'C:\\temp',
        '"quoted"',
        'AND',
        'NOT less',
        'more)',
        'more*',
      ];
      for (const words of literal) expect(await find(words)).toEqual(['t-1']);
      const harmless = [
        '"',
        '*',
        '""" OR 1',
        'NEAR(',
        'subject:',
        '^',
        'a AND',
        '-',
        '()',
        '\0',
        '{a b}:',
        "'; DROP TABLE entries",
      ];
      harmless.push('a"b', 'x" OR subject:"y', '"a', 'b"', 'col:"a" AND');
      for (const words of harmless) expect(Array.isArray(await find(words))).toBe(true);
      for (const words of ['', '   ', '!?', '***', '\0']) expect(await find(words)).toEqual([]);
      expect(await find('subject:nothing')).toEqual([]);
    });
  });
};

import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openTicketSearch } from '../../../src/store/sqlite/ticket-search.ts';
import { ticketSearchContract } from '../../contracts/ticket-search.ts';
import { temporaryFolder } from './sqlite-folder.ts';

ticketSearchContract('SQLite FTS5', async () => {
  const { folder, remove } = await temporaryFolder();
  const search = await openTicketSearch({ folder });
  return {
    search,
    end: async () => {
      await search.close();
      await remove();
    },
  };
});

describe('the file of the ticket search', () => {
  const entry = {
    ...{ ticketId: 't-1', number: 'INC1', teamId: 'desk', status: 'open', subject: 'Printer', text: 'blank pages' },
    ...{ rev: 1, changedAt: '2026-01-05T09:00:00.000Z' },
  };

  it('says when it is fresh and must be fed, and keeps what it was fed', async () => {
    const { folder, remove } = await temporaryFolder();
    const first = await openTicketSearch({ folder });
    await first.index(entry);
    await first.close();
    const second = await openTicketSearch({ folder });
    expect([first.fresh, second.fresh]).toEqual([true, false]);
    expect(await second.find('blank', { limit: 1 })).toEqual([entry]);
    await second.close();
    const db = new DatabaseSync(join(folder, 'search.sqlite'));
    db.exec("INSERT INTO words (words) VALUES ('integrity-check')"); // throws when words and entries differ
    db.close();
    await remove();
  });

  it('is made anew when it is damaged or of another release', async () => {
    const { folder, remove } = await temporaryFolder();
    await writeFile(join(folder, 'search.sqlite'), 'This was a shopping list. '.repeat(100));
    const mended = await openTicketSearch({ folder });
    await mended.index(entry);
    await mended.close();
    const db = new DatabaseSync(join(folder, 'search.sqlite'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    const other = await openTicketSearch({ folder });
    expect([mended.fresh, other.fresh]).toEqual([true, true]);
    expect(await other.find('blank', { limit: 1 })).toEqual([]);
    await other.close();
    await remove();
  });

  it('refuses an entry without a moment', async () => {
    const { folder, remove } = await temporaryFolder();
    const search = await openTicketSearch({ folder });
    await expect(search.index({ ...entry, changedAt: 'yesterday' })).rejects.toMatchObject({ kind: 'invalid' });
    await search.close();
    await remove();
  });
});

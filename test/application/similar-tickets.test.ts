import { expect, test } from '@jest/globals';
import type { SearchEntry } from '../../src/application/ports/ticket-search.ts';
import { similarTickets } from '../../src/application/similar-tickets.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';

interface Report {
  readonly id: string;
  readonly subject: string;
  readonly text?: string;
}

/** Reports in the order in which they came in, all open. */
const alikeAmong = async (reports: readonly Report[], wanted: Omit<Report, 'id'>, limit = 5): Promise<string[]> => {
  const { folder, remove } = await temporaryFolder();
  const search = await openTicketSearch({ folder });
  for (const [minute, { id, subject, text = subject }] of reports.entries()) {
    const changedAt = new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString();
    const facts = { ticketId: id, number: `INC-${id}`, teamId: 'service', status: 'new' };
    await search.index({ ...facts, subject, text, rev: 1, changedAt } satisfies SearchEntry);
  }
  const { subject, text = subject } = wanted;
  const found = await similarTickets(search, { subject, text, statuses: ['new'], exclude: 'this', limit });
  await search.close();
  await remove();
  return found.map(({ entry }) => entry.ticketId);
};

test('the ticket that shares most is named first, although others are newer', async () => {
  const found = await alikeAmong(
    [
      { id: 'same', subject: 'Printer on floor two prints blank pages' },
      { id: 'near', subject: 'Printer on floor two is slow' },
      { id: 'far', subject: 'Printer wanted' },
      { id: 'none', subject: 'Keyboard' },
      { id: 'this', subject: 'Printer on floor two prints blank pages' },
    ],
    { subject: 'Blank pages from the printer on floor two' },
  );
  expect(found).toEqual(['same', 'near', 'far']);
});

test('of tickets equally alike, the newest; and no more than wanted', async () => {
  const reports = ['1', '2', '3'].map((id) => ({ id, subject: 'VPN down' }));
  expect(await alikeAmong(reports, { subject: 'VPN down' }, 2)).toEqual(['3', '2']);
});

test('a subject that says little does not outdo what was reported', async () => {
  const found = await alikeAmong(
    [
      { id: 'reported', subject: 'Question', text: 'The badge reader at the gate stays dark' },
      { id: 'titled', subject: 'Problem', text: 'Outlook asks for a password, again and again, every morning' },
    ],
    { subject: 'Problem', text: 'The badge reader at the gate stays dark' },
  );
  expect(found).toEqual(['reported', 'titled']);
});

test('a long story does not hide a subject that says the same', async () => {
  const story = Array.from({ length: 80 }, (_, n) => `word${n}`).join(' ');
  const found = await alikeAmong(
    [
      { id: 'story', subject: 'Badge reader dark', text: story },
      { id: 'short', subject: 'Reader' },
    ],
    { subject: 'Badge reader dark' },
  );
  expect(found).toEqual(['story', 'short']);
});

test('only the beginning of a report counts: signatures make nobody alike', async () => {
  const footer = ' confidentiality'.repeat(200);
  const found = await alikeAmong(
    [{ id: 'stranger', subject: 'Scanner', text: `Scanner jams.${' .'.repeat(500)}${footer}` }],
    {
      subject: 'Monitor flickers',
      text: `Monitor flickers.${' .'.repeat(500)}${footer}`,
    },
  );
  expect(found).toEqual([]);
});

import { expect, test } from '@jest/globals';
import type { ReportRow } from '../../src/application/ports/reports.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { reportDocuments } from '../../src/store/report-documents.ts';
import { monday } from '../support/given.ts';
import { deskStore, inOwnRoom } from './desk-store.ts';

const desk = deskStore();
const reportsOfOneDay = () => reportDocuments(inOwnRoom(desk.store));
const at = (minute: number) => instantOf(millisecondsOf(monday) + minute * 60_000);
const refused = (minute: number, facts: Record<string, string | number> = {}): ReportRow => ({
  id: `ticket-1~${minute}`,
  at: at(minute),
  by: 'ben',
  ...facts,
});
const kind = 'owner-change-refused:2026-01';

test('a row is read back as it was told, by its kind alone', async () => {
  const reports = reportsOfOneDay();
  const row = refused(1, { from: 'ana', to: 'Bén ✓', rev: 4, v: 'a name the database has, too', pk: 'another' });
  await reports.add(kind, row);
  expect(await reports.page(kind, { limit: 10 })).toEqual({ rows: [row] });
  expect(await reports.page('owner-change-refused:2026-02', { limit: 10 })).toEqual({ rows: [] });
});

test('told twice it is there once, as it was told first', async () => {
  const reports = reportsOfOneDay();
  await reports.add(kind, refused(1));
  await reports.add(kind, refused(1, { by: 'somebody else' }));
  expect((await reports.page(kind, { limit: 10 })).rows).toEqual([refused(1)]);
});

test('the newest comes first, page by page, and none is left out or met twice', async () => {
  const reports = reportsOfOneDay();
  for (const minute of [3, 1, 5, 2, 4]) await reports.add(kind, refused(minute));
  const pages: string[][] = [];
  for (let from: { continuation?: string } | undefined = {}; from;) {
    const page = await reports.page(kind, { limit: 2, ...from });
    pages.push(page.rows.map(({ id }) => id));
    from = page.continuation === undefined ? undefined : { continuation: page.continuation };
  }
  expect(pages).toEqual([['ticket-1~5', 'ticket-1~4'], ['ticket-1~3', 'ticket-1~2'], ['ticket-1~1']]);
});

test('can begin at a moment, that moment included', async () => {
  const reports = reportsOfOneDay();
  for (const minute of [1, 2, 3]) await reports.add(kind, refused(minute));
  const { rows } = await reports.page(kind, { limit: 10, from: at(2) });
  expect(rows).toEqual([refused(3), refused(2)]);
});

test('a row with a time to live goes, the others stay', async () => {
  const reports = reportsOfOneDay();
  await reports.add(kind, refused(1), { ttlSeconds: 60 });
  await reports.add(kind, refused(2));
  desk.passes(61);
  expect((await reports.page(kind, { limit: 10 })).rows).toEqual([refused(2)]);
});

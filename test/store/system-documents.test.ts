import { describe, expect, test } from '@jest/globals';
import { bookmarkDocuments, numberDocuments } from '../../src/store/system-documents.ts';
import { deskStore } from './desk-store.ts';

const desk = deskStore();
const fifty = Array.from({ length: 50 }, (_each, index) => index);

describe('numbers', () => {
  test('50 asked for at once are 50 different ones, rising from 1001', async () => {
    const numbers = numberDocuments(desk.store);
    const given = await Promise.all(fifty.map(() => numbers.next('INC')));
    expect(given).toEqual(fifty.map((index) => 1001 + index));
  });

  test('two processes never give the same one, and a restart goes on above', async () => {
    const [one, other] = [numberDocuments(desk.store), numberDocuments(desk.store)];
    const given = await Promise.all(fifty.flatMap(() => [one.next('REQ'), other.next('REQ')]));
    expect(new Set(given).size).toBe(100);
    const restarted = await numberDocuments(desk.store).next('REQ');
    expect(restarted).toBeGreaterThan(Math.max(...given));
  });

  test('each series counts for itself', async () => {
    const series = numberDocuments(desk.store);
    const before = await series.next('INC');
    await series.next('REQ');
    expect(await series.next('INC')).toBe(before + 1);
  });

  test('a database that fails once does not stop them for ever', async () => {
    let failing = true;
    const numbers = numberDocuments({
      ...desk.store,
      get: (...where) => (failing ? Promise.reject(new TypeError('the disk is away')) : desk.store.get(...where)),
    });
    const refused = await Promise.allSettled([numbers.next('INC'), numbers.next('INC')]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    failing = false;
    expect(await numbers.next('INC')).toBeGreaterThan(1000);
  });
});

test('a bookmark is where its reader had got to, and nobody else’s', async () => {
  const bookmarks = bookmarkDocuments(desk.store);
  expect(await bookmarks.read('relay')).toBeNull();
  await bookmarks.save('relay', 'token-1');
  await bookmarks.save('relay', 'token-2');
  expect(await bookmarks.read('relay')).toBe('token-2');
  expect(await bookmarks.read('search')).toBeNull();
});

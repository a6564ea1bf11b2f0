import { expect, test } from '@jest/globals';
import type { MatrixBook, MatrixVersion } from '../../src/application/ports/matrix-book.ts';
import { refOf } from '../../src/domain/values.ts';
import { matrixDocuments } from '../../src/store/matrix-documents.ts';
import { otto } from '../support/deeds.ts';
import { at } from './delivery-jobs.ts';
import { deskStore, inOwnRoom } from './desk-store.ts';

const desk = deskStore();
const bookOfOneDesk = (): MatrixBook => matrixDocuments(inOwnRoom(desk.store));

const cell = { subject: '*', team: '*', priority: 'P1', type: '*', condition: 'NOT_ASSIGNED', level: 1 } as const;
const version = (number: number, more: Partial<MatrixVersion> = {}): MatrixVersion => ({
  version: number,
  from: at(number + 1),
  at: at(number),
  configured: 'as it was',
  base: { rules: [{ ...cell, thresholdMinutes: number, delivery: 'card' }], defaults: true },
  edits: [],
  ...more,
});
const numbers = async (book: MatrixBook, above?: number): Promise<number[]> =>
  (await book.versions(above)).map((each) => each.version);

test('a version is read back whole', async () => {
  const book = bookOfOneDesk();
  const edit = { cell, by: refOf(otto), at: at(0), from: at(2) };
  const whole = version(1, { by: refOf(otto), edit, edits: [edit], dropped: [{ edit, faults: ['größer ✓'] }] });
  expect(await book.versions()).toEqual([]);
  expect(await book.add(whole)).toBe(true);
  expect(await book.versions()).toEqual([whole]);
});

test('a number is taken once: whoever comes second hears it, and what stands there stays', async () => {
  const book = bookOfOneDesk();
  const both = await Promise.all(['ana', 'ben'].map((configured) => book.add(version(1, { configured }))));
  expect(both.filter(Boolean)).toHaveLength(1);
  const stands = await book.versions();
  expect(await book.add(version(1, { configured: 'later' }))).toBe(false);
  expect(await book.versions()).toEqual(stands);
});

test('the newest come first, a hundred at most, and only the later ones where a number is named', async () => {
  const book = bookOfOneDesk();
  for (let number = 1; number <= 103; number += 1) await book.add(version(number));
  expect(await numbers(book)).toEqual(Array.from({ length: 100 }, (_, index) => 103 - index));
  expect(await numbers(book, 101)).toEqual([103, 102]);
  expect(await numbers(book, 103)).toEqual([]);
});

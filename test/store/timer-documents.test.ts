import { expect, test } from '@jest/globals';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { DueTimer, Timer, Timers } from '../../src/application/ports/timers.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { timerDocuments } from '../../src/store/timer-documents.ts';
import { monday } from '../support/given.ts';
import { allDue, deskStore, inOwnRoom } from './desk-store.ts';

const desk = deskStore();
const aBook = (): Timers => timerDocuments(inOwnRoom(desk.store));
const at = (minute: number) => instantOf(millisecondsOf(monday) + minute * 60_000);
const timer = (subject: string, minute: number, rev = 1): Timer => ({ subject, dueAt: at(minute), rev });
const due = (timers: Timers, minute: number): Promise<DueTimer[]> => allDue(timers, at(minute));
const told = async (timers: Timers, minute: number): Promise<string[]> =>
  (await due(timers, minute)).map(({ subject, dueAt, rev }) => `${subject} ${dueAt.slice(11, 16)} rev ${rev}`);
const theOne = async (timers: Timers, minute: number): Promise<DueTimer> => {
  const [first] = await due(timers, minute);
  if (!first) throw new TypeError('nothing is due');
  return first;
};

test('a timer is due at its moment and not before', async () => {
  const timers = aBook();
  await timers.set(timer('ticket-1', 10));
  expect(await told(timers, 9)).toEqual([]);
  expect(await told(timers, 10)).toEqual(['ticket-1 09:10 rev 1']);
});

test('all that are due are given, the longest due first, however many', async () => {
  const timers = aBook();
  const many = Array.from({ length: 950 }, (_, n) => timer(`ticket-${n}`, (n * 389) % 950));
  await Promise.all(many.map((each) => timers.set(each)));
  const subjects = (await due(timers, 948)).map(({ dueAt }) => dueAt);
  expect(subjects).toEqual(Array.from({ length: 949 }, (_, minute) => at(minute)));
});

test('a newer rev replaces the older, sooner or later; an older one that comes late changes nothing', async () => {
  const timers = aBook();
  await timers.set(timer('ticket-1', 10, 3));
  await timers.set(timer('ticket-1', 20, 4));
  await timers.set(timer('ticket-1', 5, 3));
  expect(await told(timers, 60)).toEqual(['ticket-1 09:20 rev 4']);
  await timers.set(timer('ticket-1', 15, 5));
  expect(await told(timers, 60)).toEqual(['ticket-1 09:15 rev 5']);
});

test('of one rev the sooner stands', async () => {
  const timers = aBook();
  for (const minute of [20, 10, 30]) await timers.set(timer('ticket-1', minute));
  expect(await told(timers, 60)).toEqual(['ticket-1 09:10 rev 1']);
});

test('of many that are set at once the newest stands', async () => {
  const timers = aBook();
  const revs = [3, 9, 1, 7, 5, 8, 2, 6, 4];
  await Promise.all(revs.map((rev) => timers.set(timer('ticket-1', rev, rev))));
  expect(await told(timers, 60)).toEqual(['ticket-1 09:09 rev 9']);
});

test('what was forgotten is gone; twice is harmless', async () => {
  const timers = aBook();
  await timers.set(timer('ticket-1', 10));
  const found = await theOne(timers, 10);
  await timers.forget(found);
  await timers.forget(found);
  expect(await told(timers, 60)).toEqual([]);
});

test('what was postponed is due later, with its rev', async () => {
  const timers = aBook();
  await timers.set(timer('ticket-1', 10, 4));
  await timers.postpone(await theOne(timers, 10), at(30));
  expect(await told(timers, 29)).toEqual([]);
  expect(await told(timers, 30)).toEqual(['ticket-1 09:30 rev 4']);
});

test('what was set anew since it was read is neither forgotten nor postponed', async () => {
  const timers = aBook();
  await timers.set(timer('ticket-1', 10, 1));
  const old = await theOne(timers, 10);
  await timers.set(timer('ticket-1', 20, 2));
  await timers.forget(old);
  await timers.postpone(old, at(50));
  expect(await told(timers, 60)).toEqual(['ticket-1 09:20 rev 2']);
});

test('a look costs what is due: days without anything and a thousand timers ahead cost nothing', async () => {
  const room = inOwnRoom(desk.store);
  let read = 0;
  let looks = 0;
  const counted: DocumentStore = {
    ...room,
    query: async (container, spec) => {
      const page = await room.query(container, spec);
      looks += 1;
      read += page.items.length;
      return page;
    },
  };
  const timers = timerDocuments(counted);
  await Promise.all(Array.from({ length: 1_000 }, (_, n) => timers.set(timer(`ticket-${n}`, 10_000 + n))));
  for (const minute of [1, 2, 3]) await timers.set(timer(`cover:${minute}`, minute));
  expect(await told(timers, 2 * 1_440)).toHaveLength(3);
  expect({ looks, read }).toEqual({ looks: 4, read: 3 });
});

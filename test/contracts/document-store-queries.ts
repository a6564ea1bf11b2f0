import { describe, expect, it } from '@jest/globals';
import type { Cond, Doc, QuerySpec } from '../../src/application/ports/document-store.ts';
import type { Hands } from './document-store.ts';

const invalid = { name: 'StoreError', kind: 'invalid' };
const open: Cond = { field: 'state', op: '=', value: 'open' };
const two = (n: number): string => String(n).padStart(2, '0');

export const queryContract = (hands: Hands): void => {
  const query = async (spec: Partial<QuerySpec>) =>
    hands.store.query('queues', { pk: 'team-a', index: 'due', where: [open], limit: 10, ...spec });
  const ids = (items: { doc: Doc }[]): string[] => items.map(({ doc }) => doc.id);

  /** All pages, each at most `limit` long; fails when pages never end. */
  const pages = async (spec: Partial<QuerySpec>): Promise<string[][]> => {
    const found: string[][] = [];
    let continuation: string | undefined;
    do {
      const page = await query({ ...spec, ...(continuation === undefined ? {} : { continuation }) });
      found.push(ids(page.items));
      continuation = page.continuation;
    } while (continuation !== undefined && found.length < 50);
    return found;
  };

  describe('a query', () => {
    it('lists one partition and one state in order, page by page', async () => {
      const tickets = [5, 3, 1, 4, 2, 0, 6].map((n) => ({ id: `T${n}`, state: 'open', due: `2026-01-0${n + 1}` }));
      await hands.create('team-a', ...tickets, { id: 'C1', state: 'closed', due: '2026-01-01' });
      await hands.create('team-b', { id: 'T9', state: 'open', due: '2026-01-01' });
      expect(await pages({ limit: 3 })).toEqual([['T0', 'T1', 'T2'], ['T3', 'T4', 'T5'], ['T6']]);
      const [first] = (await query({ limit: 1 })).items;
      expect(first).toEqual(await hands.store.get('queues', 'team-a', 'T0'));
    });

    it('orders by id where the sort fields are equal, across pages', async () => {
      await hands.create('team-a', ...['e', 'b', 'd', 'a', 'c'].map((id) => ({ id, state: 'open', due: 7 })));
      expect(await pages({ limit: 2 })).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    });

    it('has no further page after one that is exactly full', async () => {
      await hands.create('team-a', ...[1, 2, 3, 4].map((due) => ({ id: `T${due}`, state: 'open', due })));
      expect(await pages({ limit: 2 })).toEqual([
        ['T1', 'T2'],
        ['T3', 'T4'],
      ]);
      expect(await query({ where: [{ ...open, value: 'nothing' }] })).toEqual({ items: [] });
    });

    it('keeps the bounds of a range, also on later pages', async () => {
      await hands.create('team-a', ...Array.from({ length: 10 }, (_, due) => ({ id: `T${due}`, state: 'open', due })));
      const range = (...conds: [Cond['op'], number][]) => ({
        where: [open, ...conds.map(([op, value]) => ({ field: 'due', op, value }))],
        limit: 2,
      });
      expect((await pages(range(['>', 2], ['<', 6]))).flat()).toEqual(['T3', 'T4', 'T5']);
      expect((await pages(range(['>=', 2], ['<=', 6]))).flat()).toEqual(['T2', 'T3', 'T4', 'T5', 'T6']);
      expect((await pages(range(['>', 7]))).flat()).toEqual(['T8', 'T9']);
      expect((await pages(range(['<=', 2]))).flat()).toEqual(['T0', 'T1', 'T2']);
    });

    it('keeps the bounds of a range on a descending index', async () => {
      await hands.create('team-a', ...Array.from({ length: 8 }, (_, score) => ({ id: `T${score}`, score })));
      const where: Cond[] = [
        { field: 'score', op: '>=', value: 2 },
        { field: 'score', op: '<', value: 7 },
      ];
      expect(await pages({ index: 'score', where, limit: 2 })).toEqual([['T6', 'T5'], ['T4', 'T3'], ['T2']]);
    });

    it('sorts by two fields in different directions, across pages', async () => {
      const docs = [1, 2, 3].flatMap((priority) =>
        [1, 2, 3].map((since) => ({ id: `p${priority}s${since}`, list: 'mine', priority, since })),
      );
      await hands.create('team-a', ...docs.reverse());
      const order = [3, 2, 1].flatMap((priority) => [1, 2, 3].map((since) => `p${priority}s${since}`));
      const where: Cond[] = [{ field: 'list', op: '=', value: 'mine' }];
      for (const limit of [1, 2, 4]) expect((await pages({ index: 'priority', where, limit })).flat()).toEqual(order);
      const urgent: Cond[] = [...where, { field: 'priority', op: '>=', value: 2 }];
      expect((await pages({ index: 'priority', where: urgent, limit: 4 })).flat()).toEqual(order.slice(0, 6));
    });

    it('tells a number from a string', async () => {
      await hands.create(
        'team-a',
        { id: 'number', state: 'open', due: 5 },
        { id: 'string', state: 'open', due: '5' },
        { id: 'fraction', state: 'open', due: 5.5 },
      );
      const having = async (op: Cond['op'], value: string | number) =>
        ids((await query({ where: [open, { field: 'due', op, value }] })).items);
      expect(await having('>=', 5)).toEqual(['number', 'fraction']);
      expect(await having('<=', '9')).toEqual(['string']);
      expect(await having('>', '')).toEqual(['string']);
      await hands.create('team-b', { id: 'n', state: 1, due: 1 }, { id: 's', state: '1', due: 1 });
      expect(ids((await query({ pk: 'team-b', where: [{ ...open, value: 1 }] })).items)).toEqual(['n']);
    });

    it('is not confused by what is written before or behind the place where it stands', async () => {
      const ticket = (n: number) => ({ id: `T${two(n)}`, state: 'open', due: n });
      await hands.create('team-a', ...[10, 20, 30, 40].map(ticket));
      const first = await query({ limit: 2 });
      await hands.create('team-a', ticket(15), ticket(25), ticket(5));
      await hands.store.commit('queues', 'team-a', [{ op: 'delete', id: 'T20' }]);
      const { continuation = '' } = first;
      expect(ids((await query({ limit: 5, continuation })).items)).toEqual(['T25', 'T30', 'T40']);
    });

    it('refuses a continuation of another query, of another store call, or of nobody', async () => {
      await hands.create('team-a', ...[1, 2, 3].map((due) => ({ id: `T${due}`, state: 'open', due })));
      const { continuation = '' } = await query({ limit: 1 });
      const foreign: Partial<QuerySpec>[] = [
        { pk: 'team-b', continuation },
        { where: [{ ...open, value: 'closed' }], continuation },
        { where: [open, { field: 'due', op: '>', value: 0 }], continuation },
        { index: 'everything', where: [], continuation },
        { continuation: 'nonsense' },
        { continuation: '' },
      ];
      for (const spec of foreign) await expect(query(spec)).rejects.toMatchObject(invalid);
      await expect(hands.store.scan('queues', { continuation })).rejects.toMatchObject(invalid);
      await expect(hands.store.changes('queues', { token: continuation, max: 1 })).rejects.toMatchObject(invalid);
      expect(ids((await query({ limit: 5, continuation })).items)).toEqual(['T2', 'T3']);
    });

    it('refuses what no declared index serves', async () => {
      const refused: Partial<QuerySpec>[] = [
        { index: 'unknown' },
        { where: [] },
        { where: [open, open] },
        { where: [open, { field: 'subject', op: '=', value: 'x' }] },
        { where: [open, { field: 'due', op: '=', value: 1 }] },
        { where: [open, { field: 'subject', op: '>', value: 'x' }] },
        { where: [{ field: 'state', op: '>', value: 'a' }] },
        {
          index: 'priority',
          where: [
            { field: 'list', op: '=', value: 'mine' },
            { field: 'since', op: '>', value: 1 },
          ],
        },
        { where: [open, { field: 'due', op: '>', value: 1 }, { field: 'due', op: '>=', value: 2 }] },
        { where: [open, { field: 'due', op: '>', value: 1 }, { field: 'due', op: '<', value: 'x' }] },
        { where: [{ ...open, value: 'größer' }] },
        { where: [{ ...open, value: Number.NaN }] },
        { limit: 0 },
        { limit: 1.5 },
      ];
      for (const spec of refused) await expect(query(spec)).rejects.toMatchObject(invalid);
    });

    it('leaves out documents without the fields and refuses those with only some of them', async () => {
      await hands.create('team-a', { id: 'note', text: 'no list' }, { id: 'T1', state: 'open', due: 1 });
      expect(ids((await query({})).items)).toEqual(['T1']);
      expect(ids((await query({ index: 'score', where: [] })).items)).toEqual([]);
      expect(ids((await query({ index: 'everything', where: [] })).items)).toEqual(['T1', 'note']);
      const bad: Doc[] = [
        { id: 'bad', state: 'open' },
        { id: 'bad', due: 1 },
        { id: 'bad', state: 'open', due: null },
        { id: 'bad', state: true, due: 1 },
        { id: 'bad', state: 'open', due: 'morgen früh' },
        { id: 'bad', state: 'open', due: Number.POSITIVE_INFINITY },
        { id: 'bad', score: [1] },
      ];
      for (const doc of bad) await expect(hands.create('team-a', doc)).rejects.toMatchObject(invalid);
    });

    it('no longer finds a document that was replaced by one with other values', async () => {
      const [ifMatch = ''] = await hands.create('team-a', { id: 'T1', state: 'open', due: 1 });
      await hands.store.commit('queues', 'team-a', [
        { op: 'replace', doc: { id: 'T1', state: 'closed', due: 1 }, ifMatch },
      ]);
      expect((await query({})).items).toEqual([]);
      expect(ids((await query({ where: [{ ...open, value: 'closed' }] })).items)).toEqual(['T1']);
    });
  });
};

import { describe, expect, it } from '@jest/globals';
import type { Doc, WriteOp } from '../../src/application/ports/document-store.ts';
import { etagsOf, type Hands } from './document-store.ts';

const invalid = { name: 'StoreError', kind: 'invalid' };
const tooLarge = { name: 'StoreError', kind: 'tooLarge' };

export const writeContract = (hands: Hands): void => {
  const get = async (id: string, pk = 'team-a') => hands.store.get('queues', pk, id);
  const commit = async (...ops: WriteOp[]) => hands.store.commit('queues', 'team-a', ops);

  describe('one document', () => {
    it('is null when it does not exist', async () => {
      expect(await get('nobody')).toBeNull();
    });

    it('comes back as it was written, without fields of the database', async () => {
      const doc = {
        id: 'T1',
        subject: 'Drucker brennt 🔥',
        nested: { list: [1, null, { a: true }], empty: {} },
        none: null,
      };
      const [etag] = await hands.create('team-a', doc);
      expect(await get('T1')).toEqual({ pk: 'team-a', doc, etag });
    });

    it('is created once', async () => {
      await hands.create('team-a', { id: 'T1', subject: 'first' });
      expect(await commit({ op: 'create', doc: { id: 'T1', subject: 'second' } })).toEqual({
        ok: false,
        index: 0,
        reason: 'conflict',
      });
      expect((await get('T1'))?.doc).toEqual({ id: 'T1', subject: 'first' });
    });

    it('is another one in another partition and in another container', async () => {
      await hands.create('team-a', { id: 'T1', n: 1 });
      await hands.create('team-b', { id: 'T1', n: 2 });
      etagsOf(await hands.store.commit('mail', 'team-a', [{ op: 'create', doc: { id: 'T1', n: 3 } }]));
      expect((await get('T1'))?.doc).toEqual({ id: 'T1', n: 1 });
      expect((await get('T1', 'team-b'))?.doc).toEqual({ id: 'T1', n: 2 });
      expect((await hands.store.get('mail', 'team-a', 'T1'))?.doc).toEqual({ id: 'T1', n: 3 });
    });

    it('is replaced by who knows its etag', async () => {
      const [ifMatch = ''] = await hands.create('team-a', { id: 'T1', n: 1, old: true });
      const [etag] = etagsOf(await commit({ op: 'replace', doc: { id: 'T1', n: 2 }, ifMatch }));
      expect(await get('T1')).toEqual({ pk: 'team-a', doc: { id: 'T1', n: 2 }, etag });
      expect(etag).not.toBe(ifMatch);
    });

    it('is not replaced by who knows an older etag', async () => {
      const [ifMatch = ''] = await hands.create('team-a', { id: 'T1', n: 1 });
      await commit({ op: 'replace', doc: { id: 'T1', n: 2 }, ifMatch });
      const late = await commit({ op: 'replace', doc: { id: 'T1', n: 3 }, ifMatch });
      expect(late).toEqual({ ok: false, index: 0, reason: 'precondition' });
      expect((await get('T1'))?.doc).toEqual({ id: 'T1', n: 2 });
    });

    it('is not made by a replace', async () => {
      const [ifMatch = ''] = await hands.create('team-a', { id: 'T1' });
      expect(await commit({ op: 'replace', doc: { id: 'T2' }, ifMatch })).toEqual({
        ok: false,
        index: 0,
        reason: 'notFound',
      });
      expect(await get('T2')).toBeNull();
    });

    it('has a new etag even when nothing in it changed', async () => {
      const doc = { id: 'T1', n: 1 };
      const [ifMatch = ''] = await hands.create('team-a', doc);
      const [etag] = etagsOf(await commit({ op: 'replace', doc, ifMatch }));
      expect(etag).not.toBe(ifMatch);
      expect(await commit({ op: 'replace', doc, ifMatch })).toMatchObject({ reason: 'precondition' });
    });

    it('is made or wholly overwritten by an upsert', async () => {
      const [first] = etagsOf(await commit({ op: 'upsert', doc: { id: 'T1', a: 1 } }));
      const [second] = etagsOf(await commit({ op: 'upsert', doc: { id: 'T1', b: 2 } }));
      expect(await get('T1')).toEqual({ pk: 'team-a', doc: { id: 'T1', b: 2 }, etag: second });
      expect(second).not.toBe(first);
    });

    it('is deleted with its etag or with none, not with a stale one, and only once', async () => {
      const [stale = ''] = await hands.create('team-a', { id: 'T1', n: 1 });
      const [ifMatch = ''] = etagsOf(await commit({ op: 'replace', doc: { id: 'T1', n: 2 }, ifMatch: stale }));
      expect(await commit({ op: 'delete', id: 'T1', ifMatch: stale })).toEqual({
        ok: false,
        index: 0,
        reason: 'precondition',
      });
      expect(await commit({ op: 'delete', id: 'T1', ifMatch })).toEqual({ ok: true, etags: [null] });
      expect(await commit({ op: 'delete', id: 'T1', ifMatch })).toEqual({ ok: false, index: 0, reason: 'notFound' });
      await hands.create('team-a', { id: 'T1', n: 3 });
      expect(await commit({ op: 'delete', id: 'T1' })).toEqual({ ok: true, etags: [null] });
      expect(await get('T1')).toBeNull();
    });

    it('may have an id with characters that mean something in an address', async () => {
      const ids = [
        'a b',
        '50%',
        '%2F',
        'a+b=c&d',
        'tl:00000001',
        '~',
        '.',
        '..',
        "it's",
        '"quoted"',
        'ü-ß',
        'x'.repeat(255),
      ];
      await hands.create('team-a', ...ids.map((id) => ({ id, own: id })));
      for (const id of ids) expect((await get(id))?.doc).toEqual({ id, own: id });
    });

    it('is told from one whose id differs by case', async () => {
      await hands.create('team-a', { id: 'inc1' }, { id: 'INC1' });
      await hands.create('TEAM-A', { id: 'inc1', other: true });
      expect((await get('inc1'))?.doc).toEqual({ id: 'inc1' });
      expect((await get('INC1'))?.doc).toEqual({ id: 'INC1' });
    });

    it('loses undefined and keeps numbers exactly', async () => {
      const numbers = [0.1, -0.5, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, -1e-7, 1.7976931348623157e308];
      await hands.create('team-a', { id: 'T1', numbers, gone: undefined, inner: { gone: undefined, kept: 1 } });
      const doc = (await get('T1'))?.doc;
      expect(doc).toStrictEqual({ id: 'T1', numbers, inner: { kept: 1 } });
    });

    it('is a copy: neither side sees what the other does to it', async () => {
      const doc = { id: 'T1', tags: ['a'] };
      const written = commit({ op: 'create', doc });
      doc.tags.push('after the call');
      await written;
      const read = await get('T1');
      (read?.doc['tags'] as string[]).push('in the answer');
      expect((await get('T1'))?.doc).toEqual({ id: 'T1', tags: ['a'] });
    });
  });

  describe('a commit', () => {
    const three = async () => hands.create('team-a', { id: 'T1', n: 1 }, { id: 'T2', n: 1 }, { id: 'T3', n: 1 });
    const untouched = async () => {
      for (const id of ['T1', 'T2', 'T3']) expect((await get(id))?.doc).toEqual({ id, n: 1 });
      expect(await get('new')).toBeNull();
    };

    it('writes nothing when a create in the middle meets a conflict', async () => {
      await three();
      const ops: WriteOp[] = [
        { op: 'create', doc: { id: 'new' } },
        { op: 'create', doc: { id: 'T2', n: 9 } },
        { op: 'upsert', doc: { id: 'T3', n: 9 } },
      ];
      expect(await commit(...ops)).toEqual({ ok: false, index: 1, reason: 'conflict' });
      await untouched();
    });

    it('writes nothing when an etag in the middle is stale', async () => {
      const [first = ''] = await three();
      const ops: WriteOp[] = [
        { op: 'replace', doc: { id: 'T1', n: 9 }, ifMatch: first },
        { op: 'replace', doc: { id: 'T2', n: 9 }, ifMatch: first },
        { op: 'create', doc: { id: 'new' } },
      ];
      expect(await commit(...ops)).toEqual({ ok: false, index: 1, reason: 'precondition' });
      await untouched();
    });

    it('takes a delete back when a later document is missing', async () => {
      const [first = ''] = await three();
      const ops: WriteOp[] = [
        { op: 'delete', id: 'T1' },
        { op: 'replace', doc: { id: 'nobody' }, ifMatch: first },
        { op: 'create', doc: { id: 'new' } },
      ];
      expect(await commit(...ops)).toEqual({ ok: false, index: 1, reason: 'notFound' });
      await untouched();
    });

    it('holds 1 to 100 operations', async () => {
      const ops = Array.from({ length: 101 }, (_, n): WriteOp => ({ op: 'create', doc: { id: `T${n}` } }));
      await expect(commit(...ops)).rejects.toMatchObject(invalid);
      await expect(commit()).rejects.toMatchObject(invalid);
      expect(new Set(etagsOf(await commit(...ops.slice(0, 100)))).size).toBe(100);
    });

    it('holds one operation per id', async () => {
      await expect(commit({ op: 'create', doc: { id: 'T1' } }, { op: 'delete', id: 'T1' })).rejects.toMatchObject(
        invalid,
      );
      expect(await get('T1')).toBeNull();
    });

    it('refuses ids that an address cannot carry', async () => {
      const path = ['', 'a/b', 'a\\b', 'a?b', 'a#b', 'a\nb', 'a\u0000b', 'a\u0085b'];
      for (const id of [...path, 'x'.repeat(256), 'ü'.repeat(128), '\ud800']) {
        await expect(commit({ op: 'create', doc: { id } })).rejects.toMatchObject(invalid);
        await expect(commit({ op: 'delete', id })).rejects.toMatchObject(invalid);
        await expect(get(id)).rejects.toMatchObject(invalid);
      }
    });

    it('refuses fields that belong to the database', async () => {
      for (const field of ['_etag', '_self', '_mine', 'pk', 'ttl']) {
        await expect(commit({ op: 'create', doc: { id: 'T1', [field]: 1 } })).rejects.toMatchObject(invalid);
      }
      expect(await get('T1')).toBeNull();
    });

    it('refuses a document that nests too deep', async () => {
      const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);
      await expect(commit({ op: 'create', doc: { id: 'T1', nested: nested(128) } })).rejects.toMatchObject(invalid);
      await hands.create('team-a', { id: 'T1', nested: nested(127) });
      expect((await get('T1'))?.doc).toEqual({ id: 'T1', nested: nested(127) });
    });

    it('refuses what is no JSON, an empty partition key and a container nobody declared', async () => {
      const loop: Doc = { id: 'T1' };
      loop['self'] = loop;
      const op = { op: 'create' as const, doc: { id: 'T1' } };
      await expect(commit({ op: 'create', doc: loop })).rejects.toMatchObject(invalid);
      await expect(commit({ op: 'create', doc: { id: 'T1', big: 1n } })).rejects.toMatchObject(invalid);
      await expect(hands.store.commit('queues', '', [op])).rejects.toMatchObject(invalid);
      await expect(hands.store.commit('nowhere', 'team-a', [op])).rejects.toMatchObject(invalid);
      await expect(commit({ ...op, ttlSeconds: 0 })).rejects.toMatchObject(invalid);
    });

    it('refuses a document that is too large', async () => {
      await expect(commit({ op: 'create', doc: { id: 'T1', text: 'ü'.repeat(950_000) } })).rejects.toMatchObject(
        tooLarge,
      );
      await hands.create('team-a', { id: 'T1', text: 'u'.repeat(1_800_000) });
      expect((await get('T1'))?.doc['text']).toHaveLength(1_800_000);
    });

    it('refuses documents that are too large together', async () => {
      const ops = ['T1', 'T2'].map((id): WriteOp => ({ op: 'upsert', doc: { id, text: 'u'.repeat(1_000_000) } }));
      await expect(commit(...ops)).rejects.toMatchObject(tooLarge);
      expect(await get('T1')).toBeNull();
    });

    it('has one winner when fifty replace the same document at once', async () => {
      const [ifMatch = ''] = await hands.create('team-a', { id: 'T1' });
      const tries = Array.from({ length: 50 }, (_, by) => commit({ op: 'replace', doc: { id: 'T1', by }, ifMatch }));
      const results = await Promise.all(tries);
      const winner = results.findIndex(({ ok }) => ok);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results.filter((result) => !result.ok && result.reason === 'precondition')).toHaveLength(49);
      expect((await get('T1'))?.doc).toEqual({ id: 'T1', by: winner });
    });

    it('is seen by every read that follows its answer', async () => {
      for (let n = 0; n < 20; n += 1) {
        await commit({ op: 'upsert', doc: { id: 'T1', state: 'open', due: n } });
        const where = [{ field: 'state', op: '=' as const, value: 'open' }];
        const page = await hands.store.query('queues', { pk: 'team-a', index: 'due', where, limit: 5 });
        expect((await get('T1'))?.doc['due']).toBe(n);
        expect(page.items.map(({ doc }) => doc['due'])).toEqual([n]);
      }
    });
  });

  describe('a document with a time to live', () => {
    it('is gone for a read and a replace when its time is over', async () => {
      const [ifMatch = ''] = etagsOf(await commit({ op: 'create', doc: { id: 'lease' }, ttlSeconds: 15 }));
      await hands.advance(14);
      expect(await get('lease')).not.toBeNull();
      await hands.advance(2);
      expect(await get('lease')).toBeNull();
      expect(await commit({ op: 'replace', doc: { id: 'lease' }, ifMatch })).toMatchObject({ reason: 'notFound' });
      expect(await commit({ op: 'delete', id: 'lease' })).toMatchObject({ reason: 'notFound' });
    });

    it('is gone for a query, and for who creates it anew', async () => {
      await commit({ op: 'create', doc: { id: 'lease', state: 'open', due: 1 }, ttlSeconds: 15 });
      await hands.create('team-a', { id: 'stays', state: 'open', due: 2 });
      expect(await commit({ op: 'create', doc: { id: 'lease' }, ttlSeconds: 15 })).toMatchObject({
        reason: 'conflict',
      });
      await hands.advance(16);
      const where = [{ field: 'state', op: '=' as const, value: 'open' }];
      const page = await hands.store.query('queues', { pk: 'team-a', index: 'due', where, limit: 5 });
      expect(page.items.map(({ doc }) => doc.id)).toEqual(['stays']);
      etagsOf(await commit({ op: 'create', doc: { id: 'lease', by: 'ben' }, ttlSeconds: 15 }));
      expect((await get('lease'))?.doc).toEqual({ id: 'lease', by: 'ben' });
    });

    it('lives on when it is renewed in time, and for good when it is replaced without one', async () => {
      const [first = ''] = etagsOf(await commit({ op: 'create', doc: { id: 'lease' }, ttlSeconds: 15 }));
      await hands.advance(10);
      const [second = ''] = etagsOf(
        await commit({ op: 'replace', doc: { id: 'lease' }, ifMatch: first, ttlSeconds: 15 }),
      );
      await hands.advance(10);
      etagsOf(await commit({ op: 'replace', doc: { id: 'lease' }, ifMatch: second }));
      await hands.advance(1000);
      expect(await get('lease')).not.toBeNull();
    });
  });
};

import { describe, expect, it } from '@jest/globals';
import type { Stored } from '../../src/application/ports/document-store.ts';
import type { Hands } from './document-store.ts';

export const changeFeedContract = (hands: Hands): void => {
  /** Everything since `token`, up to the empty page that says "caught up". */
  const drain = async (token: string | null, max = 3): Promise<{ items: Stored[]; token: string }> => {
    const items: Stored[] = [];
    for (let at = token; ;) {
      const page = await hands.store.changes('queues', { token: at, max });
      items.push(...page.items);
      if (page.items.length === 0) return { items, token: page.token };
      at = page.token;
    }
  };
  const brief = (items: Stored[]): string[] => items.map(({ pk, doc }) => `${pk} ${doc.id} ${String(doc['n'])}`);

  describe('the change feed', () => {
    it('starts at the beginning and goes on where it stopped', async () => {
      expect((await hands.store.changes('queues', { token: null, max: 5 })).items).toEqual([]);
      await hands.create('team-a', ...[1, 2, 3, 4, 5, 6, 7].map((n) => ({ id: `T${n}`, n })));
      const all = await drain(null);
      expect(brief(all.items)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `team-a T${n} ${n}`));
      expect(all.items[0]).toEqual(await hands.store.get('queues', 'team-a', 'T1'));
      await hands.create('team-a', { id: 'T8', n: 8 });
      const more = await drain(all.token);
      expect(brief(more.items)).toEqual(['team-a T8 8']);
      expect((await drain(more.token)).items).toEqual([]);
    });

    it('goes on from the token that an empty feed gave', async () => {
      const { token } = await drain(null);
      await hands.create('team-a', { id: 'T1', n: 1 });
      expect(brief((await drain(token)).items)).toEqual(['team-a T1 1']);
    });

    it('gives the latest version in the order of writing per partition, without deletes', async () => {
      const [first = ''] = await hands.create('team-a', { id: 'T1', n: 1 }, { id: 'T2', n: 1 }, { id: 'T3', n: 1 });
      await hands.create('team-b', { id: 'T1', n: 1 });
      const { token } = await drain(null);
      const commit = hands.store.commit.bind(hands.store, 'queues', 'team-a');
      await commit([{ op: 'replace', doc: { id: 'T1', n: 2 }, ifMatch: first }]);
      await commit([
        { op: 'upsert', doc: { id: 'T2', n: 2 } },
        { op: 'delete', id: 'T3' },
      ]);
      await commit([{ op: 'upsert', doc: { id: 'T1', n: 3 } }]);
      await hands.store.commit('queues', 'team-b', [{ op: 'upsert', doc: { id: 'T1', n: 2 } }]);
      const changed = brief((await drain(token)).items);
      expect(changed.filter((line) => line.startsWith('team-a'))).toEqual(['team-a T2 2', 'team-a T1 3']);
      expect(changed.filter((line) => line.startsWith('team-b'))).toEqual(['team-b T1 2']);
    });

    it('meets what is written after the newest document was deleted', async () => {
      await hands.create('team-a', { id: 'T1', n: 1 });
      await hands.create('team-a', { id: 'newest', n: 2 });
      const { token } = await drain(null);
      await hands.store.commit('queues', 'team-a', [{ op: 'delete', id: 'newest' }]);
      await hands.create('team-a', { id: 'next', n: 3 });
      expect(brief((await drain(token)).items)).toEqual(['team-a next 3']);
    });

    it('shows nothing of a commit that failed', async () => {
      await hands.create('team-a', { id: 'T1', n: 1 });
      const { token } = await drain(null);
      await hands.store.commit('queues', 'team-a', [
        { op: 'create', doc: { id: 'new', n: 1 } },
        { op: 'upsert', doc: { id: 'other', n: 1 } },
        { op: 'create', doc: { id: 'T1', n: 2 } },
      ]);
      expect((await drain(token)).items).toEqual([]);
    });

    it('is one per container', async () => {
      await hands.store.commit('mail', 'team-a', [{ op: 'create', doc: { id: 'M1' } }]);
      expect((await drain(null)).items).toEqual([]);
      const { token } = await hands.store.changes('mail', { token: null, max: 5 });
      await expect(hands.store.changes('queues', { token, max: 5 })).rejects.toMatchObject({ kind: 'invalid' });
    });
  });

  describe('a scan', () => {
    it('meets every document of all partitions exactly once', async () => {
      const written: string[] = [];
      for (const pk of ['team-a', 'team-b', 'team-c']) {
        await hands.create(pk, ...[1, 2, 3, 4, 5].map((n) => ({ id: `T${n}`, n })));
        written.push(...[1, 2, 3, 4, 5].map((n) => `${pk} T${n} ${n}`));
      }
      const met: string[] = [];
      let continuation: string | undefined;
      do {
        const page = await hands.store.scan('queues', {
          limit: 4,
          ...(continuation === undefined ? {} : { continuation }),
        });
        met.push(...brief(page.items));
        continuation = page.continuation;
        // what was met already and is written again must not turn up a second time
        await hands.store.commit('queues', 'team-a', [{ op: 'upsert', doc: { id: 'T1', n: 1 } }]);
      } while (continuation !== undefined);
      expect(met.sort()).toEqual(written.sort());
    });
  });
};

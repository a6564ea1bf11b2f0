import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HeldLink } from '../../src/domain/association.ts';
import { objectDocuments } from '../../src/store/object-documents.ts';
import { monday } from '../support/given.ts';
import { deskStore } from './desk-store.ts';

const desk = deskStore();

test('whatever the order in which the states of an association arrive, the last one stands on the other side', async () => {
  let run = 0;
  const states = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
  const arriving = states.chain((gone) =>
    fc.record({
      gone: fc.constant(gone),
      order: fc.shuffledSubarray(
        gone.map((_each, index) => index),
        { minLength: gone.length },
      ),
      atOnce: fc.boolean(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(arriving, async ({ gone, order, atOnce }) => {
      run += 1;
      const objects = objectDocuments(desk.store);
      const to = { type: 'contact', id: `c${run}` } as const;
      const link: HeldLink = { from: { type: 'ticket', id: 't' }, to, label: 'affected', inverse: 'affected_by' };
      const mirror = (index: number): Promise<void> =>
        objects.mirror(link, { since: monday, rev: index + 1, gone: gone[index] === true });
      if (atOnce) await Promise.all(order.map(mirror));
      else for (const index of order) await mirror(index);
      const { associations } = await objects.associations(to, { limit: 5 });
      expect(associations.map((each) => [each.link.label, each.inverse, each.held])).toEqual(
        gone.at(-1) ? [] : [['affected_by', 'affected', false]],
      );
    }),
    { numRuns: 40 },
  );
});

import { expect, test } from '@jest/globals';
import { MUTATIONS, tryMutations } from './all-mutations.ts';

const TIME_FOR_ALL_MS = 480_000;

test(
  'every promise of the architecture is held by a test that notices when it is broken',
  async () => {
    const verdicts = await tryMutations(MUTATIONS, () => undefined);
    expect(verdicts.filter(({ noticed }) => !noticed).map(({ mutation, why }) => `${mutation.name}: ${why}`)).toEqual(
      [],
    );
    expect(verdicts).toHaveLength(MUTATIONS.length);
  },
  TIME_FOR_ALL_MS,
);

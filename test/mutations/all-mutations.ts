import { alertMutations } from './alert-mutations.ts';
import { arrivalMutations } from './arrival-mutations.ts';
import { effectMutations } from './effect-mutations.ts';
import type { Mutation } from './mutation.ts';
import { growMutatedTree, type MutatedTree } from './mutated-tree.ts';
import { ownerMutations } from './owner-mutations.ts';
import { writePathMutations } from './write-path-mutations.ts';

export const MUTATIONS: readonly Mutation[] = [
  ...writePathMutations,
  ...arrivalMutations,
  ...effectMutations,
  ...ownerMutations,
  ...alertMutations,
];

/** What a mutation led to. `noticed`: its test turned red, and nothing else made it so. */
export interface Verdict {
  readonly mutation: Mutation;
  readonly noticed: boolean;
  readonly why: string;
}

const TREES = 2;

const verdictOn = async (tree: MutatedTree, mutation: Mutation): Promise<Verdict> => {
  const { file, name } = mutation.test;
  const { failed, passed, broken } = await tree.mutated(mutation, () => tree.test([file], name));
  if (broken.length > 0) return { mutation, noticed: false, why: `does not load: ${broken.join('; ')}` };
  return failed.length > 0
    ? { mutation, noticed: true, why: `red: ${failed[0]}` }
    : { mutation, noticed: false, why: `stays green: ${passed.join('; ') || 'no test has this name'}` };
};

/** Without a mutation every test that is named must be there and green, or red would prove nothing. */
const notGreen = async (tree: MutatedTree, mutations: readonly Mutation[]): Promise<Verdict[]> => {
  const { passed, failed, broken } = await tree.test([...new Set(mutations.map(({ test }) => test.file))]);
  return mutations
    .filter(({ test }) => !passed.some((each) => each.includes(test.name)) || failed.length + broken.length > 0)
    .map((mutation) => ({
      mutation,
      noticed: false,
      why: `not green without the mutation: ${[...failed, ...broken].join('; ')}`,
    }));
};

/** Breaks the code in each of these ways, in copies of the repository, and looks whether the test that holds the promise turns red. */
export const tryMutations = async (
  mutations: readonly Mutation[],
  heard: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> => {
  const trees = await Promise.all(Array.from({ length: TREES }, growMutatedTree));
  try {
    const [first] = trees;
    const unsound = first ? await notGreen(first, mutations) : [];
    unsound.forEach(heard);
    if (unsound.length > 0) return unsound;
    const waiting = [...mutations];
    const verdicts: Verdict[] = [];
    const lane = async (tree: MutatedTree): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const verdict = await verdictOn(tree, next);
        verdicts.push(verdict);
        heard(verdict);
      }
    };
    await Promise.all(trees.map(lane));
    return verdicts;
  } finally {
    await Promise.all(trees.map((tree) => tree.fell()));
  }
};

import type { Sources } from './planted-tree.ts';

/** Source text added to the end of `path` in the legal house, with the new files it needs. */
export interface Plant {
  readonly path: string;
  readonly source: string;
  readonly withFiles?: Sources;
}

export interface RuleProof {
  /** Each of these breaks the rule. */
  readonly broken: readonly Plant[];
  /** Near misses: each of these is allowed by all rules. */
  readonly clean: readonly Plant[];
  /** Other rules that each broken plant cannot help breaking. */
  readonly alsoBreaks?: readonly string[];
}

/** A file that imports the targets for their effect. */
export const plant = (path: string, ...targets: readonly string[]): Plant => ({
  path,
  source: targets.map((target) => `import '${target}';\n`).join(''),
});
/** A file that imports types alone; they are dependencies too. */
export const typePlant = (path: string, target: string): Plant => ({
  path,
  source: `import type * as planted from '${target}';\n`,
});

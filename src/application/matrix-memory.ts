import type { Matrix } from '../domain/alert-rules.ts';
import { matrixAt } from '../domain/matrix-edits.ts';
import { type Instant, instantOf, later } from '../domain/values.ts';
import type { MatrixBook, MatrixVersion } from './ports/matrix-book.ts';

/** The rules in the configuration, and a hash that is another one when they are. */
export interface ConfiguredMatrix {
  readonly matrix: Matrix;
  readonly hash: string;
}

/** The versions this process knows. Before one is read, the configuration stands as version 0. */
export interface MatrixMemory {
  /** Reads what is new. */
  read(): Promise<void>;
  /** Oldest first. */
  versions(): readonly MatrixVersion[];
  newest(): MatrixVersion;
  /** The newest that holds by then; before the first one, the first. */
  heldAt(instant: Instant): MatrixVersion;
  matrixAt(instant: Instant): Matrix;
}

export const matrixMemory = (book: MatrixBook, { matrix: base, hash }: ConfiguredMatrix): MatrixMemory => {
  const start = instantOf(0);
  const configured: MatrixVersion = { version: 0, from: start, at: start, configured: hash, base, edits: [] };
  let versions: readonly MatrixVersion[] = [];
  let asked: Asked | undefined;
  const newest = (): MatrixVersion => versions.at(-1) ?? configured;
  const heldAt = (instant: Instant): MatrixVersion =>
    versions.findLast(({ from }) => from <= instant) ?? versions[0] ?? configured;
  return {
    newest,
    heldAt,
    versions: () => versions,
    matrixAt: (instant) => {
      const version = heldAt(instant);
      const at = later(instant, version.from);
      const begun = version.edits.filter(({ from }) => from <= at).length;
      if (asked?.version !== version || asked.begun !== begun)
        asked = { version, begun, matrix: matrixAt(version, at) };
      return asked.matrix;
    },
    read: async () => {
      const read = await book.versions(newest().version);
      const known = newest().version;
      versions = [...versions, ...read.filter(({ version }) => version > known).toReversed()];
    },
  };
};

/** The same edits of the same version have begun: the same rules. It is asked several times a command. */
interface Asked {
  readonly version: MatrixVersion;
  readonly begun: number;
  readonly matrix: Matrix;
}

import type { DroppedEdit, EditedMatrix, MatrixEdit } from '../../domain/matrix-edits.ts';
import type { Instant, PersonRef } from '../../domain/values.ts';

/**
 * The rules from a moment on: the configuration's in `base`, over them those edited on cards, each from its own moment on
 * (domain/matrix-edits.ts, `matrixAt`). A version holds everything: what was planned before it stands in it, or was withdrawn.
 */
export interface MatrixVersion extends EditedMatrix {
  readonly version: number;
  /** Never before that of an earlier version. */
  readonly from: Instant;
  readonly at: Instant;
  /** Who changed it; nobody where the desk found other rules in its configuration when it started. */
  readonly by?: PersonRef;
  /** What is in the configuration, by its hash. */
  readonly configured: string;
  /** The one edit that made this version; without one it was the configuration. */
  readonly edit?: MatrixEdit;
  /** Edits that could not stand over another configuration. */
  readonly dropped?: readonly DroppedEdit[];
}

/** Every version of the rules there ever was: none is changed, a new one is added. */
export interface MatrixBook {
  /** Newest first, at most 100; with `above` only those of a higher number. */
  versions(above?: number): Promise<readonly MatrixVersion[]>;
  /** False when somebody was faster: that number is taken. */
  add(version: MatrixVersion): Promise<boolean>;
}

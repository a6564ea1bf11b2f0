import type { Cover } from '../../domain/cover.ts';
import type { PersonId } from '../../domain/values.ts';

/** Who takes an owner's place, and until when; kept per owner. */
export interface Covers {
  /** The owner's latest covers, past ones too, oldest first. */
  of(owner: PersonId): Promise<readonly Cover[]>;
  /**
   * Writes what `change` makes of them; it is asked again when somebody was faster. Undefined leaves everything as it is.
   * Returns what is stored now.
   */
  change(
    owner: PersonId,
    change: (covers: readonly Cover[]) => readonly Cover[] | undefined,
  ): Promise<readonly Cover[]>;
}

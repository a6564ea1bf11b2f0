import type { Action, Refusal } from '../../domain/refusals.ts';

/** What a refusal lets its sentence say, in any language. */

/** What the desk does by itself or answers with something better: nobody looks for it among what is possible. */
const UNSOUGHT: ReadonlySet<Action> = new Set(['parent-update', 'transfer', 'assign', 'reserve', 'undo-reserve']);
const MOST_NAMED = 8;

/** What is possible now, as far as a person looks for it. */
export const soughtOf = ({ allowed = [] }: Refusal): readonly Action[] =>
  allowed.filter((action) => !UNSOUGHT.has(action)).slice(0, MOST_NAMED);

/** The unanswered requests for help by their number, with whoever works on them: "1 (Ben Berg), 3". */
export const envelopesOf = ({ envelopes = [] }: Refusal): string =>
  envelopes.map(({ seq, expert }) => (expert ? `${seq} (${expert.name})` : String(seq))).join(', ');

export const dayOf = ({ until }: Refusal): string => (until ?? '').slice(0, 10);

/** At the start of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

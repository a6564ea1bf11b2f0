import type { AlertRule, Matrix } from '../domain/alert-rules.ts';
import { isSameCell, type MatrixKnown, nameOfCell, type RuleCell } from '../domain/matrix-check.ts';
import { countingFrom, type MatrixEdit, newFaults, rebased, withEdit } from '../domain/matrix-edits.ts';
import { type Refusal, refuse } from '../domain/refusals.ts';
import { type Instant, instantOf, later, millisecondsOf, type PersonActor, refOf } from '../domain/values.ts';
import { changesOf, type MatrixChange, type MatrixFacts, matrixFacts, type RuleScope } from './matrix-facts.ts';
import { type ConfiguredMatrix, type MatrixMemory, matrixMemory } from './matrix-memory.ts';
import { matrixWalk, type MatrixWalkParts } from './matrix-walk.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { MatrixBook, MatrixVersion } from './ports/matrix-book.ts';

export interface MatrixParts extends MatrixWalkParts {
  readonly book: MatrixBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly configured: ConfiguredMatrix;
  /** What rules may name. */
  readonly known: Omit<MatrixKnown, 'defaults'>;
}

/** A cell, and what shall stand there; `reset`: what the configuration says. */
export interface EditWish {
  readonly by: PersonActor;
  readonly cell: RuleCell;
  readonly change: Omit<AlertRule, keyof RuleCell> | 'reset';
  /** When it begins, at most a year ahead. */
  readonly from?: Instant;
}

/** What is wrong, all at once; nothing was changed. */
export interface MatrixFaults {
  readonly faults: readonly string[];
}

/** The version that holds it, what stands against it, or who may not. */
export type MatrixAnswer = MatrixVersion | MatrixFaults | Refusal;

/** The rules of alerts: what the configuration says, what an admin changed on a card, and since when. */
export interface MatrixService {
  /** At the start: reads the rules, and adds a version where the configuration has others. Edits that can stand there stay. */
  load(): Promise<void>;
  /** The rules in force at a moment, as far as this process knows: refresh more than once a minute. */
  at(instant: Instant): Matrix;
  /** Learns what other processes changed. */
  refresh(): Promise<void>;
  /**
   * By an admin, else `role-may-not`. Begins at the earliest with the next full minute that is at least 60 s away, so that every
   * process knows it by then.
   */
  edit(wish: EditWish): Promise<MatrixAnswer>;
  /** The configuration, read anew for an admin. With faults it is not taken and the rules stay; it begins as an edit does. */
  reload(read: ConfiguredMatrix | MatrixFaults, by: PersonActor): Promise<MatrixAnswer>;
  /**
   * What the timer `matrix:<version>` wakes for: every open ticket is looked at anew. Answers when to go on. Of a version that is
   * too old to be remembered the timer knows alone when it begins.
   */
  retime(version: number, now: Instant): Promise<Instant | undefined>;
  /** What stands in a scope, now unless a moment is named. */
  facts(scope: RuleScope, at?: Instant): MatrixFacts;
  /** Newest first. */
  history(limit: number): readonly MatrixChange[];
}

export const matrixService = (parts: MatrixParts): MatrixService => {
  const memory = matrixMemory(parts.book, parts.configured);
  const walk = matrixWalk(parts);
  const agree = agreeing(parts, memory);
  return {
    at: (instant) => memory.matrixAt(instant),
    refresh: () => memory.read(),
    load: async () => {
      await agree((newest, now) => configuredAnew(parts.configured, { newest, now, from: now }, parts));
    },
    edit: async (wish) =>
      isAdmin(wish.by) ? agree((newest, now) => edited(wish, { newest, now }, parts)) : refuse('role-may-not'),
    reload: async (read, by) => {
      if (!isAdmin(by)) return refuse('role-may-not');
      if ('faults' in read) return read;
      return agree((newest, now) => configuredAnew(read, { newest, now, from: soonest(now), by }, parts));
    },
    retime: async (number, now) => {
      await memory.read();
      const versions = memory.versions();
      const found = versions.find(({ version }) => version === number);
      const isForgotten = !found && number < (versions[0]?.version ?? 0);
      const begins = found ? beginsOf(found) : isForgotten ? now : undefined;
      return begins && walk({ version: number, begins, now });
    },
    facts: (scope, at = parts.clock.now()) =>
      matrixFacts({ held: memory.heldAt(at), versions: memory.versions(), at }, scope),
    history: (limit) => changesOf(memory.versions(), limit),
  };
};

const MINUTE = 60_000;
const YEAR = 366 * 1_440 * MINUTE;

const soonest = (now: Instant): Instant => instantOf(Math.ceil(millisecondsOf(now) / MINUTE + 1) * MINUTE);
const isAdmin = ({ roles }: PersonActor): boolean => roles.includes('admin');
const beginsOf = ({ edit, from }: MatrixVersion): Instant => edit?.from ?? from;

type Make = (newest: MatrixVersion, now: Instant) => MatrixVersion | MatrixFaults;

/** Made on what is newest, and again where somebody was faster; what is newest already needs no other. */
const agreeing =
  (parts: MatrixParts, memory: MatrixMemory) =>
  async (make: Make): Promise<MatrixVersion | MatrixFaults> => {
    for (;;) {
      await memory.read();
      const newest = memory.newest();
      const now = parts.clock.now();
      const made = make(newest, now);
      if ('faults' in made || made === newest) return made;
      const added = await add(parts, made, now);
      await memory.read();
      if (added) return made;
    }
  };

/**
 * Its timer is set first, so that no kill leaves the tickets with the moments of the old rules; not for at once, because a timer
 * that finds no version is forgotten.
 */
const add = async ({ timers, book, log }: MatrixParts, made: MatrixVersion, now: Instant): Promise<boolean> => {
  const timer = { subject: `matrix:${made.version}`, rev: made.version };
  const begins = beginsOf(made);
  await timers.set({ ...timer, dueAt: later(begins, instantOf(millisecondsOf(now) + MINUTE)) });
  if (!(await book.add(made))) return false;
  await timers.set({ ...timer, dueAt: begins });
  log.info('matrix-changed', { version: made.version, from: begins, by: made.by?.id });
  for (const { edit, faults } of made.dropped ?? [])
    log.warn('matrix-edit-dropped', { cell: nameOfCell(edit.cell), by: edit.by.id, faults });
  return true;
};

interface Making {
  readonly newest: MatrixVersion;
  readonly now: Instant;
}

const edited = (
  { by, cell, change, from: wished }: EditWish,
  { newest, now }: Making,
  { known }: MatrixParts,
): MatrixVersion | MatrixFaults => {
  const { base } = newest;
  if (change === 'reset' && newest.edits.every((each) => !isSameCell(each.cell, cell))) return newest;
  const from = later(soonest(now), newest.from);
  const begins = later(wished ?? from, from);
  if (millisecondsOf(begins) - millisecondsOf(now) > YEAR)
    return { faults: [`${nameOfCell(cell)} would begin at ${begins}, in more than a year`] };
  const rule = change === 'reset' ? {} : { rule: { ...cell, ...change } };
  const edit: MatrixEdit = { cell, ...rule, by: refOf(by), at: now, from: begins };
  const edits = withEdit(newest.edits, edit);
  const faults = newFaults({ before: newest, after: { base, edits }, from: begins }, known);
  if (faults.length > 0) return { faults };
  const version = newest.version + 1;
  const { configured } = newest;
  return { version, from, at: now, by: refOf(by), configured, base, edits: countingFrom(edits, from), edit };
};

const configuredAnew = (
  { matrix: base, hash: configured }: ConfiguredMatrix,
  { newest, now, from: wished, by }: Making & { readonly from: Instant; readonly by?: PersonActor },
  { known }: MatrixParts,
): MatrixVersion => {
  if (newest.version > 0 && newest.configured === configured) return newest;
  const from = later(wished, newest.from);
  const { kept, dropped } = rebased(base, { edits: countingFrom(newest.edits, from), from }, known);
  return {
    ...{ version: newest.version + 1, from, at: now, configured, base, edits: kept },
    ...(by ? { by: refOf(by) } : {}),
    ...(dropped.length > 0 ? { dropped } : {}),
  };
};

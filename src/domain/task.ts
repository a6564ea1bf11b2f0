import type { Instant, PersonRef } from './values.ts';

/** A to-do on a ticket or on one of its envelopes. */
export interface TaskRow {
  /** Counts the ticket's tasks from 1. */
  readonly seq: number;
  readonly title: string;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly assignee: PersonRef;
  readonly dueAt?: Instant;
  /** The envelope it belongs to. */
  readonly envelope?: number;
}

export const isOverdue = ({ state, dueAt }: TaskRow, now: Instant): boolean =>
  state === 'open' && dueAt !== undefined && dueAt < now;

/** Ended tasks beyond the latest few leave the ticket's document. */
const KEPT = 5;

export const withoutOldestTasks = (tasks: readonly TaskRow[]): readonly TaskRow[] => {
  const ended = tasks.filter(({ state }) => state !== 'open');
  const gone = new Set(ended.slice(0, Math.max(0, ended.length - KEPT)));
  return tasks.filter((row) => !gone.has(row));
};

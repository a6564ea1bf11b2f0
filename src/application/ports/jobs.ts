import type { RefusalCode } from '../../domain/refusals.ts';
import {
  commandId,
  type CommandId,
  type Instant,
  type PersonActor,
  type TicketId,
  type TicketNumber,
} from '../../domain/values.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One ticket of a bulk act. `key`: what else the kind needs to know of it, e.g. the number of an envelope. */
export interface JobItem {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly key?: string;
}

/**
 * `previewed` → `waiting` → `running` → `done` → `undoing` → `undone`. `expired`: nothing was done and nothing will be; it was
 * taken back before it began, or nobody confirmed it in time.
 */
export type JobState = 'previewed' | 'waiting' | 'running' | 'done' | 'undoing' | 'undone' | 'expired';

/** What became of an item: `.` open, `d` done, `s` skipped, `r` refused; after an undo `u` undone, `k` kept as it was. */
export type ItemMark = '.' | 'd' | 's' | 'r' | 'u' | 'k';

/** One act on many tickets, chosen at the preview and frozen since. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  /** Who saw the preview: nobody else confirms it or takes it back. */
  readonly by: PersonActor;
  readonly params: Json;
  /** At most 2,000. */
  readonly items: readonly JobItem[];
  readonly state: JobState;
  /** Until then a confirmed job can be taken back without a trace. */
  readonly notBefore: Instant;
  /** An ItemMark an item, in the order of `items`. */
  readonly marks: string;
  /** Items to work in this phase, and those that are through; `skipped` ones needed nothing. The undo counts anew. */
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  /** The first 50 in this phase; `fault`: it failed again and again. */
  readonly refusals: readonly { readonly number: TicketNumber; readonly code: RefusalCode | 'fault' }[];
  readonly refusalCount: number;
  /** How often an item failed so far, by its place. */
  readonly retries: Readonly<Record<string, number>>;
  readonly startedAt?: Instant;
  /** When it, or its undo, came to its end. */
  readonly endedAt?: Instant;
  /** Rises with each change that is seen. */
  readonly rev: number;
}

/** A job as it is stored now. */
export interface HeldJob {
  readonly job: Job;
  /** Of a preview: until when it may be confirmed. Otherwise when it is looked at next, and so its lease, too. */
  readonly dueAt: Instant;
  /** The store's version; whoever saves on it was the only one. */
  readonly etag: string;
}

export interface Jobs {
  /** The job that stands there: one that was made before under this id stays as it is. */
  create(job: Job, dueAt: Instant): Promise<Job>;
  find(id: string): Promise<HeldJob | undefined>;
  /** Ids of the jobs that wait, run or are undone, and whose time has come; the earliest first. */
  due(options: { readonly at: Instant; readonly limit: number }): Promise<readonly string[]>;
  /** Undefined: somebody else was faster, and nothing was written. The items never change. */
  save(held: HeldJob): Promise<HeldJob | undefined>;
}

/** The command that carries out an item: the same however often it is tried, and another one for its undo. */
export const itemCommand = ({ id, state }: Job, { ticketId }: JobItem): CommandId =>
  commandId(`job:${id}:${ticketId}${state === 'undoing' ? ':undo' : ''}`);

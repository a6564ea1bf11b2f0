import type { Actor, CommandId, Instant, PersonActor } from './values.ts';

/** What every command carries. `id` makes it repeatable: the same id is applied once. `at` is now, as data. */
export interface Frame<By extends Actor = PersonActor> {
  readonly id: CommandId;
  readonly at: Instant;
  readonly by: By;
}

/** What every event carries. */
export interface Happened<By extends Actor = PersonActor> {
  readonly at: Instant;
  readonly by: By;
}

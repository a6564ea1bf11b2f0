import type { Stage } from '../domain/pipelines.ts';
import type { Label } from '../domain/property-definitions.ts';
import type { ObjectSchema } from './object-changes.ts';

/** A stage and what people call it; without a label it is called by its statuses. */
export interface NamedStage extends Stage {
  readonly label?: Label;
}

/** The desk's model of objects, and the stages that its tickets go through; absent: each status is a stage. */
export interface DeskSchema extends ObjectSchema {
  readonly pipeline?: { readonly id: string; readonly stages: readonly NamedStage[] };
}

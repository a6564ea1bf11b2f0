import type { HeldLink } from '../../domain/association.ts';
import type { DeskObject, HistoryEntry, Link, ObjectRef, ObjectType } from '../../domain/objects.ts';
import type { Actor, Instant } from '../../domain/values.ts';

export interface LoadedObject {
  readonly object: DeskObject;
  /** Counts the entries of its history. */
  readonly rev: number;
  /** The store's version of the object document; it locks all that the object holds. */
  readonly etag: string;
}

/**
 * What must follow in other partitions, kept in the batch of the change. `mirror`: the other side of an association says the
 * same · `absorb`: the object was merged, its facts and associations move · `alias`: that id means this object.
 */
export type ObjectEffect =
  | { readonly kind: 'mirror'; readonly link: HeldLink; readonly since: Instant; readonly gone: boolean }
  | { readonly kind: 'absorb' }
  | { readonly kind: 'alias'; readonly id: string };

/** What one change writes, all in the object's partition and all or nothing. `etag` is absent for a new object. */
export interface ObjectCommit {
  readonly object: DeskObject;
  readonly etag?: string | undefined;
  readonly entry: HistoryEntry;
  /** Associations this object holds. A removed one leaves a stone that says who took it off. */
  readonly add?: readonly HeldLink[] | undefined;
  readonly remove?: readonly HeldLink[] | undefined;
  /** When the added ones began; the time of the entry unless told. */
  readonly since?: Instant | undefined;
  readonly effects: readonly ObjectEffect[];
  /** The id of an object that was merged into this one, remembered for ever. */
  readonly absorbed?: string | undefined;
}

/** An association as this side says it. */
export interface Associated {
  readonly link: Link;
  readonly since: Instant;
  /** What the other side says. */
  readonly inverse: string;
  /** Whether this side holds it; else it mirrors what the other holds. */
  readonly held: boolean;
}

export interface AssociationPage {
  readonly associations: readonly Associated[];
  readonly continuation?: string;
}

export interface AssociationFilter {
  readonly toType?: ObjectType | undefined;
  readonly label?: string | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly continuation?: string | undefined;
}

/** Who stands under a unique value. */
export interface Claim {
  readonly id: string;
  readonly etag: string;
}

export interface UniqueValue {
  readonly type: ObjectType;
  readonly property: string;
  /** As `uniqueKey` gives it. */
  readonly value: string;
}

/** The effects of one change, waiting to be carried out. */
export interface ObjectOutboxEntry {
  readonly of: ObjectRef;
  readonly rev: number;
  readonly effects: readonly ObjectEffect[];
}

export interface ObjectStore {
  load(ref: ObjectRef): Promise<LoadedObject | undefined>;
  /** `stale`: someone was faster, or it is not known whether it went through: load and decide again. */
  commit(commit: ObjectCommit): Promise<'done' | 'stale'>;
  /** Gives the object a new version without a change, so that whoever loaded it before must decide again. */
  touch(loaded: LoadedObject): Promise<'done' | 'stale'>;
  wasAbsorbed(into: ObjectRef, id: string): Promise<boolean>;
  /** The association in the words of `link.from`; when it was taken off on its holding side, by whom. */
  association(link: Link): Promise<Associated | { readonly removedBy: Actor } | undefined>;
  /** Newest first within each type of the other side. */
  associations(of: ObjectRef, filter: AssociationFilter): Promise<AssociationPage>;
  /** Writes the side that does not hold the association (`link` is as its holder says it). An older rev of the holder never wins. */
  mirror(
    link: HeldLink,
    state: { readonly since: Instant; readonly rev: number; readonly gone: boolean },
  ): Promise<void>;
  /** Newest first; `before` is exclusive. */
  history(of: ObjectRef, page: { limit: number; before?: number }): Promise<readonly HistoryEntry[]>;
  claim(value: UniqueValue): Promise<Claim | undefined>;
  /** Puts `id` under the value, in place of the claim that was read or of none; false when someone was faster. */
  putClaim(value: UniqueValue, id: string, seen: Claim | undefined): Promise<boolean>;
  /** Outbox entries since `token`, at least once, in order per object. `seen` is 0 when the reader has caught up. */
  outbox(
    token: string | null,
    max: number,
  ): Promise<{ entries: readonly ObjectOutboxEntry[]; token: string; seen: number }>;
  /** Forgets an entry whose effects are all carried out; twice is harmless. */
  discharge(entry: Pick<ObjectOutboxEntry, 'of' | 'rev'>): Promise<void>;
}

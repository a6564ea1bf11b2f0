/**
 * The port between the desk and its database: documents in containers, partitioned, written in atomic batches within one
 * partition. SQLite on one machine and Cosmos DB in production keep the same promises (test/contracts/document-store).
 */

/** Values that may be filtered and sorted by: Cosmos, SQLite and JavaScript agree only on ASCII strings and finite numbers. */
export type Scalar = string | number;

/** A JSON document. No key starts with "_", none is called "pk" or "ttl"; `id` has 1..255 bytes without / \ ? # or controls. */
export interface Doc {
  id: string;
  [field: string]: unknown;
}

export interface Stored {
  pk: string;
  doc: Doc;
  etag: string;
}

export type WriteOp =
  | { op: 'create'; doc: Doc; ttlSeconds?: number }
  | { op: 'replace'; doc: Doc; ifMatch: string; ttlSeconds?: number }
  | { op: 'upsert'; doc: Doc; ttlSeconds?: number }
  | { op: 'delete'; id: string; ifMatch?: string };

/** Expected failures are values; `index` names the operation that failed, and then nothing of the batch was written. */
export type CommitResult =
  | { ok: true; etags: (string | null)[] }
  | { ok: false; index: number; reason: 'conflict' | 'precondition' | 'notFound' };

/** A declared index: equality fields first, then the sort; `id` ascending is appended. A document sets all its fields or none. */
export interface IndexDef {
  name: string;
  equality: string[];
  sort: { field: string; dir: 'asc' | 'desc' }[];
}

export interface ContainerDef {
  name: string;
  indexes: IndexDef[];
}

/** Equality on every equality field of the index, ranges only on its first sort field. */
export type Cond = { field: string; op: '=' | '<' | '<=' | '>' | '>='; value: Scalar };

export interface QuerySpec {
  pk: string;
  index: string;
  where: Cond[];
  limit: number;
  continuation?: string;
}

export interface Page {
  items: Stored[];
  continuation?: string;
}

export interface DocumentStore {
  get(container: string, pk: string, id: string): Promise<Stored | null>;
  /** Atomic, 1..100 operations, at most 1.9 MB in all, one operation per id. */
  commit(container: string, pk: string, ops: WriteOp[]): Promise<CommitResult>;
  query(container: string, spec: QuerySpec): Promise<Page>;
  /** Unordered, over all partitions; for repair only. */
  scan(container: string, options: { continuation?: string; limit?: number }): Promise<Page>;
  /** Latest versions since `token`, in order per partition, at least once, no deletes; an empty page means caught up. */
  changes(
    container: string,
    options: { token: string | null; max: number },
  ): Promise<{ items: Stored[]; token: string }>;
  close(): Promise<void>;
}

import { StoreError } from '../application/errors.ts';
import type { ContainerDef, Doc, IndexDef, WriteOp } from '../application/ports/document-store.ts';

/** What every adapter refuses in the same words, so that a call which works on one database works on the other. */
const limits = {
  ops: 100,
  /** UTF-8 bytes of all documents of one commit; Cosmos stops at 2 MB, envelope included. */
  commitBytes: 1_900_000,
  idBytes: 255,
  pkBytes: 1_024,
  page: 1_000,
  /** Cosmos takes no document that nests deeper; SQLite's JSON ends at 1 000. */
  depth: 128,
} as const;

/** One checked operation; `body` is the document's JSON text and empty for a delete. */
export interface EngineOp {
  op: WriteOp['op'];
  id: string;
  body: string;
  ifMatch: string | undefined;
  ttlSeconds: number | undefined;
}

export const invalid = (message: string, cause?: unknown): StoreError => new StoreError('invalid', message, { cause });

const controls = /\p{Cc}/u;
const isText = (value: unknown, maxBytes: number): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.isWellFormed() &&
  !controls.test(value) &&
  Buffer.byteLength(value) <= maxBytes;

/** Cosmos, SQLite and JavaScript sort only these alike. */
export const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' ? /^[\x20-\x7e]*$/.test(value) : Number.isFinite(value);

export const fieldsOf = (index: IndexDef): string[] => [...index.equality, ...index.sort.map(({ field }) => field)];

export const checkPk = (pk: string): void => {
  if (!isText(pk, limits.pkBytes))
    throw invalid(`A partition key has 1..${limits.pkBytes} bytes and no control characters`);
};

export const checkId = (id: string): void => {
  if (!isText(id, limits.idBytes) || /[/\\?#]/.test(id)) {
    throw invalid(`An id has 1..${limits.idBytes} bytes without / \\ ? # or control characters`);
  }
};

/** @param what names the number in the message, such as 'limit'. */
export const checkCount = (count: number, what: string): void => {
  if (!Number.isInteger(count) || count < 1 || count > limits.page)
    throw invalid(`${what} is a whole number, 1..${limits.page}`);
};

const checkIndexDef = (container: string, index: IndexDef): void => {
  const fields = fieldsOf(index);
  if (!/^[a-z][a-z0-9-]{0,62}$/i.test(index.name))
    throw invalid(`Container ${container}: '${index.name}' is no name for an index`);
  if (new Set(fields).size < fields.length) throw invalid(`Index ${container}.${index.name} names a field twice`);
  for (const field of fields) {
    if (!/^[a-zA-Z][a-zA-Z0-9]{0,62}$/.test(field) || field === 'id' || field === 'pk' || field === 'ttl') {
      throw invalid(`Index ${container}.${index.name}: '${field}' cannot be indexed`);
    }
  }
};

/** @returns the containers by name. */
export const checkContainers = (containers: ContainerDef[]): Map<string, ContainerDef> => {
  for (const { name, indexes } of containers) {
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) throw invalid(`'${name}' is no name for a container: a-z, 0-9 and -`);
    if (new Set(indexes.map((index) => index.name.toLowerCase())).size < indexes.length) {
      throw invalid(`Container ${name} declares an index twice`);
    }
    for (const index of indexes) checkIndexDef(name, index);
  }
  const byName = new Map(containers.map((container) => [container.name, container]));
  if (byName.size < containers.length) throw invalid('A container is declared twice');
  return byName;
};

const checkFields = (container: ContainerDef, doc: Doc): void => {
  for (const key of Object.keys(doc)) {
    if (key.startsWith('_') || key === 'pk' || key === 'ttl')
      throw invalid(`Field '${key}' of ${doc.id} is reserved for the database`);
  }
  for (const index of container.indexes) {
    const values = fieldsOf(index).map((field) => doc[field]);
    const missing = values.filter((value) => value === undefined).length;
    if (missing === values.length) continue;
    if (missing > 0) throw invalid(`Document ${doc.id} sets only some fields of index ${container.name}.${index.name}`);
    if (!values.every(isScalar)) {
      throw invalid(
        `Document ${doc.id}: fields of index ${container.name}.${index.name} are ASCII strings or finite numbers`,
      );
    }
  }
};

/** An etag may come from outside; one that no database ever gave is refused, a stale one fails the precondition. */
const checkEtag = (etag: unknown): void => {
  if (!isText(etag, limits.pkBytes)) throw invalid('An etag is a text without control characters, as it was read');
};

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

const jsonOf = (doc: Doc): string => {
  if (isDeeper(doc, limits.depth)) throw invalid(`Document ${doc.id} nests deeper than ${limits.depth} levels`);
  try {
    return JSON.stringify(doc);
  } catch (cause) {
    throw invalid(`Document ${doc.id} is no JSON`, cause);
  }
};

const checkOp = (container: ContainerDef, op: WriteOp): EngineOp => {
  if (op.op === 'delete') {
    checkId(op.id);
    if (op.ifMatch !== undefined) checkEtag(op.ifMatch);
    return { op: op.op, id: op.id, body: '', ifMatch: op.ifMatch, ttlSeconds: undefined };
  }
  const { doc, ttlSeconds } = op;
  checkId(doc.id);
  checkFields(container, doc);
  if (op.op === 'replace') checkEtag(op.ifMatch);
  if (ttlSeconds !== undefined && !(Number.isInteger(ttlSeconds) && ttlSeconds > 0)) {
    throw invalid(`ttlSeconds of ${doc.id} is a whole number above 0`);
  }
  return {
    op: op.op,
    id: doc.id,
    body: jsonOf(doc),
    ifMatch: op.op === 'replace' ? op.ifMatch : undefined,
    ttlSeconds,
  };
};

/** @throws StoreError `invalid` for what may never be written, `tooLarge` for what no database would take in one batch. */
export const checkOps = (container: ContainerDef, ops: WriteOp[]): EngineOp[] => {
  if (ops.length < 1 || ops.length > limits.ops)
    throw invalid(`A commit has 1..${limits.ops} operations, not ${ops.length}`);
  const checked = ops.map((op) => checkOp(container, op));
  const ids = new Set(checked.map(({ id }) => id));
  if (ids.size < checked.length) throw invalid('A commit holds one operation per id');
  const bytes = checked.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  if (bytes > limits.commitBytes) {
    throw new StoreError(
      'tooLarge',
      `A commit holds at most ${limits.commitBytes} bytes, not ${bytes}: keep prose in blobs`,
    );
  }
  return checked;
};

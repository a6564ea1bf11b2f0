import type { Cond, Doc, IndexDef, QuerySpec, Scalar } from '../application/ports/document-store.ts';
import { checkCount, invalid, isScalar } from './checks.ts';

export interface Bound {
  op: '<' | '<=' | '>' | '>=';
  value: Scalar;
}

/** A checked query, ready to be said in the database's own language. */
export interface QueryPlan {
  pk: string;
  index: IndexDef;
  /** In the order of `index.equality`. */
  equals: Scalar[];
  /** Bounds of the first sort field. A number never compares with a string: both hold values of one type. */
  lower: Bound | undefined;
  upper: Bound | undefined;
  /** The sort values and the id of the last document of the page before. */
  after: Scalar[] | undefined;
  /** One more than was asked for: the extra one tells that there is a next page. */
  limit: number;
}

const seal = (parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

const unseal = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Ties a token of the engine to what it was made for, so that it cannot be used elsewhere. */
export const sealToken = (kind: string, container: string, token: string): string => seal([kind, container, token]);

/** @throws StoreError `invalid` for a token made by another call. */
export const unsealToken = (kind: string, container: string, token: string): string => {
  const parts = unseal(token);
  if (Array.isArray(parts) && parts[0] === kind && parts[1] === container && typeof parts[2] === 'string')
    return parts[2];
  throw invalid(`This is no ${kind} token of container ${container}`);
};

const identity = (container: string, { pk, index, where }: QuerySpec): string =>
  JSON.stringify([container, pk, index, where.map(({ field, op, value }) => [field, op, value]).sort()]);

const afterOf = (container: string, spec: QuerySpec, index: IndexDef): Scalar[] | undefined => {
  if (spec.continuation === undefined) return undefined;
  const parts = unseal(spec.continuation);
  if (!Array.isArray(parts) || parts[0] !== identity(container, spec))
    throw invalid('This continuation belongs to another query');
  const values: unknown = parts[1];
  const fits = Array.isArray(values) && values.length === index.sort.length + 1;
  if (!fits || !values.slice(0, -1).every(isScalar) || typeof values.at(-1) !== 'string') {
    throw invalid('This continuation is damaged');
  }
  return values;
};

/** The token that continues after `last`. */
export const continuationAfter = (spec: QuerySpec, query: { container: string; index: IndexDef; last: Doc }): string =>
  seal([identity(query.container, spec), [...query.index.sort.map(({ field }) => query.last[field]), query.last.id]]);

const operators: ReadonlySet<string> = new Set(['=', '<', '<=', '>', '>=']);

const boundOf = (conds: Cond[], side: '<' | '>'): Bound | undefined => {
  const found = conds.filter(({ op }) => op.startsWith(side));
  if (found.length > 1) throw invalid(`A range has one ${side === '<' ? 'upper' : 'lower'} bound`);
  const [bound] = found;
  return bound && { op: bound.op as Bound['op'], value: bound.value };
};

const equalsOf = (index: IndexDef, where: Cond[]): Scalar[] => {
  const conds = where.filter(({ op }) => op === '=');
  const extra = conds.find(({ field }) => !index.equality.includes(field));
  if (extra) throw invalid(`'${extra.field}' is no equality field of index ${index.name}`);
  return index.equality.map((field) => {
    const [cond, ...more] = conds.filter((one) => one.field === field);
    if (!cond || more.length > 0) throw invalid(`Index ${index.name} needs '${field}' exactly once`);
    return cond.value;
  });
};

/** @throws StoreError `invalid` unless a declared index serves the whole query. */
export const planQuery = (container: string, index: IndexDef, spec: QuerySpec): QueryPlan => {
  checkCount(spec.limit, 'limit');
  if (!spec.where.every(({ value }) => isScalar(value)))
    throw invalid('A query compares with ASCII strings and finite numbers');
  if (!spec.where.every(({ op }) => operators.has(op))) throw invalid('A query compares by = < <= > or >=');
  const ranges = spec.where.filter(({ op }) => op !== '=');
  const stray = ranges.find(({ field }) => field !== index.sort[0]?.field);
  if (stray)
    throw invalid(`Index ${index.name} has no range on '${stray.field}': only its first sort field may have one`);
  const [lower, upper] = [boundOf(ranges, '>'), boundOf(ranges, '<')];
  if (lower && upper && typeof lower.value !== typeof upper.value)
    throw invalid('Both bounds of a range are of one type');
  const equals = equalsOf(index, spec.where);
  return { pk: spec.pk, index, equals, lower, upper, after: afterOf(container, spec, index), limit: spec.limit + 1 };
};

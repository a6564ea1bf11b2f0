import type { IndexDef } from '../../application/ports/document-store.ts';
import { fieldsOf } from '../checks.ts';
import type { Bound, QueryPlan } from '../keyset.ts';

export type Param = string | number | null;

export interface Sql {
  text: string;
  params: Param[];
}

/** Names are checked by checks.ts, so they are safe inside quotes. */
export const tableOf = (container: string): string => `"c_${container}"`;
export const keyIndexOf = (container: string): string => `"k_${container}"`;
export const indexOf = (container: string, index: IndexDef): string => `"i_${container}_${index.name}"`;

/** The text must be the same in index and query, else SQLite does not see that they belong together. */
const fieldSql = (field: string): string => `json_extract(body,'$.${field}')`;

/** Only documents with the fields are in the index: others cost nothing there. */
const presence = (index: IndexDef): string[] => {
  const [first] = fieldsOf(index);
  return first === undefined ? [] : [`${fieldSql(first)} IS NOT NULL`];
};

const orderOf = (index: IndexDef): string[] => [
  ...index.sort.map(({ field, dir }) => `${fieldSql(field)} ${dir === 'asc' ? 'ASC' : 'DESC'}`),
  'id ASC',
];

export const createIndexSql = (container: string, index: IndexDef): string => {
  const columns = ['pk', ...index.equality.map(fieldSql), ...orderOf(index)].join(', ');
  const where = presence(index).map((term) => ` WHERE ${term}`);
  return `CREATE INDEX ${indexOf(container, index)} ON ${tableOf(container)} (${columns})${where.join('')}`;
};

/**
 * The bounds of the first sort field, with two things added: the far end of a one-sided range (a number is below every
 * string here, but they never compare in the port), and on later pages the place where the page before ended. The latter
 * is redundant beside the keyset condition, yet without it SQLite walks the index from the start of the range.
 */
const boundsOf = ({ index, lower, upper, after }: QueryPlan): Bound[] => {
  const [first] = index.sort;
  const place = after?.[0];
  const low: Bound | undefined = lower ?? (typeof upper?.value === 'string' ? { op: '>=', value: '' } : undefined);
  const high: Bound | undefined = upper ?? (typeof lower?.value === 'number' ? { op: '<', value: '' } : undefined);
  const asc = first?.dir === 'asc';
  const start: Bound | undefined = first && place !== undefined ? { op: asc ? '>=' : '<=', value: place } : undefined;
  const bounds = start ? (asc ? [start, high] : [low, start]) : [low, high];
  return bounds.filter((bound) => bound !== undefined);
};

/** (a, b, id) after (x, y, z) with mixed directions: a > x OR (a = x AND b < y) OR (a = x AND b = y AND id > z). */
const afterSql = (index: IndexDef, after: readonly Param[]): Sql => {
  const columns = [...index.sort.map(({ field, dir }) => ({ sql: fieldSql(field), dir })), { sql: 'id', dir: 'asc' }];
  const cases = columns.map(({ sql, dir }, at) => {
    const same = columns.slice(0, at).map((column) => `${column.sql} = ?`);
    return `(${[...same, `${sql} ${dir === 'asc' ? '>' : '<'} ?`].join(' AND ')})`;
  });
  return { text: `(${cases.join(' OR ')})`, params: columns.flatMap((_, at) => after.slice(0, at + 1)) };
};

const alive = '(expires IS NULL OR expires > ?)';

/** One page of a plan; the index is named, so that statistics can never lead SQLite elsewhere. */
export const querySql = (container: string, plan: QueryPlan, now: number): Sql => {
  const { index, pk, equals, after, limit } = plan;
  const bounds = boundsOf(plan);
  const first = fieldSql(index.sort[0]?.field ?? '');
  const keyset = after && afterSql(index, after);
  const where = [
    'pk = ?',
    ...index.equality.map((field) => `${fieldSql(field)} = ?`),
    ...presence(index),
    ...bounds.map(({ op }) => `${first} ${op} ?`),
    ...(keyset ? [keyset.text] : []),
    alive,
  ];
  const from = `SELECT pk, body, seq FROM ${tableOf(container)} INDEXED BY ${indexOf(container, index)}`;
  return {
    text: `${from} WHERE ${where.join(' AND ')} ORDER BY ${orderOf(index).join(', ')} LIMIT ?`,
    params: [pk, ...equals, ...bounds.map(({ value }) => value), ...(keyset?.params ?? []), now, limit],
  };
};

export const getSql = (container: string, key: { pk: string; id: string; now: number }): Sql => ({
  text: `SELECT pk, body, seq FROM ${tableOf(container)} WHERE pk = ? AND id = ? AND ${alive}`,
  params: [key.pk, key.id, key.now],
});

/** Documents by the number of their last write. */
export const changesSql = (container: string, page: { after: number; limit: number; now: number }): Sql => ({
  text: `SELECT pk, body, seq FROM ${tableOf(container)} WHERE seq > ? AND ${alive} ORDER BY seq LIMIT ?`,
  params: [page.after, page.now, page.limit],
});

/** By key and not by number, so that what is written meanwhile is not met twice. */
export const scanSql = (
  container: string,
  page: { after: readonly [string, string]; limit: number; now: number },
): Sql => ({
  text: `SELECT pk, body, seq FROM ${tableOf(container)} WHERE (pk, id) > (?, ?) AND ${alive} ORDER BY pk, id LIMIT ?`,
  params: [...page.after, page.now, page.limit],
});

import { type Instant, instantOf, type Level } from '../../domain/values.ts';
import { recordsOf } from './records.ts';

/** The states of ServiceNow's incident form that the replay knows. */
const STATES = [
  'New',
  'Active',
  'Awaiting User Info',
  'Awaiting Vendor',
  'Awaiting Problem',
  'Awaiting Evidence',
  'Resolved',
  'Closed',
] as const;
export type LogState = (typeof STATES)[number];

/** One update of an incident, as the log tells it; `?` there is a missing field here. Times without a zone are read as UTC. */
export interface LogRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly number: string;
  readonly state: LogState;
  readonly reassignments: number;
  readonly reopens: number;
  readonly group?: string;
  readonly assignee?: string;
  readonly impact?: Level;
  readonly urgency?: Level;
  readonly openedAt?: Instant;
  readonly updatedAt: Instant;
  readonly caller?: string;
  /** Category, subcategory and symptom, as far as they are there. */
  readonly about: string;
}

export interface Malformed {
  readonly line: number;
  readonly why: string;
}

export interface AuditLog {
  readonly rows: readonly LogRow[];
  /** Rows that were skipped. */
  readonly malformed: readonly Malformed[];
}

/** The log cannot be replayed at all; the message says what to do. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError' as const;
}

const REQUIRED = [
  'number',
  'incident_state',
  'reassignment_count',
  'reopen_count',
  'assignment_group',
  'assigned_to',
  'impact',
  'urgency',
  'opened_at',
  'sys_updated_at',
] as const;
const TOPIC = ['category', 'subcategory', 'u_symptom'] as const;
type Column = (typeof REQUIRED)[number] | (typeof TOPIC)[number] | 'caller_id';

/** Reads a whole log. Errors: ReplayError where it has no header, lacks columns, or no row can be used. */
export const readLog = (csv: string): AuditLog => {
  const [header, ...records] = recordsOf(csv);
  if (!header) throw new ReplayError('The file is empty: export the audit log with its header line.');
  const columns = columnsOf('fault' in header ? [] : header.fields);
  const rows: LogRow[] = [];
  const malformed: Malformed[] = [];
  for (const record of records) {
    const row = 'fault' in record ? record.fault : rowOf(record.line, cellsOf(record.fields, columns));
    if (typeof row === 'string') malformed.push({ line: record.line, why: row });
    else rows.push(row);
  }
  if (rows.length > 0) return { rows, malformed };
  const first = malformed[0] ? ` Line ${malformed[0].line}: ${malformed[0].why}.` : '';
  throw new ReplayError(`The file has no row that can be replayed, only ${malformed.length} malformed.${first}`);
};

const columnsOf = (header: readonly string[]): readonly string[] => {
  const names = header.map((name) => name.trim());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length === 0) return names;
  throw new ReplayError(
    `The first line lacks the columns ${missing.join(', ')}: export the log again with them, separated by commas.`,
  );
};

type Cells = (column: Column) => string | undefined;

const cellsOf = (fields: readonly string[], columns: readonly string[]): Cells | string => {
  if (fields.length !== columns.length) return `has ${fields.length} fields, the header has ${columns.length}`;
  return (column) => {
    const cell = fields[columns.indexOf(column)]?.trim();
    return cell === '' || cell === '?' ? undefined : cell;
  };
};

/** What a cell says that cannot be read; thrown and caught in this file only. */
class CellFault extends Error {
  override readonly name = 'CellFault' as const;
}

const rowOf = (line: number, cells: Cells | string): LogRow | string => {
  if (typeof cells === 'string') return cells;
  try {
    const openedAt = cells('opened_at');
    return {
      line,
      number: present(cells, 'number'),
      state: stateOf(present(cells, 'incident_state')),
      reassignments: countOf(present(cells, 'reassignment_count')),
      reopens: countOf(present(cells, 'reopen_count')),
      updatedAt: momentOf(present(cells, 'sys_updated_at')),
      about: TOPIC.flatMap((column) => cells(column) ?? []).join(', '),
      ...(openedAt === undefined ? {} : { openedAt: momentOf(openedAt) }),
      ...optional('group', cells('assignment_group')),
      ...optional('assignee', cells('assigned_to')),
      ...optional('caller', cells('caller_id')),
      ...optional('impact', levelOf(cells('impact'))),
      ...optional('urgency', levelOf(cells('urgency'))),
    };
  } catch (fault) {
    if (fault instanceof CellFault) return fault.message;
    throw fault;
  }
};

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [_ in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [_ in K]?: V };

const present = (cells: Cells, column: Column): string => {
  const cell = cells(column);
  if (cell === undefined) throw new CellFault(`has no ${column}`);
  return cell;
};

const stateOf = (text: string): LogState => {
  const state = STATES.find((each) => each === text);
  if (!state) throw new CellFault(`incident_state "${text}" is not known`);
  return state;
};

const countOf = (text: string): number => {
  if (!/^\d{1,6}$/u.test(text)) throw new CellFault(`"${text}" is no count`);
  return Number(text);
};

const LEVELS: Readonly<Record<string, Level>> = { 1: 'high', 2: 'medium', 3: 'low' };

const levelOf = (text: string | undefined): Level | undefined => {
  if (text === undefined) return undefined;
  const level = LEVELS[/^([1-3]) - [A-Z][a-z]+$/u.exec(text)?.[1] ?? ''];
  if (!level) throw new CellFault(`"${text}" is neither "1 - High", "2 - Medium" nor "3 - Low"`);
  return level;
};

/** `29-02-2016 01:23`; a day that the calendar does not have is no moment. */
const momentOf = (text: string): Instant => {
  const [, day, month, year, time] = /^(\d{2})-(\d{2})-(\d{4}) ((?:[01]\d|2[0-3]):[0-5]\d)$/u.exec(text) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${time}:00Z`);
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(day))
    throw new CellFault(`"${text}" is no moment like 29-02-2016 01:23`);
  return instantOf(at);
};

import type { Door } from '../domain/ownership-commands.ts';
import type { TicketEvent } from '../domain/events.ts';
import {
  type Instant,
  instantOf,
  millisecondsOf,
  type PersonId,
  ticketId,
  type TicketId,
  ticketNumber,
  type TicketNumber,
} from '../domain/values.ts';
import type { Clock } from './ports/clock.ts';
import type { Covers } from './ports/covers.ts';
import type { ReportRow, Reports } from './ports/reports.ts';
import type { CoverReport } from './ports/stories.ts';

export interface ReportParts {
  readonly reports: Pick<Reports, 'page'>;
  readonly covers: Pick<Covers, 'of'>;
  readonly clock: Clock;
}

/** An attempt to change an owner: who, through which door, to whom. The owner stayed. */
export interface Attempt {
  readonly at: Instant;
  readonly number: TicketNumber;
  readonly ticketId: TicketId;
  readonly by: string;
  readonly door: Door;
  readonly to: string;
}

export interface AttemptedTransfers {
  readonly days: number;
  readonly attempts: readonly Attempt[];
}

const DAY = 86_400_000;
const PAGE = 100;
const MOST = 1_000;

const allSince = async ({ reports }: ReportParts, kind: string, from: Instant): Promise<readonly ReportRow[]> => {
  const rows: ReportRow[] = [];
  let continuation: string | undefined;
  do {
    const page = await reports.page(kind, { limit: PAGE, from, ...(continuation ? { continuation } : {}) });
    rows.push(...page.rows);
    continuation = page.continuation;
  } while (continuation !== undefined && rows.length < MOST);
  return rows;
};

/** The last days' attempts, newest first. */
export const attemptedTransfers = async (parts: ReportParts, days: number): Promise<AttemptedTransfers> => {
  const from = instantOf(millisecondsOf(parts.clock.now()) - days * DAY);
  const rows = await allSince(parts, 'owner-change-refused', from);
  const text = (row: ReportRow, fact: string): string => String(row[fact] ?? '');
  return {
    days,
    attempts: rows.map((row) => ({
      at: row.at,
      number: ticketNumber(text(row, 'number')),
      ticketId: ticketId(text(row, 'ticketId')),
      by: text(row, 'by'),
      door: text(row, 'door') as Door,
      to: text(row, 'to'),
    })),
  };
};

export const coverReport = async (
  parts: ReportParts,
  owner: PersonId,
  coverId: string,
): Promise<CoverReport | undefined> => {
  const cover = (await parts.covers.of(owner)).find(({ id }) => id === coverId);
  if (!cover) return undefined;
  const rows = await allSince(parts, `acted-for:${owner}`, cover.from);
  const during = rows.filter(({ at, byId }) => at <= cover.until && byId === cover.deputy.id);
  return {
    cover,
    acts: during.map(({ at, by, number, event, ticketId: id }) => ({
      at,
      by: String(by),
      number: ticketNumber(String(number)),
      ticketId: ticketId(String(id)),
      event: event as TicketEvent['type'],
    })),
  };
};

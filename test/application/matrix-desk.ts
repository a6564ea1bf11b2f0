import type { AlertRule, Matrix } from '../../src/domain/alert-rules.ts';
import { isSameCell, type RuleCell } from '../../src/domain/matrix-check.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { MatrixBook, MatrixVersion } from '../../src/application/ports/matrix-book.ts';
import type { QueueLists } from '../../src/application/ports/queue-lists.ts';
import type { Timers } from '../../src/application/ports/timers.ts';
import { type MatrixAnswer, matrixService, type MatrixService } from '../../src/application/matrix-service.ts';
import { contactId, type Instant, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { matrixDocuments } from '../../src/store/matrix-documents.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { bookmarkDocuments } from '../../src/store/system-documents.ts';
import { timerDocuments } from '../../src/store/timer-documents.ts';
import { after, minutes, monday, seconds } from '../support/given.ts';
import { handClock, type HandClock, listening } from './parts.ts';

/** Minutes, also parts of one, after Monday, nine o'clock. */
export const at = (minute: number): Instant => after(monday, seconds(minute * 60));

/** Everybody's level 1 of a P1 that waits, unless said otherwise. */
export const cellOf = (more: Partial<RuleCell> = {}): RuleCell => ({
  ...{ subject: '*', team: '*', priority: 'P1', type: '*', condition: 'NOT_ASSIGNED', level: 1 },
  ...more,
});
export const ruleOf = (thresholdMinutes: number, cell: Partial<RuleCell> = {}): AlertRule => ({
  ...cellOf(cell),
  ...{ thresholdMinutes, delivery: 'card' },
});
/** What stands in the file: rules, without the defaults below them. */
export const configured = (...rules: readonly AlertRule[]): { matrix: Matrix; hash: string } => ({
  matrix: { rules, defaults: false },
  hash: JSON.stringify(rules),
});
/** The minutes of a cell; undefined where no rule stands. */
export const minutesOf = (matrix: Matrix, cell: Partial<RuleCell> = {}): number | undefined =>
  matrix.rules.find((rule) => isSameCell(rule, cellOf(cell)))?.thresholdMinutes;

/** A process with its matrix; others may stand on the same database. */
export interface MatrixProcess {
  readonly matrix: MatrixService;
  readonly book: MatrixBook;
  readonly timers: Timers;
  readonly queues: QueueLists;
  readonly clock: HandClock;
  readonly said: readonly string[];
  /** Tickets whose cards were drawn anew. */
  readonly redrawn: string[];
  minutesPass(count: number): void;
}

interface Started {
  readonly file?: { matrix: Matrix; hash: string };
  readonly clock?: HandClock;
  readonly teams?: readonly string[];
}

export const matrixProcess = (
  store: DocumentStore,
  { file = configured(ruleOf(5), ruleOf(20, { level: 2 })), clock = handClock(), teams = ['service'] }: Started = {},
): MatrixProcess => {
  const log = listening();
  const [book, timers, queues] = [matrixDocuments(store), timerDocuments(store), queueDocuments(store)];
  const redrawn: string[] = [];
  const matrix = matrixService({
    ...{ book, timers, queues, bookmarks: bookmarkDocuments(store), clock, log, configured: file },
    known: { teams, calendars: [] },
    redraw: (id) => {
      redrawn.push(id);
      return Promise.resolve();
    },
  });
  const minutesPass = (count: number): void => clock.passes(count * 60);
  return { matrix, book, timers, queues, clock, said: log.said, redrawn, minutesPass };
};

/** The version an answer is; anything else fails. */
export const versionIn = (answer: MatrixAnswer): MatrixVersion => {
  if ('version' in answer) return answer;
  throw new TypeError(`no version: ${JSON.stringify(answer)}`);
};

/** Open tickets on the lists, half of them waiting. */
export const openTickets = async (queues: QueueLists, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, (_, index) => `ticket-${String(index).padStart(4, '0')}`);
  await Promise.all(
    ids.map((id, index) =>
      queues.apply({
        kind: 'project',
        on: ['q:*:open'],
        off: [],
        entry: {
          ...{ ticketId: ticketId(id), rev: 4, priority: 'P3', number: ticketNumber(`INC-${index}`), subject: 's' },
          ...(index % 2 === 0 ? { bucket: 'waiting', status: 'new' } : { bucket: 'open', status: 'in_progress' }),
          dueAt: after(monday, minutes(index)),
          requester: 'Carla',
          requesterId: contactId('carla'),
        },
      }),
    ),
  );
  return ids;
};

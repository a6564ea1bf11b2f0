import type { AuditLog, LogRow } from '../../../src/local/replay/read-log.ts';

type Incident = readonly LogRow[];

const isWeekend = ({ updatedAt }: LogRow): boolean => [0, 6].includes(new Date(updatedAt).getUTCDay());

/** Whatever is rare in a log, and whatever alerts look at. */
const KINDS: readonly ((rows: Incident) => boolean)[] = [
  (rows) => rows.some(({ impact, urgency }) => impact === 'high' && urgency === 'high'),
  (rows) => rows.some(({ impact, urgency }) => impact === 'high' && urgency === 'medium'),
  (rows) => rows.some(({ reopens }) => reopens > 0),
  (rows) => rows.some(({ reassignments }) => reassignments >= 3),
  (rows) => rows.some(({ state }) => state === 'Awaiting User Info'),
  (rows) => rows.some(({ state }) => state === 'Awaiting Vendor' || state === 'Awaiting Problem'),
  (rows) => rows.some(({ impact }) => impact === 'low'),
  (rows) => rows.some(isWeekend),
  (rows) => rows.every(({ assignee }) => assignee === undefined),
  () => true,
];

/** The same forty incidents of a log each time: of each kind in turn the next that is not among them yet. */
export const fortyOf = ({ rows }: AuditLog): AuditLog => {
  const incidents = [...Map.groupBy(rows, ({ number }) => number)];
  const chosen = new Set<string>();
  for (let turn = 0; chosen.size < Math.min(40, incidents.length); turn += 1) {
    const kind = KINDS[turn % KINDS.length];
    const next = incidents.find(([number, own]) => !chosen.has(number) && kind?.(own));
    if (next) chosen.add(next[0]);
  }
  return { rows: rows.filter(({ number }) => chosen.has(number)), malformed: [] };
};

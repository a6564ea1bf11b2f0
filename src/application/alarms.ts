import type { Roster } from '../domain/roster.ts';
import { type Instant, instantOf, millisecondsOf, type PersonId } from '../domain/values.ts';
import type { Alarm } from './ports/alarm.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Log } from './ports/log.ts';
import type { ReportRow, Reports } from './ports/reports.ts';

export interface AlarmParts {
  readonly reports: Reports;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly directory: Roster;
  readonly clock: Clock;
  readonly log: Log;
  readonly enqueued: () => void;
}

/** What the desk tells of itself, to those who run it. */
export interface Alarms {
  /** The same facts are the same alarm, however often they are told and by whom: those who saw them first are believed. */
  raise(facts: Omit<Alarm, 'id'>): Promise<void>;
  /** As `raise`, but only where none of this kind was raised in the last hour; otherwise that one is seen to have gone out. */
  raiseHourly(facts: Omit<Alarm, 'id'>): Promise<void>;
}

const KIND = 'alarm';
const PAGE = 100;
const HOUR = 3_600_000;

export const alarms = (parts: AlarmParts): Alarms => ({
  raise: (facts) => raise(parts, facts),
  raiseHourly: async (facts) => {
    const from = instantOf(millisecondsOf(parts.clock.now()) - HOUR);
    const { rows } = await parts.reports.page(KIND, { limit: PAGE, from });
    const lately = rows.map(alarmIn).filter(({ kind }) => kind === facts.kind);
    if (lately.length === 0) return raise(parts, facts);
    for (const each of lately) await tell(parts, each);
  },
});

/** Kept first, told afterwards: its card is drawn from what is kept. */
const raise = async (parts: AlarmParts, facts: Omit<Alarm, 'id'>): Promise<void> => {
  const { until: at, ...row } = facts;
  const id = `${facts.kind}~${facts.from}`;
  await parts.reports.add(KIND, { id, at, ...row });
  parts.log.error('alarm', { kind: facts.kind, from: facts.from, until: at, by: facts.by });
  await tell(parts, { id, ...facts });
};

const tell = async (parts: AlarmParts, { id }: Alarm): Promise<void> => {
  const now = parts.clock.now();
  for (const to of thoseWhoRunIt(parts.directory))
    await parts.deliveries.enqueue(
      { channel: 'teams', kind: 'person-card', to, card: 'alarm', subject: `${id}|${to}`, rev: 1 },
      now,
    );
  parts.enqueued();
};

/** The administrators, else the managers, else whoever leads: the first of these groups that has anybody in it. */
const thoseWhoRunIt = (roster: Roster): readonly PersonId[] => {
  const people = roster.people().filter(({ shared }) => !shared);
  const leads = new Set(roster.teams().map(({ lead }) => lead));
  const groups = [
    people.filter(({ roles }) => roles.includes('admin')),
    people.filter(({ roles }) => roles.includes('manager')),
    people.filter(({ id, roles }) => roles.includes('team_lead') || leads.has(id)),
  ];
  return (groups.find((group) => group.length > 0) ?? []).map(({ id }) => id);
};

const alarmIn = ({ id, at, ...facts }: ReportRow): Alarm => ({ ...facts, id, until: at }) as unknown as Alarm;

/** The alarm that the subject of a delivery names; undefined where none was kept. */
export const alarmOf = async (
  { reports }: { readonly reports: Pick<Reports, 'page'> },
  subject: string,
): Promise<Alarm | undefined> => {
  const [id = ''] = subject.split('|');
  const from = id.slice(id.indexOf('~') + 1) as Instant;
  for (let next: { continuation?: string } | undefined = {}; next;) {
    const page = await reports.page(KIND, { limit: PAGE, from, ...next });
    const found = page.rows.find((row) => row.id === id);
    if (found) return alarmIn(found);
    next = page.continuation === undefined ? undefined : { continuation: page.continuation };
  }
  return undefined;
};

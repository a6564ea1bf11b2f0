import { replayAlerts } from '../../../src/domain/alert-replay.ts';
import { businessCalendar } from '../../../src/domain/business-calendar.ts';
import type { Recorded } from '../../../src/domain/events.ts';
import { type Instant, instantOf, millisecondsOf, type TicketId } from '../../../src/domain/values.ts';
import type { AuditLog } from '../../../src/local/replay/read-log.ts';
import { type PlayedDesk, replay } from '../../../src/local/replay/replay.ts';
import { judged, minuteAt, type PlainEvent } from '../../support/brute-force.ts';
import { everyMinute, type MinuteCalendar, officeMinutes } from '../../support/minute-calendar.ts';
import { memoryFolder } from './memory-folder.ts';

/** What each of them says fires, as `INC1 NOT_ASSIGNED ticket 1 2016-03-01T08:00`, in order. */
export interface Compared {
  readonly judge: readonly string[];
  /** The events on the tickets, and the lines of the ledger, of a desk whose timers really ran. */
  readonly events: readonly string[];
  readonly ledger: readonly string[];
  readonly replayed: readonly string[];
}

const EASTER_MONDAY = '2016-03-28';

const officeHours = businessCalendar({
  zone: 'Europe/Berlin',
  weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
  isHoliday: (date) => date === EASTER_MONDAY,
});

interface Alert {
  readonly condition: string;
  readonly envelope?: number;
  readonly level: number;
}

const told = (incident: string, { condition, envelope, level }: Alert, at: string): string =>
  `${incident} ${condition} ${envelope === undefined ? 'ticket' : `envelope ${envelope}`} ${level} ${at.slice(0, 16)}`;

const inOrder = (alerts: readonly string[]): readonly string[] => [...new Set(alerts)].sort();

/** Plays a log at a desk that never closes or keeps office hours, and lets the judge look at the same events. */
export const compare = async (log: AuditLog, hours: 'always' | 'office'): Promise<Compared> => {
  const { folder, remove } = await memoryFolder();
  let compared: Compared | undefined;
  try {
    await replay(log, {
      folder,
      ...(hours === 'office' ? { calendar: officeHours } : {}),
      afterwards: async (played) => {
        compared = await comparedIn(played, hours);
      },
    });
  } finally {
    await remove();
  }
  if (!compared) throw new TypeError('nothing was played');
  return compared;
};

const comparedIn = async (played: PlayedDesk, hours: 'always' | 'office'): Promise<Compared> => {
  const found = { judge: [] as string[], events: [] as string[], ledger: [] as string[], replayed: [] as string[] };
  const histories = await Promise.all(
    [...played.tickets].map(async ([incident, id]) => ({ incident, id, history: await historyOf(played, id) })),
  );
  const { until } = played;
  const calendar = calendarsBetween(
    histories.map(({ history }) => history[0]?.event.at ?? until),
    until,
  )[hours];
  const last = instantOf(millisecondsOf(until) + 1);
  for (const { incident, id, history } of histories) {
    const plain = JSON.parse(JSON.stringify(history.map(({ event }) => event))) as PlainEvent[];
    for (const alert of judged(plain, { until: minuteAt(until) + 1, calendar }))
      found.judge.push(told(incident, alert, instantOf(alert.minute * 60_000)));
    for (const { event } of history)
      if (event.type === 'AlertRaised') found.events.push(told(incident, event, event.at));
    for (const line of await played.stores.alerts.ofTicket(id)) found.ledger.push(told(incident, line, line.at));
    for (const { raised } of replayAlerts(history, { desk: played.core.desk, until: last }))
      found.replayed.push(told(incident, raised, raised.at));
  }
  const { judge, events, ledger, replayed } = found;
  return { judge: inOrder(judge), events: inOrder(events), ledger: inOrder(ledger), replayed: inOrder(replayed) };
};

type Hours = (team: string, priority: string) => MinuteCalendar;

const DAY = 1_440;

/** The most urgent count around the clock: somebody is on call. */
const calendarsBetween = (openings: readonly Instant[], until: Instant): Record<'always' | 'office', Hours> => {
  const first = Math.min(...openings.map(minuteAt)) - 60 * DAY;
  const between = { first, last: minuteAt(until) + 60 * DAY };
  const always = everyMinute(between);
  const office = officeMinutes(between, { zone: 'Europe/Berlin', from: 8, to: 17, holidays: [EASTER_MONDAY] });
  return { always: () => always, office: (_team, priority) => (priority === 'P1' ? always : office) };
};

const PAGE = 500;

const historyOf = async ({ stores }: PlayedDesk, id: TicketId): Promise<readonly Recorded[]> =>
  (await stores.tickets.history(id, { limit: PAGE })).toReversed();

import type { MinuteCalendar } from './minute-calendar.ts';

/**
 * An independent judge of alerts. It reads what happened on a ticket as plain data, looks at every single minute, and says what
 * fires. Its rules and thresholds are typed out once more from docs/domain.md §6; nothing here comes from the desk's own code.
 */
export interface PlainEvent {
  readonly type: string;
  readonly at: string;
  readonly [field: string]: unknown;
}

/** `envelope`: its number on the ticket; without one it is the ticket's. */
export interface Fired {
  readonly condition: string;
  readonly envelope?: number;
  readonly level: number;
  readonly minute: number;
}

export interface Judging {
  /** The first minute that is not looked at any more. */
  readonly until: number;
  /** The hours that count for a team at a priority. */
  readonly calendar: (team: string, priority: string) => MinuteCalendar;
}

const THRESHOLDS: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  P1: { NOT_ASSIGNED: [5, 10, 15], NOT_UPDATED: [30, 60, 120], NOT_COMPLETED: [-30, 0, 30] },
  P2: { NOT_ASSIGNED: [30, 60, 120], NOT_UPDATED: [120, 240, 480], NOT_COMPLETED: [-60, 0, 60] },
  P3: { NOT_ASSIGNED: [120, 240, 480], NOT_UPDATED: [480, 960, 1440], NOT_COMPLETED: [-240, 0, 240] },
  P4: { NOT_ASSIGNED: [240, 480, 960], NOT_UPDATED: [960, 1440, 2400], NOT_COMPLETED: [-480, 0, 480] },
};
const FIRST_RESPONSE: Readonly<Record<string, number>> = { P1: 15, P2: 60, P3: 120, P4: 240 };

interface Help {
  state: 'asked' | 'taken' | 'owner asked' | 'over';
  team: string;
  since: number;
  due: number;
}

interface Sheet {
  status: 'new' | 'working' | 'waits for customer' | 'waits for others' | 'over';
  priority: string;
  team: string;
  opened: number;
  queued: number;
  due: number;
  followUp: number;
  /** The first answer was given. */
  answered: boolean;
  unanswered: number | undefined;
  worked: number;
  readonly helps: Map<number, Help>;
}

export const minuteAt = (moment: unknown): number => {
  const minute = Date.parse(String(moment)) / 60_000;
  if (!Number.isInteger(minute)) throw new RangeError(`${String(moment)} is no full minute`);
  return minute;
};

/** What moves a ticket when a person does it; steps with help and tasks do, too. */
const WORK = new Set([
  'NoteAdded',
  'CustomerAnswered',
  'TicketAccepted',
  'TicketPaused',
  'TicketPended',
  'TicketResumed',
  'TicketResolved',
  'TicketReopened',
]);
const MADE_BY_THE_CLOCK = new Set(['AlertRaised', 'AlertEnded', 'SlaWarned']);

const isByPerson = ({ by }: PlainEvent): boolean => (by as { readonly kind?: unknown } | undefined)?.kind === 'person';

const opening = (event: PlainEvent): Sheet => {
  const minute = minuteAt(event.at);
  return {
    status: 'new',
    priority: String(event['priority']),
    team: String(event['teamId']),
    opened: minute,
    queued: minute,
    due: minuteAt(event['dueAt']),
    followUp: minute,
    answered: false,
    unanswered: minute,
    worked: minute,
    helps: new Map(),
  };
};

const helped = (sheet: Sheet, event: PlainEvent, minute: number): void => {
  const seq = Number(event['seq']);
  if (event.type === 'EnvelopeRequested')
    sheet.helps.set(seq, { state: 'asked', team: String(event['teamId']), since: minute, due: minute });
  const help = sheet.helps.get(seq);
  if (!help) throw new RangeError(`nobody was asked with envelope ${seq}`);
  if (event['olaAt'] !== undefined) help.due = minuteAt(event['olaAt']);
  const next: Readonly<Record<string, Help['state']>> = {
    EnvelopeAccepted: 'taken',
    EnvelopeReleased: 'asked',
    OwnerQueried: 'owner asked',
    QueryAnswered: 'taken',
    EnvelopeCompleted: 'over',
    EnvelopeConfirmed: 'over',
    EnvelopeSentBack: 'taken',
    EnvelopeWithdrawn: 'over',
  };
  const state = next[event.type];
  if (state !== undefined) Object.assign(help, { state, since: minute });
};

const happens = (sheet: Sheet, event: PlainEvent): void => {
  const minute = minuteAt(event.at);
  if (isByPerson(event) && (WORK.has(event.type) || 'seq' in event || 'task' in event)) sheet.worked = minute;
  if ('seq' in event) return helped(sheet, event, minute);
  if (event['dueAt'] !== undefined && !('task' in event)) sheet.due = minuteAt(event['dueAt']);
  switch (event.type) {
    case 'TicketTriaged':
      sheet.priority = String(event['priority']);
      break;
    case 'TicketRouted':
      Object.assign(sheet, { team: String(event['to']), queued: minute });
      break;
    case 'CustomerAnswered':
      Object.assign(sheet, { answered: true, unanswered: undefined });
      break;
    case 'TicketAccepted':
    case 'TicketResumed':
    case 'TicketReopened':
      sheet.status = 'working';
      break;
    case 'TicketPaused':
      sheet.status = 'waits for customer';
      break;
    case 'TicketPended':
      Object.assign(sheet, { status: 'waits for others', followUp: minuteAt(event['followUpAt']) });
      break;
    case 'TicketResolved':
      Object.assign(sheet, {
        status: 'over',
        unanswered: undefined,
        answered: sheet.answered || event['mail'] === true,
      });
      break;
    case 'TicketClosed':
    case 'TicketCancelled':
      sheet.status = 'over';
  }
};

interface Clock {
  readonly condition: string;
  readonly envelope?: number;
  readonly team: string;
  readonly since: number;
  readonly notBefore: number;
}

const clocksNow = (sheet: Sheet, judging: Judging): Clock[] => {
  if (sheet.status === 'over') return [];
  const { team, queued, due } = sheet;
  const completed = { condition: 'NOT_COMPLETED', team, since: due, notBefore: 0 };
  const helps = [...sheet.helps].flatMap(([envelope, help]) => {
    if (help.state !== 'asked' && help.state !== 'taken') return [];
    const of = { envelope, team: help.team, notBefore: 0 };
    const waiting = help.state === 'asked' ? 'NOT_ASSIGNED' : 'NOT_UPDATED';
    return [
      { ...of, condition: waiting, since: help.since },
      { ...of, condition: 'NOT_COMPLETED', since: help.due },
    ];
  });
  switch (sheet.status) {
    case 'new':
      return [{ condition: 'NOT_ASSIGNED', team, since: queued, notBefore: 0 }, completed, ...helps];
    case 'waits for customer':
      return helps;
    case 'working':
      return [{ condition: 'NOT_UPDATED', team, since: staleSince(sheet, judging), notBefore: 0 }, completed, ...helps];
    case 'waits for others': {
      const since = Math.max(staleSince(sheet, judging), sheet.followUp);
      return [{ condition: 'NOT_UPDATED', team, since, notBefore: sheet.followUp }, completed, ...helps];
    }
  }
};

const staleSince = ({ answered, unanswered, worked, opened, priority, team }: Sheet, { calendar }: Judging): number =>
  answered ? (unanswered ?? worked) : calendar(team, priority).after(opened, FIRST_RESPONSE[priority] ?? Number.NaN);

/** Before a moment it counts what is left: a minute later it would be too little. */
const isReached = (
  clock: Clock,
  threshold: number,
  { calendar, minute }: { calendar: MinuteCalendar; minute: number },
) => {
  if (minute < clock.notBefore) return false;
  if (threshold > 0) return calendar.passed(clock.since, minute) >= threshold;
  return minute >= clock.since || (threshold < 0 && calendar.passed(minute + 1, clock.since) < -threshold);
};

const nameOf = ({ condition, envelope, since }: Clock): string => `${condition} ${envelope ?? ''} ${since}`;

/** Every alert of the ticket, minute after minute. `events` oldest first, all at full minutes but for those of the clock. */
export const judged = (events: readonly PlainEvent[], judging: Judging): readonly Fired[] => {
  const [first, ...rest] = events.filter(({ type }) => !MADE_BY_THE_CLOCK.has(type));
  if (!first) return [];
  const sheet = opening(first);
  const levels = new Map<string, number>();
  const fired: Fired[] = [];
  let clocks = clocksNow(sheet, judging);
  for (let minute = sheet.opened; minute < judging.until; minute += 1) {
    while (rest[0] && minuteAt(rest[0].at) <= minute) {
      happens(sheet, rest.shift() as PlainEvent);
      clocks = clocksNow(sheet, judging);
      const names = clocks.map(nameOf);
      for (const name of levels.keys()) if (!names.includes(name)) levels.delete(name);
    }
    for (const clock of clocks) {
      const level = levelAt(clock, minute, { reached: levels.get(nameOf(clock)) ?? 0, sheet, judging });
      if (level === undefined) continue;
      levels.set(nameOf(clock), level);
      const { condition, envelope } = clock;
      fired.push({ condition, ...(envelope === undefined ? {} : { envelope }), level, minute });
    }
  }
  return fired;
};

interface Looked {
  readonly reached: number;
  readonly sheet: Sheet;
  readonly judging: Judging;
}

/** The highest level that is reached by now and was not before. */
const levelAt = (clock: Clock, minute: number, { reached, sheet, judging }: Looked): number | undefined => {
  if (reached === 3) return undefined;
  const calendar = judging.calendar(clock.team, sheet.priority);
  const thresholds = THRESHOLDS[sheet.priority]?.[clock.condition] ?? [];
  return [3, 2, 1].find(
    (level) => level > reached && isReached(clock, thresholds[level - 1] ?? Number.NaN, { calendar, minute }),
  );
};

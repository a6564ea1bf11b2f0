/**
 * Working time for the independent judge of alerts: every minute is asked by itself whether it is open, and open minutes are
 * counted one by one. Minutes count from 1970. It shares nothing with the calendars of the desk.
 */
export interface MinuteCalendar {
  /** Open minutes from one minute until just before the other; 0 where that is not later. */
  passed(from: number, to: number): number;
  /** The first minute before which so many open minutes have passed; `from` itself where that is none. */
  after(from: number, minutes: number): number;
}

export interface Between {
  readonly first: number;
  readonly last: number;
}

/** Counts ahead once, so that asking is cheap; nobody may ask about a minute outside. */
const counting = ({ first, last }: Between, isOpen: (minute: number) => boolean): MinuteCalendar => {
  const before = new Int32Array(last - first + 1);
  for (let minute = first; minute < last; minute += 1)
    before[minute + 1 - first] = (before[minute - first] ?? 0) + (isOpen(minute) ? 1 : 0);
  const at = (minute: number): number => {
    const found = before[minute - first];
    if (found === undefined) throw new RangeError(`minute ${minute} is not between ${first} and ${last}`);
    return found;
  };
  const passed = (from: number, to: number): number => (to > from ? at(to) - at(from) : 0);
  return {
    passed,
    after: (from, minutes) => {
      let minute = from;
      while (passed(from, minute) < minutes) minute += 1;
      return minute;
    },
  };
};

export const everyMinute = (between: Between): MinuteCalendar => counting(between, () => true);

interface Office {
  readonly zone: string;
  /** Hours, the second is the first one closed. */
  readonly from: number;
  readonly to: number;
  /** `2016-03-28` on the clocks of the zone. */
  readonly holidays: readonly string[];
}

/** Monday to Friday. Clocks change at full hours in every zone this is asked for, so an hour is read from them once. */
export const officeMinutes = (between: Between, { zone, from, to, holidays }: Office): MinuteCalendar => {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  });
  const isOpenHour = (hour: number): boolean => {
    const shown = new Map(clock.formatToParts(hour * 3_600_000).map(({ type, value }) => [type, value]));
    const day = `${shown.get('year')}-${shown.get('month')}-${shown.get('day')}`;
    const isWeekend = ['Sat', 'Sun'].includes((shown.get('weekday') ?? '').slice(0, 3));
    const onTheClock = Number(shown.get('hour'));
    return !isWeekend && !holidays.includes(day) && onTheClock >= from && onTheClock < to;
  };
  let asked = { hour: -1, open: false };
  return counting(between, (minute) => {
    const hour = Math.floor(minute / 60);
    if (asked.hour !== hour) asked = { hour, open: isOpenHour(hour) };
    return asked.open;
  });
};

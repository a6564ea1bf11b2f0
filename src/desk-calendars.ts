import { z } from 'zod';
import { faultsOfPlace, publicHolidays } from './desk-holidays.ts';
import { businessCalendar, minuteOf, type WeeklyHours } from './domain/business-calendar.ts';
import type { Calendar } from './domain/calendar.ts';
import { ALWAYS_OPEN, calendarsOf } from './domain/calendars.ts';
import type { Calendars } from './domain/policy.ts';

export const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (fault) {
    return !(fault instanceof RangeError);
  }
}, 'is no IANA time zone, e.g. Europe/Berlin');

const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';
export const timeOfDay = z.string().regex(new RegExp(`^${TIME}$`, 'u'), 'is no time of day, e.g. 08:30');
export const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as 1 | 2 | 3 | 4 | 5 | 6 | 7)));
/** As a person, a team or the desk names it. */
export const calendarName = z.string().trim().min(1).max(100);

const WeeklyEntry = z
  .strictObject({
    days: z.array(weekday).min(1, 'names no day: 1 is Monday, 7 is Sunday').describe('1 is Monday, 7 is Sunday.'),
    from: timeOfDay,
    to: z
      .string()
      .regex(new RegExp(`^(?:${TIME}|24:00)$`, 'u'), 'is no time of day, e.g. 17:00 or 24:00')
      .describe('When it is before `from`, the hours end on the next day and belong to the day on which they began.'),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    error: 'is the same as from, so nothing is open: a whole day is 00:00 to 24:00',
  });

const HolidaysEntry = z.strictObject({
  country: z.string().trim().min(1).describe('ISO 3166, e.g. DE.'),
  state: z.string().trim().min(1).optional().describe('ISO 3166-2 without the country, e.g. BE.'),
  region: z.string().trim().min(1).optional().describe('Where the state has some.'),
});

const date = z.iso.date('is no date, e.g. 2026-12-24');
const dates = z.array(date).max(1000);

const CalendarEntry = z.strictObject({
  id: calendarName.regex(/^[a-z0-9-]+$/u, 'is no id: small letters, digits and dashes').describe('Never changes.'),
  zone: timeZone.optional().describe('The IANA time zone of these hours; without it the desk’s.'),
  weekly: z.array(WeeklyEntry).min(1, 'is empty, so it never opens: name days and hours').max(50),
  holidays: HolidaysEntry.optional().describe('Whose public holidays are kept, when they last the whole day.'),
  closed: dates.optional().describe('More days without the hours that begin on them.'),
  open: dates.optional().describe('Holidays on which the weekly hours count all the same; no other day opens by it.'),
});

export const CALENDAR_FIELDS = {
  calendar: calendarName.default(ALWAYS_OPEN).describe('The calendar of teams that name none; 24x7 never closes.'),
  calendars: z.array(CalendarEntry).max(200).optional().describe('Working hours, by which promises are counted.'),
};

const CalendarEntries = z.object(CALENDAR_FIELDS);
type Entry = z.infer<typeof CalendarEntry>;
type Entries = z.infer<typeof CalendarEntries>;

/** Read from whatever stands there, so that these faults show beside those within an entry. */
const list = <Value>(entry: z.ZodType<Value>) => z.array(entry.or(z.undefined()).catch(undefined)).catch([]);
const named = z.string().trim().optional().catch(undefined);
const Written = z
  .object({
    calendar: named,
    calendars: list(
      z.object({
        id: named,
        weekly: list(WeeklyEntry),
        holidays: HolidaysEntry.optional().catch(undefined),
        closed: list(date),
        open: list(date),
      }),
    ),
    teams: list(z.object({ id: named, calendar: named })),
    people: list(z.object({ id: named, name: named, calendar: named })),
  })
  .catch({ calendars: [], teams: [], people: [] });
type WrittenCalendar = NonNullable<z.infer<typeof Written>['calendars'][number]>;

const there = <Value>(values: readonly (Value | undefined)[]): Value[] => values.filter((value) => value !== undefined);

/** What calendars, and those who name them, say together that cannot be; `json` may be anything. */
export const faultsOfCalendars = (json: unknown): string[] => {
  const written = Written.parse(json);
  const calendars = there(written.calendars);
  const ids = there(calendars.map(({ id }) => id));
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  const known = new Set([...ids, ALWAYS_OPEN]);
  const naming = [
    ...there(written.people).map((each) => ({ ...each, who: `people: ${each.name ?? each.id ?? '?'}` })),
    ...there(written.teams).map((each) => ({ ...each, who: `teams: ${each.id ?? '?'}` })),
    { who: 'calendar: the desk', calendar: written.calendar },
  ];
  return [
    ...[...twice].map((id) => `calendars: ${id} stands there twice: rename one`),
    ...(ids.includes(ALWAYS_OPEN) ? [`calendars: ${ALWAYS_OPEN} is there without being named: choose another id`] : []),
    ...calendars.flatMap((each) => faultsOfOne(each).map((fault) => `calendars: ${each.id ?? '?'} ${fault}`)),
    ...naming
      .filter(({ calendar }) => calendar !== undefined && !known.has(calendar))
      .map(({ who, calendar }) => `${who} names calendar ${calendar ?? ''}, which does not exist`),
  ];
};

const faultsOfOne = ({ weekly, holidays, closed, open }: WrittenCalendar): string[] => [
  ...overlapsOf(there(weekly)).map((both) => `is open twice at a time: ${both}: make them one, or apart`),
  ...(holidays ? faultsOfPlace(holidays) : []),
  ...there(closed)
    .filter((day) => open.includes(day))
    .map((day) => `is both closed and open on ${day}: remove one`),
];

const WEEK = 7 * 1_440;
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

interface Opening {
  readonly hours: WeeklyHours;
  readonly what: string;
  /** Minutes since the beginning of the week. */
  readonly start: number;
  readonly length: number;
}

/** Two hours that overlap on several days are told once. */
const overlapsOf = (weekly: readonly WeeklyHours[]): string[] => {
  const openings = weekly.flatMap((hours) => hours.days.map((day) => openingOn(day, hours)));
  const pairs = openings.flatMap((one, index) => openings.slice(index + 1).map((other) => ({ one, other })));
  const overlapping = pairs.filter(({ one, other }) => startsWithin(one, other) || startsWithin(other, one));
  return overlapping
    .filter((pair, index) => overlapping.findIndex((each) => isLike(each, pair)) === index)
    .map(({ one, other }) => `${one.what} and ${other.what}`);
};

type Pair = Readonly<Record<'one' | 'other', Opening>>;
const isLike = (a: Pair, b: Pair): boolean => a.one.hours === b.one.hours && a.other.hours === b.other.hours;

const openingOn = (day: number, hours: WeeklyHours): Opening => {
  const length = minuteOf(hours.to) - minuteOf(hours.from);
  return {
    hours,
    what: `${NAMES[day - 1] ?? ''} ${hours.from} to ${hours.to}`,
    start: (day - 1) * 1_440 + minuteOf(hours.from),
    length: length > 0 ? length : length + 1_440,
  };
};

/** Sunday night reaches into Monday. */
const startsWithin = (one: Opening, other: Opening): boolean =>
  (((one.start - other.start) % WEEK) + WEEK) % WEEK < other.length;

/** The calendars of the desk; `entries` have no faults. `zone` is that of calendars without one. */
export const calendarsFrom = ({ calendars = [], calendar }: Entries, zone: string): Calendars =>
  calendarsOf(new Map(calendars.map((entry) => [entry.id, calendarOf(entry, zone)])), calendar);

const calendarOf = ({ zone, weekly, holidays, closed = [], open = [] }: Entry, zoneOfDesk: string): Calendar => {
  const [days, opened] = [new Set(closed), new Set(open)];
  const isPublic = holidays ? publicHolidays(holidays) : () => false;
  return businessCalendar({
    zone: zone ?? zoneOfDesk,
    weekly,
    isHoliday: (day) => days.has(day) || (!opened.has(day) && isPublic(day)),
  });
};

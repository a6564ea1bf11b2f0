import Holidays from 'date-holidays';

/** Codes as package date-holidays knows them: a country of ISO 3166, a state and region within it. */
export interface HolidayPlace {
  readonly country: string;
  readonly state?: string | undefined;
  readonly region?: string | undefined;
}

/** Why nobody knows the holidays of a place; none when they are known. */
export const faultsOfPlace = ({ country, state, region }: HolidayPlace): string[] => {
  const all = new Holidays();
  if (!codes(all.getCountries()).includes(country))
    return [`keeps the holidays of ${country}, which is not known: take a code of ISO 3166, e.g. DE`];
  const states = codes(all.getStates(country));
  if (state !== undefined && !states.includes(state)) return [unknown(`state ${state} of ${country}`, states)];
  if (region === undefined) return [];
  if (state === undefined) return [`keeps the holidays of region ${region} without its state: name the state too`];
  const regions = codes(all.getRegions(country, state));
  return regions.includes(region) ? [] : [unknown(`region ${region} of ${country}-${state}`, regions)];
};

/** The package answers nothing at all where there are none. */
const codes = (places: Readonly<Record<string, string>> | undefined): string[] => Object.keys(places ?? {});

const unknown = (what: string, known: readonly string[]): string =>
  `keeps the holidays of ${what}, which is not known: ${known.length === 0 ? 'leave it out' : `take one of ${known.join(', ')}`}`;

/** Whether a day there (`YYYY-MM-DD`) is a public holiday from its beginning to its end; each year is worked out once. */
export const publicHolidays = ({ country, state = '', region = '' }: HolidayPlace): ((date: string) => boolean) => {
  const all = new Holidays(country, state, region, { types: ['public'] });
  const years = new Map<number, ReadonlySet<string>>();
  const daysIn = (year: number): ReadonlySet<string> => {
    const days = years.get(year) ?? new Set(all.getHolidays(year).flatMap(wholeDays));
    years.set(year, days);
    return days;
  };
  /** Some last into the new year. */
  return (date) => [0, 1].some((back) => daysIn(Number(date.slice(0, 4)) - back).has(date));
};

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** `date` is local, `2026-12-24 00:00:00`. One from noon on lasts no whole day; a day has 23 hours when clocks change. */
const wholeDays = ({ date, start, end }: { date: string; start: Date; end: Date }): string[] => {
  const count = Math.floor((end.getTime() - start.getTime() + HOUR) / DAY);
  const first = Date.parse(date.slice(0, 10));
  return Array.from({ length: count }, (_each, index) => new Date(first + index * DAY).toISOString().slice(0, 10));
};

import { type Instant, oneLine, type TeamId } from '../domain/values.ts';
import { clockTime, dayOf, when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

/** What it takes to tell of an alert. */
export interface AlertTelling {
  readonly reader: Reader;
  readonly words: Words;
  readonly teamNameOf: (id: TeamId) => string;
  /** The day on which the card was posted: of other days the day is named too, or an edited card would say "at 10:42" of tomorrow. */
  readonly posted: Instant;
  /** Longest name of a person or team, in characters. */
  readonly names: number;
}

const isSameDay = (at: Instant, { posted, reader }: AlertTelling): boolean =>
  dayOf(at, reader) === dayOf(posted, reader);

/** "10:42", or "Tue 6 Jan, 10:42" */
export const timeOf = (at: Instant, telling: AlertTelling): string =>
  isSameDay(at, telling) ? clockTime(at, telling.reader).slice(0, 'hh:mm'.length) : when(at, telling.reader);

/** The same with its preposition. */
export const atTime = (at: Instant, telling: AlertTelling): string => {
  const { alert } = telling.words;
  return isSameDay(at, telling) ? alert.at(timeOf(at, telling)) : alert.on(timeOf(at, telling));
};

/** Minutes as "2 h 10 min", alike in every language; without a sign. */
export const spanOf = (minutes: number): string => {
  const whole = Math.abs(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ');
};

export const teamName = (id: TeamId, { teamNameOf, names }: AlertTelling): string =>
  oneLine(teamNameOf(id), names) || '?';

import { type Instant, oneLine } from '../domain/values.ts';
import { row } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import { clockTime, dayOf } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

interface AlarmCard {
  readonly kind: 'sweeper-silent' | 'sends-late';
  readonly from: Instant;
  readonly until: Instant;
  /** Processes, as a person finds them: a machine and a process id. */
  readonly before?: string;
  readonly by: string;
  readonly channel?: 'teams' | 'mail' | 'internal-mail';
  readonly reader: Reader;
}

const NAME = 100;

/** For those who run the desk: what it did not do, since when, what became of it, and what a person should look after. */
export const alarmCard = (alarm: AlarmCard): AdaptiveCard => {
  const words = wordsIn(alarm.reader.language).alarm;
  const lines = alarm.kind === 'sweeper-silent' ? silentLines(alarm) : lateLines(alarm);
  return plainCard({
    title: alarm.kind === 'sweeper-silent' ? words.silentTitle : words.lateTitle,
    note: '',
    items: [
      aboutLine(words.span(moment(alarm.from, alarm.reader), moment(alarm.until, alarm.reader))),
      ...lines.map((text) => row({ lines: [[{ text }]] })),
    ],
    actions: [],
  });
};

/** To the second: a process that is replaced at once is silent for less than a minute. */
const moment = (at: Instant, reader: Reader): string => `${dayOf(at, reader)}, ${clockTime(at, reader)}`;

const silentLines = ({ reader, by, before = by }: AlarmCard): readonly string[] => {
  const words = wordsIn(reader.language).alarm;
  const [one, other] = [oneLine(before, NAME), oneLine(by, NAME)];
  return [
    before === by ? words.wokeUp(other) : words.tookOver(one, other),
    words.silent,
    words.caughtUp,
    words.checkSilent(one),
  ];
};

const lateLines = ({ reader, by, from, channel = 'teams' }: AlarmCard): readonly string[] => {
  const words = wordsIn(reader.language).alarm;
  return [
    words.late(words.channel[channel], moment(from, reader)),
    words.keptNotLost,
    words.checkLate,
    words.foundBy(oneLine(by, NAME)),
  ];
};

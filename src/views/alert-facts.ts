import type { AlertFacts, QuietClock } from '../domain/alert-explain.ts';
import type { AlertKey } from '../domain/alert-row.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Instant, oneLine, type PersonId, type TeamId } from '../domain/values.ts';
import { type AlertTelling, atTime, spanOf, teamName, timeOf } from './alert-times.ts';
import { when } from './text.ts';
import type { Fact } from './ticket-facts.ts';
import { alertMailWords } from './words/alert-mail-words.ts';
import type { Words } from './words/words.ts';

type Topic = Pick<AlertKey, 'condition' | 'envelope'> & { readonly teamId: TeamId; readonly elapsedMinutes?: number };

/** "Sitting in the queue", "Help 2 (Network): Going stale"; once it is known, on which side of the due moment. */
export const topicText = (topic: Topic, telling: AlertTelling): string => {
  const { alert, matrix } = telling.words;
  const { condition, envelope, elapsedMinutes } = topic;
  const holds =
    condition === 'NOT_COMPLETED' && elapsedMinutes !== undefined
      ? alert[elapsedMinutes < 0 ? 'dueSoon' : 'pastDue']
      : matrix.condition[condition];
  return envelope === undefined ? holds : `${alert.help(envelope, teamName(topic.teamId, telling))}: ${holds}`;
};

/** What the minutes of an alert count from. */
type CountsFrom = 'start' | 'due' | 'answer';

const countsFrom = ({ condition, subject }: AlertFacts, ticket: Ticket): CountsFrom => {
  if (condition === 'NOT_COMPLETED') return 'due';
  const isBeforeAnswer = condition === 'NOT_UPDATED' && subject === 'ticket' && ticket.firstResponseAt === undefined;
  return isBeforeAnswer ? 'answer' : 'start';
};

const thresholdText = (minutes: number, from: CountsFrom, { alert, matrix }: Words): string => {
  const span = spanOf(minutes);
  switch (from) {
    case 'start':
      return minutes === 0 ? matrix.atOnce : matrix.after(span);
    case 'due':
      if (minutes === 0) return matrix.whenDue;
      return minutes < 0 ? matrix.beforeDue(span) : matrix.afterDue(span);
    case 'answer':
      if (minutes === 0) return alert.whenAnswer;
      return minutes < 0 ? matrix.beforeAnswer(span) : alert.afterAnswer(span);
  }
};

const elapsedFact = (facts: AlertFacts, from: CountsFrom, { words, reader }: AlertTelling): Fact => {
  const { alert } = words;
  const span = spanOf(facts.elapsedMinutes);
  const since = when(facts.since, reader);
  if (from === 'start') return { label: alert.time, value: alert.elapsed(span, since) };
  const label = from === 'due' ? words.facts.due : alert.answerDue;
  return { label, value: `${since} · ${facts.elapsedMinutes < 0 ? alert.left(span) : alert.past(span)}` };
};

/** "level 2 tells the supervisor at 11:30" */
export const nextText = (next: QuietClock['next'], telling: AlertTelling): string =>
  telling.words.alert.next[next.level](atTime(next.at, telling));

const laterText = ({ next, level }: AlertFacts, telling: AlertTelling): string => {
  const { alert } = telling.words;
  if (!next) return alert.noNext;
  return next.level > level ? nextText(next, telling) : alert.repeats(atTime(next.at, telling));
};

/** "Ben is on it until 11:20" */
export const heldText = (
  held: { readonly id: PersonId; readonly name: string; readonly until: Instant },
  telling: AlertTelling,
): string => {
  const { words, reader, names } = telling;
  const until = timeOf(held.until, telling);
  return held.id === reader.person?.id
    ? words.alert.heldByYou(until)
    : words.alert.held(oneLine(held.name, names) || '?', until);
};

/** Threshold, time passed, what comes next and what stops it: the same on every card that tells of the alert. */
export const alertFactRows = (facts: AlertFacts, ticket: Ticket, telling: AlertTelling): readonly Fact[] => {
  const { words, reader } = telling;
  const { alert } = words;
  const from = countsFrom(facts, ticket);
  const { stop } = alertMailWords(reader.language);
  return [
    { label: alert.threshold, value: thresholdText(facts.thresholdMinutes, from, words) },
    elapsedFact(facts, from, telling),
    { label: alert.nextLabel, value: laterText(facts, telling) },
    { label: alert.stops, value: facts.stops.map((each) => stop[each]).join('; ') },
  ];
};

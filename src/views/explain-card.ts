import type { AlertFacts, QuietClock } from '../domain/alert-explain.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Instant, TeamId } from '../domain/values.ts';
import { alertFactRows, heldText, nextText, topicText } from './alert-facts.ts';
import type { AlertTelling } from './alert-times.ts';
import { type ToldLine, toldFacts } from './alert-told.ts';
import { button, type Element, row, runs, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import { promisesLeft } from './sla-lines.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import type { Fact } from './ticket-facts.ts';
import { ticketHead } from './ticket-head.ts';
import { wordsIn } from './words/language.ts';

export interface ExplainCard {
  readonly alerts: {
    readonly ticket: Ticket;
    /** The highest level first. */
    readonly on: readonly AlertFacts[];
    /** Soonest first. */
    readonly running: readonly QuietClock[];
    /** Newest first. */
    readonly lines: readonly ToldLine[];
    /** When the first answer is due, as long as there is none. */
    readonly responseDueAt?: Instant;
  };
  readonly reader: Reader;
  readonly now: Instant;
  readonly teamNameOf?: (id: TeamId) => string;
}

interface Detail {
  readonly on: number;
  readonly running: number;
  readonly names: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { on: 8, running: 10, names: 60 },
  { on: 6, running: 10, names: 30 },
  { on: 3, running: 6, names: 12 },
];

/** Why somebody was told, what comes next and when, and what was promised: the same facts as on the cards of the alerts. */
export const explainCard = (card: ExplainCard): AdaptiveCard => {
  const { alerts, reader, now, teamNameOf } = card;
  const words = wordsIn(reader.language);
  const { ticket, on, running } = alerts;
  return fitted(DETAILS, (detail) => {
    const telling: AlertTelling = {
      reader,
      words,
      teamNameOf: teamNameOf ?? ((id) => id),
      posted: now,
      names: detail.names,
    };
    return plainCard({
      title: words.explain.title(ticket.number),
      note: on.length + running.length === 0 ? words.explain.empty : '',
      items: [
        ...ticketHead(ticket, words),
        ...on.slice(0, detail.on).flatMap((facts) => alertSection(facts, card, telling)),
        ...moreRow(on.length - detail.on, telling),
        ...section(words.explain.running, [
          ...running.slice(0, detail.running).map((clock) => clockRow(clock, telling)),
          ...moreRow(running.length - detail.running, telling),
        ]),
        ...section(words.explain.promises, promiseRows(card, telling)),
      ],
      actions: [button({ title: words.alert.open, verb: 'open', data: { ticketId: ticket.id } })],
    });
  });
};

const moreRow = (more: number, { words }: AlertTelling): readonly Element[] =>
  more > 0 ? [row({ lines: [[{ text: words.tell.more(more), isSubtle: true }]] })] : [];

const factRun = ({ label, value }: Fact): Element => runs({ text: `${label}: `, isSubtle: true }, { text: value });

const alertSection = (facts: AlertFacts, { alerts, now }: ExplainCard, telling: AlertTelling): readonly Element[] => {
  const { alert } = telling.words;
  const lines = alerts.lines.filter(({ episode }) => episode === facts.episode);
  return section(alert.atLevel(topicText(facts, telling), facts.level), [
    ...(facts.held ? [runs({ text: heldText(facts.held, telling) })] : []),
    ...[...alertFactRows(facts, alerts.ticket, telling), ...toldFacts(lines, telling, { now })].map(factRun),
  ]);
};

const clockRow = (clock: QuietClock, telling: AlertTelling): Element =>
  factRun({ label: topicText(clock, telling), value: nextText(clock.next, telling) });

const promiseRows = ({ alerts, now }: ExplainCard, { words, reader }: AlertTelling): readonly Element[] => {
  const { ticket, responseDueAt } = alerts;
  const { explain } = words;
  const left = promisesLeft(ticket, responseDueAt).map(({ promise, dueAt, percent }) => {
    const due = when(dueAt, reader);
    const value = dueAt < now ? explain.late(due) : explain.due(due, percent === undefined ? '' : String(percent));
    return factRun({ label: explain.promise[promise], value });
  });
  return ticket.firstResponseAt === undefined
    ? left
    : [
        factRun({ label: explain.promise.response, value: explain.kept(when(ticket.firstResponseAt, reader)) }),
        ...left,
      ];
};

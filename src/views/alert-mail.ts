import type { AlertStop } from '../domain/alert-explain.ts';
import type { AlertLevel, Condition } from '../domain/alert-rules.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import { type Instant, type Language, oneLine, type Priority, type TicketNumber } from '../domain/values.ts';
import { when } from './text.ts';
import { alertMailWords } from './words/alert-mail-words.ts';

/** What a mail to a person of the desk says: frozen when it is decided. */
interface MailText {
  readonly subject: string;
  readonly lines: readonly string[];
}

interface Reading {
  readonly language: Language;
  readonly zone: string;
}

interface Told {
  readonly number: TicketNumber;
  readonly priority: Priority;
  readonly condition: Condition;
  readonly envelope?: number;
  readonly level: AlertLevel;
  readonly dueAt: Instant;
}

interface AlertMail {
  readonly ticket: Ticket;
  readonly told: Told;
  readonly teamName: string;
  /** While the alert is on. */
  readonly facts?: {
    readonly stops: readonly AlertStop[];
    readonly next?: { readonly level: AlertLevel; readonly at: Instant };
  };
  readonly reading: Reading;
}

const NAME = 100;
const SUBJECT = 150;

const holds = ({ condition, envelope }: Told, language: Language): string =>
  alertMailWords(language).holds[envelope === undefined ? 'ticket' : 'envelope'][condition];

/** One alert: what holds, since when it should have been known, what comes next and what stops it. */
export const alertMail = ({ ticket, told, teamName, facts, reading }: AlertMail): MailText => {
  const words = alertMailWords(reading.language);
  const owner = ownerOf(ticket);
  const what = `${holds(told, reading.language)} (${words.level(told.level)})`;
  return {
    subject: `${told.number}: ${what}`,
    lines: [
      `${told.number} (${told.priority}): ${oneLine(ticket.subject, SUBJECT)}`,
      `${what}.`,
      words.customer(oneLine(ticket.requester.name, NAME)),
      ...(owner ? [words.owner(oneLine(owner.name, NAME))] : []),
      words.team(oneLine(teamName, NAME)),
      words.due(when(told.dueAt, reading)),
      ...(facts?.next ? [words.next(facts.next.level, when(facts.next.at, reading))] : []),
      ...(facts ? [words.stops(facts.stops.map((stop) => words.stop[stop]))] : []),
    ],
  };
};

const MOST_LINES = 20;

/** Many alerts alike: what they have in common, and a line each. */
export const alertsMail = (told: readonly [Told, ...Told[]], reading: Reading): MailText => {
  const words = alertMailWords(reading.language);
  const [first] = told;
  const more = told.length - MOST_LINES;
  return {
    subject: `${words.alike(told.length)}: ${holds(first, reading.language)} (${words.level(first.level)})`,
    lines: [
      `${holds(first, reading.language)} (${words.level(first.level)}):`,
      ...told
        .slice(0, MOST_LINES)
        .map(({ number, priority, dueAt }) => `${number} (${priority}), ${when(dueAt, reading)}`),
      ...(more > 0 ? [words.more(more)] : []),
    ],
  };
};

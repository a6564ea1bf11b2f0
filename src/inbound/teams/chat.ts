import type { Person } from '../../domain/roster.ts';
import { actorOf } from '../../application/ports/directory.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { ticketId } from '../../domain/values.ts';
import { helpCard } from '../../views/desk-cards.ts';
import { reportCard } from '../../views/report-card.ts';
import { coverForm, leaverForm } from '../../views/cover-cards.ts';
import type { ActionAnswer, ActionParts } from './card-actions.ts';
import { cardByNumber, cardOf, choicesFor, readerOf, refusalText, wordsOf } from './cards.ts';
import { pickCard } from './desk-acts.ts';
import { foundList, listOf } from './lists.ts';
import { newTicketForm } from './new-ticket.ts';

/** A message to the bot: its first word is the command. Words in German are understood as well. */
const COMMANDS: Readonly<Record<string, Command>> = {
  help: 'help',
  hilfe: 'help',
  queue: 'queue',
  warteschlange: 'queue',
  mine: 'mine',
  meine: 'mine',
  next: 'next',
  weiter: 'next',
  ticket: 'ticket',
  find: 'find',
  suche: 'find',
  new: 'new',
  neu: 'new',
  envelopes: 'envelopes',
  hilfen: 'envelopes',
  'help-queue': 'help-queue',
  hilfeschlange: 'help-queue',
  tasks: 'tasks',
  aufgaben: 'tasks',
  report: 'report',
  bericht: 'report',
  many: 'many',
  viele: 'many',
  cover: 'cover',
  vertretung: 'cover',
  leaver: 'leaver',
  abgang: 'leaver',
};

type Command =
  | 'help'
  | 'queue'
  | 'mine'
  | 'next'
  | 'ticket'
  | 'find'
  | 'new'
  | 'envelopes'
  | 'help-queue'
  | 'tasks'
  | 'report'
  | 'many'
  | 'cover'
  | 'leaver';

interface Said {
  readonly command: Command;
  readonly rest: string;
}

/** What stands behind `new` is the subject. */
const BLANK = { caller: '', subject: '', text: '' };

const NUMBER = /^(inc|req)-\d+$/iu;

/** Exact on the first word only: "not helpful" is no cry for help. A bare ticket number asks for the ticket. */
const saidIn = (text: string): Said => {
  const clean = text
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&nbsp;/gu, ' ')
    .trim()
    .slice(0, 500);
  const [first = '', ...rest] = clean.split(/\s+/u);
  if (NUMBER.test(first)) return { command: 'ticket', rest: first };
  return { command: COMMANDS[first.toLowerCase()] ?? 'help', rest: rest.join(' ') };
};

/** Answers a message; several teams give several cards. */
export const answerChat = async (
  parts: ActionParts,
  person: Person,
  text: string,
): Promise<readonly ActionAnswer[]> => {
  const { command, rest } = saidIn(text);
  switch (command) {
    case 'help':
      return [{ card: helpCard(person.language) }];
    case 'queue':
      if (person.teams.length === 0) return [{ text: wordsOf(person).noTeam }];
      return Promise.all(
        person.teams.slice(0, 3).map(async (team) => ({ card: await listOf(parts, `queue:${team}`, { person }) })),
      );
    case 'mine':
      return [{ card: await listOf(parts, 'mine', { person }) }];
    case 'next':
      return [await nextTicket(parts, person)];
    case 'ticket':
      return [await oneTicket(parts, person, rest)];
    case 'find':
      return [rest === '' ? { card: helpCard(person.language) } : { card: await foundList(parts, rest, person) }];
    case 'envelopes':
    case 'tasks':
      return [{ card: await listOf(parts, command, { person }) }];
    case 'help-queue':
      if (person.teams.length === 0) return [{ text: wordsOf(person).noTeam }];
      return Promise.all(
        person.teams.slice(0, 3).map(async (team) => ({ card: await listOf(parts, `help:${team}`, { person }) })),
      );
    case 'report':
      return [await transferReport(parts, person)];
    case 'many':
      return [{ card: await pickCard(parts, person) }];
    case 'cover':
      return [{ card: coverForm({ ...formFor(parts, person), ownerId: person.id }) }];
    case 'leaver':
      return [{ card: leaverForm(formFor(parts, person)) }];
    case 'new':
      return [
        { card: newTicketForm(parts, person, { key: parts.identity.random(), typed: { ...BLANK, subject: rest } }) },
      ];
  }
};

const formFor = (parts: ActionParts, person: Person) => ({
  reader: readerOf(parts, person),
  people: choicesFor(parts, person),
});

const REPORT_DAYS = 30;

/** Who tried to change owners. */
const transferReport = async (parts: ActionParts, person: Person): Promise<ActionAnswer> => {
  const report = await parts.queries.attemptedTransfers(actorOf(person), REPORT_DAYS);
  return isRefusal(report)
    ? { text: refusalText(report, person) }
    : { card: reportCard({ rows: report.attempts, reader: readerOf(parts, person) }) };
};

const oneTicket = async (parts: ActionParts, person: Person, number: string): Promise<ActionAnswer> => {
  const card = number === '' ? undefined : await cardByNumber(parts, number, { person });
  return card ? { card } : { text: wordsOf(person).unknownNumber(number.slice(0, 30)) };
};

const nextTicket = async (parts: ActionParts, person: Person): Promise<ActionAnswer> => {
  const entry = await parts.queries.next(person.teams);
  const card = entry && (await cardOf(parts, ticketId(entry.ticketId), { person }));
  return card ? { card } : { text: wordsOf(person).list.nextEmpty };
};

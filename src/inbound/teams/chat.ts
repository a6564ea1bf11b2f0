import type { Person } from '../../domain/roster.ts';
import { ticketId } from '../../domain/values.ts';
import { helpCard } from '../../views/desk-cards.ts';
import type { ActionAnswer, ActionParts } from './card-actions.ts';
import { cardByNumber, cardOf, wordsOf } from './cards.ts';
import { assignment, bulkForm, coverage, isBack, leaving, transferOf, transferReport } from './chat-desk.ts';
import { alerts, explain, matrix, overview, reload } from './chat-alerts.ts';
import { contactCardFor } from './contact.ts';
import { foundList, listOf } from './lists.ts';
import { newTicketForm } from './new-ticket.ts';

/** A message to the bot, without its command; `key` names it, so that the same message delivered twice is one act. */
export interface Asked {
  readonly person: Person;
  readonly rest: string;
  readonly key: string;
}

type Command = (parts: ActionParts, asked: Asked) => Promise<readonly ActionAnswer[]>;

/** What stands behind `new` is the subject. */
const BLANK = { caller: '', subject: '', text: '' };

const help: Command = (_parts, { person }) => Promise.resolve([{ card: helpCard(person.language) }]);

const list =
  (name: string): Command =>
  async (parts, { person }) => [{ card: await listOf(parts, name, { person }) }];

const MOST_TEAMS = 3;

/** A card for each of the first teams of the person. */
const ofTeams =
  (prefix: 'queue' | 'help'): Command =>
  async (parts, { person }) => {
    if (person.teams.length === 0) return [{ text: wordsOf(person).noTeam }];
    const teams = person.teams.slice(0, MOST_TEAMS);
    return Promise.all(teams.map(async (team) => ({ card: await listOf(parts, `${prefix}:${team}`, { person }) })));
  };

const next: Command = async (parts, { person }) => {
  const entry = await parts.queries.next(person.teams);
  const card = entry && (await cardOf(parts, ticketId(entry.ticketId), { person }));
  return [card ? { card } : { text: wordsOf(person).list.nextEmpty }];
};

const ticket: Command = async (parts, asked) => {
  const { person, rest } = asked;
  if (rest === '') return help(parts, asked);
  const card = await cardByNumber(parts, rest, { person });
  return [card ? { card } : { text: wordsOf(person).unknownNumber(rest.slice(0, 30)) }];
};

const find: Command = async (parts, asked) =>
  asked.rest === '' ? help(parts, asked) : [{ card: await foundList(parts, asked.rest, asked.person) }];

const open: Command = (parts, { person, rest }) =>
  Promise.resolve([
    { card: newTicketForm(parts, person, { key: parts.identity.random(), typed: { ...BLANK, subject: rest } }) },
  ]);

const contactOf: Command = async (parts, { person, rest }) =>
  rest === '' ? help(parts, { person, rest, key: '' }) : [await contactCardFor(parts, person, rest)];

/** The first word is the command. Words in German are understood as well. */
const COMMANDS: Readonly<Record<string, Command>> = {
  help,
  hilfe: help,
  queue: ofTeams('queue'),
  warteschlange: ofTeams('queue'),
  mine: list('mine'),
  meine: list('mine'),
  next,
  weiter: next,
  ticket,
  find,
  suche: find,
  new: open,
  neu: open,
  envelopes: list('envelopes'),
  hilfen: list('envelopes'),
  'help-queue': ofTeams('help'),
  hilfeschlange: ofTeams('help'),
  tasks: list('tasks'),
  aufgaben: list('tasks'),
  report: transferReport,
  bericht: transferReport,
  many: bulkForm,
  viele: bulkForm,
  cover: coverage,
  vertretung: coverage,
  back: isBack,
  zurück: isBack,
  leaver: leaving,
  abgang: leaving,
  transfer: transferOf,
  übertragen: transferOf,
  contact: contactOf,
  kontakt: contactOf,
  explain,
  erkläre: explain,
  alerts,
  alarme: alerts,
  desk: overview,
  lage: overview,
  matrix,
  reload,
  neuladen: reload,
  assign: assignment,
  zuweisen: assignment,
};

const NUMBER = /^(inc|req)-\d+$/iu;

/** Exact on the first word only: "not helpful" is no cry for help. A bare ticket number asks for the ticket. */
const commandIn = (text: string): { readonly command: Command; readonly rest: string } => {
  const clean = text
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&nbsp;/gu, ' ')
    .trim()
    .slice(0, 500);
  const [first = '', ...rest] = clean.split(/\s+/u);
  if (NUMBER.test(first)) return { command: ticket, rest: first };
  const word = first.toLowerCase();
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  return { command: command ?? help, rest: rest.join(' ') };
};

/** Answers a message; several teams give several cards. */
export const answerChat = async (
  parts: ActionParts,
  { person, text, key }: { readonly person: Person; readonly text: string; readonly key: string },
): Promise<readonly ActionAnswer[]> => {
  const { command, rest } = commandIn(text);
  return command(parts, { person, rest, key });
};

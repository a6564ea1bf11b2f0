import { type Contract, type EnvelopeRow, isUnanswered } from '../domain/envelope.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { type Instant, oneLine, type TeamId } from '../domain/values.ts';
import { contractFields } from './ask-help.ts';
import { type CardDetail, DETAILS, teamChoicesOf } from './card-detail.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { button, type Choice, dateField, type Element, form, textField } from './elements.ts';
import { entryData } from './entry-lines.ts';
import { acceptForm, expertForms, releaseForm } from './envelope-forms.ts';
import { type AdaptiveCard, compile } from './expand.ts';
import { fitted } from './fit.ts';
import { askedName, ownerActions } from './help-section.ts';
import template from './templates/envelope-card.json' with { type: 'json' };
import { linesOf, plain, when } from './text.ts';
import { actsOn, type Reader } from './ticket-acts.ts';
import { customerOf, type Fact, ownerName, priorityText } from './ticket-facts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

export interface EnvelopeCard {
  readonly ticket: Ticket;
  readonly row: EnvelopeRow;
  readonly contract: Contract;
  /** What the expert answered. */
  readonly result?: string;
  /** What the expert asks the owner. */
  readonly query?: string;
  /** Of this envelope, newest first; the last few are shown. */
  readonly entries: readonly TimelineEntry[];
  readonly teamNameOf: (id: TeamId) => string;
  /** Whose it could be instead. */
  readonly teams?: readonly Choice[];
  readonly reader: Reader;
  /** Place in line of an envelope that waits, counted from 1, and how many the team works on at a time. */
  readonly place?: number;
  readonly wip?: { readonly active: number; readonly limit: number };
  readonly headline?: { readonly text: string; readonly style: 'attention' | 'warning' | 'good' | 'accent' };
  /** What was written and refused: it stands in its field again. */
  readonly drafts?: EnvelopeDrafts;
}

export type EnvelopeDrafts = Partial<Record<'result' | 'query' | 'reason', string>>;

const render = compile<object>(template);

/**
 * An envelope as a card. Its head is the ticket's: customer, number, owner and priority, so that whoever helps knows whose
 * matter it is. Never leaves the desk.
 */
export const envelopeCard = (card: EnvelopeCard): AdaptiveCard =>
  fitted(DETAILS, (detail) => render(dataOf(card, detail)));

const dataOf = (card: EnvelopeCard, detail: CardDetail): object => {
  const { ticket, row, reader, headline } = card;
  const words = wordsIn(reader.language);
  const telling = { reader, teamNameOf: card.teamNameOf, detail };
  return {
    fallbackText: `${words.envelope.title(ticket.number, row.seq)} ${plain(ticket.subject)}`,
    headline: oneLine(headline?.text ?? '', 200),
    headlineStyle: headline?.style ?? 'default',
    title: `${words.envelope.title(ticket.number, row.seq)} · ${words.envelopeState[row.state]}`,
    priorityText: priorityText(ticket, words),
    priorityColor: PRIORITY_COLOR[ticket.priority],
    subject: oneLine(ticket.subject, 200) || words.noSubject,
    facts: factsOf(card, words, detail),
    texts: textsOf(card, words)
      .filter(({ text }) => text !== undefined && text.trim() !== '')
      .map(({ label, text }) => ({ label, lines: linesOf(text ?? '', detail) })),
    entries: card.entries.slice(0, detail.entries).map((entry) => entryData(entry, telling)),
    ticket: [button({ title: words.envelope.openTicket, verb: 'open', data: { ticketId: ticket.id } })],
    actions: actionsOf(card, words, detail),
  };
};

const factsOf = (card: EnvelopeCard, words: Words, detail: CardDetail): Fact[] => {
  const { ticket, row, contract, teamNameOf, reader, place, wip } = card;
  const { envelope, facts } = words;
  const time = (at: Instant | undefined): string | undefined => at && when(at, reader);
  const waits = row.state === 'requested' && place !== undefined && wip !== undefined && wip.active >= wip.limit;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [facts.customer, customerOf(ticket, words)],
    [facts.owner, ownerName(ticket, words)],
    [envelope.asked, askedName(row, { teamNameOf, detail })],
    [envelope.askedBy, `${oneLine(row.requestedBy.name, detail.names)} · ${when(row.requestedAt, reader)}`],
    [envelope.needed, time(contract.dueAt ?? row.dueAt)],
    [envelope.skills, contract.skills?.map((skill) => oneLine(skill, Math.min(50, detail.names))).join(', ')],
    [envelope.outcome, row.outcome && words.outcome[row.outcome]],
    [envelope.suggests, row.toTeamId && oneLine(teamNameOf(row.toTeamId), detail.names)],
    [envelope.state, waits ? envelope.place(place, wip.limit) : undefined],
  ];
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
};

const textsOf = (
  { ticket, row, contract, query, result }: EnvelopeCard,
  { envelope, card }: Words,
): readonly { readonly label: string; readonly text: string | undefined }[] => [
  { label: envelope.query, text: query },
  { label: envelope.result, text: result },
  { label: envelope.question, text: contract.question },
  { label: envelope.stepsTried, text: contract.stepsTried },
  { label: envelope.doneWhen, text: contract.doneWhen },
  { label: card.tasks, text: tasksOf(ticket, row) },
];

const SHOWN_TASKS = 5;

const tasksOf = ({ tasks = [] }: Ticket, { seq }: EnvelopeRow): string =>
  tasks
    .filter(({ envelope, state }) => envelope === seq && state === 'open')
    .slice(0, SHOWN_TASKS)
    .map(({ title, assignee }) => `${title} · ${assignee.name}`)
    .join('\n');

/** The owner confirms, answers, edits and withdraws; the expert works; the team accepts. The base card has the union. */
const actionsOf = (card: EnvelopeCard, words: Words, detail: CardDetail): readonly Element[] => {
  const { ticket, row, contract, reader } = card;
  const may = actsOn(ticket, reader.person);
  const parts = {
    words,
    ticketId: ticket.id,
    row,
    may,
    teams: teamChoicesOf(card.teams, detail),
    drafts: card.drafts ?? {},
  };
  const edits =
    (row.state === 'requested' || row.state === 'accepted' || row.state === 'waiting_on_owner') &&
    may('edit-envelope') &&
    detail.besides;
  const data = { ticketId: ticket.id, envelope: row.seq };
  return [
    ...(isAsked(card) ? acceptForm(parts) : []),
    ...(isExpert(card) ? expertForms(parts) : []),
    ...(isExpert(card) || leads(card) ? releaseForm(parts) : []),
    ...ownerActions({ ticketId: ticket.id, each: row, may, words }),
    ...(edits
      ? [
          form(words.envelope.edit, contractFields(words, { ...contract, skills: contract.skills?.join(', ') }), [
            button({ title: words.card.save, verb: 'edit-envelope', data }),
          ]),
        ]
      : []),
    ...(reader.person && row.expert?.id === reader.person.id && may('add-task') && isUnanswered(row)
      ? [taskForm(words, data)]
      : []),
  ];
};

/** A to-do of the one who helps; it stands on the envelope and on their list. */
const taskForm = ({ card }: Words, data: Readonly<Record<string, string | number>>): Element =>
  form(
    card.addTask,
    [
      textField({ id: 'taskTitle', label: card.taskTitle, needed: card.textNeeded, most: 120 }),
      dateField({ id: 'taskDue', label: card.taskDue }),
    ],
    [button({ title: card.addTask, verb: 'add-task', data })],
  );

/** Asked are the one it was offered to, or the team; its lead always. The owner never may. */
const isAsked = (card: EnvelopeCard): boolean => {
  const {
    row,
    reader: { person },
  } = card;
  if (!person) return true;
  if (row.offeredTo?.id === person.id || leads(card)) return true;
  return row.offeredTo === undefined && (person.teams?.includes(row.teamId) ?? true);
};

const leads = ({ row, reader: { person } }: EnvelopeCard): boolean => person?.leads?.includes(row.teamId) ?? false;

const isExpert = ({ row, reader: { person } }: EnvelopeCard): boolean => !person || row.expert?.id === person.id;

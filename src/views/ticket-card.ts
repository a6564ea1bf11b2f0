import { ALLOWED } from '../domain/lifecycle.ts';
import type { Action } from '../domain/refusals.ts';
import { canBeMailed, ownerOf, type Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline.ts';
import { clip, type Instant, type Language, oneLine, type Priority } from '../domain/values.ts';
import { type AdaptiveCard, compile } from './expand.ts';
import { fileLine, linesOf, plain, when } from './text.ts';
import template from './templates/ticket-card.json' with { type: 'json' };
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

/** Who reads a card: its language and IANA zone. The base card is the same for everybody and safe for all of the desk. */
export interface Reader {
  readonly language: Language;
  readonly zone: string;
}

export interface TicketCard {
  readonly ticket: Ticket;
  /** Newest first; the last few are shown. */
  readonly entries: readonly TimelineEntry[];
  readonly teamName: string;
  readonly reader: Reader;
  /** What someone had typed and could not send: it stands in its own field again. */
  readonly drafts?: Partial<Record<'reply' | 'note' | 'resolve', string>>;
  /** A line above everything: why this card is shown now. */
  readonly headline?: { readonly text: string; readonly style: 'attention' | 'warning' | 'good' | 'accent' };
}

const SHOWN_ENTRIES = 3;
const SHOWN_FILES = 10;
const LONGEST_TEXT = 4_000;

const STATUS_COLOR: Readonly<Record<Ticket['status'], string>> = {
  new: 'Accent',
  in_progress: 'Default',
  pending_customer: 'Warning',
  pending_vendor: 'Warning',
  pending_change: 'Warning',
  resolved: 'Good',
  closed: 'Default',
  cancelled: 'Default',
};
const PRIORITY_COLOR: Readonly<Record<Priority, string>> = {
  P1: 'Attention',
  P2: 'Warning',
  P3: 'Default',
  P4: 'Default',
};

const render = compile<object>(template);

/** The ticket as a card: customer and number always, what happened last, and only the buttons that work in this state. */
export const ticketCard = (card: TicketCard): AdaptiveCard => render(ticketCardData(card));

/** What the template is filled with. */
export const ticketCardData = (card: TicketCard): object => {
  const { ticket, reader, headline } = card;
  const words = wordsIn(reader.language);
  return {
    ticketId: ticket.id,
    number: ticket.number,
    fallbackText: `${ticket.number} ${plain(ticket.subject)}`,
    headline: oneLine(headline?.text ?? '', 200),
    headlineStyle: headline?.style ?? 'default',
    statusText: words.status[ticket.status],
    statusColor: STATUS_COLOR[ticket.status],
    priorityText:
      ticket.impact && ticket.urgency
        ? words.priority[ticket.priority]
        : `${words.priority[ticket.priority]} (${words.notTriaged})`,
    priorityColor: PRIORITY_COLOR[ticket.priority],
    subject: oneLine(ticket.subject, 200) || words.noSubject,
    facts: factsOf(card, words),
    entries: card.entries
      .filter(worthShowing)
      .slice(0, SHOWN_ENTRIES)
      .map((entry) => entryOf(entry, card, words)),
    can: buttonsOf(ticket),
    words: words.card,
    replyLabel: `${words.card.to} ${customerOf(ticket, words)} · ${ticket.number}`,
    drafts: draftsOf(card),
    textLimit: LONGEST_TEXT,
  };
};

/** Where its own field is not on the card any more, a text stands in the note: harmless there, and not lost. */
const draftsOf = ({ ticket, drafts }: TicketCard): Record<'reply' | 'note' | 'resolve', string> => {
  const can = buttonsOf(ticket);
  const { reply = '', note = '', resolve = '' } = drafts ?? {};
  const homeless = [can.reply || can.replyResolve ? '' : reply, can.resolve ? '' : resolve];
  return { reply, resolve, note: [note, ...homeless].filter((text) => text !== '').join('\n\n') };
};

const customerOf = ({ requester }: Ticket, words: Words): string => {
  const name = oneLine(requester.name, 80) || words.noSender;
  return requester.address && requester.address !== requester.name ? `${name} <${clip(requester.address, 100)}>` : name;
};

const factsOf = ({ ticket, teamName, reader }: TicketCard, words: Words): { label: string; value: string }[] => {
  const time = (at: Instant): string => when(at, reader);
  const rows: [keyof Words['facts'], string | undefined][] = [
    ['customer', customerOf(ticket, words)],
    ['owner', oneLine(ownerOf(ticket)?.name ?? words.nobody, 80)],
    ['team', oneLine(teamName, 80)],
    ['arrived', time(ticket.createdAt)],
    [
      'due',
      ticket.status === 'resolved' || ticket.status === 'closed' || ticket.status === 'cancelled'
        ? undefined
        : time(ticket.dueAt),
    ],
    ['followUp', 'followUpAt' in ticket ? time(ticket.followUpAt) : undefined],
    ['reopened', ticket.reopenCount > 0 ? `${ticket.reopenCount}×` : undefined],
    [
      'cancelled',
      ticket.status === 'cancelled'
        ? `${words.card[ticket.cancelReason]} ${ticket.duplicateOf ?? ''}`.trim()
        : undefined,
    ],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label: words.facts[label], value }]));
};

const worthShowing = (entry: TimelineEntry): boolean =>
  entry.kind !== 'system' || entry.text !== undefined || entry.event === 'TicketAccepted';

/** Files beyond the tenth are counted, not hidden. */
const fileLines = ({ attachments }: TimelineEntry, language: Language, words: Words): string[] => {
  const lines = attachments.slice(0, SHOWN_FILES).map((file) => fileLine(file, language));
  const more = attachments.length > SHOWN_FILES ? [`+ ${attachments.length - SHOWN_FILES}`] : [];
  return [...lines, ...more].map((line) => `${words.facts.files}: ${line}`);
};

const entryOf = (entry: TimelineEntry, { reader, ticket }: TicketCard, words: Words): object => {
  const who = words.event[entry.event](oneLine(entry.author, 80) || words.noSender);
  const text = entry.event === 'TicketOpened' && ticket.unreadable ? words.unreadable : (entry.text ?? '');
  return {
    who: [who, when(entry.at, reader), ...(entry.unverified ? [words.unverified] : [])].join(' · '),
    style: entry.visibility === 'internal' && entry.kind === 'note' ? 'emphasis' : 'default',
    lines: linesOf(text),
    files: fileLines(entry, reader.language, words),
  };
};

const BUTTON: Readonly<Record<Action, string>> = {
  accept: 'accept',
  note: 'note',
  reply: 'reply',
  'reply-resolve': 'replyResolve',
  ask: 'ask',
  pend: 'pend',
  resume: 'resume',
  resolve: 'resolve',
  reopen: 'reopen',
  close: 'close',
  cancel: 'cancel',
  'undo-cancel': 'undoCancel',
};

const ANSWERS: readonly Action[] = ['reply', 'reply-resolve', 'ask'];

const buttonsOf = (ticket: Ticket): Record<string, boolean> => {
  const answerable = canBeMailed(ticket);
  return Object.fromEntries(
    Object.entries(BUTTON).map(([action, name]) => {
      const allowed = ALLOWED[ticket.status].includes(action as Action);
      return [name, allowed && (answerable || !ANSWERS.includes(action as Action))];
    }),
  );
};

import { ownerOf, type Ticket } from '../domain/ticket.ts';
import { clip, type Instant, oneLine } from '../domain/values.ts';
import type { CardDetail } from './card-detail.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

interface Shown {
  readonly ticket: Ticket;
  readonly teamName: string;
  readonly reader: Reader;
}

const NAME = 80;
const TAG = 30;
const WARNED_HOPS = 2;

/** "Carla Costa <carla@customer.example>": on every card, so that nobody answers the wrong customer. */
export const customerOf = ({ requester }: Ticket, words: Words): string => {
  const name = oneLine(requester.name, NAME) || words.noSender;
  return requester.address && requester.address !== requester.name ? `${name} <${clip(requester.address, 100)}>` : name;
};

export const ownerName = (ticket: Ticket, words: Words): string => oneLine(ownerOf(ticket)?.name ?? words.nobody, NAME);

/** "P1 critical", and whether anybody has sorted it yet. */
export const priorityText = (ticket: Ticket, words: Words): string =>
  (ticket.impact && ticket.urgency) || ticket.overridden
    ? words.priority[ticket.priority]
    : `${words.priority[ticket.priority]} (${words.notTriaged})`;

type Row = readonly [label: keyof Words['facts'], value: string | undefined];

/** What is known of the ticket, a line each; what does not apply is left out. */
export const factsOf = (shown: Shown, { names }: Pick<CardDetail, 'names'>): Fact[] => {
  const words = wordsIn(shown.reader.language);
  return [
    ...whoAndWhen(shown, words),
    ...whatKind(shown.ticket, words, names),
    ...whereItBelongs(shown.ticket),
  ].flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label: words.facts[label], value }]));
};

const whoAndWhen = ({ ticket, teamName, reader }: Shown, words: Words): readonly Row[] => {
  const time = (at: Instant): string => when(at, reader);
  const ended = ticket.status === 'resolved' || ticket.status === 'closed' || ticket.status === 'cancelled';
  return [
    ['customer', customerOf(ticket, words)],
    ['owner', ownerName(ticket, words)],
    ['team', oneLine(teamName, NAME)],
    ['arrived', time(ticket.createdAt)],
    ['due', ended ? undefined : time(ticket.dueAt)],
    ['followUp', 'followUpAt' in ticket ? time(ticket.followUpAt) : undefined],
    ['reopened', ticket.reopenCount > 0 ? `${ticket.reopenCount}×` : undefined],
    [
      'hops',
      ticket.status === 'new' && ticket.queueHops >= WARNED_HOPS ? words.tell.hops(ticket.queueHops) : undefined,
    ],
  ];
};

const whatKind = (ticket: Ticket, words: Words, names: number): readonly Row[] => [
  ['type', words.type[ticket.type]],
  ['tags', ticket.tags && oneLine(ticket.tags.map((tag) => oneLine(tag, TAG)).join(', '), names * 4)],
  ['overridden', ticket.overridden && words.priority[ticket.overridden]],
  ['cancelled', ticket.status === 'cancelled' ? cancelledAs(ticket, words) : undefined],
  ['follows', ticket.follows && words.facts.yes],
];

const cancelledAs = (ticket: Extract<Ticket, { status: 'cancelled' }>, words: Words): string =>
  `${words.card[ticket.cancelReason]} ${ticket.duplicateOf ?? ''}`.trim();

const whereItBelongs = (ticket: Ticket): readonly Row[] => [
  ['parent', ticket.parent?.number],
  ['merged', ticket.status === 'cancelled' ? ticket.mergedInto?.number : undefined],
  ['splitFrom', ticket.splitFrom?.number],
];

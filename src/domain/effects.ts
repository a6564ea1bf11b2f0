import type { CustomerMail } from './customer-view.ts';
import type { Recorded, TicketEvent } from './events.ts';
import { isOpen, ownerOf, type Ticket } from './ticket.ts';
import { entryOf } from './timeline.ts';
import type { Instant, PersonId, Priority, TicketId, TicketNumber } from './values.ts';

/** One line of a queue: what a list shows, so that a list never loads tickets. */
export interface QueueEntry {
  readonly ticketId: TicketId;
  readonly rev: number;
  /** `waiting`: nobody owns it · `open`: owned · `done`. Lists are read by bucket. */
  readonly bucket: 'waiting' | 'open' | 'done';
  readonly status: Ticket['status'];
  readonly priority: Priority;
  readonly dueAt: Instant;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly requester: string;
  readonly ownerName?: string;
}

export interface SearchWords {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly teamId: string;
  readonly status: string;
  readonly subject: string;
  readonly text: string;
  readonly rev: number;
  readonly changedAt: Instant;
}

export type NoticeReason = 'customer-wrote';

/**
 * What must follow a change, kept in the same batch and carried out by the relay. `project` puts an entry on these lists and
 * takes it off those; `mail` is frozen; `card` names what to draw, and is drawn from the state at sending.
 */
export type Effect =
  | {
      readonly kind: 'project';
      readonly entry: QueueEntry;
      readonly on: readonly string[];
      readonly off: readonly string[];
    }
  | { readonly kind: 'search'; readonly words: SearchWords }
  | { readonly kind: 'thread'; readonly internetMessageId: string }
  | { readonly kind: 'mail'; readonly mail: CustomerMail }
  | { readonly kind: 'card'; readonly slot: 'team'; readonly teamId: string }
  | { readonly kind: 'notice'; readonly to: PersonId; readonly reason: NoticeReason; readonly rev: number };

/** Before and after one command, with the events between. */
export interface Change {
  readonly before: Ticket | undefined;
  readonly recorded: readonly Recorded[];
  readonly after: Ticket;
}

export const effectsOf = (change: Change): readonly Effect[] => [
  project(change),
  search(change),
  ...change.recorded.flatMap((each) => threadOf(each)),
  ...change.recorded.flatMap((each) => mailOf(each, change.after)),
  { kind: 'card', slot: 'team', teamId: change.after.teamId },
  ...change.recorded.flatMap((each) => noticeOf(each, change.after)),
];

const bucketOf = (ticket: Ticket): QueueEntry['bucket'] => {
  if (ticket.status === 'new') return 'waiting';
  return isOpen(ticket) ? 'open' : 'done';
};

/** The lists a ticket stands on: its team's, everybody's, its owner's, its requester's, and the look-up by number. */
const listsOf = (ticket: Ticket): string[] => {
  const owner = ownerOf(ticket);
  const open = isOpen(ticket);
  return [
    open ? `q:${ticket.teamId}:open` : `q:${ticket.teamId}:closed:${ticket.changedAt.slice(0, 7).replace('-', '')}`,
    ...(open ? ['q:*:open'] : []),
    ...(owner && open ? [`a:${owner.id}`] : []),
    `r:${ticket.requester.contactId}`,
    `num:${ticket.number}`,
  ];
};

const project = ({ before, after }: Change): Effect => {
  const on = listsOf(after);
  const owner = ownerOf(after);
  return {
    kind: 'project',
    on,
    off: before ? listsOf(before).filter((list) => !on.includes(list)) : [],
    entry: {
      ticketId: after.id,
      rev: after.rev,
      bucket: bucketOf(after),
      status: after.status,
      priority: after.priority,
      dueAt: after.dueAt,
      number: after.number,
      subject: after.subject,
      requester: after.requester.name,
      ...(owner ? { ownerName: owner.name } : {}),
    },
  };
};

const search = ({ recorded, after }: Change): Effect => ({ kind: 'search', words: searchWords(after, recorded) });

/** What finds a ticket: its subject, its requester, and every word of these events. */
export const searchWords = (ticket: Ticket, recorded: readonly Recorded[]): SearchWords => ({
  ticketId: ticket.id,
  number: ticket.number,
  teamId: ticket.teamId,
  status: ticket.status,
  subject: ticket.subject,
  text: [
    ticket.requester.name,
    ticket.requester.address ?? '',
    ...recorded.map((each) => entryOf(each).text ?? ''),
  ].join('\n'),
  rev: ticket.rev,
  changedAt: ticket.changedAt,
});

const threadOf = ({ event }: Recorded): Effect[] => {
  const id =
    event.type === 'TicketOpened' || event.type === 'CustomerWroteIn' ? event.thread?.internetMessageId : undefined;
  return id === undefined ? [] : [{ kind: 'thread', internetMessageId: id }];
};

const mailOf = ({ rev, event }: Recorded, ticket: Ticket): Effect[] => {
  const { address, name } = ticket.requester;
  const kind = mailKindOf(event);
  if (!kind || !address || !ticket.thread) return [];
  const owner = ownerOf(ticket);
  const mail: CustomerMail = {
    kind,
    ticketId: ticket.id,
    rev,
    number: ticket.number,
    subject: ticket.subject,
    to: { name, address },
    thread: ticket.thread,
    language: ticket.language,
    ...('text' in event && event.text !== undefined ? { text: event.text } : {}),
    ...(owner ? { signedBy: owner.name } : {}),
  };
  return [{ kind: 'mail', mail }];
};

const mailKindOf = (event: TicketEvent): CustomerMail['kind'] | undefined => {
  if (event.type === 'TicketOpened') return event.acknowledge ? 'acknowledgement' : undefined;
  if (event.type === 'CustomerAnswered') return event.intent;
  return event.type === 'TicketResolved' && event.mail ? 'resolved' : undefined;
};

/** A customer's words reach the owner in person; nobody is told of their own act. */
const noticeOf = ({ rev, event }: Recorded, ticket: Ticket): Effect[] => {
  const owner = ownerOf(ticket);
  return owner && event.type === 'CustomerWroteIn'
    ? [{ kind: 'notice', to: owner.id, reason: 'customer-wrote', rev }]
    : [];
};

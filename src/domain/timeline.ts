import type { CustomerEntry, CustomerView } from './customer-view.ts';
import type { CustomerWroteIn, Recorded, TicketEvent } from './events.ts';
import { isBeside, type Beside, toldBeside } from './timeline-beside.ts';
import { SENT, SYSTEM, textOf, type TimelineEntry, type Told } from './timeline-entry.ts';
import { ownerOf, type Ticket } from './ticket.ts';

const authorOf = (event: TicketEvent): string => (event.by.kind === 'desk' ? '' : event.by.name);

/** The entry an event makes; each event makes exactly one. */
export const entryOf = ({ rev, event }: Recorded): TimelineEntry => ({
  rev,
  at: event.at,
  author: authorOf(event),
  event: event.type,
  attachments: [],
  ...(event.by.kind === 'person' && event.by.actingFor ? { actingFor: event.by.actingFor.name } : {}),
  ...(isBeside(event) ? toldBeside(event) : toldOf(event)),
});

const toldOf = (event: Exclude<TicketEvent, Beside>): Told => {
  switch (event.type) {
    case 'TicketOpened':
      // The words of a part are those of whoever split it off: the customer has never written or read them.
      if (event.splitFrom) return { ...event.prose, kind: 'note', visibility: 'internal' };
      return {
        ...event.prose,
        author: event.requester.name,
        kind: event.channel === 'email' ? 'email' : 'call',
        direction: 'in',
        visibility: 'customer',
      };
    case 'CustomerWroteIn':
      return wroteIn(event);
    case 'CustomerAnswered':
      return { ...SENT, text: event.text };
    case 'NoteAdded':
      return { kind: event.engagement ?? 'note', visibility: 'internal', text: event.text };
    case 'TicketResolved':
      return { ...(event.mail ? SENT : SYSTEM), ...textOf(event) };
    case 'TicketPended':
    case 'TicketReopened':
      return { ...SYSTEM, ...textOf(event) };
    case 'TicketAccepted':
    case 'TicketPaused':
    case 'TicketResumed':
    case 'TicketClosed':
    case 'TicketCancelled':
    case 'CancelUndone':
      return SYSTEM;
  }
};

/** A delivery report and a stranger's mail are shown to the desk only. */
const wroteIn = ({ verdict, unverified, prose }: CustomerWroteIn): Told => ({
  ...prose,
  kind: 'email',
  direction: 'in',
  visibility: verdict === 'bounce' || unverified ? 'internal' : 'customer',
  ...(unverified ? { unverified } : {}),
});

const STATE: Readonly<Record<Ticket['status'], CustomerView['state']>> = {
  new: 'open',
  in_progress: 'open',
  pending_customer: 'waiting_for_you',
  pending_vendor: 'open',
  pending_change: 'open',
  resolved: 'resolved',
  closed: 'closed',
  cancelled: 'closed',
};

/** The customer's side of the history: what they wrote and what was said to them, under the owner's name. */
export const customerView = (ticket: Ticket, history: readonly Recorded[]): CustomerView => ({
  number: ticket.number,
  subject: ticket.subject,
  state: STATE[ticket.status],
  entries: history
    .map(entryOf)
    .filter((entry) => entry.visibility === 'customer')
    .map((entry): CustomerEntry => ({
      at: entry.at,
      from: entry.direction === 'in' ? 'customer' : 'desk',
      name: entry.direction === 'in' ? entry.author : (ownerOf(ticket)?.name ?? ''),
      text: entry.text ?? '',
      attachments: entry.attachments.map(({ name, size }) => ({ name, size })),
    })),
});

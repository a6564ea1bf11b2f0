import type { CustomerMail } from './customer-view.ts';
import type { Effect } from './effects.ts';
import type { Recorded, TicketEvent } from './events.ts';
import { ownerOf, type Ticket } from './ticket.ts';

/** The mail an event sends, frozen as it shall be read. */
export const mailOf = ({ rev, event }: Recorded, ticket: Ticket): Effect[] => {
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
  if (event.type === 'MajorIncidentUpdated' || event.type === 'ParentUpdated') return event.mail ? 'update' : undefined;
  return event.type === 'TicketResolved' && event.mail ? 'resolved' : undefined;
};

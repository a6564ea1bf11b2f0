import type { HistoryEntry, ObjectRefusal } from '../domain/objects.ts';
import type { Label } from '../domain/property-definitions.ts';
import { mayRole } from '../domain/roles.ts';
import type { Ticket } from '../domain/ticket.ts';
import { button, row, section } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import { type PropertiesOf, propertyForm, propertyRows, type Telling } from './property-form.ts';
import { RECORD_DETAILS } from './record-detail.ts';
import { faultRows } from './record-faults.ts';
import { historyRows } from './record-history.ts';
import type { Reader } from './ticket-acts.ts';
import { customerOf } from './ticket-facts.ts';
import { wordsIn } from './words/language.ts';

export interface TicketPropertiesCard extends PropertiesOf {
  readonly ticket: Ticket;
  /** Absent: its status is its stage. */
  readonly stage?: Label;
  readonly history: readonly HistoryEntry[];
  readonly fault?: ObjectRefusal;
  readonly reader: Reader;
}

/** What the desk keeps of a ticket beside what every desk does, and where the ticket stands. */
export const ticketPropertiesCard = (card: TicketPropertiesCard): AdaptiveCard => {
  const { ticket, reader, definitions, fault, stage } = card;
  const words = wordsIn(reader.language);
  const { contact, facts, timeline } = words;
  const stands = stage?.[reader.language] ?? words.status[ticket.status];
  return fitted(RECORD_DETAILS, (detail) => {
    const telling: Telling = { words, reader, detail };
    const mayEdit = reader.person !== undefined && mayRole(reader.person, 'tag');
    return plainCard({
      title: contact.propertiesOf(ticket.number),
      note: definitions.length === 0 ? contact.noProperties : '',
      items: [
        aboutLine(`${facts.customer}: ${customerOf(ticket, words)}`),
        ...(fault ? faultRows({ ...telling, fault, definitions }) : []),
        row({ lines: [[{ text: `${contact.stage}: `, isSubtle: true }, { text: stands }]] }),
        ...section(contact.properties, propertyRows(card, telling)),
        ...section(contact.history, historyRows(card, telling)),
      ],
      actions: [
        ...(mayEdit
          ? propertyForm(card, { verb: 'ticket-properties-save', data: { ticketId: ticket.id } }, telling)
          : []),
        button({ title: timeline.back, verb: 'open', alone: true, data: { ticketId: ticket.id } }),
      ],
    });
  });
};

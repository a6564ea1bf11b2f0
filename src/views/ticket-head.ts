import type { Ticket } from '../domain/ticket.ts';
import { oneLine } from '../domain/values.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { type Element, runs } from './elements.ts';
import { customerOf, ownerName, priorityText } from './ticket-facts.ts';
import type { Words } from './words/words.ts';

/** Number, subject, priority, customer and owner: on every card that is about a ticket, so that nobody mistakes it for another. */
export const ticketHead = (ticket: Ticket, words: Words): readonly Element[] => [
  runs(
    { text: `${ticket.number} `, weight: 'Bolder' },
    { text: `${priorityText(ticket, words)} `, color: PRIORITY_COLOR[ticket.priority], weight: 'Bolder' },
    { text: oneLine(ticket.subject, 200) || words.noSubject },
  ),
  runs({
    text: `${words.facts.customer}: ${customerOf(ticket, words)} · ${words.facts.owner}: ${ownerName(ticket, words)}`,
    isSubtle: true,
    size: 'Small',
  }),
];

import type { Ticket } from '../domain/ticket.ts';
import type { Level, Priority, TicketType } from '../domain/values.ts';
import { actionSet, button, choiceField, type Element, form, textField } from './elements.ts';
import type { May } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

interface Sorting {
  readonly ticket: Ticket;
  readonly may: May;
  readonly words: Words;
}

const LEVELS: readonly Level[] = ['high', 'medium', 'low'];
const TYPES: readonly TicketType[] = ['incident', 'service_request', 'problem', 'change'];
const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];

/** How bad, how soon, what kind, which words: saved with one button. What did not change is left as it is. */
export const sortForm = (sorting: Sorting): Element[] => {
  const { ticket, may, words } = sorting;
  const fields = [...levelFields(sorting), ...kindFields(sorting)];
  const data = { ticketId: ticket.id };
  const save = fields.length === 0 ? [] : [button({ title: words.card.save, verb: 'sort', data })];
  const body = [...fields, ...actionSet(save), ...(may('override-priority') ? overrideFields(sorting) : [])];
  return body.length === 0 ? [] : [form(words.card.sort, body, [])];
};

const levelFields = ({ ticket, may, words }: Sorting): Element[] => {
  if (!may('triage')) return [];
  const choices = LEVELS.map((level) => ({ id: level, name: words.level[level] }));
  return [
    choiceField({ id: 'impact', label: words.card.impact, value: ticket.impact, choices }),
    choiceField({ id: 'urgency', label: words.card.urgency, value: ticket.urgency, choices }),
  ];
};

const kindFields = ({ ticket, may, words }: Sorting): Element[] => [
  ...(may('set-type')
    ? [
        choiceField({
          id: 'ticketType',
          label: words.card.type,
          value: ticket.type,
          choices: TYPES.map((type) => ({ id: type, name: words.type[type] })),
        }),
      ]
    : []),
  ...(may('tag') ? [textField({ id: 'tags', label: words.card.tags, value: ticket.tags?.join(', '), most: 400 })] : []),
];

const overrideFields = ({ ticket, words }: Sorting): readonly Element[] => [
  choiceField({
    id: 'priority',
    label: words.card.priority,
    value: ticket.priority,
    choices: PRIORITIES.map((priority) => ({ id: priority, name: words.priority[priority] })),
  }),
  textField({ id: 'overrideReason', label: words.card.overrideWhy, most: 500 }),
  ...actionSet([
    button({ title: words.card.overridePriority, verb: 'override-priority', data: { ticketId: ticket.id } }),
  ]),
];

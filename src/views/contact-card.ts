import type { DeskObject, HistoryEntry, ObjectRefusal } from '../domain/objects.ts';
import type { Label } from '../domain/property-definitions.ts';
import type { QueueEntry } from '../domain/effects.ts';
import { mayRole } from '../domain/roles.ts';
import { oneLine } from '../domain/values.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { button, type Element, form, row, section, textField } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import { type PropertiesOf, propertyForm, propertyRows, type Telling } from './property-form.ts';
import { RECORD_DETAILS } from './record-detail.ts';
import { faultRows, labelText } from './record-faults.ts';
import { historyRows } from './record-history.ts';
import { recordName } from './record-values.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

/** A ticket of the record; without the label of a stage it shows its status. */
export interface RecordTicket extends Pick<
  QueueEntry,
  'ticketId' | 'number' | 'subject' | 'priority' | 'status' | 'ownerName'
> {
  readonly stage?: Label;
}

interface RecordCard extends PropertiesOf {
  readonly related: readonly { readonly label: string; readonly object: DeskObject }[];
  readonly tickets: { readonly rows: readonly RecordTicket[]; readonly continuation?: string };
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** Why the last act was refused. */
  readonly fault?: ObjectRefusal;
  readonly reader: Reader;
}

export interface ContactCard extends RecordCard {
  readonly company?: DeskObject;
  /** The address to merge, as it was typed when that was refused. */
  readonly otherEmail?: string;
}

const NAME = 80;
const LONGEST_ADDRESS = 320;

/** Who a customer is: facts, company, tickets and history, and the forms to mend what is wrong. */
export const contactCard = (card: ContactCard): AdaptiveCard => {
  const company = card.company ? [{ label: 'default', object: card.company }] : [];
  return recordCard(card, [...company, ...card.related], (telling) => [
    ...propertyForm(card, { verb: 'contact-save', data: { contactId: card.object.id } }, telling),
    mergeForm(card, telling),
  ]);
};

/** The same of a company; its people and tickets are those associated with it. */
export const companyCard = (card: RecordCard): AdaptiveCard =>
  recordCard(card, card.related, (telling) =>
    propertyForm(card, { verb: 'company-save', data: { companyId: card.object.id } }, telling),
  );

const recordCard = (
  card: RecordCard,
  related: RecordCard['related'],
  forms: (telling: Telling) => readonly Element[],
): AdaptiveCard => {
  const { object, definitions, reader, fault } = card;
  const words = wordsIn(reader.language);
  const { contact } = words;
  return fitted(RECORD_DETAILS, (detail) => {
    const telling: Telling = { words, reader, detail };
    return plainCard({
      title: `${contact.type[object.type]}: ${recordName(object)}`,
      note: '',
      items: [
        ...(fault ? faultRows({ ...telling, fault, definitions }) : []),
        ...section(contact.facts, propertyRows(card, telling)),
        ...section(contact.related, relatedRows(related, telling)),
        ...section(contact.tickets, ticketRows(card, telling)),
        ...section(contact.history, historyRows(card, telling)),
      ],
      actions: [
        ...(reader.person && mayRole(reader.person, 'merge-contacts') ? forms(telling) : []),
        ...moreTickets(card, telling),
      ],
    });
  });
};

const relatedRows = (related: RecordCard['related'], { words, detail }: Telling): readonly Element[] => {
  const rows = related.slice(0, detail.related).map(({ label, object }) => relatedRow(label, object, words));
  const more = related.length - rows.length;
  return more > 0 ? [...rows, row({ lines: [[{ text: words.contact.more(more), isSubtle: true }]] })] : rows;
};

const relatedRow = (label: string, object: DeskObject, words: Telling['words']): Element => {
  const type = words.contact.type[object.type];
  const kind = label === 'default' || label === 'primary' ? type : `${type} (${labelText(label, words)})`;
  const isContact = object.type === 'contact';
  return row({
    lines: [[{ text: `${kind}: `, isSubtle: true }, { text: recordName(object) }]],
    opens: {
      title: words.contact.look,
      verb: isContact ? 'contact' : 'company',
      alone: true,
      data: isContact ? { contactId: object.id } : { companyId: object.id },
    },
  });
};

const ticketRows = ({ tickets, reader }: RecordCard, { words, detail }: Telling): readonly Element[] =>
  tickets.rows.length === 0
    ? [row({ lines: [[{ text: words.contact.noTickets, isSubtle: true }]] })]
    : tickets.rows.map((each) => {
        const stage = each.stage?.[reader.language] ?? words.status[each.status];
        const owner = oneLine(each.ownerName ?? '', Math.min(NAME, detail.value)) || words.nobody;
        return row({
          lines: [
            [
              { text: `${each.number} `, weight: 'Bolder' },
              { text: `${each.priority} `, color: PRIORITY_COLOR[each.priority], weight: 'Bolder' },
              { text: oneLine(each.subject, Math.min(120, detail.value)) || words.noSubject },
            ],
            [{ text: `${oneLine(stage, detail.value)} · ${owner}`, isSubtle: true, size: 'Small' }],
          ],
          opens: { title: words.list.open(each.number), verb: 'open', alone: true, data: { ticketId: each.ticketId } },
        });
      });

const moreTickets = ({ tickets, object }: RecordCard, { words }: Telling): readonly Element[] => {
  const { continuation } = tickets;
  if (continuation === undefined) return [];
  const verb = object.type === 'company' ? 'company' : 'contact';
  const id = verb === 'company' ? { companyId: object.id } : { contactId: object.id };
  return [button({ title: words.contact.moreTickets, verb, alone: true, data: { ...id, continuation } })];
};

const mergeForm = ({ object, otherEmail }: ContactCard, { words: { contact }, detail }: Telling): Element =>
  form(
    contact.merge,
    [
      textField({
        id: 'otherEmail',
        label: contact.mergeLabel,
        needed: contact.mergeNeeded,
        value: otherEmail?.slice(0, Math.min(LONGEST_ADDRESS, detail.value)),
        most: LONGEST_ADDRESS,
      }),
    ],
    [button({ title: contact.merge, verb: 'contact-merge', style: 'positive', data: { contactId: object.id } })],
  );

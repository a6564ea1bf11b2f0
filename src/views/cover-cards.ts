import type { TicketEvent } from '../domain/events.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Instant, oneLine, type TicketId, type TicketNumber } from '../domain/values.ts';
import { button, type Choice, choiceField, dateField, type Element, row, textField } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { aboutLine, plainCard } from './plain-card.ts';
import { dayOf, when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { customerOf } from './ticket-facts.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

/** What one did in the owner's name. `by` is a name. */
export interface ActedRow {
  readonly at: Instant;
  readonly by: string;
  readonly number: TicketNumber;
  readonly event: TicketEvent['type'];
  readonly requester?: string;
  readonly ticketId?: TicketId;
}

interface CoverReturn {
  readonly deputy: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Newest first. */
  readonly rows: readonly ActedRow[];
  readonly reader: Reader;
}

const NAME = 80;

/** For the owner who is back: everything that was done in their name, and by whom. */
export const coverReturnCard = ({ deputy, from, until, rows, reader }: CoverReturn): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const span = words.cover.span(dayOf(from, reader), dayOf(until, reader));
  return fitted([40, 25, 15], (most) =>
    plainCard({
      title: words.cover.returnTitle,
      note: rows.length === 0 ? words.cover.returnEmpty : '',
      items: [
        aboutLine(`${words.cover.returned(oneLine(deputy, NAME))}: ${span}`),
        ...rows.slice(0, most).map((each) => actedRow(each, reader, words)),
        ...(rows.length > most ? [row({ lines: [[{ text: words.tell.more(rows.length - most) }]] })] : []),
      ],
      actions: [],
    }),
  );
};

const actedRow = (each: ActedRow, reader: Reader, words: Words): Element => {
  const said = words.event[each.event](oneLine(each.by, NAME), '');
  const of = each.requester === undefined ? [] : [oneLine(each.requester, NAME)];
  const { ticketId, number } = each;
  return row({
    lines: [[{ text: [number, ...of, said, when(each.at, reader)].join(' · ') }]],
    ...(ticketId === undefined ? {} : { opens: { title: words.list.open(number), verb: 'open', data: { ticketId } } }),
  });
};

interface PeopleForm {
  readonly reader: Reader;
  /** At most 30 are shown; without any, names are typed. */
  readonly people: readonly Choice[];
  /** Why the last try was refused. */
  readonly fault?: string;
}

const MOST_PEOPLE = 30;

/** Choosing a person, or naming one where there is no list: the input is then `<id>Name` instead of `<id>Id`. */
const personField = (
  { people }: PeopleForm,
  { id, label, value, several }: { id: string; label: string; value?: string | undefined; several?: true },
  needed: string,
): Element =>
  people.length > 0
    ? choiceField({
        id: `${id}Id`,
        label,
        needed,
        value,
        ...(several ? { several } : {}),
        choices: people.slice(0, MOST_PEOPLE),
      })
    : textField({ id: `${id}Name`, label, needed, most: NAME });

const faultRow = (fault: string | undefined): Element[] =>
  fault ? [row({ lines: [[{ text: oneLine(fault, 300), color: 'Attention' }]] })] : [];

interface CoverForm extends PeopleForm {
  /** Whose place is to be taken, and by whom, as far as it is known. */
  readonly ownerId?: string;
  readonly deputyId?: string;
}

/** Somebody is away for a short time, and somebody acts for them: on all their tickets. */
export const coverForm = (wish: CoverForm): AdaptiveCard => {
  const { cover, card } = wordsIn(wish.reader.language);
  return plainCard({
    title: cover.title,
    note: '',
    items: [
      ...faultRow(wish.fault),
      personField(wish, { id: 'owner', label: cover.owner, value: wish.ownerId }, cover.personNeeded),
      personField(wish, { id: 'deputy', label: cover.deputy, value: wish.deputyId }, cover.personNeeded),
      dateField({ id: 'coverUntil', label: cover.until, needed: card.dateNeeded }),
      textField({ id: 'coverReason', label: cover.why, most: 500 }),
    ],
    actions: [button({ title: cover.start, verb: 'start-cover', style: 'positive', data: {} })],
  });
};

interface LeaverForm extends PeopleForm {
  /** Only this ticket; absent: all tickets of whoever leaves. */
  readonly ticket?: Ticket;
  readonly evidence?: string;
}

/** The exception: a new owner, because the old one has left or is away for more than 30 days. Proposed here, confirmed by another. */
export const leaverForm = (wish: LeaverForm): AdaptiveCard => {
  const { ticket, reader, evidence } = wish;
  const words = wordsIn(reader.language);
  const { cover, card } = words;
  return plainCard({
    title: ticket ? `${cover.transferTitle}: ${ticket.number}` : cover.leaverTitle,
    note: '',
    items: [
      ...faultRow(wish.fault),
      ...(ticket
        ? [aboutLine(`${words.facts.customer}: ${customerOf(ticket, words)}`)]
        : [personField(wish, { id: 'leaver', label: cover.owner }, cover.personNeeded)]),
      personField(wish, { id: 'to', label: cover.to, ...(ticket ? {} : { several: true }) }, cover.personNeeded),
      choiceField({
        id: 'transferReason',
        label: cover.reason,
        needed: card.reasonNeeded,
        choices: [
          { id: 'termination', name: cover.termination },
          { id: 'extended_leave', name: cover.extendedLeave },
        ],
      }),
      dateField({ id: 'leaveFrom', label: cover.from }),
      dateField({ id: 'leaveUntil', label: cover.leaveUntil }),
      textField({
        id: 'evidence',
        label: cover.evidence,
        value: evidence,
        lines: 'many',
        needed: card.textNeeded,
        most: 2_000,
      }),
    ],
    actions: [
      ticket
        ? button({ title: cover.propose, verb: 'propose-transfer', data: { ticketId: ticket.id } })
        : button({ title: cover.propose, verb: 'move-leaver', data: {} }),
    ],
  });
};

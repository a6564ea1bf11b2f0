import { oneLine } from '../domain/values.ts';
import type { Action } from '../domain/refusals.ts';
import type { Ticket } from '../domain/ticket.ts';
import { actionSet, button, type Choice, choiceField, dateField, type Element, form, textField } from './elements.ts';
import { mayCover, type May, type ReaderPerson } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

interface More {
  readonly ticket: Ticket;
  readonly may: May;
  readonly words: Words;
  readonly person?: ReaderPerson | undefined;
  readonly people: readonly Choice[];
  readonly teams: readonly Choice[];
}

const NUMBER = 20;
const SUBJECT = 200;
const WITH_PERSON: readonly Action[] = ['offer', 'add-task', 'declare-major'];

/**
 * All that is needed seldom, in one form. No field of it is required: a button sends every field of its form, so that the
 * one act would ask for what the other needs. The rules say what is missing.
 */
export const moreForm = (more: More): Element[] => {
  const body = [
    ...personFields(more),
    ...taskFields(more),
    ...placeFields(more),
    ...relationFields(more),
    ...coverFields(more),
    ...(more.may('propose-transfer') ? act(more, 'transfer-form', 'transferForm') : []),
  ];
  return body.length === 0 ? [] : [form(more.words.card.more, body, [])];
};

/** A field or two and the button that uses them. */
const act = ({ ticket, words }: More, verb: string, word: keyof Words['card']): readonly Element[] =>
  actionSet([button({ title: words.card[word], verb, data: { ticketId: ticket.id } })]);

/** Names are many, so they stand here once, for every act that needs one. */
const personFields = (more: More): readonly Element[] => {
  const { may, words, people } = more;
  if (!WITH_PERSON.some(may)) return [];
  const field =
    people.length > 0
      ? choiceField({ id: 'personId', label: words.card.person, choices: people })
      : textField({ id: 'personName', label: words.card.personName, most: 80 });
  return [field, ...(may('offer') ? act(more, 'offer', 'offer') : [])];
};

/** A to-do goes to the person chosen above. */
const handOnFields = (more: More): readonly Element[] => {
  const { may, words, ticket } = more;
  const open = (ticket.tasks ?? []).filter(({ state }) => state === 'open');
  if (!may('assign-task') || open.length === 0) return [];
  const choices = open.map(({ seq, title }) => ({ id: String(seq), name: oneLine(title, 40) }));
  return [
    choiceField({ id: 'taskSeq', label: words.card.taskToHandOn, choices }),
    ...act(more, 'assign-task', 'handOnTask'),
  ];
};

const taskFields = (more: More): readonly Element[] => {
  const { may, words } = more;
  return may('add-task')
    ? [
        textField({ id: 'taskTitle', label: words.card.taskTitle, most: 120 }),
        dateField({ id: 'taskDue', label: words.card.taskDue }),
        ...act(more, 'add-task', 'addTask'),
        ...handOnFields(more),
      ]
    : [];
};

const placeFields = (more: More): readonly Element[] => {
  const { may, ticket, words, teams } = more;
  const others = teams.filter(({ id }) => id !== ticket.teamId);
  return may('route') && others.length > 0
    ? [choiceField({ id: 'routeTeam', label: words.card.routeTeam, choices: others }), ...act(more, 'route', 'route')]
    : [];
};

const relationFields = (more: More): readonly Element[] => {
  const {
    may,
    words: { card },
  } = more;
  const number = (id: string, label: string): Element => textField({ id, label, most: NUMBER });
  return [
    ...(may('propose-merge') ? [number('mergeInto', card.mergeInto), ...act(more, 'propose-merge', 'merge')] : []),
    ...(may('split')
      ? [
          textField({ id: 'splitSubject', label: card.splitSubject, most: SUBJECT }),
          textField({ id: 'splitText', label: card.splitText, most: 4_000, lines: 'many' }),
          ...act(more, 'split', 'split'),
        ]
      : []),
    ...(may('link') ? [number('parentNumber', card.linkParent), ...act(more, 'link', 'link')] : []),
    ...(may('unlink') ? act(more, 'unlink', 'unlink') : []),
    ...(more.ticket.splitFrom && more.ticket.status === 'new' ? act(more, 'undo-split', 'undoSplit') : []),
    ...(may('declare-major')
      ? [textField({ id: 'cadence', label: card.cadence, most: 4 }), ...act(more, 'declare-major', 'declareMajor')]
      : []),
  ];
};

const coverFields = (more: More): readonly Element[] => {
  const {
    ticket,
    person,
    words: { card },
  } = more;
  return mayCover(ticket, person)
    ? [
        dateField({ id: 'coverUntil', label: card.coverUntil }),
        textField({ id: 'coverReason', label: card.coverWhy, most: 500 }),
        ...act(more, 'start-cover', 'startCover'),
      ]
    : [];
};

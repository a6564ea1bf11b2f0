import { actorOf } from '../../application/ports/directory.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import { commandId, personId, type PersonRef } from '../../domain/values.ts';
import { coverForm, leaverForm } from '../../views/cover-cards.ts';
import { reportCard } from '../../views/report-card.ts';
import type { ActionAnswer, ActionParts } from './card-actions.ts';
import { cardOf, choicesFor, readerOf, refusalText, wordsOf } from './cards.ts';
import { pickCard } from './desk-acts.ts';

/** What is asked of the desk in the chat beside single tickets. */
type Command = (
  parts: ActionParts,
  asked: { readonly person: Person; readonly rest: string; readonly key: string },
) => Promise<readonly ActionAnswer[]>;

const formFor = (parts: ActionParts, person: Person) => ({
  reader: readerOf(parts, person),
  people: choicesFor(parts, person),
});

const REPORT_DAYS = 30;

/** Who tried to change owners. */
export const transferReport: Command = async (parts, { person }) => {
  const report = await parts.queries.attemptedTransfers(actorOf(person), REPORT_DAYS);
  return [
    isRefusal(report)
      ? { text: refusalText(report, person) }
      : { card: reportCard({ rows: report.attempts, reader: readerOf(parts, person) }) },
  ];
};

export const bulkForm: Command = async (parts, { person }) => [{ card: await pickCard(parts, person) }];

export const coverage: Command = (parts, { person }) =>
  Promise.resolve([{ card: coverForm({ ...formFor(parts, person), ownerId: person.id }) }]);

/** Back at work (`back`), or said of somebody else (`back Anna`): nobody stands in any more, and a card tells what was done. */
export const isBack: Command = async (parts, { person, rest }) => {
  const owner = rest === '' ? person.id : namedPerson(parts, rest).id;
  const ended = await parts.covers.back(owner, actorOf(person));
  return [{ text: typeof ended === 'number' ? wordsOf(person).cover.back(ended) : refusalText(ended, person) }];
};

export const leaving: Command = (parts, { person }) => Promise.resolve([{ card: leaverForm(formFor(parts, person)) }]);

const unknown = (person: Person, number: string): readonly ActionAnswer[] => [
  { text: wordsOf(person).unknownNumber(number.slice(0, 30)) },
];

/** `transfer INC-7`: the form of the exception, for one ticket. */
export const transferOf: Command = async (parts, { person, rest }) => {
  const [number = ''] = rest.split(' ');
  const story = await parts.queries.byNumber(number);
  return story ? [{ card: leaverForm({ ...formFor(parts, person), ticket: story.ticket }) }] : unknown(person, number);
};

/** By name, whole or only the first; whoever is not known here stays a name. */
const namedPerson = ({ directory }: ActionParts, name: string): PersonRef => {
  const wanted = name.trim().toLowerCase();
  const person =
    directory.people().find((each) => each.name.toLowerCase() === wanted) ??
    directory.people().find((each) => wanted !== '' && each.name.toLowerCase().startsWith(`${wanted} `));
  return person ? { id: person.id, name: person.name } : { id: personId(''), name };
};

/** `assign INC-7 Ben`, as people know it from other desks: the owner stays, and help is one tap away. */
export const assignment: Command = async (parts, { person, rest, key }) => {
  const [number = '', ...name] = rest.split(' ');
  const story = await parts.queries.byNumber(number);
  if (!story) return unknown(person, number);
  const by = actorOf(person);
  const outcome = await parts.service.act(story.ticket.id, {
    type: 'assign',
    door: 'chat',
    by,
    id: commandId(`said:${parts.identity.sha256(`${key}|${by.id}`)}`),
    to: namedPerson(parts, name.join(' ')),
  });
  const refusal = isRefusal(outcome) ? outcome : undefined;
  const shown = refusal ? { headline: refusalText(refusal, person), refusal } : {};
  const card = await cardOf(parts, story.ticket.id, { person, ...shown });
  return card ? [{ card }] : unknown(person, number);
};

import { actorOf } from '../../application/ports/directory.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { leaverForm } from '../../views/cover-cards.ts';
import { nameOf, textOf } from './activity.ts';
import { choicesFor, readerOf, refusalText, wordsOf } from './cards.ts';
import { type DeskAct, jobShown, namedIn, said, storyIn } from './desk-act.ts';
import { leaverWish } from './leaver-form.ts';

export const moveLeaver: DeskAct = async (parts, { person, action }) => {
  const made = await parts.leavers.propose(
    leaverWish(action, (field) => namedIn(parts, action, field)),
    actorOf(person),
  );
  if (!isRefusal(made)) return { text: wordsOf(person).cover.proposed(made.owner.name) };
  const form = { reader: readerOf(parts, person), people: choicesFor(parts, person), fault: refusalText(made, person) };
  return { card: leaverForm({ ...form, evidence: textOf(action.data, 'evidence') }) };
};

export const confirmLeaver: DeskAct = async (parts, { person, action }) => {
  const job = await parts.leavers.confirm(nameOf(action.data, 'caseId'), actorOf(person));
  return isRefusal(job) ? said(job, person) : jobShown(parts, job, person);
};

/** The form of one ticket's transfer; what it sends is a command on the ticket. */
export const transferForm: DeskAct = async (parts, { person, action }) => {
  const story = await storyIn(parts, action);
  const form = { reader: readerOf(parts, person), people: choicesFor(parts, person) };
  return { card: leaverForm({ ...form, ...(story ? { ticket: story.ticket } : {}) }) };
};

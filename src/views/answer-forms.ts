import { button, choiceField, dateField, type Element, form, textField } from './elements.ts';
import type { May } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

/** What the forms of a ticket are made with. */
export interface FormParts {
  readonly may: May;
  readonly words: Words;
  readonly ticketId: string;
  /** Who gets the answer, and which ticket it is: said on the form itself. */
  readonly replyLabel: string;
  readonly drafts: Readonly<Record<'reply' | 'note' | 'resolve', string>>;
}

const LONGEST_TEXT = 4_000;

/** A button without a form. */
export const plainButton = (
  { words, ticketId }: Pick<FormParts, 'words' | 'ticketId'>,
  verb: string,
  word: keyof Words['card'],
): Element => button({ title: words.card[word], verb, data: { ticketId } });

export const acceptButton = ({ words, ticketId }: FormParts): Element =>
  button({ title: words.card.accept, verb: 'reserve', style: 'positive', data: { ticketId } });

/** A form with one text that must be written. */
export const textForm = (
  { words, ticketId }: Pick<FormParts, 'words' | 'ticketId'>,
  { title, verb, label, field, data = {} }: TextForm,
): Element =>
  form(
    title,
    [textField({ id: field, label, lines: 'many', needed: words.card.textNeeded, most: LONGEST_TEXT })],
    [button({ title, verb, data: { ticketId, ...data } })],
  );

interface TextForm {
  readonly title: string;
  readonly verb: string;
  readonly label: string;
  /** The input's id: unique on the card. */
  readonly field: string;
  readonly data?: Readonly<Record<string, number>>;
}

export const replyForm = ({ may, words, ticketId, replyLabel, drafts }: FormParts): Element[] => {
  const { card } = words;
  const data = { ticketId };
  const buttons = [
    ...(may('reply') ? [button({ title: card.send, verb: 'reply', data })] : []),
    ...(may('reply-resolve')
      ? [button({ title: card.sendResolve, verb: 'reply-resolve', style: 'positive', data })]
      : []),
    ...(may('ask') ? [button({ title: card.askWait, verb: 'ask', data })] : []),
  ];
  if (buttons.length === 0) return [];
  const field = textField({
    id: 'replyText',
    label: replyLabel,
    value: drafts.reply,
    lines: 'many',
    needed: card.textNeeded,
    placeholder: card.replyPlaceholder,
    most: LONGEST_TEXT,
  });
  return [form(card.replyTo, [field], buttons)];
};

export const noteForm = ({ words: { card }, ticketId, drafts }: FormParts): Element =>
  form(
    card.note,
    [
      textField({
        id: 'noteText',
        label: card.noteLabel,
        value: drafts.note,
        lines: 'many',
        needed: card.textNeeded,
        most: LONGEST_TEXT,
      }),
    ],
    [button({ title: card.saveNote, verb: 'note', data: { ticketId } })],
  );

export const pendForm = ({ words: { card }, ticketId }: FormParts): Element =>
  form(
    card.pend,
    [
      choiceField({
        id: 'pendFor',
        label: card.pendFor,
        value: 'vendor',
        choices: [
          { id: 'vendor', name: card.vendor },
          { id: 'change', name: card.change },
        ],
      }),
      dateField({ id: 'pendUntil', label: card.pendUntil, needed: card.dateNeeded }),
    ],
    [button({ title: card.pend, verb: 'pend', data: { ticketId } })],
  );

export const resolveForm = ({ words: { card }, ticketId, drafts }: FormParts): Element =>
  form(
    card.resolve,
    [
      textField({
        id: 'resolveText',
        label: card.resolveLabel,
        value: drafts.resolve,
        lines: 'many',
        most: LONGEST_TEXT,
      }),
    ],
    [button({ title: card.resolve, verb: 'resolve', style: 'positive', data: { ticketId } })],
  );

export const cancelForm = ({ words: { card }, ticketId }: FormParts): Element =>
  form(
    card.cancel,
    [
      choiceField({
        id: 'cancelReason',
        label: card.cancelWhy,
        needed: card.reasonNeeded,
        choices: (['spam', 'duplicate', 'mistake'] as const).map((reason) => ({ id: reason, name: card[reason] })),
      }),
      textField({ id: 'duplicateOf', label: card.duplicateOf, most: 20 }),
    ],
    [button({ title: card.cancel, verb: 'cancel', style: 'destructive', data: { ticketId } })],
  );

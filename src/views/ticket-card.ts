import type { AlertFacts } from '../domain/alert-explain.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { type Instant, oneLine, type TeamId } from '../domain/values.ts';
import {
  acceptButton,
  cancelForm,
  type FormParts,
  noteForm,
  pendForm,
  plainButton,
  replyForm,
  resolveForm,
} from './answer-forms.ts';
import { PRIORITY_COLOR, STATUS_COLOR } from './colors.ts';
import { clockSection } from './clock-section.ts';
import { type CardDetail, choicesOf, DETAILS, teamChoicesOf, WHOLE } from './card-detail.ts';
import type { Choice, Element } from './elements.ts';
import { entryData } from './entry-lines.ts';
import { type AdaptiveCard, compile } from './expand.ts';
import { fitted } from './fit.ts';
import { askForm, type HelpOffer, type HelpParts, oneTapHelp, wayOut } from './ask-help.ts';
import { helpSection } from './help-section.ts';
import { moreForm } from './more-form.ts';
import { sortForm } from './sort-form.ts';
import template from './templates/ticket-card.json' with { type: 'json' };
import { plain } from './text.ts';
import { actsOn, type May, type Reader } from './ticket-acts.ts';
import { customerOf, factsOf, priorityText } from './ticket-facts.ts';
import {
  decisionsSection,
  declineOfferForm,
  similarSection,
  type SimilarSolved,
  tasksSection,
} from './ticket-sections.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

export interface TicketCard {
  readonly ticket: Ticket;
  /** Newest first; the last few are shown. */
  readonly entries: readonly TimelineEntry[];
  readonly teamName: string;
  readonly reader: Reader;
  /** What someone had typed and could not send, or an answer to begin with: it stands in its own field. */
  readonly drafts?: Partial<Record<'reply' | 'note' | 'resolve', string>>;
  /** A line above everything: why this card is shown now. */
  readonly headline?: { readonly text: string; readonly style: 'attention' | 'warning' | 'good' | 'accent' };
  /** The refusal the headline tells of; where there is a way out, its button stands below. */
  readonly refusal?: Pick<Refusal, 'refused' | 'ready'>;
  /** Without it nothing is marked overdue. */
  readonly now?: Instant;
  readonly teamNameOf?: (id: TeamId) => string;
  readonly help?: HelpOffer;
  /** Whom one may choose; at most 30 are shown, and without any a name is typed. */
  readonly people?: readonly Choice[];
  readonly teams?: readonly Choice[];
  readonly similar?: readonly SimilarSolved[];
  /** Alerts that are on, so that the card says when the next level comes. */
  readonly alerts?: readonly AlertFacts[];
  /** When the first answer is due: a warning of another moment is not shown. */
  readonly responseDueAt?: Instant;
}

const render = compile<object>(template);

/** The ticket as a card: customer and number always, what happened last, and only what this reader can do now. */
export const ticketCard = (card: TicketCard): AdaptiveCard =>
  fitted(DETAILS, (detail) => render(ticketCardData(card, detail)));

/** What the template is filled with. */
export const ticketCardData = (card: TicketCard, detail: CardDetail = WHOLE): object => {
  const { ticket, reader, headline } = card;
  const words = wordsIn(reader.language);
  const may = actsOn(ticket, reader.person);
  const helpParts = helpPartsOf(card, { may, words, detail });
  const forms = formsOf(card, may, words);
  return {
    fallbackText: `${ticket.number} ${plain(ticket.subject)}`,
    headline: oneLine(headline?.text ?? '', 200),
    headlineStyle: headline?.style ?? 'default',
    headlineActions: wayOut(card.refusal, helpParts),
    number: ticket.number,
    statusText: words.status[ticket.status],
    statusColor: STATUS_COLOR[ticket.status],
    priorityText: priorityText(ticket, words),
    priorityColor: PRIORITY_COLOR[ticket.priority],
    subject: oneLine(ticket.subject, 200) || words.noSubject,
    facts: factsOf(card, detail),
    sections: [
      ...clockSection({ ...helpParts, now: card.now, alerts: card.alerts, responseDueAt: card.responseDueAt }),
      ...decisionsSection(helpParts),
      ...helpSection(helpParts),
      ...tasksSection(helpParts, card.now),
      ...similarSection(helpParts, card.similar ?? []),
    ],
    entries: card.entries
      .filter(worthShowing)
      .slice(0, detail.entries)
      .map((entry) => entryData(entry, helpParts, unreadable(entry, ticket, words))),
    all: [
      plainButton(forms, 'timeline', 'showAll'),
      ...(ticket.requester.address && detail.besides ? [plainButton(forms, 'contact', 'showCustomer')] : []),
      ...(detail.besides ? [plainButton(forms, 'ticket-properties', 'showProperties')] : []),
    ],
    actions: commonActs(forms, helpParts),
    beside: actsBeside(forms, helpParts),
  };
};

interface Drawing {
  readonly may: May;
  readonly words: Words;
  readonly detail: CardDetail;
}

const helpPartsOf = (
  { ticket, reader, teamNameOf, help, people, teams }: TicketCard,
  { may, words, detail }: Drawing,
): HelpParts => ({
  ticket,
  reader,
  may,
  words,
  detail,
  help,
  people,
  teams,
  teamNameOf: teamNameOf ?? ((id) => id),
});

const formsOf = ({ ticket, drafts }: TicketCard, may: May, words: Words): FormParts => ({
  may,
  words,
  ticketId: ticket.id,
  replyLabel: `${words.card.to} ${customerOf(ticket, words)} · ${ticket.number}`,
  drafts: draftsOf(drafts ?? {}, may),
});

/** Where its own field is not on the card any more, a text stands in the note: harmless there, and not lost. */
const draftsOf = (
  { reply = '', note = '', resolve = '' }: NonNullable<TicketCard['drafts']>,
  may: May,
): FormParts['drafts'] => {
  const homeless = [may('reply') || may('reply-resolve') ? '' : reply, may('resolve') ? '' : resolve];
  return { reply, resolve, note: [note, ...homeless].filter((text) => text !== '').join('\n\n') };
};

const worthShowing = (entry: TimelineEntry): boolean =>
  entry.kind !== 'system' || entry.text !== undefined || entry.event === 'TicketAccepted';

const unreadable = (entry: TimelineEntry, ticket: Ticket, words: Words): string | undefined =>
  entry.event === 'TicketOpened' && ticket.unreadable ? words.unreadable : undefined;

/** At most five in a row, or a client leaves some out: the common path first. */
const commonActs = (forms: FormParts, help: HelpParts): Element[] => {
  const { may } = forms;
  return [
    ...(may('reserve') ? [acceptButton(forms)] : []),
    ...(may('undo-reserve') ? [plainButton(forms, 'undo-reserve', 'undoReserve')] : []),
    ...declineOfferForm(forms),
    ...replyForm(forms),
    ...oneTapHelp(help),
    ...askForm(help),
    ...(may('resolve') ? [resolveForm(forms)] : []),
    ...(may('reopen') ? [plainButton(forms, 'reopen', 'reopen')] : []),
    ...(may('close') ? [plainButton(forms, 'close', 'close')] : []),
    ...(may('undo-cancel') ? [plainButton(forms, 'undo-cancel', 'undoCancel')] : []),
    ...(may('undo-merge') ? [plainButton(forms, 'undo-merge', 'undoMerge')] : []),
  ];
};

/** What is needed less often stands in a row of its own, inside the card. */
const actsBeside = (forms: FormParts, { ticket, reader, detail, people, teams }: HelpParts): Element[] => {
  const { may, words } = forms;
  const more = {
    ticket,
    may,
    words,
    person: reader.person,
    people: choicesOf(people, detail),
    teams: teamChoicesOf(teams, detail),
  };
  return [
    ...(may('note') ? [noteForm(forms)] : []),
    ...(may('resume') ? [plainButton(forms, 'resume', 'resume')] : []),
    ...(may('pend') ? [pendForm(forms)] : []),
    ...(detail.besides ? [...sortForm({ ticket, may, words }), ...moreForm(more)] : []),
    ...(may('cancel') ? [cancelForm(forms)] : []),
  ];
};

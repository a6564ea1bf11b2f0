import type { Refusal } from '../domain/refusals.ts';
import type { Ticket } from '../domain/ticket.ts';
import { clip, oneLine, type TeamId } from '../domain/values.ts';
import { type CardDetail, choicesOf, teamChoicesOf } from './card-detail.ts';
import { button, type Choice, choiceField, dateField, type Element, form, textField } from './elements.ts';
import type { May, Reader } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

/** What help can be asked for with one tap: the teams that fit, best first, and the question made of what was noted last. */
export interface HelpOffer {
  readonly suggestions: readonly { readonly teamId: TeamId; readonly name: string }[];
  readonly question: string;
}

export interface HelpParts {
  readonly ticket: Ticket;
  readonly reader: Reader;
  readonly may: May;
  readonly words: Words;
  readonly teamNameOf: (id: TeamId) => string;
  readonly detail: CardDetail;
  readonly help?: HelpOffer | undefined;
  readonly people?: readonly Choice[] | undefined;
  readonly teams?: readonly Choice[] | undefined;
}

const ONE_TAP_TEAMS = 2;
const CONTRACT = 2_000;

interface Asked {
  readonly teamId?: TeamId | undefined;
  readonly expertId?: string | undefined;
  readonly name: string;
}

/** One tap, and help is asked for: team and question are there already. `nth` makes a second tap on the same card the same ask. */
const oneTap = ({ ticket, words, help, detail }: HelpParts, { teamId, expertId, name }: Asked): Element =>
  button({
    title: words.tell.askTeam(oneLine(name, detail.names)),
    verb: 'request-envelope',
    data: {
      ticketId: ticket.id,
      ...(teamId === undefined ? {} : { teamId }),
      ...(expertId === undefined ? {} : { expertId }),
      question: clip(help?.question ?? ticket.subject, detail.prefilled),
      nth: (ticket.envelopesEver ?? 0) + 1,
    },
  });

export const oneTapHelp = (parts: HelpParts): readonly Element[] =>
  parts.may('request-envelope')
    ? (parts.help?.suggestions ?? []).slice(0, ONE_TAP_TEAMS).map((team) => oneTap(parts, team))
    : [];

/** The whole contract; only team and question are needed. */
export const askForm = (parts: HelpParts): readonly Element[] => {
  const { ticket, may, words, help, detail } = parts;
  if (!may('request-envelope')) return [];
  const { card } = words;
  const question = clip(help?.question ?? '', detail.prefilled);
  return [
    form(
      card.askHelp,
      [
        ...askedFields(parts),
        ...(detail.besides ? contractFields(words, { question }) : [questionField(words, question)]),
      ],
      [button({ title: card.helpSend, verb: 'request-envelope', style: 'positive', data: { ticketId: ticket.id } })],
    ),
  ];
};

const askedFields = ({ words: { card }, help, people, teams, detail }: HelpParts): readonly Element[] => {
  const names = choicesOf(people, detail);
  const chosen = teamChoicesOf(teams, detail);
  const best = help?.suggestions[0]?.teamId;
  return [
    ...(chosen.length > 0
      ? [choiceField({ id: 'teamId', label: card.helpTeam, value: best, choices: chosen, needed: card.teamNeeded })]
      : []),
    names.length > 0
      ? choiceField({ id: 'expertId', label: card.helpPerson, placeholder: card.anyone, choices: names })
      : textField({ id: 'expertName', label: card.helpPerson, most: 80 }),
  ];
};

interface Written {
  readonly question: string;
  readonly stepsTried?: string | undefined;
  readonly doneWhen?: string | undefined;
  readonly skills?: string | undefined;
}

const questionField = ({ card }: Words, question: string): Element =>
  textField({
    id: 'question',
    label: card.helpQuestion,
    value: question,
    lines: 'many',
    needed: card.textNeeded,
    most: CONTRACT,
  });

/** What is asked for, with what is known of it already. */
export const contractFields = (words: Words, written: Written): readonly Element[] => [
  questionField(words, written.question),
  textField({
    id: 'stepsTried',
    label: words.card.helpSteps,
    value: written.stepsTried,
    lines: 'many',
    most: CONTRACT,
  }),
  textField({ id: 'doneWhen', label: words.card.helpDone, value: written.doneWhen, lines: 'many', most: CONTRACT }),
  dateField({ id: 'helpDue', label: words.card.helpDue }),
  textField({ id: 'skills', label: words.card.helpSkills, value: written.skills, most: 500 }),
];

/** What stands below a refusal: the way to what was wanted, one tap away. */
export const wayOut = (
  refusal: Pick<Refusal, 'refused' | 'ready'> | undefined,
  parts: HelpParts,
): readonly Element[] => {
  const { ticket, may, words, teamNameOf } = parts;
  if (refusal?.refused === 'envelopes-still-open' && may('withdraw-all'))
    return [button({ title: words.card.withdrawAll, verb: 'withdraw-all', data: { ticketId: ticket.id } })];
  const ready = may('request-envelope') ? refusal?.ready : undefined;
  const team = ready?.teamId;
  const name = ready?.expert?.name ?? (team === undefined ? undefined : teamNameOf(team));
  return name === undefined ? [] : [oneTap(parts, { teamId: team, expertId: ready?.expert?.id, name })];
};

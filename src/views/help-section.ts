import { answeredOf, type EnvelopeRow, type EnvelopeState, isUnanswered } from '../domain/envelope.ts';
import { oneLine } from '../domain/values.ts';
import { textForm } from './answer-forms.ts';
import type { HelpParts } from './ask-help.ts';
import { button, type Element, row, section } from './elements.ts';
import { when } from './text.ts';
import type { May } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

/** First what waits for the owner, then what is under way, then what is over. */
const ORDER: readonly EnvelopeState[] = [
  'completed',
  'waiting_on_owner',
  'accepted',
  'requested',
  'confirmed',
  'declined',
  'withdrawn',
];

/** "Help: 1 of 2 answered", and a line for each envelope with what can be done about it. */
export const helpSection = (parts: HelpParts): readonly Element[] => {
  const { ticket, words } = parts;
  const all = [...(ticket.envelopes ?? [])].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.seq - a.seq,
  );
  const { answered, asked } = answeredOf(all);
  const rows = all.slice(0, parts.detail.rows).map((each) => envelopeRow(each, parts));
  const hidden = all.length - rows.length;
  return section(words.tell.answered(answered, asked), [
    ...rows,
    ...(hidden > 0 ? [row({ lines: [[{ text: words.tell.more(hidden), isSubtle: true }]] })] : []),
  ]);
};

/** "Eve Ek (Network)" or the team's name. */
export const askedName = (
  { expert, offeredTo, teamId }: EnvelopeRow,
  { teamNameOf, detail }: Pick<HelpParts, 'teamNameOf' | 'detail'>,
): string => {
  const team = oneLine(teamNameOf(teamId), detail.names);
  const person = expert ?? offeredTo;
  return person ? `${oneLine(person.name, detail.names)} (${team})` : team;
};

const envelopeRow = (each: EnvelopeRow, parts: HelpParts): Element => {
  const { ticket, reader, may, words } = parts;
  const state = each.outcome
    ? `${words.envelopeState[each.state]}: ${words.outcome[each.outcome]}`
    : words.envelopeState[each.state];
  return row({
    lines: [
      [
        { text: `${each.seq} · ${askedName(each, parts)} · ` },
        { text: state, weight: 'Bolder', ...(each.state === 'completed' ? { color: 'Good' } : {}) },
        { text: ` · ${words.tell.since(when(each.since, reader))}`, isSubtle: true },
      ],
    ],
    opens: {
      title: words.card.openEnvelope,
      verb: 'open-envelope',
      data: { ticketId: ticket.id, envelope: each.seq },
    },
    actions: ownerActions({ ticketId: ticket.id, each, may, words }),
  });
};

interface Owned {
  readonly ticketId: string;
  readonly each: EnvelopeRow;
  readonly may: May;
  readonly words: Words;
}

/** What the owner can do about an envelope in its state. */
export const ownerActions = (owned: Owned): readonly Element[] => {
  const { ticketId, each, may, words } = owned;
  const data = { ticketId, envelope: each.seq };
  if (each.state === 'completed')
    return [
      ...(may('confirm-envelope')
        ? [button({ title: words.card.confirm, verb: 'confirm-envelope', style: 'positive', data })]
        : []),
      ...(may('send-back') ? [sendBackForm(owned)] : []),
    ];
  return [
    ...(each.state === 'waiting_on_owner' && may('answer-query') ? [answerForm(owned)] : []),
    ...(isUnanswered(each) && may('withdraw-envelope')
      ? [button({ title: words.card.withdraw, verb: 'withdraw-envelope', data })]
      : []),
  ];
};

/** Several envelopes stand on one card, so the input's id ends with the envelope's number. */
const sendBackForm = ({ ticketId, each: { seq }, words }: Owned): Element =>
  textForm(
    { words, ticketId },
    {
      title: words.card.sendBack,
      verb: 'send-back',
      label: words.card.sendBackWhy,
      field: `reason${seq}`,
      data: { envelope: seq },
    },
  );

const answerForm = ({ ticketId, each: { seq }, words }: Owned): Element =>
  textForm(
    { words, ticketId },
    {
      title: words.card.answer,
      verb: 'answer-query',
      label: words.card.answerLabel,
      field: `answer${seq}`,
      data: { envelope: seq },
    },
  );

import { ENVELOPE_ALLOWED, type EnvelopeAction, type EnvelopeOutcome, type EnvelopeRow } from '../domain/envelope.ts';
import { button, type Choice, choiceField, type Element, form, textField } from './elements.ts';
import type { May } from './ticket-acts.ts';
import type { Words } from './words/words.ts';

interface EnvelopeForms {
  readonly words: Words;
  readonly ticketId: string;
  readonly row: EnvelopeRow;
  readonly may: May;
  readonly teams: readonly Choice[];
  readonly drafts: Partial<Record<'result' | 'query' | 'reason', string>>;
}

const LONGEST_TEXT = 4_000;
const OUTCOMES: readonly EnvelopeOutcome[] = ['solved', 'advice', 'not_ours'];

const can = ({ row, may }: EnvelopeForms, action: EnvelopeAction): boolean =>
  ENVELOPE_ALLOWED[row.state].includes(action) && may(action);

const dataOf = ({ ticketId, row }: EnvelopeForms): { ticketId: string; envelope: number } => ({
  ticketId,
  envelope: row.seq,
});

/** For those who are asked: yes, or no with a reason. */
export const acceptForm = (forms: EnvelopeForms): readonly Element[] => {
  const {
    words: { envelope, card },
    drafts,
  } = forms;
  const data = dataOf(forms);
  return [
    ...(can(forms, 'accept-envelope')
      ? [button({ title: envelope.accept, verb: 'accept-envelope', style: 'positive', data })]
      : []),
    ...(can(forms, 'decline-envelope')
      ? [
          form(
            envelope.decline,
            [
              textField({
                id: 'declineReason',
                label: envelope.declineWhy,
                value: drafts.reason,
                lines: 'many',
                needed: card.textNeeded,
                most: LONGEST_TEXT,
              }),
            ],
            [button({ title: envelope.decline, verb: 'decline-envelope', data })],
          ),
        ]
      : []),
  ];
};

/** For the one who helps: the result, or a question to the owner. */
export const expertForms = (forms: EnvelopeForms): readonly Element[] => [
  ...(can(forms, 'complete-envelope') ? [completeForm(forms)] : []),
  ...(can(forms, 'query-owner') ? [queryForm(forms)] : []),
];

const completeForm = (forms: EnvelopeForms): Element => {
  const {
    words: { envelope, card, outcome },
    row,
    teams,
    drafts,
  } = forms;
  const others = teams.filter(({ id }) => id !== row.teamId);
  return form(
    envelope.complete,
    [
      textField({
        id: 'result',
        label: envelope.resultLabel,
        value: drafts.result,
        lines: 'many',
        needed: card.textNeeded,
        most: LONGEST_TEXT,
      }),
      choiceField({
        id: 'outcome',
        label: envelope.outcome,
        value: 'solved',
        choices: OUTCOMES.map((each) => ({ id: each, name: outcome[each] })),
      }),
      ...(others.length > 0
        ? [
            choiceField({
              id: 'toTeamId',
              label: envelope.toTeam,
              placeholder: envelope.noTeam,
              choices: others,
            }),
          ]
        : []),
    ],
    [button({ title: envelope.complete, verb: 'complete-envelope', style: 'positive', data: dataOf(forms) })],
  );
};

const queryForm = (forms: EnvelopeForms): Element => {
  const {
    words: { envelope, card },
    drafts,
  } = forms;
  return form(
    envelope.askOwner,
    [
      textField({
        id: 'query',
        label: envelope.askOwnerLabel,
        value: drafts.query,
        lines: 'many',
        needed: card.textNeeded,
        most: LONGEST_TEXT,
      }),
    ],
    [button({ title: envelope.askOwner, verb: 'query-owner', data: dataOf(forms) })],
  );
};

/** Back to the team. */
export const releaseForm = (forms: EnvelopeForms): readonly Element[] => {
  if (!can(forms, 'release-envelope')) return [];
  const {
    words: { envelope },
  } = forms;
  return [
    form(
      envelope.release,
      [textField({ id: 'releaseReason', label: envelope.releaseWhy, lines: 'many', most: LONGEST_TEXT })],
      [button({ title: envelope.release, verb: 'release-envelope', data: dataOf(forms) })],
    ),
  ];
};

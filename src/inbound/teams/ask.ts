import type { AnyAsk } from '../../application/ticket-service.ts';
import { type CardAction, numberOf, textOf } from './activity.ts';
import { ENVELOPE_VERBS } from './ask-envelope.ts';
import { OWNERSHIP_VERBS } from './ask-ownership.ts';
import { RELATION_VERBS } from './ask-relation.ts';
import { WORK_VERBS } from './ask-work.ts';
import type { Tap, Verb } from './tap.ts';

const VERBS: Readonly<Record<string, Verb>> = {
  ...WORK_VERBS,
  ...OWNERSHIP_VERBS,
  ...ENVELOPE_VERBS,
  ...RELATION_VERBS,
};

/** What a button asks of the ticket; undefined for a verb nobody knows. */
export const askOf = (tap: Tap): AnyAsk | undefined =>
  Object.hasOwn(VERBS, tap.action.verb) ? VERBS[tap.action.verb]?.(tap) : undefined;

/** Where a verb that has no draft of its own takes its words from; forms of envelopes end with the envelope's number. */
const PROSE: Readonly<Record<string, readonly string[]>> = {
  'request-envelope': ['question', 'stepsTried', 'doneWhen'],
  'edit-envelope': ['question', 'stepsTried', 'doneWhen'],
  'answer-query': ['answer'],
  'send-back': ['reason'],
  'complete-envelope': ['result'],
  'query-owner': ['query'],
  'release-envelope': ['releaseReason'],
  'decline-envelope': ['declineReason'],
  'decline-offer': ['declineReason'],
  'refuse-merge': ['refuseReason'],
  'reject-transfer': ['rejectReason'],
  'major-update': ['majorText'],
  split: ['splitText'],
};

/** What was written for a verb without a draft of its own; a one-tap button's words were the desk's. */
export const typedElsewhere = ({ verb, data }: CardAction): string => {
  const fields = Object.hasOwn(PROSE, verb) && !('nth' in data) ? (PROSE[verb] ?? []) : [];
  const seq = numberOf(data, 'envelope') ?? '';
  return fields
    .map((field) => textOf(data, `${field}${seq}`) || textOf(data, field))
    .filter((text) => text.trim() !== '')
    .join('\n\n');
};

/**
 * The texts a tap carries, so that a refusal can give each back into its own field: a note never stands where a reply is sent.
 * What has no field to go back to stands in the note, where it is harmless and not lost.
 */
export const typedTexts = (action: CardAction): { reply: string; note: string; resolve: string } => ({
  reply: textOf(action.data, 'replyText'),
  note: [textOf(action.data, 'noteText'), typedElsewhere(action)].filter((text) => text !== '').join('\n\n'),
  resolve: textOf(action.data, 'resolveText'),
});

import type { AnyAsk } from '../../application/ticket-service.ts';
import { type CardAction, textOf } from './activity.ts';
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

/** The texts a tap carries, so that a refusal can give each back into its own field: a note never stands where a reply is sent. */
export const typedTexts = ({ data }: CardAction): { reply: string; note: string; resolve: string } => ({
  reply: textOf(data, 'replyText'),
  note: textOf(data, 'noteText'),
  resolve: textOf(data, 'resolveText'),
});

import type { Ask } from '../../application/ticket-service.ts';
import type { CommandId, PersonActor } from '../../domain/values.ts';
import { parseInstant, ticketNumber } from '../../domain/values.ts';
import { type CardAction, textOf } from './activity.ts';

export interface Tap {
  readonly action: CardAction;
  readonly by: PersonActor;
  readonly id: CommandId;
}

/** The texts a tap carries, so that a refusal can give each back into its own field: a note never stands where a reply is sent. */
export const typedTexts = ({ data }: CardAction): { reply: string; note: string; resolve: string } => ({
  reply: textOf(data, 'replyText'),
  note: textOf(data, 'noteText'),
  resolve: textOf(data, 'resolveText'),
});

const REASONS = ['spam', 'duplicate', 'mistake'] as const;

const optional = (name: 'text', value: string): { text?: string } => (value.trim() === '' ? {} : { [name]: value });

/** A day counts until its end in UTC: "follow up on Friday" is not yet past on Friday morning. */
const followUp = (data: CardAction['data']): { followUpAt?: NonNullable<ReturnType<typeof parseInstant>> } => {
  const at = parseInstant(`${textOf(data, 'pendUntil')}T23:59:00Z`);
  return at === undefined ? {} : { followUpAt: at };
};

/** Translates a button into what is asked of the ticket; undefined for a verb nobody knows. What may be done is not decided here. */
export const askOf = ({ action, by, id }: Tap): Ask | undefined => {
  const { verb, data } = action;
  const text = textOf(data, 'replyText');
  const frame = { by, id };
  switch (verb) {
    case 'accept':
    case 'resume':
    case 'close':
    case 'undo-cancel':
      return { ...frame, type: verb };
    case 'reply':
    case 'reply-resolve':
    case 'ask':
      return { ...frame, type: verb, text };
    case 'note':
      return { ...frame, type: verb, text: textOf(data, 'noteText') };
    case 'resolve':
      return { ...frame, type: verb, ...optional('text', textOf(data, 'resolveText')) };
    case 'reopen':
      return { ...frame, type: verb };
    case 'pend':
      return {
        ...frame,
        type: verb,
        for: textOf(data, 'pendFor') === 'change' ? 'change' : 'vendor',
        ...followUp(data),
      };
    case 'cancel': {
      const reason = REASONS.find((each) => each === textOf(data, 'cancelReason'));
      const duplicateOf = ticketNumber(textOf(data, 'duplicateOf'));
      return { ...frame, type: verb, ...(reason ? { reason } : {}), ...(duplicateOf ? { duplicateOf } : {}) };
    }
    default:
      return undefined;
  }
};

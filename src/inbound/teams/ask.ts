import type { Cancel } from '../../domain/commands.ts';
import type { Ask } from '../../application/ticket-service.ts';
import { type CommandId, endOfDay, type Instant, type PersonActor, ticketNumber } from '../../domain/values.ts';
import { type CardAction, textOf } from './activity.ts';

export interface Tap {
  readonly action: CardAction;
  readonly by: PersonActor;
  readonly id: CommandId;
  /** The desk's IANA time zone. */
  readonly zone: string;
}

/** The texts a tap carries, so that a refusal can give each back into its own field: a note never stands where a reply is sent. */
export const typedTexts = ({ data }: CardAction): { reply: string; note: string; resolve: string } => ({
  reply: textOf(data, 'replyText'),
  note: textOf(data, 'noteText'),
  resolve: textOf(data, 'resolveText'),
});

const REASONS = ['spam', 'duplicate', 'mistake'] as const;

const optional = (name: 'text', value: string): { text?: string } => (value.trim() === '' ? {} : { [name]: value });

/** A day counts until its end where the desk is: "follow up on Friday" is not yet past on Friday evening. */
const followUp = ({ action, zone }: Tap): { followUpAt?: Instant } => {
  const at = endOfDay(textOf(action.data, 'pendUntil'), zone);
  return at === undefined ? {} : { followUpAt: at };
};

const NUMBER = /^(INC|REQ)-\d{1,12}$/u;

/** What is no reason and no ticket number counts as missing; the rule says what to do. */
const cancelled = (data: CardAction['data']): Pick<Cancel, 'reason' | 'duplicateOf'> => {
  const reason = REASONS.find((each) => each === textOf(data, 'cancelReason'));
  const duplicateOf = ticketNumber(textOf(data, 'duplicateOf'));
  return { ...(reason ? { reason } : {}), ...(NUMBER.test(duplicateOf) ? { duplicateOf } : {}) };
};

/** Translates a button into what is asked of the ticket; undefined for a verb nobody knows. What may be done is not decided here. */
export const askOf = (tap: Tap): Ask | undefined => {
  const { action, by, id } = tap;
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
        ...followUp(tap),
      };
    case 'cancel':
      return { ...frame, type: verb, ...cancelled(data) };
    default:
      return undefined;
  }
};

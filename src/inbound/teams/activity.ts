import type { Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { personId, type PersonId, ticketId, type TicketId } from '../../domain/values.ts';
import type { ConversationRef } from '../../application/ports/conversations.ts';

const account = z.looseObject({ id: z.string(), aadObjectId: z.string().nullish() });

/** What every turn relies on; all else of an activity is looked at where it is used. */
const Incoming = z.looseObject({
  type: z.string().min(1),
  id: z.string().nullish(),
  serviceUrl: z.string().nullish(),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: z.string(), tenantId: z.string().nullish() }),
  text: z.string().nullish(),
  locale: z.string().nullish(),
});

/** The activity in a request's body; undefined when it is none. */
export const activityIn = (body: unknown): Activity | undefined =>
  Incoming.safeParse(body).success ? (body as Activity) : undefined;

/** What a card sends back: its verb, the ticket it stands for, and the inputs, all as text. Anything else is no action of ours. */
const ActionData = z.object({
  verb: z.string().max(50),
  data: z.record(z.string(), z.unknown()),
});

export interface CardAction {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** `Action.Execute` arrives as an invoke, its fallback `Action.Submit` as a message with a value. */
export const cardActionOf = ({ activity }: TurnContext): CardAction | undefined => {
  const value = (activity.value ?? {}) as { action?: { verb?: unknown; data?: unknown }; verb?: unknown };
  const data = activity.type === 'invoke' ? value.action?.data : activity.value;
  const verb = activity.type === 'invoke' ? value.action?.verb : value.verb;
  const parsed = ActionData.safeParse({ verb, data: data ?? {} });
  return parsed.success ? parsed.data : undefined;
};

/** An input's text; Teams sends every input as a string, a stranger may send anything. */
export const textOf = (data: CardAction['data'], field: string): string => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};

const TICKET_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** A ticket's id is a UUID; what else a client sends is no key that a store may be asked for. */
export const asTicketId = (text: string): TicketId | undefined => (TICKET_ID.test(text) ? ticketId(text) : undefined);

/** Names of bulk acts and cases are made by the desk; anything else is none. */
export const nameOf = (data: CardAction['data'], field: string): string => {
  const text = textOf(data, field);
  return /^[\w-]{1,80}$/u.test(text) ? text : 'unknown';
};

/** A whole number from a button's data or an input; undefined for anything else. */
export const numberOf = (data: CardAction['data'], field: string): number | undefined => {
  const value = data[field];
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

/** The Entra object id of who acts; Teams signs it, the card's data never says it. */
export const personOf = ({ activity }: TurnContext): PersonId =>
  personId(activity.from.aadObjectId ?? activity.from.id);

export const refOf = ({ activity }: TurnContext, conversationId = activity.conversation.id): ConversationRef => ({
  serviceUrl: activity.serviceUrl,
  conversationId,
  tenantId: tenantOf(activity) ?? '',
  botId: activity.recipient.id,
});

export const tenantOf = ({ conversation, channelData }: TurnContext['activity']): string | undefined => {
  const data = channelData as { tenant?: { id?: unknown } } | undefined;
  return conversation.tenantId ?? (typeof data?.tenant?.id === 'string' ? data.tenant.id : undefined);
};

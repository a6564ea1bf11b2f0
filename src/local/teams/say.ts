import type { Activity } from './activity.ts';
import { placeOf } from './activity.ts';
import type { PostBook } from './post-book.ts';
import type { Person, Tenant } from './tenant.ts';
import { botId, channelOf, isThread, personalChat, threadOf } from './tenant.ts';

/** What a person does without a Playground: exactly one of `text`, `value`, `invoke` or `joined`. */
export type Saying = {
  /** Object id, Teams id or mail address. */
  readonly person: string;
  /** A channel (starts a thread), a thread, or nothing for the chat with the bot. */
  readonly conversation?: string;
  /** The post the person acts on. */
  readonly replyToId?: string;
  /** In a channel the bot is mentioned, for nothing else would reach it. */
  readonly text?: string;
  /** The data of an Action.Submit. */
  readonly value?: unknown;
  readonly invoke?: { readonly name: string; readonly value: unknown };
  /** The app was installed: the chat or channel hears that the bot has joined. */
  readonly joined?: boolean;
};

function deedOf(saying: Saying, tenant: Tenant, person: Person): Activity {
  const { invoke, text, value, joined } = saying;
  if (invoke) return { type: 'invoke', name: invoke.name, value: invoke.value };
  if (joined === true) {
    return {
      type: 'conversationUpdate',
      membersAdded: [{ id: person.teamsId, aadObjectId: person.id }, { id: botId(tenant) }],
    };
  }
  if (text === undefined) return { type: 'message', value };
  if (!channelOf(tenant, saying.conversation ?? '')) return { type: 'message', text, textFormat: 'plain' };
  const mention = `<at>${tenant.botName}</at>`;
  const mentioned = { id: botId(tenant), name: tenant.botName };
  return {
    type: 'message',
    text: `${mention} ${text}`,
    textFormat: 'plain',
    entities: [{ type: 'mention', mentioned, text: mention }],
  };
}

/** The activity a Playground would send for it, before asTeamsSends. */
export function activityOf(
  saying: Saying,
  { tenant, book, person }: { tenant: Tenant; book: PostBook; person: Person },
): Activity {
  const id = book.mintId();
  const deed = deedOf(saying, tenant, person);
  const where = saying.conversation ?? personalChat(person);
  const startsThread = deed.type === 'message' && channelOf(tenant, where) !== undefined && !isThread(where);
  return {
    ...deed,
    id,
    timestamp: new Date().toISOString(),
    locale: 'en-US',
    ...(saying.replyToId === undefined ? {} : { replyToId: saying.replyToId }),
    ...placeOf(tenant, startsThread ? threadOf(where, id) : where),
  };
}

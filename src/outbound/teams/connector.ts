import { setTimeout as after } from 'node:timers/promises';
import type { CloudAdapter, TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { DeliveryError } from '../../application/errors.ts';
import type { ConversationRef } from '../../application/ports/conversations.ts';
import type { AdaptiveCard } from '../../views/expand.ts';

/** What a post carries: a card, or a line of text. Never both: an edited post must keep its one part. */
export type Post = { readonly card: AdaptiveCard } | { readonly text: string };

/** Where the bot lives in Teams. */
type Home = Pick<ConversationRef, 'serviceUrl' | 'tenantId' | 'botId'>;

/** What the desk does in Teams by itself. All throw DeliveryError. */
export interface Connector {
  /** Starts a thread in a channel. */
  postToChannel(channelId: string, home: Home, post: Post): Promise<{ ref: ConversationRef; activityId: string }>;
  post(ref: ConversationRef, post: Post): Promise<{ activityId: string }>;
  /** False: the post is gone, it cannot be edited. */
  edit(ref: ConversationRef, activityId: string, post: Post): Promise<boolean>;
  /** Opens (or finds) the personal chat. */
  openChat(person: string, home: Home): Promise<ConversationRef>;
}

const CHANNEL_ID = 'msteams';
/** Teams asks to try these again; everything else in 4xx stays as it is. */
const RETRIED = new Set([401, 408, 412, 429, 500, 502, 503, 504]);

interface RestFault {
  readonly statusCode?: number;
  readonly code?: string;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
  readonly body?: { readonly error?: { readonly code?: string } };
}

/** In milliseconds; no shorter than a second, or a zero would use up all attempts at once. */
const retryAfterMs = ({ response }: RestFault): number | undefined => {
  const seconds = Number(response?.headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(1_000, seconds * 1_000) : undefined;
};

const deliveryError = (cause: unknown): DeliveryError => {
  const fault = cause as RestFault;
  const status = fault.statusCode;
  const what = `Teams answered ${status ?? 'nothing'} ${fault.body?.error?.code ?? fault.code ?? ''}`.trim();
  const after = retryAfterMs(fault);
  if (status === undefined || RETRIED.has(status))
    return new DeliveryError('retry', what, { cause, ...(after === undefined ? {} : { retryAfterMs: after }) });
  return new DeliveryError('dead', what, { cause });
};

const activityOf = (post: Post): object =>
  'card' in post
    ? { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: post.card }] }
    : { type: 'message', text: post.text };

export interface ConnectorOptions {
  readonly adapter: CloudAdapter;
  readonly appId: string;
  /** Speaks to this address whatever Teams named earlier: where an administrator pinned the region, and the local tenant. */
  readonly serviceUrl?: string;
}

type Call = <Result>(ref: ConversationRef, work: (client: ConnectorClient) => Promise<Result>) => Promise<Result>;

/** Below the lease of a delivery: a connection that hangs must not hold up the others, nor outlive its lease. */
const DEADLINE_MS = 30_000;

/** The other side said nothing in time; what was asked may or may not have been done. */
class SilenceError extends Error {
  override readonly name = 'SilenceError' as const;
}

const within = async <Result>(work: Promise<Result>): Promise<Result> => {
  const ended = new AbortController();
  const silence = after(DEADLINE_MS, undefined, { signal: ended.signal, ref: false }).then(() => {
    throw new SilenceError(`Teams said nothing for ${DEADLINE_MS / 1_000} s`);
  });
  silence.catch(() => undefined);
  return Promise.race([work, silence]).finally(() => {
    ended.abort();
  });
};

/** A fault is caught inside the turn: the adapter would hand it to its own handler, and here it would look like success. */
const caller =
  ({ adapter, appId, serviceUrl }: ConnectorOptions): Call =>
  async (known, work) => {
    const ref = serviceUrl === undefined ? known : { ...known, serviceUrl };
    const outcomes: ({ value: Awaited<ReturnType<typeof work>> } | { fault: unknown })[] = [];
    await adapter.continueConversationAsync(appId, referenceOf(ref), async (context) => {
      try {
        outcomes.push({ value: await within(work(clientOf(adapter, context))) });
      } catch (fault) {
        outcomes.push({ fault });
      }
    });
    const [outcome] = outcomes;
    if (!outcome) throw new DeliveryError('retry', 'The connector was not called');
    if ('fault' in outcome) throw deliveryError(outcome.fault);
    return outcome.value;
  };

const newThread = ({ botId, tenantId }: Home, channelId: string, post: Post): object => ({
  isGroup: true,
  bot: { id: botId, name: '' },
  tenantId,
  channelData: { channel: { id: channelId }, tenant: { id: tenantId } },
  activity: activityOf(post),
});

const newChat = ({ botId, tenantId }: Home, person: string): object => ({
  isGroup: false,
  bot: { id: botId, name: '' },
  members: [{ id: person, name: '' }],
  tenantId,
  channelData: { tenant: { id: tenantId } },
});

/** The Bot Framework connector behind four verbs; the adapter is built in inbound/teams and handed over. */
export const teamsConnector = (options: ConnectorOptions): Connector => {
  const call = caller(options);
  return {
    postToChannel: async (channelId, base, post) => {
      const ref = { ...base, conversationId: channelId };
      const created = await call(ref, (client) =>
        client.conversations.createConversation(newThread(base, channelId, post) as never),
      );
      return { ref: { ...base, conversationId: created.id }, activityId: created.activityId };
    },
    post: async (ref, post) => {
      const sent = await call(ref, (client) =>
        client.conversations.sendToConversation(ref.conversationId, activityOf(post) as never),
      );
      return { activityId: sent.id };
    },
    edit: async (ref, activityId, post) => {
      try {
        await call(ref, (client) =>
          client.conversations.updateActivity(ref.conversationId, activityId, {
            ...activityOf(post),
            id: activityId,
          } as never),
        );
        return true;
      } catch (fault) {
        if (fault instanceof DeliveryError && (fault.cause as RestFault | undefined)?.statusCode === 404) return false;
        throw fault;
      }
    },
    openChat: async (person, base) => {
      const created = await call({ ...base, conversationId: 'new' }, (client) =>
        client.conversations.createConversation(newChat(base, person) as never),
      );
      return { ...base, conversationId: created.id };
    },
  };
};

const referenceOf = (ref: ConversationRef): Parameters<CloudAdapter['continueConversationAsync']>[1] => ({
  channelId: CHANNEL_ID,
  serviceUrl: ref.serviceUrl,
  bot: { id: ref.botId, name: '' },
  conversation: { id: ref.conversationId, isGroup: false, name: '', conversationType: '', tenantId: ref.tenantId },
});

const clientOf = (adapter: CloudAdapter, context: TurnContext): ConnectorClient =>
  context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey);

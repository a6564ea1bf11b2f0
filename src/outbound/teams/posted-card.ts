import type { ConversationRef, Conversations, PostedCard } from '../../application/ports/conversations.ts';
import type { Person } from '../../domain/roster.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import type { Connector, Post } from './connector.ts';

export interface PostingParts {
  readonly connector: Connector;
  readonly conversations: Conversations;
  /** Where the bot is reached before Teams has told us: region's service URL, tenant, the bot's own id. */
  readonly home: Pick<ConversationRef, 'serviceUrl' | 'tenantId' | 'botId'>;
}

/** One card a slot: posted once, then edited in place; posted anew when someone deleted it. */
interface Slot {
  readonly subject: string;
  readonly slot: string;
  readonly rev: number;
  readonly card: AdaptiveCard;
}

type Placed = Omit<PostedCard, 'rev'>;

/** Without `post` a card that is not there stays away. Errors: DeliveryError. */
export const keepUp = async (
  { connector, conversations }: PostingParts,
  { subject, slot, rev, card }: Slot,
  post?: () => Promise<Placed>,
): Promise<void> => {
  const known = await conversations.card(subject, slot);
  if (known && (await connector.edit(known.ref, known.activityId, { card }))) {
    await conversations.keepCard(subject, slot, { ...known, rev });
    return;
  }
  if (post) await conversations.keepCard(subject, slot, { ...(await post()), rev });
};

export const chatWith = async (
  { connector, conversations, home }: PostingParts,
  person: Person,
): Promise<ConversationRef> => {
  const known = await conversations.find({ person: person.id });
  if (known) return known;
  const opened = await connector.openChat(person.id, home);
  await conversations.remember({ person: person.id }, opened);
  return opened;
};

export const postIn = async ({ connector }: PostingParts, ref: ConversationRef, post: Post): Promise<Placed> => ({
  ref,
  activityId: (await connector.post(ref, post)).activityId,
});

/** Starts a thread, where the bot was last heard of. */
export const postToChannel = async (
  { connector, conversations, home }: PostingParts,
  channelId: string,
  post: Post,
): Promise<Placed> =>
  connector.postToChannel(channelId, (await conversations.find({ channel: channelId })) ?? home, post);

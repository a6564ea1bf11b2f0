import type { PersonId } from '../../domain/values.ts';

/** Where a person or channel can be reached in Teams, as plain data of our own: no SDK type leaves its room. */
export interface ConversationRef {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly tenantId: string;
  readonly botId: string;
}

/** A post the desk made: its activity id lets the next version replace it in place. */
export interface PostedCard {
  readonly ref: ConversationRef;
  readonly activityId: string;
  readonly rev: number;
}

export interface Conversations {
  remember(key: { person: PersonId } | { channel: string }, ref: ConversationRef): Promise<void>;
  find(key: { person: PersonId } | { channel: string }): Promise<ConversationRef | undefined>;
  /** The card of a ticket, or of something else that has one, in a slot; written only by the delivery worker. */
  card(subject: string, slot: string): Promise<PostedCard | undefined>;
  keepCard(subject: string, slot: string, card: PostedCard): Promise<void>;
}

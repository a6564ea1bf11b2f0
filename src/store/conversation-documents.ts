import type { ConversationRef, Conversations, PostedCard } from '../application/ports/conversations.ts';
import type { DocumentStore } from '../application/ports/document-store.ts';
import { fieldsOf, versioned } from './versioned.ts';

type Key = Parameters<Conversations['find']>[0];

const pkOf = (key: Key): string => ('person' in key ? `person:${key.person}` : `channel:${key.channel}`);

/** Port Conversations: where people and channels are reached, and which activity is a ticket's card. */
export const conversationDocuments = (store: DocumentStore): Conversations => ({
  remember: async (key, ref) => {
    await store.commit('conversations', pkOf(key), [{ op: 'upsert', doc: versioned('ref', { ref }) }]);
  },
  find: async (key) => {
    const stored = await store.get('conversations', pkOf(key), 'ref');
    return stored ? fieldsOf<{ ref: ConversationRef }>(stored).ref : undefined;
  },
  card: async (ticketId, slot) => {
    const stored = await store.get('conversations', ticketId, `card:${slot}`);
    return stored ? fieldsOf<{ card: PostedCard }>(stored).card : undefined;
  },
  keepCard: async (ticketId, slot, card) => {
    await store.commit('conversations', ticketId, [{ op: 'upsert', doc: versioned(`card:${slot}`, { card }) }]);
  },
});

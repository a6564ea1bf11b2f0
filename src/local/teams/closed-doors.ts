import { RequestRefused } from './http-exchange.ts';
import { homeOf } from './tenant.ts';

/** Where Teams lets the bot in no more, by the ids of chats and channels. Kept in memory only. */
export type ClosedDoors = {
  /** As if that person had blocked the bot: 403 to every post and edit. */
  block(chatId: string): void;
  unblock(chatId: string): void;
  /** As if the channel or group chat had been deleted: 404 to every post and edit. */
  lose(conversationId: string): void;
  /** Throws RequestRefused. */
  requireOpen(conversationId: string): void;
};

export function closedDoors(): ClosedDoors {
  const blocked = new Set<string>();
  const lost = new Set<string>();
  return {
    block: (chatId) => {
      blocked.add(chatId);
    },
    unblock: (chatId) => {
      blocked.delete(chatId);
    },
    lose: (conversationId) => {
      lost.add(conversationId);
    },
    requireOpen: (conversationId) => {
      const home = homeOf(conversationId);
      if (blocked.has(home))
        throw new RequestRefused(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.');
      if (lost.has(home)) throw new RequestRefused(404, 'ConversationNotFound', `no conversation ${home}`);
    },
  };
}

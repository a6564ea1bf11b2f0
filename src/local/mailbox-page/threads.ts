import type { MailAddress, MailItem } from '../graph/mail-item.ts';
import type { MailboxView } from '../graph/open-graph-stand-in.ts';

export interface Thread {
  readonly id: string;
  /** Oldest first, never empty. */
  readonly messages: readonly [MailItem, ...MailItem[]];
  readonly last: MailItem;
}

const HIDDEN = new Set(['drafts', 'outbox', 'deleteditems']);

/** A mailbox's conversations, the one with the newest message first. */
export const threadsOf = (mailbox: MailboxView): readonly Thread[] => {
  const byId = new Map<string, [MailItem, ...MailItem[]]>();
  for (const item of mailbox.messages()) {
    if (HIDDEN.has(item.folder)) continue;
    const known = byId.get(item.conversationId);
    if (known) known.push(item);
    else byId.set(item.conversationId, [item]);
  }
  return [...byId]
    .map(([id, messages]) => ({ id, messages, last: messages.at(-1) ?? messages[0] }))
    .sort((one, other) => other.last.folderSeq - one.last.folderSeq);
};

/** Whom an answer goes to: who wrote last, other than the reader; else whom the reader wrote to. */
export const answerTo = (thread: Thread, reader: string): readonly MailAddress[] => {
  const theirs = thread.messages.findLast((item) => item.from && item.from.address.toLowerCase() !== reader);
  if (!theirs?.from) return thread.last.to;
  return theirs.replyTo.length > 0 ? theirs.replyTo : [theirs.from];
};

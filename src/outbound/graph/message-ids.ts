import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { MessageIds } from '../../application/ports/message-ids.ts';
import { ticketId } from '../../domain/values.ts';

const OURS = /^\s*<?\s*T([\w-]{1,64})\.(\d{1,10})\.([0-9a-f]{16})@([^\s<>@]{1,255})\s*>?\s*$/u;

const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();

/**
 * Signs Message-IDs: `<T{ticketId}.{rev}.{16 hex of an HMAC-SHA256}@{domain of the mailbox}>`; of internal mails
 * `<I{32 hex of a SHA-256 of the key}.{16 hex}@{domain}>`. What is signed for these begins with `internal:`, which no
 * ticket's can: the seal of the one is worth nothing on the other.
 */
export const signedMessageIds = (secret: string): MessageIds => {
  const seal = (signed: string): string => createHmac('sha256', secret).update(signed).digest('hex').slice(0, 16);
  const ticketSeal = (signed: { id: string; rev: string; domain: string }): string =>
    seal(`${signed.id}.${signed.rev}.${signed.domain}`);
  return {
    of(id, rev, mailbox) {
      const domain = domainOf(mailbox);
      return `<T${id}.${rev}.${ticketSeal({ id, rev: String(rev), domain })}@${domain}>`;
    },
    internal(id, mailbox) {
      const domain = domainOf(mailbox);
      const key = createHash('sha256').update(id).digest('hex').slice(0, 32);
      return `<I${key}.${seal(`internal:${key}.${domain}`)}@${domain}>`;
    },
    ticketOf(messageId) {
      const [, id, rev, given, host] = OURS.exec(messageId) ?? [];
      if (id === undefined || rev === undefined || given === undefined || host === undefined) return undefined;
      const expected = ticketSeal({ id, rev, domain: host.toLowerCase() });
      return timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? ticketId(id) : undefined;
    },
  };
};

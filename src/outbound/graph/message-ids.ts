import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MessageIds } from '../../application/ports/message-ids.ts';
import { ticketId } from '../../domain/values.ts';

const OURS = /^\s*<?\s*T([\w-]{1,64})\.(\d{1,10})\.([0-9a-f]{16})@([^\s<>@]{1,255})\s*>?\s*$/u;

/** Signs Message-IDs: `<T{ticketId}.{rev}.{16 hex of an HMAC-SHA256}@{domain of the mailbox}>`. */
export const signedMessageIds = (secret: string): MessageIds => {
  const seal = (signed: { id: string; rev: string; domain: string }): string =>
    createHmac('sha256', secret).update(`${signed.id}.${signed.rev}.${signed.domain}`).digest('hex').slice(0, 16);
  return {
    of(id, rev, mailbox) {
      const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();
      return `<T${id}.${rev}.${seal({ id, rev: String(rev), domain })}@${domain}>`;
    },
    ticketOf(messageId) {
      const [, id, rev, given, host] = OURS.exec(messageId) ?? [];
      if (id === undefined || rev === undefined || given === undefined || host === undefined) return undefined;
      const expected = seal({ id, rev, domain: host.toLowerCase() });
      return timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? ticketId(id) : undefined;
    },
  };
};

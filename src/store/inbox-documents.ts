import { createHash } from 'node:crypto';
import type { BlobStore } from '../application/ports/blob-store.ts';
import type { DocumentStore, Stored, WriteOp } from '../application/ports/document-store.ts';
import type { FoundMail, Inbox, InboxRow } from '../application/ports/inbox.ts';
import type { MailAddress } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** Bytes of JSON. Larger messages are kept as blobs, so that a page of 50 rows always fits into one batch. */
const INLINE_LIMIT = 16 * 1024;
const LINK = 'delta:inbox';
const WAKE = 'wake';

interface RowDocument {
  readonly state: 'new' | 'done';
  readonly foundAt: string;
  readonly messageId: string;
  readonly attempts?: number;
  readonly raw?: string;
  readonly blob?: string;
}

export interface InboxParts {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly now: () => string;
}

const keyOf = (messageId: string): string => `inbox:${createHash('sha256').update(messageId).digest('hex')}`;

/** Port Inbox: the rows of a page and the link behind it are one batch in the mailbox's partition. */
export const inboxDocuments = (parts: InboxParts): Inbox => ({
  link: async (mailbox) => {
    const stored = await parts.store.get('mail', mailbox, LINK);
    return stored ? fieldsOf<{ link: string }>(stored).link : undefined;
  },
  keep: (mailbox, page) => keep(parts, mailbox, page),
  reset: (mailbox) => forget(parts, mailbox, LINK),
  unworked: async (mailbox, limit) => {
    const page = await parts.store.query('mail', {
      pk: mailbox,
      index: 'state',
      where: [{ field: 'state', op: '=', value: 'new' }],
      limit: Math.min(limit, 100),
    });
    return Promise.all(page.items.map((stored) => rowOf(parts, stored)));
  },
  finish: async (mailbox, done) => {
    for (let at = 0; at < done.length; at += 50) {
      const ops = done.slice(at, at + 50).map(({ row, outcome }): WriteOp => ({
        op: 'upsert',
        doc: versioned(row.key, { state: 'done', foundAt: parts.now(), messageId: row.messageId, outcome }),
      }));
      await parts.store.commit('mail', mailbox, ops);
    }
  },
  defer: async (mailbox, rows) => {
    for (const row of rows) {
      const doc = { ...(await documentOf(parts, row)), attempts: row.attempts + 1 };
      await parts.store.commit('mail', mailbox, [{ op: 'upsert', doc }]);
    }
  },
  wake: async (mailbox) => {
    await parts.store.commit('mail', mailbox, [{ op: 'upsert', doc: versioned(WAKE, { at: parts.now() }) }]);
  },
  asleep: (mailbox) => forget(parts, mailbox, WAKE),
});

const forget = async ({ store }: InboxParts, mailbox: MailAddress, id: string): Promise<void> => {
  await store.commit('mail', mailbox, [{ op: 'delete', id }]);
};

const rowOf = async ({ blobs }: InboxParts, stored: Stored): Promise<InboxRow> => {
  const { messageId, raw, blob, attempts = 0 } = fieldsOf<RowDocument>(stored);
  if (raw !== undefined || blob === undefined) return { key: stored.doc.id, messageId, attempts, raw: raw ?? '' };
  // A lost body is no reason to stop: the reader asks the mail service for the message once more.
  const bytes = await blobs.get(blob);
  return { key: stored.doc.id, messageId, attempts, raw: bytes ? new TextDecoder().decode(bytes) : '' };
};

const documentOf = async (
  { blobs, now }: InboxParts,
  { messageId, raw }: FoundMail,
): Promise<ReturnType<typeof versioned>> => {
  const body =
    Buffer.byteLength(JSON.stringify(raw)) <= INLINE_LIMIT
      ? { raw }
      : { blob: await blobs.put(new TextEncoder().encode(raw)) };
  return versioned(keyOf(messageId), { state: 'new', foundAt: now(), messageId, ...body });
};

/** The same message may come twice in a page and again in later ones; the last of a page is its newest state. */
const keep = async (
  parts: InboxParts,
  mailbox: MailAddress,
  page: { mails: readonly FoundMail[]; link: string },
): Promise<InboxRow[]> => {
  const link: WriteOp = { op: 'upsert', doc: versioned(LINK, { link: page.link }) };
  let fresh = [...new Map(page.mails.map((mail) => [keyOf(mail.messageId), mail])).entries()];
  for (;;) {
    const docs = await Promise.all(fresh.map(([, mail]) => documentOf(parts, mail)));
    const result = await parts.store.commit('mail', mailbox, [
      ...docs.map((doc): WriteOp => ({ op: 'create', doc })),
      link,
    ]);
    if (result.ok) return fresh.map(([key, mail]) => ({ key, messageId: mail.messageId, raw: mail.raw, attempts: 0 }));
    const known = await Promise.all(fresh.map(async ([key]) => (await parts.store.get('mail', mailbox, key)) !== null));
    fresh = fresh.filter((_, index) => !known[index]);
  }
};

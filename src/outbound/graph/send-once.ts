import { DeliveryError, GraphError } from '../../application/errors.ts';
import type { MailAddress } from '../../domain/values.ts';
import { createDraft, findOutgoing, isStillDraft, type DraftRef, type NewDraft } from './drafts.ts';
import { messagePath, type GraphClient } from './graph-client.ts';

/** A mail as it goes out: the same Message-ID in the same mailbox is the same mail. */
export interface WholeMail extends NewDraft {
  readonly mailbox: MailAddress;
  readonly to: { readonly name: string; readonly address: MailAddress };
  readonly subject: string;
  readonly html: string;
}

/** After a send without an answer the copy in Sent Items may be late; whoever looks too early would write the mail again. */
const SETTLE_MS = 30_000;
const DEAD = new Set([400, 404, 405, 406, 413, 414, 415, 422]);

/** Written over whatever a reply brings along: its recipients and the quoted text are not ours to repeat. */
const contentOf = ({ subject, html, to, internetMessageId }: WholeMail) => ({
  subject,
  body: { contentType: 'html', content: html },
  toRecipients: [{ emailAddress: { name: to.name, address: to.address } }],
  ccRecipients: [],
  bccRecipients: [],
  internetMessageId,
});

const retry = (cause: GraphError, atLeastMs = 0): DeliveryError => {
  const wait = Math.max(cause.retryAfterMs ?? 0, atLeastMs);
  return new DeliveryError('retry', cause.message, { cause, ...(wait > 0 ? { retryAfterMs: wait } : {}) });
};

/** Says what a fault means for the delivery; `gone` is what a 404 means at this step. */
const step = async <Done>(gone: 'retry' | 'dead', work: () => Promise<Done>): Promise<Done> => {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    const isDead = DEAD.has(cause.status) && !(cause.status === 404 && gone === 'retry');
    throw isDead ? new DeliveryError('dead', cause.message, { cause }) : retry(cause);
  }
};

interface Writing {
  /** After a fault that may have come behind the work, in milliseconds. */
  readonly settleMs: number;
  readonly work: (path: string) => Promise<unknown>;
}

/** Writes once. A refusal is believed only while the mail is still a draft: another attempt may have been faster. */
const write = async (
  client: GraphClient,
  draft: DraftRef,
  { settleMs, work }: Writing,
): Promise<'written' | 'sent'> => {
  try {
    await work(messagePath(draft.mailbox, draft.id));
    return 'written';
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    if (cause.status === 404) throw retry(cause, settleMs);
    if (!DEAD.has(cause.status)) throw retry(cause, cause.status === 0 || cause.status >= 500 ? settleMs : 0);
    if (await step('retry', () => isStillDraft(client, draft)))
      throw new DeliveryError('dead', cause.message, { cause });
    return 'sent';
  }
};

/**
 * Sends a mail exactly once: it is found again by its own Message-ID, and sent only while it is a draft. Nothing that writes
 * is repeated within one attempt. Errors: DeliveryError; the next attempt goes on where this one ended.
 */
export const sendOnce = async (client: GraphClient, mail: WholeMail): Promise<void> => {
  const { mailbox, internetMessageId } = mail;
  const found = await step('dead', () => findOutgoing(client, mailbox, internetMessageId));
  if (found !== undefined && !found.isDraft) return;
  const draft = found ?? (await step('dead', () => createDraft(client, mailbox, mail)));
  const ref = { mailbox, id: draft.id };
  const content = contentOf(mail);
  const patched = await write(client, ref, { settleMs: 0, work: (path) => client.patch(path, content) });
  if (patched === 'sent' || !(await step('retry', () => isStillDraft(client, ref)))) return;
  await write(client, ref, { settleMs: SETTLE_MS, work: (path) => client.post(`${path}/send`, {}) });
};

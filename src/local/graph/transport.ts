import { badRequest } from './failure.ts';
import type { MailItem } from './mail-item.ts';
import type { MailStore } from './mail-store.ts';
import type { Mailbox } from './mailbox.ts';
import type { Pending } from './pending.ts';
import { readMime } from './read-mime.ts';
import { writeMime } from './write-mime.ts';

/** The verdict our own mail server writes on top of an arriving mail; `none` leaves the MIME byte for byte as it is. */
export type Authentication = 'pass' | 'fail' | 'none';

export interface Delivery {
  readonly to: readonly Mailbox[];
  readonly from: string;
  readonly authentication: Authentication;
}

export interface TransportOptions {
  readonly store: MailStore;
  readonly pending: Pending;
  readonly now: () => number;
  /** From 202 to the copy in Sent Items, in milliseconds. */
  readonly settleMs: number;
  /** Whether a stranger who is written to gets a mailbox. */
  readonly autoCreate: boolean;
}

/** Carries mail from mailbox to mailbox: 202 first, the copy in Sent Items later, then the recipients' inboxes. */
export class Transport {
  readonly #store: MailStore;
  readonly #pending: Pending;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#store = options.store;
    this.#pending = options.pending;
    this.#options = options;
  }

  /** Puts a draft on its way. Errors: 400 ErrorInvalidRecipients without a recipient, ErrorInvalidOperation when it has been sent. */
  async submit(mailbox: Mailbox, draft: MailItem): Promise<void> {
    const recipients = [...draft.to, ...draft.cc, ...draft.bcc].map((one) => one.address);
    if (recipients.length === 0) throw badRequest("At least one recipient isn't valid.", 'ErrorInvalidRecipients');
    const at = this.#store.now;
    const from = { name: mailbox.name, address: mailbox.address };
    const mail = { ...draft, from: draft.from ?? from, sentAt: at };
    const raw = await writeMime(mail);
    const { headers } = await readMime(raw, { from: mailbox.address, to: mailbox.address, at: this.#options.now() });
    // Building it took a moment in which another request may have sent the same draft.
    if (!mailbox.find(draft.immutableId)?.isDraft) {
      throw badRequest('The message has already been submitted.', 'ErrorInvalidOperation');
    }
    const leaving = { isDraft: false, isRead: true, from: mail.from, sentAt: at, receivedAt: at, raw, headers };
    const item = this.#store.move(mailbox, draft, { folder: 'outbox', ...leaving });
    const { immutableId, internetMessageId, subject } = item;
    this.#store.recordSent({ from: mailbox.address, to: recipients, subject, internetMessageId, immutableId, at, raw });
    this.#pending.start(`Delivery of "${subject}"`, () => this.#carry(mailbox, item));
  }

  /** Sends on what lay in an outbox when the stand-in was last stopped. */
  resume(): void {
    for (const mailbox of this.#store.mailboxes()) {
      for (const item of mailbox.items('outbox')) {
        this.#pending.start(`Delivery of "${item.subject}"`, () => this.#carry(mailbox, item));
      }
    }
  }

  /** Puts one MIME message into inboxes. Resolved only when each mailbox has it for good. */
  async deliver(raw: Buffer, delivery: Delivery): Promise<readonly MailItem[]> {
    const at = this.#options.now();
    const stamped = delivery.authentication === 'none' ? raw : Buffer.concat([stamp(delivery, at), raw]);
    const envelope = { from: delivery.from, to: delivery.to[0]?.address ?? '', at };
    const content = await readMime(stamped, envelope);
    return delivery.to.map((mailbox) => this.#store.add(mailbox, { ...content, folder: 'inbox', raw: stamped }));
  }

  async #carry(mailbox: Mailbox, item: MailItem): Promise<void> {
    if (!(await this.#pending.sleep(this.#options.settleMs))) return;
    if (item.keepSent) this.#store.move(mailbox, item, { folder: 'sentitems' });
    else this.#store.remove(mailbox, item);
    const addresses = new Set([...item.to, ...item.cc, ...item.bcc].map((one) => one.address.toLowerCase()));
    const to = [...addresses].flatMap((address) => this.#recipient(address));
    if (item.raw && to.length > 0) {
      await this.deliver(item.raw, { to, from: mailbox.address, authentication: 'pass' });
    }
  }

  #recipient(address: string): readonly Mailbox[] {
    const known = this.#store.mailbox(address);
    if (known) return [known];
    return this.#options.autoCreate ? [this.#store.open(address, address, { autoCreated: true })] : [];
  }
}

const stamp = (delivery: Delivery, at: number): Buffer => {
  const domain = delivery.from.split('@')[1] ?? 'localhost';
  const { authentication: verdict } = delivery;
  const reason = verdict === 'pass' ? '100' : '000';
  return Buffer.from(
    [
      `Return-Path: <${delivery.from}>`,
      `Authentication-Results: spf=${verdict} (sender IP is 127.0.0.1) smtp.mailfrom=${domain};` +
        ` dkim=${verdict} header.d=${domain}; dmarc=${verdict} header.from=${domain};` +
        ` compauth=${verdict} reason=${reason}`,
      `Received: from [127.0.0.1] by localhost with ESMTP; ${new Date(at).toUTCString()}`,
      '',
    ].join('\r\n'),
  );
};

import { randomUUID } from 'node:crypto';
import type { Journal, JournalEntry } from './journal.ts';
import {
  instant,
  newImmutableId,
  newItemId,
  type FolderName,
  type MailContent,
  type MailItem,
  type SentMail,
} from './mail-item.ts';
import { Mailbox } from './mailbox.ts';

/** What subscribers hear of. A move is heard as deleted from one folder and created in the other. */
export interface MailChange {
  readonly mailbox: Mailbox;
  readonly type: 'created' | 'updated' | 'deleted';
  readonly folder: FolderName;
  readonly item: MailItem;
}

export type NewMail = MailContent & {
  readonly folder: FolderName;
  readonly isDraft?: boolean;
  readonly isRead?: boolean;
  readonly categories?: readonly string[];
  readonly keepSent?: boolean;
  readonly raw?: Buffer;
  readonly conversationId?: string;
};

/** What a PATCH may change; the rest follows from it. */
export type MailPatch = Partial<
  Omit<MailItem, 'immutableId' | 'id' | 'folder' | 'seq' | 'folderSeq' | 'createdAt' | 'modifiedAt'>
>;

export interface MailStoreOptions {
  readonly now: () => number;
  readonly journal?: Journal;
}

/** All mailboxes of the tenant. Each change gets a number, is written to the journal, then announced. */
export class MailStore {
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #listeners: ((change: MailChange) => void)[] = [];
  readonly #sent: SentMail[] = [];
  readonly #now: () => number;
  readonly #journal: Journal | undefined;
  /** Delta tokens carry it: a token of another life of the store is unknown. */
  epoch: string = randomUUID();

  constructor(options: MailStoreOptions) {
    this.#now = options.now;
    this.#journal = options.journal;
    for (const entry of this.#journal?.read() ?? []) this.#replay(entry);
    this.#journal?.rewrite(this.#snapshot());
  }

  get now(): string {
    return instant(this.#now());
  }

  get sent(): readonly SentMail[] {
    return this.#sent;
  }

  onChange(listener: (change: MailChange) => void): void {
    this.#listeners.push(listener);
  }

  mailboxes(): readonly Mailbox[] {
    return [...this.#mailboxes.values()];
  }

  /** By address or by user id; both in any case. */
  mailbox(idOrAddress: string): Mailbox | undefined {
    const key = idOrAddress.toLowerCase();
    return this.#mailboxes.get(key) ?? this.mailboxes().find((mailbox) => mailbox.id === key);
  }

  open(address: string, name: string, options: { autoCreated: boolean } = { autoCreated: false }): Mailbox {
    const known = this.mailbox(address);
    if (known) return known;
    const mailbox = new Mailbox(address, name, options);
    this.#mailboxes.set(mailbox.address, mailbox);
    this.#journal?.append({ op: 'mailbox', address: mailbox.address, name, autoCreated: options.autoCreated });
    return mailbox;
  }

  add(mailbox: Mailbox, mail: NewMail): MailItem {
    const seq = mailbox.nextSeq();
    const item: MailItem = {
      ...mail,
      immutableId: newImmutableId(),
      id: newItemId(),
      conversationId: mail.conversationId ?? mailbox.conversationFor(mail),
      isDraft: mail.isDraft ?? false,
      isRead: mail.isRead ?? false,
      keepSent: mail.keepSent ?? true,
      categories: mail.categories ?? [],
      createdAt: this.now,
      receivedAt: this.now,
      modifiedAt: this.now,
      raw: mail.raw ?? null,
      seq,
      folderSeq: seq,
    };
    return this.#put(mailbox, item, 'created');
  }

  change(mailbox: Mailbox, item: MailItem, patch: MailPatch): MailItem {
    const changed = { ...item, ...patch, modifiedAt: this.now, seq: mailbox.nextSeq() };
    return this.#put(mailbox, changed, 'updated');
  }

  move(mailbox: Mailbox, item: MailItem, to: { folder: FolderName } & MailPatch): MailItem {
    this.#leave(mailbox, item, false);
    const seq = mailbox.nextSeq();
    const moved = { ...item, ...to, id: newItemId(), modifiedAt: this.now, seq, folderSeq: seq };
    return this.#put(mailbox, moved, 'created');
  }

  remove(mailbox: Mailbox, item: MailItem): void {
    mailbox.drop(item);
    this.#leave(mailbox, item, true);
  }

  recordSent(sent: SentMail): void {
    this.#sent.push(sent);
    this.#journal?.append({ op: 'sent', sent });
  }

  /** From now on every delta token handed out so far is unknown. */
  forgetDeltaTokens(): void {
    this.epoch = randomUUID();
    this.#journal?.append({ op: 'opened', epoch: this.epoch });
  }

  #put(mailbox: Mailbox, item: MailItem, type: 'created' | 'updated'): MailItem {
    mailbox.put(item);
    this.#journal?.append({ op: 'put', address: mailbox.address, item });
    this.#announce({ mailbox, type, folder: item.folder, item });
    return item;
  }

  #leave(mailbox: Mailbox, item: MailItem, forGood: boolean): void {
    const { folder, immutableId, id } = item;
    const departure = { folder, immutableId, id, seq: mailbox.nextSeq() };
    mailbox.depart(departure);
    this.#journal?.append({ op: 'left', address: mailbox.address, departure, forGood });
    this.#announce({ mailbox, type: 'deleted', folder, item });
  }

  #announce(change: MailChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #replay(entry: JournalEntry): void {
    if (entry.op === 'opened') this.epoch = entry.epoch;
    else if (entry.op === 'mailbox') {
      this.#mailboxes.set(entry.address, new Mailbox(entry.address, entry.name, entry));
    } else if (entry.op === 'sent') this.#sent.push(entry.sent);
    else {
      const mailbox = this.#mailboxes.get(entry.address);
      if (entry.op === 'put') mailbox?.put(entry.item);
      else {
        const item = mailbox?.find(entry.departure.immutableId);
        if (entry.forGood && item) mailbox?.drop(item);
        mailbox?.depart(entry.departure);
      }
    }
  }

  #snapshot(): readonly JournalEntry[] {
    return [
      { op: 'opened', epoch: this.epoch },
      ...this.mailboxes().flatMap((mailbox): JournalEntry[] => {
        const { address, name, autoCreated } = mailbox;
        return [
          { op: 'mailbox', address, name, autoCreated },
          ...mailbox.departures().map((departure) => ({ op: 'left', address, departure, forGood: true }) as const),
          ...mailbox.items().map((item) => ({ op: 'put', address, item }) as const),
        ];
      }),
      ...this.#sent.map((sent) => ({ op: 'sent', sent }) as const),
    ];
  }
}

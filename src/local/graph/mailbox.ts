import { createHash } from 'node:crypto';
import { newConversationId, type Departure, type FolderName, type MailContent, type MailItem } from './mail-item.ts';

/** A change of one folder, in the order of `seq`: what is there now, or what has left. */
export type FolderChange =
  { readonly seq: number; readonly item: MailItem } | { readonly seq: number; readonly gone: Departure };

const guidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

/** One mailbox's messages, indexed. It only holds; MailStore dates, records and announces each change. */
export class Mailbox {
  readonly id: string;
  readonly address: string;
  readonly name: string;
  /** True when it came into being because somebody was written to. */
  readonly autoCreated: boolean;
  readonly #items = new Map<string, MailItem>();
  readonly #immutableIdOf = new Map<string, string>();
  readonly #conversationOf = new Map<string, string>();
  readonly #departures: Departure[] = [];
  #seq = 0;

  constructor(address: string, name: string, options: { autoCreated: boolean }) {
    this.address = address.toLowerCase();
    this.id = guidOf(this.address);
    this.name = name;
    this.autoCreated = options.autoCreated;
  }

  get seq(): number {
    return this.#seq;
  }

  nextSeq(): number {
    return ++this.#seq;
  }

  find(anyId: string): MailItem | undefined {
    return this.#items.get(anyId) ?? this.#items.get(this.#immutableIdOf.get(anyId) ?? '');
  }

  items(folder?: FolderName): readonly MailItem[] {
    const all = [...this.#items.values()];
    return folder ? all.filter((item) => item.folder === folder) : all;
  }

  departures(): readonly Departure[] {
    return this.#departures;
  }

  put(item: MailItem): void {
    const before = this.#items.get(item.immutableId);
    if (before) this.#immutableIdOf.delete(before.id);
    this.#items.set(item.immutableId, item);
    this.#immutableIdOf.set(item.id, item.immutableId);
    this.#conversationOf.set(item.internetMessageId, item.conversationId);
    // Its ancestors may never arrive here (what the owner sent with another program): their other answers belong here, too.
    for (const id of [item.inReplyTo, ...item.references]) {
      if (id !== null && !this.#conversationOf.has(id)) this.#conversationOf.set(id, item.conversationId);
    }
    this.#seq = Math.max(this.#seq, item.seq);
  }

  depart(departure: Departure): void {
    this.#departures.push(departure);
    this.#seq = Math.max(this.#seq, departure.seq);
  }

  drop(item: MailItem): void {
    this.#items.delete(item.immutableId);
    this.#immutableIdOf.delete(item.id);
  }

  /** The conversation of the nearest known ancestor, else a new one. */
  conversationFor(mail: Pick<MailContent, 'inReplyTo' | 'references'>): string {
    const ancestors = [mail.inReplyTo, ...mail.references.toReversed()];
    for (const id of ancestors) {
      const known = id === null ? undefined : this.#conversationOf.get(id);
      if (known) return known;
    }
    return newConversationId();
  }

  /**
   * What happened in `folder` after change number `after`, oldest first.
   * Departures before `born` are left out: a reader that started then has never seen those messages.
   */
  changes(folder: FolderName, after: number, born: number): readonly FolderChange[] {
    const present = this.items(folder);
    const here = new Set(present.map((item) => item.immutableId));
    return [
      ...present.filter((item) => item.seq > after).map((item) => ({ seq: item.seq, item })),
      ...this.#departures
        .filter((gone) => gone.folder === folder && gone.seq > Math.max(after, born) && !here.has(gone.immutableId))
        .map((gone) => ({ seq: gone.seq, gone })),
    ].sort((one, other) => one.seq - other.seq);
  }
}

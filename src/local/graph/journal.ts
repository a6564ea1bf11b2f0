import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Departure, MailAttachment, MailItem, SentMail } from './mail-item.ts';

/** What has happened to the mailboxes; replayed in order it gives them back. */
export type JournalEntry =
  | { readonly op: 'opened'; readonly epoch: string }
  | { readonly op: 'mailbox'; readonly address: string; readonly name: string; readonly autoCreated: boolean }
  | { readonly op: 'put'; readonly address: string; readonly item: MailItem }
  | { readonly op: 'left'; readonly address: string; readonly departure: Departure; readonly forGood: boolean }
  | { readonly op: 'sent'; readonly sent: SentMail };

interface BlobRef {
  readonly blob: string;
}
type StoredAttachment = Omit<MailAttachment, 'content'> & { readonly content: BlobRef };
type Stored<T> = Omit<T, 'raw' | 'attachments'> & {
  readonly raw: BlobRef | null;
  readonly attachments?: readonly StoredAttachment[];
};

/**
 * Append-only file of JSON lines; MIME and attachments lie beside it under their SHA-256.
 * Written synchronously, so that what was acknowledged survives a kill; a line that a kill cut off is left out on reading.
 */
export class Journal {
  readonly #file: string;
  readonly #blobs: string;
  readonly #hashes = new WeakMap<Buffer, string>();

  constructor(folder: string) {
    this.#file = path.join(folder, 'mailboxes.ndjson');
    this.#blobs = path.join(folder, 'blobs');
    mkdirSync(this.#blobs, { recursive: true, mode: 0o700 });
  }

  read(): readonly JournalEntry[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap((line) => this.#parse(line));
  }

  append(entry: JournalEntry): void {
    appendFileSync(this.#file, `${this.#line(entry)}\n`, { mode: 0o600 });
  }

  /** Replaces the file by these entries: what a long history comes down to. */
  rewrite(entries: readonly JournalEntry[]): void {
    const draft = `${this.#file}.tmp`;
    writeFileSync(draft, entries.map((entry) => `${this.#line(entry)}\n`).join(''), { mode: 0o600 });
    renameSync(draft, this.#file);
  }

  #line(entry: JournalEntry): string {
    if (entry.op === 'put') return JSON.stringify({ ...entry, item: this.#store(entry.item) });
    if (entry.op === 'sent') return JSON.stringify({ ...entry, sent: this.#store(entry.sent) });
    return JSON.stringify(entry);
  }

  #store<T extends { raw: Buffer | null; attachments?: readonly MailAttachment[] }>(value: T): Stored<T> {
    const { raw, attachments, ...rest } = value;
    return {
      ...rest,
      raw: raw && this.#keep(raw, 'eml'),
      ...(attachments && {
        attachments: attachments.map((one) => ({ ...one, content: this.#keep(one.content, 'bin') })),
      }),
    };
  }

  #keep(bytes: Buffer, ending: string): BlobRef {
    const known = this.#hashes.get(bytes);
    if (known) return { blob: known };
    const name = `${createHash('sha256').update(bytes).digest('hex')}.${ending}`;
    const file = path.join(this.#blobs, name);
    if (!existsSync(file)) {
      writeFileSync(`${file}.tmp`, bytes, { mode: 0o600 });
      renameSync(`${file}.tmp`, file);
    }
    this.#hashes.set(bytes, name);
    return { blob: name };
  }

  #fetch(ref: BlobRef): Buffer {
    const file = path.join(this.#blobs, path.basename(ref.blob));
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    this.#hashes.set(bytes, ref.blob);
    return bytes;
  }

  #parse(line: string): readonly JournalEntry[] {
    if (line === '') return [];
    try {
      return [this.#revive(JSON.parse(line) as JournalEntry)];
    } catch (cause) {
      if (cause instanceof SyntaxError) return [];
      throw cause;
    }
  }

  #revive(entry: JournalEntry): JournalEntry {
    if (entry.op === 'put') {
      const stored = entry.item as unknown as Stored<MailItem>;
      const attachments = stored.attachments?.map((one) => ({ ...one, content: this.#fetch(one.content) })) ?? [];
      return { ...entry, item: { ...stored, raw: stored.raw && this.#fetch(stored.raw), attachments } };
    }
    if (entry.op === 'sent') {
      const stored = entry.sent as unknown as Stored<SentMail>;
      return { ...entry, sent: { ...entry.sent, raw: stored.raw ? this.#fetch(stored.raw) : Buffer.alloc(0) } };
    }
    return entry;
  }
}

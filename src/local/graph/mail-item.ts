import { randomBytes } from 'node:crypto';

export const FOLDERS = {
  inbox: 'Inbox',
  drafts: 'Drafts',
  outbox: 'Outbox',
  sentitems: 'Sent Items',
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
  archive: 'Archive',
} as const;

export type FolderName = keyof typeof FOLDERS;

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

export interface MailBody {
  readonly contentType: 'html' | 'text';
  readonly content: string;
}

export interface MailAttachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly contentId: string | null;
  readonly isInline: boolean;
  readonly content: Buffer;
}

/** What a mail says, wherever it lies. Instants are ISO UTC in whole seconds, as Graph writes them. */
export interface MailContent {
  readonly internetMessageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly subject: string;
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly headers: readonly MailHeader[];
  readonly body: MailBody;
  readonly attachments: readonly MailAttachment[];
  readonly importance: 'low' | 'normal' | 'high';
  readonly sentAt: string;
}

/**
 * One message in a mailbox. `id` changes when it moves, `immutableId` never does. `raw` is the MIME as it arrived
 * or was sent; a draft has none. `seq` is the mailbox's change number of its last change, `folderSeq` of its arrival.
 */
export interface MailItem extends MailContent {
  readonly immutableId: string;
  readonly id: string;
  readonly folder: FolderName;
  readonly conversationId: string;
  readonly isDraft: boolean;
  readonly isRead: boolean;
  readonly categories: readonly string[];
  readonly keepSent: boolean;
  readonly createdAt: string;
  readonly receivedAt: string;
  readonly modifiedAt: string;
  readonly raw: Buffer | null;
  readonly seq: number;
  readonly folderSeq: number;
}

/** That a message left a folder, by moving or for good. */
export interface Departure {
  readonly folder: FolderName;
  readonly immutableId: string;
  readonly id: string;
  readonly seq: number;
}

/** One mail that left a mailbox through Graph; a doubled send shows here twice. */
export interface SentMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly internetMessageId: string;
  readonly immutableId: string;
  readonly at: string;
  readonly raw: Buffer;
}

/** ISO UTC in whole seconds. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const opaque = (prefix: string, bytes: number): string => prefix + randomBytes(bytes).toString('base64url');

export const newItemId = (): string => opaque('AAMkAD', 45);
export const newImmutableId = (): string => opaque('AAkALg', 45);
export const newAttachmentId = (): string => opaque('AAMkAT', 30);
export const newConversationId = (): string => opaque('AAQkAD', 24);

export const newMessageId = (address: string): string =>
  `<${randomBytes(16).toString('hex')}@${address.split('@')[1] ?? 'localhost'}>`;

import { z } from 'zod';
import { GraphError } from '../../application/errors.ts';
import type { BlobStore } from '../../application/ports/blob-store.ts';
import { oneLine, type Attachment } from '../../domain/values.ts';
import { messagePath, type GraphClient } from './graph-client.ts';
import { mayPass, shaped } from './graph-failure.ts';

export interface KeptAttachments {
  readonly files: readonly Attachment[];
  /** A line for each file that stayed in the mailbox, and why. */
  readonly notes: readonly string[];
}

export interface AttachmentParts {
  readonly client: GraphClient;
  readonly blobs: BlobStore;
}

export interface MessageRef {
  readonly mailbox: string;
  readonly messageId: string;
}

const MAX_FILES = 25;
const MAX_BYTES = 25 * 1024 * 1024;
const MAX_NOTES = 10;
const MAX_PAGES = 10;

const LISTED = z.object({
  id: z.string(),
  '@odata.type': z.string().catch(''),
  name: z.string().nullish().catch(undefined),
  contentType: z.string().nullish().catch(undefined),
  size: z.number().nullish().catch(undefined),
});
type Listed = z.output<typeof LISTED>;
const PAGE = z.object({ value: z.array(LISTED), '@odata.nextLink': z.string().optional() });

const isMail = (listed: Listed): boolean => listed['@odata.type'].endsWith('itemAttachment');
const isLink = (listed: Listed): boolean => listed['@odata.type'].endsWith('referenceAttachment');

/** A name that shows what it is and names no folder; a mail in a mail can be opened as a file. */
const fileName = (listed: Listed): string => {
  const shown = oneLine(listed.name ?? '', 150).replace(/[\\/:*?"<>|]/gu, '_');
  const name = shown === '' ? 'attachment' : shown;
  return isMail(listed) && !/\.eml$/iu.test(name) ? `${name}.eml` : name;
};

const typeOf = (listed: Listed): string => {
  if (isMail(listed)) return 'message/rfc822';
  const type = (listed.contentType ?? '').toLowerCase();
  return /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/u.test(type) ? type : 'application/octet-stream';
};

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const listOf = async (client: GraphClient, path: string): Promise<readonly Listed[]> => {
  // Without the bytes: a list that carries them could be hundreds of megabytes in one answer.
  const options = { query: { $select: 'id,name,contentType,size,isInline' } };
  let page = shaped(PAGE, await client.get(path, options));
  const found = [...page.value];
  for (let pages = 1; page['@odata.nextLink'] !== undefined && pages < MAX_PAGES; pages += 1) {
    page = shaped(PAGE, await client.get(page['@odata.nextLink']));
    found.push(...page.value);
  }
  return found;
};

/** What will not come better next time becomes a note; what may pass is thrown, so that the mail is read again later. */
const orNote = async <Found>(work: () => Promise<Found>, note: string): Promise<Found | string> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof GraphError && !mayPass(cause)) return note;
    throw cause;
  }
};

const keep = async ({ client, blobs }: AttachmentParts, path: string, listed: Listed): Promise<Attachment | string> => {
  const name = fileName(listed);
  if (isLink(listed)) return `${name} (a link to a file elsewhere)`;
  const announced = listed.size ?? 0;
  if (announced > MAX_BYTES) return `${name} (${megabytes(announced)}, too large)`;
  return orNote(async () => {
    const bytes = await client.bytes(`${path}/${encodeURIComponent(listed.id)}/$value`);
    if (bytes.byteLength > MAX_BYTES) return `${name} (${megabytes(bytes.byteLength)}, too large)`;
    return { name, size: bytes.byteLength, contentType: typeOf(listed), sha256: await blobs.put(bytes) };
  }, `${name} (could not be fetched)`);
};

const noted = (notes: readonly string[]): readonly string[] =>
  notes.length <= MAX_NOTES ? notes : [...notes.slice(0, MAX_NOTES), `${notes.length - MAX_NOTES} more`];

/**
 * Fetches a message's files one after the other and keeps them. Over the limits (25 files, 25 MB each) a file stays in the
 * mailbox and is named. Errors: GraphError that may pass.
 */
export const keepAttachments = async (parts: AttachmentParts, message: MessageRef): Promise<KeptAttachments> => {
  const path = `${messagePath(message.mailbox, message.messageId)}/attachments`;
  const listed = await orNote(
    () => listOf(parts.client, path),
    'attachments (the message is no longer in the mailbox)',
  );
  if (typeof listed === 'string') return { files: [], notes: [listed] };
  const files: Attachment[] = [];
  const notes: string[] = [];
  for (const each of listed) {
    const kept =
      files.length < MAX_FILES ? await keep(parts, path, each) : `${fileName(each)} (more than ${MAX_FILES} files)`;
    if (typeof kept === 'string') notes.push(kept);
    else files.push(kept);
  }
  return { files, notes: noted(notes) };
};

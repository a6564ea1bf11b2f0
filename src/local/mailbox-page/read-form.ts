import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 20 * 1024 * 1024;

export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export interface MailFields {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly UploadedFile[];
}

/** The upload cannot be taken: it is above 20 MB, or no form. */
export class FormError extends Error {
  override name = 'FormError' as const;
  readonly kind: 'tooLarge' | 'unreadable';

  constructor(kind: 'tooLarge' | 'unreadable', options: { cause?: unknown } = {}) {
    super(`The form is ${kind}`, options);
    this.kind = kind;
  }
}

/** Reads to the end even when it is too much: a browser shows our answer only after it has sent everything. */
const readBody = async (request: IncomingMessage): Promise<Buffer<ArrayBuffer>> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) throw new FormError('tooLarge');
  return Buffer.concat(chunks);
};

const decoded = async (request: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<FormData> => {
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    return await new Response(body, { headers }).formData();
  } catch (cause) {
    throw new FormError('unreadable', { cause });
  }
};

/** Errors: FormError. */
export const readMailForm = async (request: IncomingMessage): Promise<MailFields> => {
  const form = await decoded(request, await readBody(request));
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const files: UploadedFile[] = [];
  for (const file of form.getAll('files')) {
    if (typeof file === 'string' || file.name === '') continue; // an empty file field still sends a nameless part
    const content = Buffer.from(await file.arrayBuffer());
    files.push({ name: file.name, contentType: file.type || 'application/octet-stream', content });
  }
  return { to: text('to').trim(), subject: text('subject').trim(), text: text('text'), files };
};

import { z } from 'zod';
import { badRequest, tooLarge } from './failure.ts';
import { newAttachmentId, type MailAttachment } from './mail-item.ts';

const MAX_BYTES = 3 * 1024 * 1024;

export const ATTACHMENT = z.strictObject({
  name: z.string().min(1),
  contentBytes: z.string(),
  contentType: z.string().nullish(),
  contentId: z.string().nullish(),
  contentLocation: z.string().nullish(),
  isInline: z.boolean().optional(),
  size: z.number().optional(),
});

/** Errors: 400 when the bytes are no base64, 413 above 3 MB. */
export const attachmentOf = (fields: z.output<typeof ATTACHMENT>): MailAttachment => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(fields.contentBytes)) throw badRequest('contentBytes is not base64.');
  const content = Buffer.from(fields.contentBytes, 'base64');
  if (content.length > MAX_BYTES) throw tooLarge('The attachment exceeds 3 MB: use an upload session.');
  return {
    id: newAttachmentId(),
    name: fields.name,
    contentType: fields.contentType ?? 'application/octet-stream',
    contentId: fields.contentId ?? null,
    isInline: fields.isInline ?? false,
    content,
  };
};

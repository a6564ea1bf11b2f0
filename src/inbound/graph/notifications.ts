import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../../application/ports/log.ts';
import { mailAddress, type MailAddress } from '../../domain/values.ts';
import type { HttpRequest, Route } from '../http/server.ts';

const Notifications = z.object({
  value: z
    .array(z.object({ clientState: z.string().nullish(), lifecycleEvent: z.string().nullish() }))
    .min(1)
    .max(1_000),
});

export interface NotificationParts {
  readonly clientState: string;
  readonly mailboxes: readonly MailAddress[];
  /** Returns once the wake is durable. */
  readonly wake: (mailbox: MailAddress) => Promise<void>;
  readonly log: Log;
}

export const NOTIFICATIONS_PATH = '/api/graph/notifications';

const equal = (given: string, expected: string): boolean => {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
};

const queryOf = ({ url }: HttpRequest): URLSearchParams => new URLSearchParams(url?.split('?')[1] ?? '');

/**
 * Graph's webhook. The validation call gets its token back as plain text. A notification only wakes its mailbox: the wake is
 * durable before 202. A wrong client state gets the same 202 and changes nothing; it is counted.
 */
export const notificationRoute = (parts: NotificationParts): Route => ({
  method: 'post',
  path: NOTIFICATIONS_PATH,
  handle: async (request, response) => {
    const token = queryOf(request).get('validationToken');
    if (token !== null) {
      response.sendRaw(200, token.slice(0, 4_096), {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      return;
    }
    const parsed = Notifications.safeParse(request.body);
    if (!parsed.success) {
      response.status(400);
      response.send({ code: 'NotANotification', message: 'Expected {"value":[…]} as Microsoft Graph sends it.' });
      return;
    }
    const known = parsed.data.value.filter(({ clientState }) => equal(clientState ?? '', parts.clientState));
    const strange = parsed.data.value.length - known.length;
    if (strange > 0) parts.log.warn('notification-ignored', { why: 'client state', count: strange });
    if (known.length > 0) for (const mailbox of mailboxesOf(parts, request)) await parts.wake(mailbox);
    response.status(202);
    response.send();
  },
});

/** The subscription's address names its mailbox; without it, each is woken: looking once too often costs one empty page. */
const mailboxesOf = ({ mailboxes }: NotificationParts, request: HttpRequest): readonly MailAddress[] => {
  const named = mailAddress(queryOf(request).get('mailbox') ?? '');
  return mailboxes.includes(named) ? [named] : mailboxes;
};

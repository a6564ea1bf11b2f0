import { z } from 'zod';
import { GraphError } from '../../application/errors.ts';
import type { FoundMail } from '../../application/ports/inbox.ts';
import type { MailPage, Mailbox } from '../../application/ports/mailbox.ts';
import type { MailAddress } from '../../domain/values.ts';
import { mailboxPath, type GraphClient } from './graph-client.ts';
import { shaped } from './graph-failure.ts';
import { MESSAGE_FIELDS } from './message-json.ts';
import { readMessage, type ReadParts } from './read-message.ts';
import { subscriptionKeeper, type SubscriptionParts } from './subscription.ts';

export type GraphMailboxParts = ReadParts & SubscriptionParts;

const PAGE_SIZE = 50;

const ITEM = z.looseObject({ id: z.string().min(1), isDraft: z.boolean().nullish().catch(undefined) });
const PAGE = z.object({
  value: z.array(ITEM),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

/** Graph's ways to say that it has forgotten where we stood. */
const isForgotten = ({ status, code }: GraphError): boolean =>
  status === 410 || (status >= 400 && status < 500 && /^(syncState|resync)/iu.test(code));

const mailsOf = (items: readonly z.output<typeof ITEM>[]): readonly FoundMail[] =>
  items
    .filter((item) => item['@removed'] === undefined && item.isDraft !== true)
    .map((item) => ({ messageId: item.id, raw: JSON.stringify(item) }));

const pageOf = (client: GraphClient, answer: unknown): MailPage => {
  const data = shaped(PAGE, answer);
  const next = data['@odata.nextLink'];
  const link = next ?? data['@odata.deltaLink'];
  // Kept only when it can be followed: a link to elsewhere would stop the mailbox for good.
  if (link === undefined || !client.owns(link)) {
    throw new GraphError('A page of mails has no link to go on with.', { status: 0, code: 'InvalidPage' });
  }
  return { mails: mailsOf(data.value), link, caughtUp: next === undefined };
};

const ask = (
  client: GraphClient,
  mailbox: MailAddress,
  from: { link: string } | { startAt: string },
): Promise<unknown> =>
  'link' in from
    ? client.get(from.link, { pageSize: PAGE_SIZE })
    : client.get(`${mailboxPath(mailbox)}/mailFolders/inbox/messages/delta`, {
        query: { $select: MESSAGE_FIELDS, $filter: `receivedDateTime ge ${from.startAt}` },
        pageSize: PAGE_SIZE,
      });

/** Mailboxes in Microsoft Graph. Notifications only wake; what came in is read from the inbox's delta. Errors: GraphError. */
export const graphMailbox = (parts: GraphMailboxParts): Mailbox => {
  const { client } = parts;
  return {
    async page(mailbox, from) {
      // A link of another Graph is one this Graph does not know.
      if ('link' in from && !client.owns(from.link)) return 'reset';
      try {
        return pageOf(client, await ask(client, mailbox, from));
      } catch (cause) {
        if (cause instanceof GraphError && 'link' in from && isForgotten(cause)) return 'reset';
        throw cause;
      }
    },
    read: (mailbox, mail) => readMessage(parts, mailbox, mail),
    subscribe: subscriptionKeeper(parts),
  };
};

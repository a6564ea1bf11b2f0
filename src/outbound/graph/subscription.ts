import { z } from 'zod';
import { GraphError } from '../../application/errors.ts';
import { instantOf, type MailAddress } from '../../domain/values.ts';
import type { GraphClient } from './graph-client.ts';
import { shaped } from './graph-failure.ts';

export interface SubscriptionParts {
  readonly client: GraphClient;
  /** Public https address of the webhook; lifecycle events come there too. */
  readonly notificationUrl: string;
  /** What notifications must carry to be believed; at most 128 characters. */
  readonly clientState: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** Graph allows a little less than seven days. */
const LIFETIME_MS = 6 * DAY_MS;
const RENEW_BELOW_MS = (LIFETIME_MS * 2) / 3;
/** A subscription can go without a word. */
const LOOK_EVERY_MS = 15 * 60_000;
const MAX_PAGES = 20;

const SUBSCRIPTION = z.object({
  id: z.string(),
  resource: z.string(),
  notificationUrl: z.string().nullish(),
  clientState: z.string().nullish(),
  expirationDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
});
type Subscription = z.output<typeof SUBSCRIPTION>;
const PAGE = z.object({ value: z.array(SUBSCRIPTION), '@odata.nextLink': z.string().optional() });

const resourceOf = (mailbox: MailAddress): string => `users/${mailbox}/mailFolders('inbox')/messages`;

const sameResource = (one: string, other: string): boolean =>
  one.replace(/^\//u, '').toLowerCase() === other.replace(/^\//u, '').toLowerCase();

const orGone = async <Found>(work: () => Promise<Found>): Promise<Found | undefined> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof GraphError && cause.status === 404) return undefined;
    throw cause;
  }
};

const pathOf = (id: string): string => `/subscriptions/${encodeURIComponent(id)}`;

/** One that brings notifications here under today's secret. Graph may keep the secret to itself. */
const isOurs = ({ notificationUrl, clientState }: SubscriptionParts, found: Subscription): boolean =>
  found.notificationUrl === notificationUrl && (found.clientState ?? clientState) === clientState;

const listed = async ({ client }: SubscriptionParts): Promise<readonly Subscription[]> => {
  let page = shaped(PAGE, await client.get('/subscriptions'));
  const found = [...page.value];
  for (let pages = 1; page['@odata.nextLink'] !== undefined && pages < MAX_PAGES; pages += 1) {
    page = shaped(PAGE, await client.get(page['@odata.nextLink']));
    found.push(...page.value);
  }
  return found;
};

const create = async (parts: SubscriptionParts, mailbox: MailAddress): Promise<Subscription> => {
  const { client, notificationUrl, clientState, now } = parts;
  const wish = {
    changeType: 'created',
    resource: resourceOf(mailbox),
    notificationUrl,
    lifecycleNotificationUrl: notificationUrl,
    clientState,
    expirationDateTime: instantOf(now() + LIFETIME_MS),
  };
  return shaped(SUBSCRIPTION, await client.post('/subscriptions', wish));
};

/** The one that stands already. One under an old secret is taken away, since its news would not be believed. */
const standing = async (parts: SubscriptionParts, mailbox: MailAddress): Promise<Subscription | undefined> => {
  const here = (await listed(parts)).filter(
    (each) => sameResource(each.resource, resourceOf(mailbox)) && each.notificationUrl === parts.notificationUrl,
  );
  for (const old of here.filter((each) => !isOurs(parts, each)))
    await orGone(() => parts.client.delete(pathOf(old.id)));
  return here.find((each) => isOurs(parts, each));
};

/** Graph sends the query along with every notification, so that one names the mailbox it is about. */
const naming = (mailbox: MailAddress, notificationUrl: string): string =>
  `${notificationUrl}?mailbox=${encodeURIComponent(mailbox)}`;

/** Keeps one subscription per mailbox's inbox alive; the webhook must be reachable while it is created. */
export const subscriptionKeeper = (parts: SubscriptionParts): ((mailbox: MailAddress) => Promise<number>) => {
  const known = new Map<MailAddress, string>();
  const stillThere = (id: string | undefined): Promise<Subscription | undefined> =>
    id === undefined
      ? Promise.resolve(undefined)
      : orGone(async () => shaped(SUBSCRIPTION, await parts.client.get(pathOf(id))));
  const left = ({ expirationDateTime }: Subscription): number => Date.parse(expirationDateTime) - parts.now();
  const renewed = async (found: Subscription): Promise<Subscription | undefined> => {
    if (left(found) >= RENEW_BELOW_MS) return found;
    const expirationDateTime = instantOf(parts.now() + LIFETIME_MS);
    return orGone(async () => shaped(SUBSCRIPTION, await parts.client.patch(pathOf(found.id), { expirationDateTime })));
  };
  return async (mailbox) => {
    const own = { ...parts, notificationUrl: naming(mailbox, parts.notificationUrl) };
    const found = (await stillThere(known.get(mailbox))) ?? (await standing(own, mailbox));
    const lasting = (found && (await renewed(found))) ?? (await create(own, mailbox));
    known.set(mailbox, lasting.id);
    return Math.max(1_000, Math.min(LOOK_EVERY_MS, left(lasting) - RENEW_BELOW_MS));
  };
};

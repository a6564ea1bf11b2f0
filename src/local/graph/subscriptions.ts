import { randomUUID } from 'node:crypto';
import { badRequest, GraphFailure } from './failure.ts';
import type { Faults } from './faults.ts';
import { folderNamed } from './folder-routes.ts';
import type { FolderName } from './mail-item.ts';
import type { MailChange, MailStore } from './mail-store.ts';
import type { Mailbox } from './mailbox.ts';
import { post, type Post } from './post.ts';
import { plainPath } from './router.ts';

const MINUTE_MS = 60_000;
const MAX_MINUTES = 10_080;
const MIN_MINUTES = 45;
const VALIDATION_MS = 10_000;

export interface Subscription {
  readonly id: string;
  readonly appId: string;
  readonly resource: string;
  readonly mailbox: Mailbox;
  readonly folder: FolderName | undefined;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly immutableIds: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Wish {
  readonly appId: string;
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly expirationDateTime: string;
  readonly immutableIds: boolean;
}

export interface SubscriptionsOptions {
  readonly store: MailStore;
  readonly faults: Faults;
  readonly now: () => number;
}

const RESOURCE = /^\/?users\/([^/]+)(?:\/mailFolders\/([^/]+))?\/messages\/?(?:\?.*)?$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1']);

/** Only this machine: a development tool must not call strangers. */
const checkedUrl = (url: string): void => {
  const parsed = URL.parse(url);
  if (parsed && ['http:', 'https:'].includes(parsed.protocol) && LOOPBACK.has(parsed.hostname)) return;
  throw badRequest(`The notification URL '${url}' is not on this machine's loopback.`, 'InvalidRequest');
};

/** Who wants to hear of which mailbox. An expired subscription is gone, without a word, as at Graph. */
export class Subscriptions {
  readonly #live = new Map<string, Subscription>();
  readonly #options: SubscriptionsOptions;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  list(appId?: string): readonly Subscription[] {
    for (const one of this.#live.values()) if (one.expiresAt <= this.#options.now()) this.#live.delete(one.id);
    return [...this.#live.values()].filter((one) => appId === undefined || one.appId === appId);
  }

  /** Errors: 404 ResourceNotFound when it does not exist (any more). */
  get(id: string): Subscription {
    const found = this.list().find((one) => one.id === id);
    if (found) return found;
    throw new GraphFailure(404, 'ResourceNotFound', { message: 'The object was not found.' });
  }

  hearing(change: MailChange): readonly Subscription[] {
    return this.list().filter(
      (one) =>
        one.mailbox === change.mailbox &&
        (one.folder === undefined || one.folder === change.folder) &&
        one.changeType.split(',').includes(change.type),
    );
  }

  /** Calls both URLs with a validation token first. Errors: 400, and nothing is created; 409 when it exists already. */
  async create(wish: Wish): Promise<Subscription> {
    const { mailbox, folder } = this.#target(wish.resource);
    const expiresAt = this.#expiry(wish.expirationDateTime);
    const { expirationDateTime, ...kept } = wish;
    const subscription = { ...kept, id: randomUUID(), mailbox, folder, expiresAt };
    await this.#validate(subscription, [wish.notificationUrl, wish.lifecycleNotificationUrl ?? []].flat());
    const same = this.list(wish.appId).some(
      (one) =>
        one.mailbox === mailbox &&
        one.folder === folder &&
        one.changeType === wish.changeType &&
        one.notificationUrl === wish.notificationUrl,
    );
    if (same) throw new GraphFailure(409, 'ExtensionError', { message: 'A subscription like this exists already.' });
    this.#live.set(subscription.id, subscription);
    return subscription;
  }

  /** Changes expiry and, after validating it, the notification URL. Errors: 400, 404. */
  async renew(id: string, change: { expirationDateTime?: string; notificationUrl?: string }): Promise<Subscription> {
    const before = this.get(id);
    const { expirationDateTime, notificationUrl } = change;
    if (notificationUrl !== undefined) await this.#validate(before, [notificationUrl]);
    const renewed = {
      ...before,
      ...(notificationUrl === undefined ? {} : { notificationUrl }),
      ...(expirationDateTime === undefined ? {} : { expiresAt: this.#expiry(expirationDateTime) }),
    };
    this.#live.set(id, renewed);
    return renewed;
  }

  remove(id: string): void {
    this.#live.delete(this.get(id).id);
  }

  #target(resource: string): { mailbox: Mailbox; folder: FolderName | undefined } {
    const [, user = '', folder] = RESOURCE.exec(plainPath(resource)) ?? [];
    const mailbox = this.#options.store.mailbox(decodeURIComponent(user));
    if (!mailbox) throw badRequest(`Resource '${resource}' is not a mailbox's messages.`, 'InvalidRequest');
    return { mailbox, folder: folder === undefined ? undefined : folderNamed(mailbox, folder) };
  }

  #expiry(text: string): number {
    const asked = Date.parse(text);
    const now = this.#options.now();
    if (Number.isNaN(asked) || asked <= now) {
      throw badRequest('Subscription expiration must be in the future.', 'InvalidRequest');
    }
    // A minute of grace: the asker's clock need not be ours.
    if (asked > now + (MAX_MINUTES + 1) * MINUTE_MS) {
      throw badRequest(`Subscription expiration can only be ${MAX_MINUTES} minutes in the future.`, 'InvalidRequest');
    }
    return Math.max(asked, now + MIN_MINUTES * MINUTE_MS);
  }

  async #validate(subscription: Subscription, urls: readonly string[]): Promise<void> {
    for (const url of urls) checkedUrl(url);
    for (const url of urls) {
      const point = { method: 'POST', path: '/subscriptions', mailbox: subscription.mailbox.address };
      const spoiled = this.#options.faults.take(point, ['validationFails']) !== undefined;
      if (spoiled || !(await echoes(url))) {
        const message =
          'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.';
        throw badRequest(message, 'ValidationError');
      }
    }
  }
}

/** Whether the endpoint gives the decoded token back as plain text within 10 seconds. */
const echoes = async (url: string): Promise<boolean> => {
  const token = `Validation: Testing client application reachability. Request-Id: ${randomUUID()}`;
  const target = new URL(url);
  target.searchParams.set('validationToken', token);
  const call: Post = { contentType: 'text/plain; charset=utf-8', body: '', timeoutMs: VALIDATION_MS };
  const answer = await post(target.href, call);
  return answer?.status === 200 && answer.contentType.startsWith('text/plain') && answer.text === token;
};

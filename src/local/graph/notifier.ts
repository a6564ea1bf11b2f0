import type { Fault, Faults } from './faults.ts';
import type { MailChange } from './mail-store.ts';
import { etagOf, idOf } from './message-json.ts';
import type { Pending } from './pending.ts';
import { post } from './post.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

const FIRST_TRY_MS = 3_000;
const RETRY_MS = 10_000;
const HELD_MS = 2_000;
const KINDS = ['dropped', 'duplicated', 'reordered', 'delayed', 'wrongClientState', 'subscriptionRemoved'] as const;

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';
type Notification = Readonly<Record<string, unknown>>;

export interface NotifierOptions {
  readonly subscriptions: Subscriptions;
  readonly faults: Faults;
  readonly pending: Pending;
  readonly tenantId: string;
  /** Pauses between attempts, in milliseconds; after the last one the notification is given up. */
  readonly retryMs: readonly number[];
}

/** Tells subscribers of changes, again and again until they answer 2xx. Promises neither order nor exactly once. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stop = new AbortController();
  /** Notifications that a later one shall overtake, by subscription. */
  readonly #held = new Map<string, () => void>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  changed(change: MailChange): void {
    for (const subscription of this.#options.subscriptions.hearing(change)) {
      const { address } = subscription.mailbox;
      const path = `/users/${address}/messages/${change.item.immutableId}`;
      const fault = this.#options.faults.take({ method: 'NOTIFY', path, mailbox: address }, KINDS);
      this.#options.pending.start('A notification', () =>
        this.#tell(subscription, this.#payload(subscription, change), fault),
      );
    }
  }

  /** Sends a lifecycle event; to nobody when the subscription named no URL for it. */
  lifecycle(subscription: Subscription, lifecycleEvent: LifecycleEvent): void {
    const { lifecycleNotificationUrl: url } = subscription;
    if (url === null) return;
    const notification = { ...this.#common(subscription), lifecycleEvent };
    this.#options.pending.start('A lifecycle event', () => this.#deliver(url, notification));
  }

  close(): void {
    this.#stop.abort();
  }

  #common(subscription: Subscription): Notification {
    return {
      subscriptionId: subscription.id,
      subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
      clientState: subscription.clientState,
      tenantId: this.#options.tenantId,
    };
  }

  #payload(subscription: Subscription, { type, item, mailbox }: MailChange): Notification {
    const id = idOf(item, { immutableIds: subscription.immutableIds, body: 'html', unsafeHtml: false, pageSize: 0 });
    const resource = `Users/${mailbox.id}/Messages/${id}`;
    return {
      ...this.#common(subscription),
      changeType: type,
      resource,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.Message',
        '@odata.id': resource,
        '@odata.etag': etagOf(item),
        id,
      },
    };
  }

  async #tell(subscription: Subscription, notification: Notification, fault: Fault | undefined): Promise<void> {
    const { id, notificationUrl: url } = subscription;
    const deliver = () => this.#deliver(url, notification);
    switch (KINDS.find((kind) => kind === fault?.kind)) {
      case 'dropped':
        return;
      case 'duplicated':
        await deliver();
        return deliver();
      case 'delayed':
        await this.#options.pending.sleep(fault?.delayMs ?? 1000);
        return deliver();
      case 'reordered':
        await this.#overtaken(id);
        return deliver();
      case 'wrongClientState':
        return this.#deliver(url, { ...notification, clientState: `not-${String(notification.clientState)}` });
      case 'subscriptionRemoved':
        this.#options.subscriptions.remove(id);
        return this.lifecycle(subscription, 'subscriptionRemoved');
      case undefined:
        await deliver();
        this.#held.get(id)?.();
    }
  }

  /** Resolves when a later notification of the same subscription has gone out, or after a while without one. */
  async #overtaken(id: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(id, resolve);
    await Promise.race([promise, this.#options.pending.sleep(HELD_MS)]);
    this.#held.delete(id);
  }

  async #deliver(url: string, notification: Notification): Promise<void> {
    const body = JSON.stringify({ value: [notification] });
    const { signal } = this.#stop;
    for (const [attempt, pause] of [0, ...this.#options.retryMs].entries()) {
      if (attempt > 0 && !(await this.#options.pending.sleep(pause))) return;
      const timeoutMs = attempt === 0 ? FIRST_TRY_MS : RETRY_MS;
      const answer = await post(url, { contentType: 'application/json; charset=utf-8', body, timeoutMs, signal });
      if (signal.aborted || (answer && answer.status >= 200 && answer.status < 300)) return;
    }
  }
}

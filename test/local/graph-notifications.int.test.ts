import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CARLA,
  openGraphTenant,
  openWebhook,
  SUPPORT,
  TENANT,
  type GraphTenant,
  type Webhook,
} from './graph-tenant.ts';

interface Subscription {
  id: string;
  expirationDateTime: string;
}

let clock: number;
let tenant: GraphTenant;
let webhook: Webhook;
beforeEach(async () => {
  clock = Date.now();
  tenant = await openGraphTenant({ now: () => clock, tokenLifetimeS: 30 * 86_400 });
  webhook = await openWebhook();
});
afterEach(async () => {
  await tenant.close();
  await webhook.close();
});

const inDays = (days: number): string => new Date(clock + days * 86_400_000).toISOString();
const wish = (extra: object = {}) => ({
  changeType: 'created',
  notificationUrl: `${webhook.url}/api/graph?tenant=1`,
  resource: `/users/${SUPPORT}/mailFolders('inbox')/messages`,
  expirationDateTime: inDays(6),
  clientState: 'secret-state',
  ...extra,
});
const subscribe = async (extra: object = {}): Promise<Subscription> =>
  (await tenant.graph.api('/subscriptions').header('Prefer', 'IdType="ImmutableId"').post(wish(extra))) as Subscription;
const arrives = async (subject: string): Promise<void> => {
  await tenant.mail({ from: CARLA, to: SUPPORT, subject, text: 'x' });
};
const inboxIds = () =>
  tenant.standIn
    .mailbox(SUPPORT)
    ?.messages('inbox')
    .map((item) => item.immutableId) ?? [];
const told = () => webhook.notifications.map((one) => (one.resourceData as { id: string } | undefined)?.id);

describe('subscribing', () => {
  it('makes the handshake with both URLs, while the POST is under way', async () => {
    const created = await subscribe({ lifecycleNotificationUrl: `${webhook.url}/lifecycle` });
    expect(created).toMatchObject({
      clientState: 'secret-state',
      changeType: 'created',
      expirationDateTime: inDays(6),
    });
  });
  it.each(['html', 'wrong'] as const)('creates nothing when the endpoint’s answer is %s', async (handshake) => {
    const bad = await openWebhook({ handshake });
    const refused = expect.objectContaining({ statusCode: 400, code: 'ValidationError' });
    await expect(subscribe({ notificationUrl: bad.url })).rejects.toEqual(refused);
    await expect(subscribe({ lifecycleNotificationUrl: bad.url })).rejects.toEqual(refused);
    expect(tenant.standIn.subscriptions()).toEqual([]);
    await bad.close();
  });
  it.each([
    ['another machine', { notificationUrl: 'http://desk.example/api' }],
    ['a mailbox nobody has', { resource: '/users/nobody@x.example/messages' }],
    ['more than seven days', { expirationDateTime: '2999-01-01T00:00:00Z' }],
    ['the past', { expirationDateTime: '2020-01-01T00:00:00Z' }],
    ['a change that does not exist', { changeType: 'read' }],
    ['a client state of more than 128 characters', { clientState: 'x'.repeat(129) }],
  ])('refuses %s', async (_what, extra) => {
    await expect(subscribe(extra)).rejects.toMatchObject({ statusCode: 400 });
    expect(tenant.standIn.subscriptions()).toEqual([]);
  });
  it('refuses the same once more', async () => {
    await subscribe();
    await expect(subscribe()).rejects.toMatchObject({ statusCode: 409 });
  });
  it('is listed, renewed, reauthorised and deleted', async () => {
    const { id } = await subscribe();
    const at = `/subscriptions/${id}`;
    expect(await tenant.graph.api('/subscriptions').get()).toMatchObject({ value: [{ id }] });
    expect(await tenant.graph.api(at).patch({ expirationDateTime: inDays(3) })).toMatchObject({
      expirationDateTime: inDays(3),
    });
    await tenant.graph.api(`${at}/reauthorize`).post({});
    await tenant.graph.api(at).delete();
    await expect(tenant.graph.api(at).get()).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
  });
  it('ends in silence when it is not renewed, and lives 45 minutes at least', async () => {
    const { id, expirationDateTime } = await subscribe({ expirationDateTime: new Date(clock + 60_000).toISOString() });
    expect(Date.parse(expirationDateTime)).toBe(clock + 45 * 60_000);
    clock += 46 * 60_000;
    await expect(
      tenant.graph.api(`/subscriptions/${id}`).patch({ expirationDateTime: inDays(1) }),
    ).rejects.toMatchObject({ statusCode: 404 });
    await arrives('unheard');
    await tenant.standIn.idle();
    expect(webhook.notifications).toEqual([]);
  });
});

describe('being notified', () => {
  it('names the message by its immutable id, the subscription and the client state', async () => {
    const { id } = await subscribe();
    await arrives('one');
    await tenant.standIn.idle();
    const [messageId] = inboxIds();
    expect(webhook.notifications).toEqual([
      expect.objectContaining({
        subscriptionId: id,
        clientState: 'secret-state',
        changeType: 'created',
        tenantId: TENANT,
        resource: expect.stringMatching(new RegExp(`^Users/[\\da-f-]{36}/Messages/${messageId}$`)),
        resourceData: expect.objectContaining({ '@odata.type': '#Microsoft.Graph.Message', id: messageId }),
      }),
    ]);
  });
  it('hears of drafts, sent mail, changes and moves, when it asked for the whole mailbox', async () => {
    await subscribe({ resource: `/users/${SUPPORT}/messages`, changeType: 'created,updated,deleted' });
    const draft = { subject: 'd', body: { content: 'x' }, toRecipients: [{ emailAddress: { address: CARLA } }] };
    const { id } = (await tenant.graph.api(`/users/${SUPPORT}/messages`).post(draft)) as { id: string };
    await tenant.graph.api(`/users/${SUPPORT}/messages/${id}`).patch({ isRead: false });
    await tenant.graph.api(`/users/${SUPPORT}/messages/${id}/send`).post({});
    await tenant.standIn.idle();
    const changes = webhook.notifications.map((one) => String(one.changeType)).sort();
    // draft, outbox, sent items; read; out of drafts and out of the outbox
    expect(changes).toEqual(['created', 'created', 'created', 'deleted', 'deleted', 'updated']);
  });
  it('tries again until the webhook has it', async () => {
    await webhook.close();
    webhook = await openWebhook({ statuses: [500, 503] });
    await subscribe();
    await arrives('stubborn');
    await tenant.standIn.idle();
    expect(told()).toEqual(inboxIds());
  });
  it('sends lifecycle events to the URL named for them', async () => {
    const { id } = await subscribe({ lifecycleNotificationUrl: `${webhook.url}/lifecycle` });
    tenant.standIn.lifecycle(id, 'missed');
    tenant.standIn.removeSubscription(id, { tell: true });
    await tenant.standIn.idle();
    const events = webhook.notifications.map((one) => one.lifecycleEvent).sort();
    expect(events).toEqual(['missed', 'subscriptionRemoved']);
    expect(tenant.standIn.subscriptions()).toEqual([]);
  });
});

describe('notifications going wrong', () => {
  beforeEach(async () => {
    await subscribe({ lifecycleNotificationUrl: `${webhook.url}/lifecycle` });
  });
  const after = async (
    kind: 'dropped' | 'duplicated' | 'reordered' | 'delayed' | 'wrongClientState' | 'subscriptionRemoved',
  ) => {
    tenant.standIn.fault({ match: `NOTIFY /users/${SUPPORT}/*`, kind, delayMs: 1500 });
    await arrives('first');
    await arrives('second');
    await tenant.standIn.idle();
    return inboxIds();
  };

  it('one is dropped', async () => {
    const [, second] = await after('dropped');
    expect(told()).toEqual([second]);
  });
  it('one comes twice', async () => {
    const [first, second] = await after('duplicated');
    expect(told().sort()).toEqual([first, first, second].sort());
  });
  it.each(['reordered', 'delayed'] as const)('one is %s, so that the next overtakes it', async (kind) => {
    const [first, second] = await after(kind);
    expect(told()).toEqual([second, first]);
  });
  it('one carries a client state that is not ours', async () => {
    await after('wrongClientState');
    expect(webhook.notifications.map((one) => one.clientState).sort()).toEqual(['not-secret-state', 'secret-state']);
  });
  it('the subscription is removed, which the lifecycle URL hears', async () => {
    await after('subscriptionRemoved');
    expect(webhook.notifications).toEqual([expect.objectContaining({ lifecycleEvent: 'subscriptionRemoved' })]);
    expect(tenant.standIn.subscriptions()).toEqual([]);
  });
  it('the handshake fails though the endpoint is well', async () => {
    tenant.standIn.fault({ kind: 'validationFails' });
    const other = { resource: `/users/${CARLA}/messages` };
    await expect(subscribe(other)).rejects.toMatchObject({ code: 'ValidationError' });
    await expect(subscribe(other)).resolves.toHaveProperty('id');
  });
});

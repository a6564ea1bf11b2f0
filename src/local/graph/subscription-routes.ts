import { z } from 'zod';
import { badRequest } from './failure.ts';
import { readJson } from './read-json.ts';
import { route, type RoutedCall, type Reply, type Route } from './router.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

const CHANGES = new Set(['created', 'updated', 'deleted']);

const WISH = z.object({
  changeType: z.string(),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullish(),
  resource: z.string(),
  expirationDateTime: z.string(),
  clientState: z.string().max(128).nullish(),
  includeResourceData: z.literal(false).nullish(),
  latestSupportedTlsVersion: z.string().nullish(),
});

const RENEWAL = z.strictObject({ expirationDateTime: z.string().optional(), notificationUrl: z.string().optional() });

export const subscriptionJson = (one: Subscription) => ({
  id: one.id,
  resource: one.resource,
  applicationId: one.appId,
  changeType: one.changeType,
  clientState: one.clientState,
  notificationUrl: one.notificationUrl,
  notificationQueryOptions: null,
  lifecycleNotificationUrl: one.lifecycleNotificationUrl,
  expirationDateTime: new Date(one.expiresAt).toISOString(),
  creatorId: one.appId,
  includeResourceData: null,
  latestSupportedTlsVersion: 'v1_2',
  encryptionCertificate: null,
  encryptionCertificateId: null,
  notificationUrlAppId: null,
});

const changesOf = (text: string): string => {
  const changes = text.split(',').map((change) => change.trim().toLowerCase());
  const unknown = changes.find((change) => !CHANGES.has(change));
  if (unknown === undefined) return changes.sort().join(',');
  throw badRequest(`changeType '${unknown}' is not supported.`, 'InvalidRequest');
};

const create = async (call: RoutedCall, subscriptions: Subscriptions): Promise<Reply> => {
  const wish = readJson(call, WISH);
  const subscription = await subscriptions.create({
    appId: call.appId,
    resource: wish.resource,
    changeType: changesOf(wish.changeType),
    notificationUrl: wish.notificationUrl,
    lifecycleNotificationUrl: wish.lifecycleNotificationUrl ?? null,
    clientState: wish.clientState ?? null,
    expirationDateTime: wish.expirationDateTime,
    immutableIds: call.prefer.immutableIds,
  });
  const context = `${call.base}/v1.0/$metadata#subscriptions/$entity`;
  return { status: 201, json: { '@odata.context': context, ...subscriptionJson(subscription) } };
};

export const subscriptionRoutes = (subscriptions: Subscriptions): readonly Route[] => {
  /** An app sees only its own. */
  const own = (call: RoutedCall): Subscription => {
    const found = subscriptions.list(call.appId).find((one) => one.id === call.param('id'));
    return found ?? subscriptions.get('');
  };
  return [
    route('POST', '/subscriptions', (call) => create(call, subscriptions)),
    route('GET', '/subscriptions', (call) => ({
      status: 200,
      json: { value: subscriptions.list(call.appId).map(subscriptionJson) },
    })),
    route('GET', '/subscriptions/:id', (call) => ({ status: 200, json: subscriptionJson(own(call)) })),
    route('PATCH', '/subscriptions/:id', async (call) => {
      const { expirationDateTime, notificationUrl } = readJson(call, RENEWAL);
      const renewed = await subscriptions.renew(own(call).id, {
        ...(expirationDateTime === undefined ? {} : { expirationDateTime }),
        ...(notificationUrl === undefined ? {} : { notificationUrl }),
      });
      return { status: 200, json: subscriptionJson(renewed) };
    }),
    route('DELETE', '/subscriptions/:id', (call) => {
      subscriptions.remove(own(call).id);
      return { status: 204 };
    }),
    route('POST', '/subscriptions/:id/reauthorize', (call) => {
      own(call);
      return { status: 204 };
    }),
  ];
};

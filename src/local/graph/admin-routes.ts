import { z } from 'zod';
import { FAULT_SPEC, type Faults } from './faults.ts';
import type { MailStore } from './mail-store.ts';
import { readJson } from './read-json.ts';
import { route, type Route } from './router.ts';
import { subscriptionJson } from './subscription-routes.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface AdminParts {
  readonly store: MailStore;
  readonly faults: Faults;
  readonly subscriptions: Subscriptions;
}

const FAULTS = z.union([FAULT_SPEC, z.array(FAULT_SPEC)]);

/** `/__standin/…`: what a person at this machine may look at and break. Nothing of it exists at Graph. */
export const adminRoutes = ({ store, faults, subscriptions }: AdminParts): readonly Route[] => [
  route('GET', '/faults', () => ({ status: 200, json: { value: faults.list() } })),
  route('POST', '/faults', (call) => ({
    status: 201,
    json: { value: [readJson(call, FAULTS)].flat().map((spec) => faults.add(spec)) },
  })),
  route('DELETE', '/faults', () => {
    faults.clear();
    return { status: 204 };
  }),
  route('GET', '/sent', () => ({
    status: 200,
    json: { value: store.sent.map(({ raw, ...sent }) => ({ ...sent, size: raw.length })) },
  })),
  route('GET', '/mailboxes', () => ({
    status: 200,
    json: {
      value: store.mailboxes().map((mailbox) => {
        const { id, address, name, autoCreated } = mailbox;
        return { id, address, name, autoCreated, messages: mailbox.items().length };
      }),
    },
  })),
  route('GET', '/subscriptions', () => ({
    status: 200,
    json: { value: subscriptions.list().map(subscriptionJson) },
  })),
];

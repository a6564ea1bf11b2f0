import { describe, expect, test } from '@jest/globals';
import type { AlertAddress } from '../../src/application/ports/alert-ledger.ts';
import type { Deliveries, Delivery, DeliveryJob, PersonCard } from '../../src/application/ports/deliveries.ts';
import { personId, teamId, type TicketId } from '../../src/domain/values.ts';
import { deliveryDocuments, deliveryId } from '../../src/store/delivery-documents.ts';
import { ana, service } from '../support/deeds.ts';
import { at } from './delivery-jobs.ts';
import { anotherTicket, deskStore, inOwnRoom } from './desk-store.ts';

const desk = deskStore();
const deliveriesOfOneDay = (): Deliveries => deliveryDocuments(inOwnRoom(desk.store));

type Alert = Extract<DeliveryJob, { kind: 'alert' }>;
const personal: AlertAddress = { kind: 'personal', person: ana.id };
const alertOf = (ticketId: TicketId, more: Partial<Alert> = {}): Alert => ({
  ...{ channel: 'teams', kind: 'alert', ticketId, episode: 1, repeat: 0, address: personal, rev: 3 },
  ...more,
});
const due = (deliveries: Deliveries, minute: number): Promise<readonly Delivery[]> =>
  deliveries.due('teams', { at: at(minute), limit: 100 });
const sent = async (deliveries: Deliveries, minute: number): Promise<void> => {
  for (const each of await due(deliveries, minute)) {
    const lease = await deliveries.lease(each, at(minute + 1));
    if (lease) await deliveries.settle(lease);
  }
};

describe('an alert’s card', () => {
  test('is one for each ticket, episode, repeat and address', () => {
    const id = anotherTicket();
    const addresses: readonly AlertAddress[] = [
      personal,
      { kind: 'personal', person: personId('ben') },
      { kind: 'mail', person: ana.id },
      { kind: 'channel', teamId: service },
      { kind: 'channel', teamId: teamId('network') },
      { kind: 'chat', id: '19:one@thread.v2' },
      { kind: 'chat', id: '19:two@thread.v2' },
    ];
    const jobs = [
      alertOf(anotherTicket()),
      alertOf(id, { episode: 2 }),
      alertOf(id, { repeat: 1 }),
      ...addresses.map((address) => alertOf(id, { address })),
    ];
    expect(new Set([...jobs, alertOf(id, { rev: 9 })].map(deliveryId)).size).toBe(jobs.length);
  });

  test('in a chat whose id no document could be called by, and that is endless, is delivered', async () => {
    const deliveries = deliveriesOfOneDay();
    const job = alertOf(anotherTicket(), { address: { kind: 'chat', id: `19:a/b\\c?d#e ✓${'x'.repeat(400)}` } });
    await deliveries.enqueue(job, at(0));
    expect((await due(deliveries, 1)).map((each) => each.job)).toEqual([job]);
  });

  test('is told once where nothing changed, and again after it was sent when something did', async () => {
    const deliveries = deliveriesOfOneDay();
    const id = anotherTicket();
    for (const rev of [3, 5, 4]) await deliveries.enqueue(alertOf(id, { rev }), at(0));
    expect((await due(deliveries, 1)).map(({ job }) => job)).toEqual([alertOf(id, { rev: 5 })]);
    await sent(deliveries, 1);
    expect(await due(deliveries, 100)).toEqual([]);
    await deliveries.enqueue(alertOf(id, { rev: 6 }), at(2));
    expect(await due(deliveries, 3)).toHaveLength(1);
  });

  test('held for quiet hours waits for their end, also when the alert changes meanwhile', async () => {
    const deliveries = deliveriesOfOneDay();
    const id = anotherTicket();
    await deliveries.enqueue(alertOf(id), at(600));
    await deliveries.enqueue(alertOf(id, { rev: 4 }), at(5));
    expect(await due(deliveries, 599)).toEqual([]);
    expect(await due(deliveries, 600)).toMatchObject([{ job: { rev: 4 }, dueAt: at(600), attempts: 0 }]);
  });
});

describe('a card for one person', () => {
  const cardOf = (card: PersonCard, rev: number): DeliveryJob => {
    const subject = `${ana.id}~NOT_ASSIGNED~1~ticket~1767603600000`;
    return { channel: 'teams', kind: 'person-card', to: ana.id, card, subject, rev };
  };

  test('of many alerts alike grows: it comes again after it was sent', async () => {
    const deliveries = deliveriesOfOneDay();
    for (const rev of [1, 2]) await deliveries.enqueue(cardOf('alerts', rev), at(0));
    await sent(deliveries, 1);
    await deliveries.enqueue(cardOf('alerts', 3), at(2));
    expect((await due(deliveries, 3)).map(({ job }) => job)).toEqual([cardOf('alerts', 3)]);
  });

  test.each(['ping-failed', 'digest'] as const)('%s comes once, however often it is put in', async (card) => {
    const deliveries = deliveriesOfOneDay();
    for (const rev of [1, 2]) await deliveries.enqueue(cardOf(card, rev), at(0));
    await sent(deliveries, 1);
    await deliveries.enqueue(cardOf(card, 3), at(2));
    expect(await due(deliveries, 100)).toEqual([]);
  });
});

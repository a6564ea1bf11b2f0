import { describe, expect, test } from '@jest/globals';
import type { Deliveries, Delivery, DeliveryChannel } from '../../src/application/ports/deliveries.ts';
import type { TicketId } from '../../src/domain/values.ts';
import { deliveryDocuments, deliveryId } from '../../src/store/delivery-documents.ts';
import { at, cardOf, deadLetterOf, internalMailOf, mailOf, noticeOf, personCardOf, ticketOf } from './delivery-jobs.ts';
import { anotherTicket, deskStore } from './desk-store.ts';

const desk = deskStore();
const deliveries = (): Deliveries => deliveryDocuments(desk.store);

/** What is due of one ticket, whatever else the database holds. */
const dueOf = async (ticketId: TicketId, channel: DeliveryChannel, minute: number): Promise<Delivery[]> =>
  (await deliveries().due(channel, { at: at(minute), limit: 1_000 })).filter(({ job }) => ticketOf(job) === ticketId);
const theOne = async (ticketId: TicketId, channel: DeliveryChannel, minute: number): Promise<Delivery> => {
  const [only, ...more] = await dueOf(ticketId, channel, minute);
  if (!only || more.length > 0) throw new TypeError(`${more.length + (only ? 1 : 0)} are due`);
  return only;
};
const leased = async (delivery: Delivery, minute: number): Promise<Delivery> => {
  const lease = await deliveries().lease(delivery, at(minute));
  if (!lease) throw new TypeError('no lease');
  return lease;
};
const revOf = ({ job }: Delivery): number | undefined => (job.channel === 'teams' ? job.rev : undefined);

describe('putting something in', () => {
  test('is due at its time, as it was put in, and not before', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(mailOf(id, 3), at(5));
    expect(await dueOf(id, 'mail', 4)).toEqual([]);
    expect(await theOne(id, 'mail', 5)).toMatchObject({
      id: `mail:${id}:3`,
      job: mailOf(id, 3),
      attempts: 0,
      dueAt: at(5),
    });
    expect(await dueOf(id, 'teams', 5)).toEqual([]);
  });

  test.each([
    ['mail', mailOf],
    ['notice', noticeOf],
  ] as const)('the same %s twice is one, also after it was sent', async (_name, jobOf) => {
    const id = anotherTicket();
    const job = jobOf(id, 3);
    await Promise.all([deliveries().enqueue(job, at(0)), deliveries().enqueue(job, at(0))]);
    await deliveries().enqueue(job, at(9));
    const delivery = await leased(await theOne(id, job.channel, 1), 5);
    expect(await deliveries().settle(delivery)).toBe(true);
    await deliveries().enqueue(job, at(10));
    expect(await dueOf(id, job.channel, 100)).toEqual([]);
  });

  test('a mail is frozen: the first words stay', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(mailOf(id, 3, 'first'), at(0));
    await deliveries().enqueue(mailOf(id, 3, 'second'), at(0));
    expect((await theOne(id, 'mail', 1)).job).toEqual(mailOf(id, 3, 'first'));
  });

  test('each mail, each person’s notice and card and each dead letter is its own', async () => {
    const id = anotherTicket();
    const jobs = [
      mailOf(id, 3),
      mailOf(id, 4),
      cardOf(id, 3),
      noticeOf(id, 3),
      noticeOf(id, 4),
      noticeOf(id, 3, 'ben'),
      deadLetterOf(id, 'a'),
      deadLetterOf(id, 'b'),
    ];
    const personal = [
      personCardOf('job', 'x'),
      personCardOf('job', 'y'),
      personCardOf('cover-return', 'x'),
      internalMailOf(`${id}:3`),
    ];
    const all = [...jobs, ...personal];
    expect(new Set([...all, cardOf(id, 9)].map(deliveryId)).size).toBe(all.length);
    for (const job of jobs) await deliveries().enqueue(job, at(0));
    expect(await dueOf(id, 'mail', 1)).toHaveLength(2);
    expect(await dueOf(id, 'teams', 1)).toHaveLength(6);
  });
});

describe('an internal mail', () => {
  const due = async (key: string, minute: number): Promise<Delivery[]> =>
    (await deliveries().due('internal-mail', { at: at(minute), limit: 1_000 })).filter(
      ({ id }) => id === `imail:${key}`,
    );

  test('is one for its key, with its first words, also after it was sent', async () => {
    const key = `alert:${anotherTicket()}`;
    await deliveries().enqueue(internalMailOf(key, { text: 'first' }), at(0));
    await deliveries().enqueue(internalMailOf(key, { text: 'second' }), at(0));
    const [only, ...more] = await due(key, 1);
    expect([only?.job, more]).toEqual([internalMailOf(key, { text: 'first' }), []]);
    if (only) expect(await deliveries().settle(await leased(only, 5))).toBe(true);
    await deliveries().enqueue(internalMailOf(key), at(6));
    expect(await due(key, 100)).toEqual([]);
  });

  test('is not among the customers’ mails', async () => {
    const key = `alert:${anotherTicket()}`;
    await deliveries().enqueue(internalMailOf(key), at(0));
    const mails = await deliveries().due('mail', { at: at(1), limit: 1_000 });
    expect(mails.filter(({ job }) => job.channel !== 'mail')).toEqual([]);
    expect(await due(key, 1)).toHaveLength(1);
  });
});

describe('a card', () => {
  test('has one delivery: the newest change waits, an older one does not come back', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(cardOf(id, 2), at(0));
    await deliveries().enqueue(cardOf(id, 4), at(3));
    await deliveries().enqueue(cardOf(id, 3), at(1));
    expect(await theOne(id, 'teams', 9)).toMatchObject({ job: { rev: 4 }, dueAt: at(0), attempts: 0 });
  });

  test('a newer one while it is being sent keeps the lease, so that one is sent at a time; then it still waits', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(cardOf(id, 2), at(0));
    const sending = await leased(await theOne(id, 'teams', 1), 10);
    await deliveries().enqueue(cardOf(id, 3), at(2));
    expect(await dueOf(id, 'teams', 9)).toEqual([]);
    expect(await deliveries().settle(sending)).toBe(false);
    const next = await theOne(id, 'teams', 10);
    expect(revOf(next)).toBe(3);
    expect(await deliveries().settle(await leased(next, 20))).toBe(true);
    expect(await dueOf(id, 'teams', 100)).toEqual([]);
  });

  test('can be sent again after it was settled or given up', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(cardOf(id, 2), at(0));
    expect(await deliveries().settle(await leased(await theOne(id, 'teams', 1), 5))).toBe(true);
    await deliveries().enqueue(cardOf(id, 3), at(6));
    await deliveries().bury(await leased(await theOne(id, 'teams', 7), 8), 'the channel is gone');
    await deliveries().enqueue(cardOf(id, 4), at(9));
    expect(await theOne(id, 'teams', 10)).toMatchObject({ job: { rev: 4 }, attempts: 0 });
  });

  test('put off while a newer one came: the newer one is put off', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(cardOf(id, 2), at(0));
    const sending = await leased(await theOne(id, 'teams', 1), 2);
    await deliveries().enqueue(cardOf(id, 3), at(1));
    await deliveries().postpone(sending, at(30));
    expect(await dueOf(id, 'teams', 29)).toEqual([]);
    expect(revOf(await theOne(id, 'teams', 30))).toBe(3);
  });

  test('given up while a newer one came: the newer one still waits', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(cardOf(id, 2), at(0));
    const sending = await leased(await theOne(id, 'teams', 1), 2);
    await deliveries().enqueue(cardOf(id, 3), at(1));
    await deliveries().bury(sending, '400');
    expect(revOf(await theOne(id, 'teams', 3))).toBe(3);
  });
});

describe('a card for one person', () => {
  const due = async (subject: string, minute: number): Promise<Delivery[]> =>
    (await deliveries().due('teams', { at: at(minute), limit: 1_000 })).filter(
      ({ job }) => job.channel === 'teams' && job.kind === 'person-card' && job.subject === subject,
    );

  test('about a job shows how far it is by now: the newest waits, and it comes again after it was sent', async () => {
    for (const rev of [1, 3, 2]) await deliveries().enqueue(personCardOf('job', 'job-1', { rev }), at(0));
    const [first, ...more] = await due('job-1', 1);
    expect([first && revOf(first), more]).toEqual([3, []]);
    if (first) await deliveries().settle(await leased(first, 5));
    await deliveries().enqueue(personCardOf('job', 'job-1', { rev: 4 }), at(6));
    expect((await due('job-1', 7)).map(revOf)).toEqual([4]);
  });

  test('about a cover that is over comes once, however often it is put in', async () => {
    const card = personCardOf('cover-return', 'cover-1');
    for (const minute of [0, 1]) await deliveries().enqueue(card, at(minute));
    const [only, ...more] = await due('cover-1', 2);
    expect(more).toEqual([]);
    if (only) expect(await deliveries().settle(await leased(only, 5))).toBe(true);
    await deliveries().enqueue(card, at(6));
    expect(await due('cover-1', 100)).toEqual([]);
  });
});

describe('the lease', () => {
  test('of two workers one gets it, and counts the attempt', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(mailOf(id, 3), at(0));
    const seen = await theOne(id, 'mail', 1);
    const leases = await Promise.all([deliveries().lease(seen, at(5)), deliveries().lease(seen, at(5))]);
    expect(leases.filter((lease) => lease !== undefined)).toMatchObject([{ attempts: 1, dueAt: at(5) }]);
    expect(await dueOf(id, 'mail', 4)).toEqual([]);
  });

  test('ends by itself: who lost it can neither settle nor give up what another sends', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(mailOf(id, 3), at(0));
    const slow = await leased(await theOne(id, 'mail', 1), 5);
    const second = await leased(await theOne(id, 'mail', 5), 10);
    expect(second.attempts).toBe(2);
    expect(await deliveries().settle(slow)).toBe(false);
    await deliveries().bury(slow, 'too slow');
    expect((await theOne(id, 'mail', 10)).attempts).toBe(2);
    expect(await deliveries().settle(second)).toBe(true);
  });

  test('a delivery that was put off waits until then, and keeps its attempts', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(mailOf(id, 3), at(0));
    await deliveries().postpone(await leased(await theOne(id, 'mail', 1), 2), at(60));
    expect(await dueOf(id, 'mail', 59)).toEqual([]);
    expect(await theOne(id, 'mail', 60)).toMatchObject({ attempts: 1 });
  });

  test('what is settled is not put off any more', async () => {
    const id = anotherTicket();
    await deliveries().enqueue(mailOf(id, 3), at(0));
    const lease = await leased(await theOne(id, 'mail', 1), 2);
    await deliveries().settle(lease);
    await deliveries().postpone(lease, at(60));
    expect(await dueOf(id, 'mail', 100)).toEqual([]);
  });
});

test('what is given up is kept for a person to look at, with the reason, and is not sent again', async () => {
  const id = anotherTicket();
  await deliveries().enqueue(mailOf(id, 3), at(0));
  await deliveries().bury(await leased(await theOne(id, 'mail', 1), 2), 'no such mailbox');
  expect((await deliveries().dead('mail', 100)).filter((each) => each.id === `mail:${id}:3`)).toEqual([
    { id: `mail:${id}:3`, reason: 'no such mailbox', job: mailOf(id, 3) },
  ]);
  await deliveries().enqueue(mailOf(id, 3), at(5));
  expect(await dueOf(id, 'mail', 100)).toEqual([]);
});

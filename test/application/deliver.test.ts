import { describe, expect, test } from '@jest/globals';
import { DeliveryError } from '../../src/application/errors.ts';
import type { Deliveries, DeliveryJob } from '../../src/application/ports/deliveries.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { deliverDue, type DeliverParts } from '../../src/outbound/deliver.ts';
import { MOST_ATTEMPTS } from '../../src/outbound/retry-timing.ts';
import { deliveryDocuments } from '../../src/store/delivery-documents.ts';
import { cardOf, internalMailOf, mailOf, noticeOf, ticketOf } from '../store/delivery-jobs.ts';
import { anotherTicket, deskStore } from '../store/desk-store.ts';
import { dies, handClock, listening, type HandClock } from './parts.ts';

const desk = deskStore();

/** A worker of its own day: what other tests left behind is due much later than anything here. */
interface Worker {
  readonly clock: HandClock;
  readonly sent: DeliveryJob[];
  readonly deliveries: Deliveries;
  readonly said: readonly string[];
  put(job: DeliveryJob): Promise<void>;
  round(): Promise<boolean>;
  /** A second worker at the same deliveries. */
  beside(): Worker;
}

type Sending = (job: DeliveryJob) => Promise<void>;

/** Each test works on deliveries of its own: a database's worth of other tickets would be sent along. */
const shards = new Map<string, string>();
const privately = (store: DocumentStore, name: string): DocumentStore => {
  const own = (pk: string): string => `${name}~${pk}`;
  shards.set(name, name);
  return {
    ...store,
    get: (container, pk, id) => store.get(container, own(pk), id),
    commit: (container, pk, ops) => store.commit(container, own(pk), ops),
    query: (container, spec) => store.query(container, { ...spec, pk: own(spec.pk) }),
  };
};

const workerAt = (parts: Omit<DeliverParts, 'senders' | 'log'> & { clock: HandClock }, sending: Sending): Worker => {
  const sent: DeliveryJob[] = [];
  const log = listening();
  const send = async (job: DeliveryJob): Promise<void> => {
    await sending(job);
    sent.push(job);
  };
  const all = { ...parts, log, senders: { mail: send, 'internal-mail': send, teams: send } };
  return {
    ...parts,
    sent,
    said: log.said,
    put: (job) => parts.deliveries.enqueue(job, parts.clock.now()),
    round: () => deliverDue(all),
    beside: () => workerAt(parts, sending),
  };
};

const aWorker = (
  sending: Sending = () => Promise.resolve(),
  mortal: (deliveries: Deliveries) => Deliveries = (all) => all,
): Worker => {
  const deliveries = deliveryDocuments(privately(desk.store, `test-${shards.size}`));
  return workerAt({ deliveries: mortal(deliveries), clock: handClock() }, sending);
};

const failing = (fault: () => DeliveryError): Sending => {
  return () => Promise.reject(fault());
};
const busy = (retryAfterMs?: number): (() => DeliveryError) => {
  const options = retryAfterMs === undefined ? {} : { retryAfterMs };
  return () => new DeliveryError('retry', 'busy', options);
};
const nextDue = async ({ deliveries, clock }: Worker, channel: 'mail' | 'teams'): Promise<number | undefined> => {
  const [first] = await deliveries.due(channel, {
    at: instantOf(millisecondsOf(clock.now()) + 365 * 86_400_000),
    limit: 5,
  });
  return first && (millisecondsOf(first.dueAt) - millisecondsOf(clock.now())) / 1_000;
};

describe('a send', () => {
  test('goes out once, and is over', async () => {
    const worker = aWorker();
    const id = anotherTicket();
    for (const job of [mailOf(id, 1), noticeOf(id, 2), cardOf(id, 2), internalMailOf(id)]) await worker.put(job);
    expect(await worker.round()).toBe(true);
    expect(worker.sent.map(({ channel }) => channel).sort()).toEqual(['internal-mail', 'mail', 'teams', 'teams']);
    expect(await worker.round()).toBe(false);
    worker.clock.passes(86_400);
    expect(await worker.round()).toBe(false);
    expect(worker.sent).toHaveLength(4);
  });

  test('is settled only after it went out: a kill while sending repeats it when the lease ends, and not before', async () => {
    const sending = Promise.withResolvers<void>();
    let sends = 0;
    const worker = aWorker(() => {
      sending.resolve();
      return (sends += 1) === 1 ? new Promise(() => undefined) : Promise.resolve();
    });
    await worker.put(mailOf(anotherTicket(), 1));
    void worker.round();
    await sending.promise;
    worker.clock.passes(59);
    expect(await worker.round()).toBe(false);
    worker.clock.passes(1);
    await worker.round();
    expect(worker.sent).toHaveLength(1);
    worker.clock.passes(600);
    expect(await worker.round()).toBe(false);
  });

  test('has one worker at a time: a second one finds it leased', async () => {
    const gate = Promise.withResolvers<void>();
    const worker = aWorker(() => gate.promise);
    const second = worker.beside();
    await worker.put(mailOf(anotherTicket(), 1));
    const rounds = [worker.round(), second.round()];
    while ((await nextDue(worker, 'mail')) === 0);
    expect(await second.round()).toBe(false);
    gate.resolve();
    await Promise.all(rounds);
    expect([...worker.sent, ...second.sent]).toHaveLength(1);
  });

  test('of a worker too slow for its lease does not end the lease of the one who took over', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let sends = 0;
    const worker = aWorker(() => gates[(sends += 1) - 1]?.promise ?? Promise.resolve());
    await worker.put(mailOf(anotherTicket(), 1));
    const slow = worker.round();
    while (sends < 1) await nextDue(worker, 'mail');
    worker.clock.passes(60);
    const taken = worker.beside().round();
    while (sends < 2) await nextDue(worker, 'mail');
    gates[0]?.resolve();
    await slow;
    expect(await nextDue(worker, 'mail')).toBe(60);
    gates[1]?.resolve();
    await taken;
    expect(await nextDue(worker, 'mail')).toBeUndefined();
  });

  test('that fails does not stop the others', async () => {
    const bad = anotherTicket();
    const worker = aWorker((job) => (ticketOf(job) === bad ? Promise.reject(busy()()) : Promise.resolve()));
    const good = Array.from({ length: 7 }, () => anotherTicket());
    for (const id of [bad, ...good]) await worker.put(mailOf(id, 1));
    await worker.round();
    expect(worker.sent.map(ticketOf).sort()).toEqual([...good].sort());
  });
});

describe('what did not go through', () => {
  test('waits longer each time: 1 s, 2 s, 4 s … at most a quarter of an hour', async () => {
    const worker = aWorker(failing(busy()));
    await worker.put(mailOf(anotherTicket(), 1));
    const waits: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await worker.round();
      const wait = await nextDue(worker, 'mail');
      waits.push(wait);
      worker.clock.passes((wait ?? 0) - 1);
      expect(await worker.round()).toBe(false);
      worker.clock.passes(1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('waits as long as the other side asked', async () => {
    const worker = aWorker(failing(busy(37_000)));
    await worker.put(mailOf(anotherTicket(), 1));
    await worker.round();
    expect(await nextDue(worker, 'mail')).toBe(37);
  });

  test('for a reason nobody foresaw is tried again, too', async () => {
    const worker = aWorker(() => Promise.reject(new TypeError('undefined is not a function')));
    await worker.put(mailOf(anotherTicket(), 1));
    await worker.round();
    expect(await nextDue(worker, 'mail')).toBe(1);
    expect(worker.said).toEqual(['delivery-later']);
  });

  const deadMail = async (worker: Worker): Promise<void> => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await worker.round();
      worker.clock.passes(900);
    }
  };

  test('is given up after three days of attempts, kept with the reason, and a person is told', async () => {
    const worker = aWorker((job) => (job.channel === 'mail' ? Promise.reject(busy()()) : Promise.resolve()));
    const id = anotherTicket();
    await worker.put(mailOf(id, 4));
    await deadMail(worker);
    expect(await worker.deliveries.dead('mail', 5)).toMatchObject([{ id: `mail:${id}:4`, reason: 'busy' }]);
    await worker.round();
    expect(worker.sent).toMatchObject([
      { channel: 'teams', kind: 'dead-letter', failed: `mail:${id}:4`, reason: 'busy', ticketId: id, rev: 4 },
    ]);
    worker.clock.passes(86_400);
    expect(await worker.round()).toBe(false);
  });

  test('is given up at once where it can never go through', async () => {
    const worker = aWorker(failing(() => new DeliveryError('dead', 'no such mailbox')));
    await worker.put(mailOf(anotherTicket(), 1));
    await worker.round();
    expect(await worker.deliveries.dead('mail', 5)).toHaveLength(1);
    expect(await nextDue(worker, 'mail')).toBeUndefined();
  });

  test('is told once: a notice of a failure that fails itself makes no further notice', async () => {
    const worker = aWorker(failing(() => new DeliveryError('dead', 'no')));
    await worker.put(noticeOf(anotherTicket(), 2));
    for (let round = 0; round < 5; round += 1) await worker.round();
    expect(await worker.deliveries.dead('teams', 9)).toHaveLength(2);
    expect(await worker.round()).toBe(false);
  });

  test('is said in the log alone where it was an internal mail: it was the last way to its reader', async () => {
    const worker = aWorker((job) =>
      job.channel === 'internal-mail' ? Promise.reject(new DeliveryError('dead', 'no mailbox')) : Promise.resolve(),
    );
    await worker.put(internalMailOf('alert:1'));
    for (let round = 0; round < 3; round += 1) await worker.round();
    expect(await worker.deliveries.dead('internal-mail', 5)).toMatchObject([
      { id: 'imail:alert:1', reason: 'no mailbox' },
    ]);
    expect(worker.said).toEqual(['delivery-dead']);
    expect(worker.sent).toEqual([]);
  });

  test('is never given up in silence: a kill between giving up and telling still tells', async () => {
    for (const dying of ['bury', 'enqueue'] as const) {
      let alive = false;
      const worker = aWorker(
        (job) => (job.channel === 'mail' ? Promise.reject(new DeliveryError('dead', 'no')) : Promise.resolve()),
        (all) => ({
          ...all,
          bury: (...args) => (dying === 'bury' && !alive ? Promise.reject(dead()) : all.bury(...args)),
          enqueue: (...args) =>
            dying === 'enqueue' && !alive && args[0].channel === 'teams'
              ? Promise.reject(dead())
              : all.enqueue(...args),
        }),
      );
      await worker.put(mailOf(anotherTicket(), 1));
      await expect(worker.round()).rejects.toThrow('killed');
      alive = true;
      for (let round = 0; round < 3; round += 1) {
        worker.clock.passes(60);
        await worker.round();
      }
      expect([dying, worker.sent.length, (await worker.deliveries.dead('mail', 5)).length]).toEqual([dying, 1, 1]);
    }
  });
});

const dead = (): unknown => {
  try {
    return dies();
  } catch (fault) {
    return fault;
  }
};

describe('a card', () => {
  test('that changed five times before it was sent is sent once', async () => {
    const worker = aWorker();
    const id = anotherTicket();
    for (const rev of [1, 2, 3, 4, 5]) await worker.put(cardOf(id, rev));
    await worker.round();
    expect(worker.sent).toMatchObject([{ kind: 'card', rev: 5 }]);
  });

  test('that changes while it is sent is sent again right after, never at the same time', async () => {
    const gate = Promise.withResolvers<void>();
    let [running, most] = [0, 0];
    const worker = aWorker(async () => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
    });
    const id = anotherTicket();
    await worker.put(cardOf(id, 1));
    const first = worker.round();
    while (running === 0) await nextDue(worker, 'teams');
    for (const rev of [2, 3]) await worker.put(cardOf(id, rev));
    expect(await worker.beside().round()).toBe(false);
    gate.resolve();
    await first;
    await worker.round();
    expect(worker.sent).toMatchObject([{ rev: 1 }, { rev: 3 }]);
    expect(most).toBe(1);
    expect(await worker.round()).toBe(false);
  });
});

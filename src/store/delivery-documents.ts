import { createHash } from 'node:crypto';
import { type AlertAddress, addressKey } from '../application/ports/alert-ledger.ts';
import type {
  Deliveries,
  Delivery,
  DeliveryChannel,
  DeliveryJob,
  PersonCard,
} from '../application/ports/deliveries.ts';
import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import type { Instant } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

const SHARDS = 4;
const KEPT_SECONDS = 7 * 86_400;

interface DeliveryDocument {
  readonly state: 'pending' | 'settled' | 'dead';
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly job: DeliveryJob;
  readonly reason?: string;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A chat's id may be longer than a key. */
const addressIn = (address: AlertAddress): string =>
  address.kind === 'chat' ? `chat~${digestOf(address.id)}` : addressKey(address);

/** The idempotency key. A ticket's card has one per slot, an alert's one per address, so that many changes are one edit. */
export const deliveryId = (job: DeliveryJob): string => {
  if (job.channel === 'mail') return `mail:${job.mail.ticketId}:${job.mail.rev}`;
  if (job.channel === 'internal-mail') return `imail:${job.mail.id}`;
  switch (job.kind) {
    case 'card':
      return `card:${job.ticketId}:${job.slot}`;
    case 'notice':
      return `notice:${job.ticketId}:${job.rev}:${job.to}`;
    case 'person-card':
      return `person:${job.card}:${job.subject}`;
    case 'alert':
      return `alert:${job.ticketId}:${job.episode}:${job.repeat}:${addressIn(job.address)}${job.held ? ':held' : ''}`;
    case 'dead-letter':
      return `dead:${digestOf(job.failed)}`;
  }
};

/** What keeps its sends together: its ticket, or the person who reads it. */
const subjectOf = (job: DeliveryJob): string => {
  if (job.channel === 'mail') return job.mail.ticketId;
  if (job.channel === 'internal-mail') return job.mail.to.address;
  return job.kind === 'person-card' ? job.to : job.ticketId;
};

const GROWING: readonly PersonCard[] = ['job', 'storm', 'alerts'];

/** Drawn from the state at sending, and so one post that later versions replace. */
const isCoalesced = (job: DeliveryJob): boolean =>
  job.channel === 'teams' &&
  (job.kind === 'card' || job.kind === 'alert' || (job.kind === 'person-card' && GROWING.includes(job.card)));

const pkOf = (job: DeliveryJob): string =>
  `${job.channel}~${(createHash('sha256').update(subjectOf(job)).digest()[0] ?? 0) % SHARDS}`;

/** Asked only of what is coalesced; frozen text knows no newer one. */
const revOf = (job: DeliveryJob): number => (job.channel === 'teams' ? job.rev : 0);

const documentOf = (job: DeliveryJob, fields: Omit<DeliveryDocument, 'job'>): ReturnType<typeof versioned> =>
  versioned(deliveryId(job), { ...fields, job });

const deliveryOf = (stored: Stored): Delivery => {
  const { attempts, dueAt, job } = fieldsOf<DeliveryDocument>(stored);
  return { id: stored.doc.id, job, attempts, dueAt, etag: stored.etag };
};

/** Port Deliveries: a document a send. Its `dueAt` is also its lease: whoever moves it ahead by ETag may send meanwhile. */
export const deliveryDocuments = (store: DocumentStore): Deliveries => ({
  enqueue: (job, at) => enqueue(store, job, at),
  due: async (channel, { at, limit }) => {
    const pages = await inState(store, { channel, state: 'pending', limit, until: at });
    return pages.map(deliveryOf);
  },
  lease: async (delivery, until) => {
    const attempts = delivery.attempts + 1;
    const doc = documentOf(delivery.job, { state: 'pending', dueAt: until, attempts });
    const result = await store.commit('deliveries', pkOf(delivery.job), [
      { op: 'replace', doc, ifMatch: delivery.etag },
    ]);
    const etag = result.ok ? result.etags[0] : undefined;
    return etag ? { ...delivery, attempts, dueAt: until, etag } : undefined;
  },
  settle: (delivery) => settle(store, delivery),
  postpone: (delivery, until) => postpone(store, delivery, until),
  bury: async (delivery, reason) => {
    const doc = documentOf(delivery.job, { state: 'dead', dueAt: delivery.dueAt, attempts: delivery.attempts, reason });
    await store.commit('deliveries', pkOf(delivery.job), [{ op: 'replace', doc, ifMatch: delivery.etag }]);
  },
  dead: async (channel, limit) =>
    (await inState(store, { channel, state: 'dead', limit })).map((stored) => {
      const { job, reason } = fieldsOf<DeliveryDocument>(stored);
      return { id: stored.doc.id, job, reason: reason ?? '' };
    }),
});

interface StateQuery {
  readonly channel: DeliveryChannel;
  readonly state: DeliveryDocument['state'];
  readonly limit: number;
  readonly until?: Instant;
}

const inState = async (store: DocumentStore, { channel, state, limit, until }: StateQuery): Promise<Stored[]> => {
  const shards = Array.from({ length: SHARDS }, (_, shard) => `${channel}~${shard}`);
  const pages = await Promise.all(
    shards.map((pk) =>
      store.query('deliveries', {
        pk,
        index: 'due',
        where: [
          { field: 'state', op: '=', value: state },
          ...(until ? [{ field: 'dueAt', op: '<=' as const, value: until }] : []),
        ],
        limit,
      }),
    ),
  );
  return pages.flatMap(({ items }) => items);
};

/** A card that waits, is being sent or was postponed keeps its time and learns the newer rev; so one card is sent at a time. */
const enqueue = async (store: DocumentStore, job: DeliveryJob, at: Instant): Promise<void> => {
  for (let settled = false; !settled;) {
    const stored = await store.get('deliveries', pkOf(job), deliveryId(job));
    const known = stored ? fieldsOf<DeliveryDocument>(stored) : undefined;
    if (known && (!isCoalesced(job) || (known.state === 'pending' && revOf(known.job) >= revOf(job)))) return;
    const again =
      known?.state === 'pending' ? { dueAt: known.dueAt, attempts: known.attempts } : { dueAt: at, attempts: 0 };
    const doc = documentOf(job, { state: 'pending', ...again });
    const result = await store.commit('deliveries', pkOf(job), [
      stored ? { op: 'replace', doc, ifMatch: stored.etag } : { op: 'create', doc },
    ]);
    settled = result.ok;
  }
};

const settle = async (store: DocumentStore, { job, id, etag, dueAt, attempts }: Delivery): Promise<boolean> => {
  const result = await store.commit('deliveries', pkOf(job), [
    isCoalesced(job)
      ? { op: 'delete', id, ifMatch: etag }
      : {
          op: 'replace',
          doc: documentOf(job, { state: 'settled', dueAt, attempts }),
          ifMatch: etag,
          ttlSeconds: KEPT_SECONDS,
        },
  ]);
  return result.ok;
};

/** Only while the lease is ours: each lease counts an attempt, so another count is another worker's lease. */
const postpone = async (store: DocumentStore, delivery: Delivery, until: Instant): Promise<void> => {
  for (let settled = false; !settled;) {
    const stored = await store.get('deliveries', pkOf(delivery.job), delivery.id);
    if (!stored) return;
    const known = fieldsOf<DeliveryDocument>(stored);
    if (known.state !== 'pending' || known.attempts !== delivery.attempts) return;
    const doc = documentOf(known.job, { state: 'pending', dueAt: until, attempts: known.attempts });
    settled = (await store.commit('deliveries', pkOf(delivery.job), [{ op: 'replace', doc, ifMatch: stored.etag }])).ok;
  }
};

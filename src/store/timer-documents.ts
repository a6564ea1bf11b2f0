import { createHash } from 'node:crypto';
import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import type { DueTimer, Timer, Timers } from '../application/ports/timers.ts';
import type { Instant } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

const SHARDS = 4;
const PAGE = 100;

type TimerDocument = Omit<Timer, 'subject'>;

const pkOf = (subject: string): string => `due~${(createHash('sha256').update(subject).digest()[0] ?? 0) % SHARDS}`;

const documentOf = ({ subject, dueAt, rev }: Timer): ReturnType<typeof versioned> => versioned(subject, { dueAt, rev });

const timerOf = (stored: Stored): DueTimer => {
  const { dueAt, rev } = fieldsOf<TimerDocument>(stored);
  return { subject: stored.doc.id, dueAt, rev, etag: stored.etag };
};

/**
 * Port Timers: a document a subject, in shards by subject and ordered by when it is due. Not a partition a minute: there a
 * subject stands as often as its due changed, whoever reads must keep a place and every minute must be looked at after an
 * outage, and all that is due at the end of a day meets in one partition. Here a look costs what is due and no more.
 */
export const timerDocuments = (store: DocumentStore): Timers => ({
  set: (timer) => set(store, timer),
  due: (at) => longestDueFirst(Array.from({ length: SHARDS }, (_, shard) => dueIn(store, `due~${shard}`, at))),
  forget: async ({ subject, etag }) => {
    await store.commit('timers', pkOf(subject), [{ op: 'delete', id: subject, ifMatch: etag }]);
  },
  postpone: async ({ subject, rev, etag }, dueAt) => {
    const doc = documentOf({ subject, dueAt, rev });
    await store.commit('timers', pkOf(subject), [{ op: 'replace', doc, ifMatch: etag }]);
  },
});

const stands = (known: Timer, { dueAt, rev }: Timer): boolean =>
  known.rev > rev || (known.rev === rev && known.dueAt <= dueAt);

/** A race is decided again on what is stored by then. */
const set = async (store: DocumentStore, timer: Timer): Promise<void> => {
  const doc = documentOf(timer);
  for (let settled = false; !settled;) {
    const stored = await store.get('timers', pkOf(timer.subject), timer.subject);
    if (stored && stands(timerOf(stored), timer)) return;
    const result = await store.commit('timers', pkOf(timer.subject), [
      stored ? { op: 'replace', doc, ifMatch: stored.etag } : { op: 'create', doc },
    ]);
    settled = result.ok;
  }
};

const dueIn = async function* (store: DocumentStore, pk: string, at: Instant): AsyncGenerator<DueTimer, undefined> {
  const query = { pk, index: 'due', where: [{ field: 'dueAt', op: '<=' as const, value: at }], limit: PAGE };
  for (let from: { continuation?: string } | undefined = {}; from;) {
    const page = await store.query('timers', { ...query, ...from });
    yield* page.items.map(timerOf);
    from = page.continuation === undefined ? undefined : { continuation: page.continuation };
  }
};

interface Head {
  readonly shard: AsyncGenerator<DueTimer, undefined>;
  timer: DueTimer | undefined;
}

const longerDue = (a: Head, b: Head): Head => (b.timer && (!a.timer || b.timer.dueAt < a.timer.dueAt) ? b : a);

/** Streams that are in order each, as one that is in order. */
const longestDueFirst = async function* (shards: Head['shard'][]): AsyncGenerator<DueTimer> {
  const heads = await Promise.all(
    shards.map(async (shard): Promise<Head> => ({ shard, timer: (await shard.next()).value })),
  );
  for (let head = heads.reduce(longerDue); head.timer; head = heads.reduce(longerDue)) {
    yield head.timer;
    head.timer = (await head.shard.next()).value;
  }
};

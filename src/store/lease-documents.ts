import type { DocumentStore, Stored, WriteOp } from '../application/ports/document-store.ts';
import type { Heartbeat, Heartbeats } from '../application/ports/heartbeats.ts';
import type { Lease, Leases } from '../application/ports/leases.ts';
import { fieldsOf, versioned } from './versioned.ts';

const pkOf = (name: string): string => `lease:${name}`;
const LEASE = 'lease';

/** Port Leases: a document each, which the database forgets when its time is over. */
export const leaseDocuments = (store: DocumentStore): Leases => ({
  take: async (name, wanted) => {
    const wish = { name, ...wanted };
    const made = await written(store, wish, { op: 'create', ...bodyOf(wish) });
    return made ?? takenAnew(store, wish);
  },
  renew: (lease) => written(store, lease, { op: 'replace', ...bodyOf(lease), ifMatch: lease.etag }),
  release: async ({ name, etag }) => {
    await store.commit('system', pkOf(name), [{ op: 'delete', id: LEASE, ifMatch: etag }]);
  },
});

type Wish = Omit<Lease, 'etag'>;

const bodyOf = ({ holder, ttlSeconds }: Wish) => ({ doc: versioned(LEASE, { holder }), ttlSeconds });

const written = async (store: DocumentStore, { name, holder, ttlSeconds }: Wish, op: WriteOp) => {
  const result = await store.commit('system', pkOf(name), [op]);
  const etag = result.ok ? result.etags[0] : undefined;
  return etag ? { name, holder, ttlSeconds, etag } : undefined;
};

/** Whose answer was lost finds their own lease standing in the way. */
const takenAnew = async (store: DocumentStore, wish: Wish): Promise<Lease | undefined> => {
  const stored = await store.get('system', pkOf(wish.name), LEASE);
  if (!stored || fieldsOf<{ holder: string }>(stored).holder !== wish.holder) return undefined;
  return written(store, wish, { op: 'replace', ...bodyOf(wish), ifMatch: stored.etag });
};

const HEARTBEAT = 'heartbeat';

/** Port Heartbeats: a document a name, kept until the next one. */
export const heartbeatDocuments = (store: DocumentStore): Heartbeats => ({
  last: async (name) => {
    const stored: Stored | null = await store.get('system', HEARTBEAT, name);
    if (!stored) return undefined;
    const { holder, at, released } = fieldsOf<Heartbeat>(stored);
    return { holder, at, released, etag: stored.etag };
  },
  beat: async (name, { holder, at, released }, after) => {
    const doc = versioned(name, { holder, at, released });
    const result = await store.commit('system', HEARTBEAT, [
      after === undefined ? { op: 'create', doc } : { op: 'replace', doc, ifMatch: after },
    ]);
    const etag = result.ok ? result.etags[0] : undefined;
    return etag ? { holder, at, released, etag } : undefined;
  },
});

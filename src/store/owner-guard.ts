import { StoreError } from '../application/errors.ts';
import type { DocumentStore, WriteOp } from '../application/ports/document-store.ts';
import { fieldsOf } from './versioned.ts';

interface TicketDocument {
  readonly ticket: { readonly ownerId?: string };
}

const REMEMBERED = 10_000;

/**
 * The last door: whatever code writes, no ticket changes its owner here without the event that allows it. Stands before
 * every adapter; refuses upsert, delete and expiry of a ticket, and a replace whose owner differs from the stored one.
 */
export const guardOwners = (store: DocumentStore): DocumentStore => {
  const owners = new Map<string, string | undefined>();
  const remember = (etag: string, owner: string | undefined): void => {
    owners.set(etag, owner);
    if (owners.size > REMEMBERED) owners.delete(owners.keys().next().value ?? etag);
  };
  const get: DocumentStore['get'] = async (container, pk, id) => {
    const stored = await store.get(container, pk, id);
    if (stored && container === 'tickets' && id === 'ticket')
      remember(`${pk} ${stored.etag}`, fieldsOf<TicketDocument>(stored).ticket.ownerId);
    return stored;
  };
  return {
    ...store,
    get,
    commit: async (container, pk, ops) => {
      if (container === 'tickets') {
        for (const op of ops) {
          if (idOf(op) !== 'ticket') continue;
          await check({ op, pk, ops, ownerAt: ownerAt(owners, get) });
        }
      }
      return store.commit(container, pk, ops);
    },
  };
};

type OwnerAt = (pk: string, etag: string) => Promise<{ owner: string | undefined } | undefined>;

/** The owner in the document at that version; undefined when the version has passed: then the commit fails by itself. */
const ownerAt =
  (owners: ReadonlyMap<string, string | undefined>, get: DocumentStore['get']): OwnerAt =>
  async (pk, etag) => {
    const key = `${pk} ${etag}`;
    if (!owners.has(key)) await get('tickets', pk, 'ticket');
    return owners.has(key) ? { owner: owners.get(key) } : undefined;
  };

const idOf = (op: WriteOp): string => (op.op === 'delete' ? op.id : op.doc.id);

const refusal = (pk: string, why: string): StoreError =>
  new StoreError('invalid', `Ticket ${pk} is not written: ${why}`);

interface Guarded {
  readonly op: WriteOp;
  readonly pk: string;
  readonly ops: readonly WriteOp[];
  readonly ownerAt: OwnerAt;
}

const check = async ({ op, pk, ops, ownerAt: at }: Guarded): Promise<void> => {
  if (op.op === 'upsert' || op.op === 'delete')
    throw refusal(pk, 'a ticket is created or replaced at a version, never overwritten or deleted');
  if (op.ttlSeconds !== undefined) throw refusal(pk, 'a ticket does not expire, else it could be created anew');
  const before = op.op === 'replace' ? await at(pk, op.ifMatch) : { owner: undefined };
  if (!before) return;
  const after = (op.doc as unknown as TicketDocument).ticket.ownerId;
  if (before.owner === after) return;
  if (before.owner !== undefined) {
    if (transferred(ops, before.owner, after)) return;
    throw refusal(pk, 'its owner is set, and the batch carries no transfer');
  }
  if (!acceptedBy(ops, after)) throw refusal(pk, 'an owner comes only with the event of their accepting');
};

/** As a batch of anyone's may have them: a part can be missing, and the desk or a customer can stand where a person must. */
interface Claimed {
  readonly type?: string;
  readonly reason?: string;
  readonly by?: { readonly kind?: string; readonly id?: string };
  readonly from?: { readonly id?: string };
  readonly to?: { readonly id?: string };
  readonly proposedBy?: { readonly id?: string };
}

const eventsIn = (ops: readonly WriteOp[]): readonly Claimed[] =>
  ops.flatMap((op) => (op.op === 'create' && op.doc.id.startsWith('tl:') ? [(op.doc.event ?? {}) as Claimed] : []));

const personIn = ({ by }: Claimed): string | undefined => (by?.kind === 'person' ? by.id : undefined);

const acceptedBy = (ops: readonly WriteOp[], owner: string | undefined): boolean =>
  eventsIn(ops).some((event) => event.type === 'TicketAccepted' && owner !== undefined && personIn(event) === owner);

const EXCEPTIONAL: readonly (string | undefined)[] = ['termination', 'extended_leave'];

/** From this owner to that one, for a reason that exists, by two different people and not the owner: anything else is no transfer. */
const transferred = (ops: readonly WriteOp[], from: string, to: string | undefined): boolean =>
  eventsIn(ops).some((event) => {
    const [confirmer, proposer] = [personIn(event), event.proposedBy?.id];
    return (
      event.type === 'OwnershipTransferred' &&
      event.from?.id === from &&
      to !== undefined &&
      event.to?.id === to &&
      EXCEPTIONAL.includes(event.reason) &&
      confirmer !== undefined &&
      proposer !== undefined &&
      confirmer !== proposer &&
      confirmer !== from
    );
  });

import type { Doc, DocumentStore, WriteOp } from '../../src/application/ports/document-store.ts';
import type { PersonActor, TicketId } from '../../src/domain/values.ts';
import { refOf } from '../../src/domain/values.ts';

interface Forging {
  readonly etag: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly owner: string | undefined;
  readonly rev: number;
  /** Who shall have it. */
  readonly to: PersonActor;
  /** Somebody else again. */
  readonly third: PersonActor;
}

const documentOf = ({ facts, rev }: Forging, change: Readonly<Record<string, unknown>>): Doc => ({
  id: 'ticket',
  v: 1,
  ticket: { ...facts, rev: rev + 1, status: 'in_progress', ...change },
});

const eventOf = ({ rev }: Forging, event: object): WriteOp => {
  const next = rev + 1;
  return {
    op: 'create',
    doc: { id: `tl:${String(next).padStart(8, '0')}`, v: 1, entryKind: 'event', entryRev: next, event },
  };
};

const taking = (forging: Forging, ...events: readonly object[]): WriteOp[] => [
  {
    op: 'replace',
    doc: documentOf(forging, { ownerId: forging.to.id, ownerName: forging.to.name }),
    ifMatch: forging.etag,
  },
  ...events.map((event) => eventOf(forging, event)),
];

const AT = '2026-03-02T09:00:00.000Z';
const transfer = ({ owner, to, third }: Forging, details: object): object => ({
  type: 'OwnershipTransferred',
  at: AT,
  by: third,
  from: { id: owner, name: '' },
  to: refOf(to),
  reason: 'termination',
  proposedBy: { id: 'person-lea', name: 'Lea Lind' },
  ...details,
});
const accepted = (by: PersonActor): object => ({ type: 'TicketAccepted', at: AT, by });

/** Writes past all rules, as code without manners would make them; each would change or lose an owner, or invent one. */
const FORGERIES: Readonly<Record<string, (forging: Forging) => WriteOp[]>> = {
  'without an event': (forging) => taking(forging),
  'with a note beside it': (forging) => taking(forging, { type: 'NoteAdded', at: AT, by: forging.to, text: 'Mine.' }),
  'with an accept of a third person': (forging) => taking(forging, accepted(forging.third)),
  'transferred by one person alone': (forging) =>
    taking(forging, transfer(forging, { proposedBy: refOf(forging.third) })),
  'transferred by the desk itself': (forging) => taking(forging, transfer(forging, { by: { kind: 'desk' } })),
  'transferred without a proposal': (forging) => taking(forging, transfer(forging, { proposedBy: undefined })),
  'transferred by its owner': (forging) =>
    taking(forging, transfer(forging, { by: { ...forging.third, id: forging.owner } })),
  'transferred from somebody else': (forging) => taking(forging, transfer(forging, { from: refOf(forging.third) })),
  'transferred to somebody else': (forging) => taking(forging, transfer(forging, { to: refOf(forging.third) })),
  'transferred because of holidays': (forging) => taking(forging, transfer(forging, { reason: 'holidays' })),
  'transferred without a reason': (forging) => taking(forging, transfer(forging, { reason: undefined })),
  overwritten: (forging) => [{ op: 'upsert', doc: documentOf(forging, { ownerId: forging.to.id }) }],
  'made anew': (forging) => [
    { op: 'create', doc: documentOf(forging, { ownerId: forging.to.id }) },
    eventOf(forging, accepted(forging.to)),
  ],
  deleted: () => [{ op: 'delete', id: 'ticket' }],
  'deleted at its version': ({ etag }) => [{ op: 'delete', id: 'ticket', ifMatch: etag }],
  'let expire': ({ facts, etag }) => [
    { op: 'replace', doc: { id: 'ticket', v: 1, ticket: facts }, ifMatch: etag, ttlSeconds: 1 },
  ],
};

/** What makes sense only where somebody owns the ticket already. */
const OWNED_ONLY: Readonly<Record<string, (forging: Forging) => WriteOp[]>> = {
  'accepted again': (forging) => taking(forging, accepted(forging.to)),
  'taken away': (forging) => [
    { op: 'replace', doc: documentOf(forging, { ownerId: undefined }), ifMatch: forging.etag },
    eventOf(forging, transfer(forging, { to: {} })),
  ],
};

export const FORGERY_NAMES: readonly string[] = [...Object.keys(FORGERIES), ...Object.keys(OWNED_ONLY)];

export interface Forgery {
  readonly name: string;
  readonly id: TicketId;
  readonly to: PersonActor;
  readonly third: PersonActor;
}

/** Whether the store kept it out; undefined where there was nothing to forge. */
export const forge = async (
  store: DocumentStore,
  { name, id, to, third }: Forgery,
): Promise<'kept out' | 'written' | undefined> => {
  const stored = await store.get('tickets', id, 'ticket');
  const facts = stored?.doc['ticket'] as { ownerId?: string; rev: number } | undefined;
  if (!stored || !facts || facts.ownerId === to.id || third.id === to.id) return undefined;
  const ops = (FORGERIES[name] ?? (facts.ownerId === undefined ? undefined : OWNED_ONLY[name]))?.({
    etag: stored.etag,
    facts,
    owner: facts.ownerId,
    rev: facts.rev,
    to,
    third,
  });
  if (!ops) return undefined;
  return store.commit('tickets', id, ops).then(
    ({ ok }) => (ok ? 'written' : 'kept out'),
    () => 'kept out',
  );
};

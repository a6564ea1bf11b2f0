import { describe, expect, test } from '@jest/globals';
import type { Doc, WriteOp } from '../../src/application/ports/document-store.ts';
import type { TicketStore } from '../../src/application/ports/ticket-store.ts';
import { refOf, type TicketId } from '../../src/domain/values.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import {
  accepts,
  ana,
  ben,
  cancels,
  closes,
  customerWrites,
  type Deed,
  lea,
  max,
  notes,
  reopens,
  resolves,
  theDesk,
  undoesCancel,
} from '../support/deeds.ts';
import { confirmsTransfer, proposesTransfer } from '../support/ownership-deeds.ts';
import { anotherTicket, arrivesAs, deskStore, keep } from './desk-store.ts';

const desk = deskStore();
const tickets = (): TicketStore => ticketDocuments(desk.store);

/** What the database holds of a ticket, as code without manners would see it. */
const raw = async (id: TicketId): Promise<{ etag: string; ticket: Record<string, unknown> }> => {
  const stored = await desk.store.get('tickets', id, 'ticket');
  return { etag: stored?.etag ?? '', ticket: { ...(stored?.doc.ticket as object) } };
};
const document = (ticket: object): Doc => ({ id: 'ticket', v: 1, ticket });
const write = (id: TicketId, ...ops: WriteOp[]): ReturnType<typeof desk.store.commit> =>
  desk.store.commit('tickets', id, ops);
const kept = async (...deeds: readonly Deed[]): Promise<TicketId> => {
  const id = anotherTicket();
  await keep(tickets(), id, arrivesAs(id), ...deeds);
  return id;
};
const event = (rev: number, type: string, op: 'create' | 'upsert' = 'create'): WriteOp => ({
  op,
  doc: { id: `tl:0000000${rev}`, v: 1, entryKind: 'event', entryRev: rev, event: { type, by: ben } },
});
const refused = { name: 'StoreError', kind: 'invalid' };

describe('whoever writes to the database', () => {
  test.each([
    ['another owner', { ownerId: ben.id }],
    ['the same owner in other letters', { ownerId: ana.id.toUpperCase() }],
    ['no owner', { ownerId: undefined }],
    ['an empty owner', { ownerId: '' }],
  ])('cannot replace an owned ticket with %s', async (_name, change) => {
    const id = await kept(accepts(ana));
    const { etag, ticket } = await raw(id);
    for (const more of [[], [event(3, 'TicketAccepted')], [event(3, 'NoteAdded')]]) {
      await expect(
        write(id, { op: 'replace', doc: document({ ...ticket, ...change }), ifMatch: etag }, ...more),
      ).rejects.toMatchObject(refused);
    }
    expect((await raw(id)).ticket.ownerId).toBe(ana.id);
    expect(await tickets().history(id, { limit: 9 })).toHaveLength(2);
  });

  test('cannot overwrite or delete a ticket, owned or not', async () => {
    for (const id of [await kept(), await kept(accepts(ana))]) {
      const { etag, ticket } = await raw(id);
      await expect(write(id, { op: 'upsert', doc: document(ticket) })).rejects.toMatchObject(refused);
      await expect(write(id, { op: 'delete', id: 'ticket' })).rejects.toMatchObject(refused);
      await expect(write(id, { op: 'delete', id: 'ticket', ifMatch: etag })).rejects.toMatchObject(refused);
      expect((await raw(id)).etag).toBe(etag);
    }
  });

  test('cannot hide it among other operations', async () => {
    const id = await kept(accepts(ana));
    const { etag, ticket } = await raw(id);
    const note: WriteOp = { op: 'create', doc: { id: 'm:hidden', v: 1 } };
    await expect(
      write(id, note, { op: 'replace', doc: document({ ...ticket, ownerId: ben.id }), ifMatch: etag }),
    ).rejects.toMatchObject(refused);
    expect(await desk.store.get('tickets', id, 'm:hidden')).toBeNull();
  });

  test('cannot make an owner without the event of accepting, written anew in the same batch', async () => {
    const id = await kept();
    const { etag, ticket } = await raw(id);
    const owned: WriteOp = { op: 'replace', doc: document({ ...ticket, ownerId: ben.id }), ifMatch: etag };
    await expect(write(id, owned)).rejects.toMatchObject(refused);
    await expect(write(id, owned, event(2, 'NoteAdded'))).rejects.toMatchObject(refused);
    await expect(write(id, owned, event(2, 'TicketAccepted', 'upsert'))).rejects.toMatchObject(refused);
    await expect(
      write(id, owned, { op: 'create', doc: { id: 'm:x', v: 1, event: { type: 'TicketAccepted', by: ben } } }),
    ).rejects.toMatchObject(refused);
    expect(await write(id, owned, event(2, 'TicketAccepted'))).toMatchObject({ ok: true });
  });

  test('cannot make somebody an owner who accepts in somebody else’s name', async () => {
    const id = await kept();
    const { etag, ticket } = await raw(id);
    const owned: WriteOp = { op: 'replace', doc: document({ ...ticket, ownerId: ana.id }), ifMatch: etag };
    await expect(write(id, owned, event(2, 'TicketAccepted'))).rejects.toMatchObject(refused);
  });

  test('cannot let a ticket expire', async () => {
    const id = await kept();
    const { etag, ticket } = await raw(id);
    const fleeting: WriteOp = { op: 'replace', doc: document(ticket), ifMatch: etag, ttlSeconds: 1 };
    await expect(write(id, fleeting)).rejects.toMatchObject(refused);
  });

  test('cannot create a ticket that already has an owner', async () => {
    await expect(write(anotherTicket(), { op: 'create', doc: document({ ownerId: ben.id }) })).rejects.toMatchObject(
      refused,
    );
  });

  test('meets the version first: what has passed fails as stale, never as allowed', async () => {
    const id = await kept();
    const old = await raw(id);
    await keep(tickets(), id, accepts(ana), notes(ana));
    const takeover: WriteOp = { op: 'replace', doc: document({ ...old.ticket, ownerId: ben.id }), ifMatch: old.etag };
    expect(await write(id, takeover, event(9, 'TicketAccepted'))).toMatchObject({ ok: false, reason: 'precondition' });
    expect((await raw(id)).ticket.ownerId).toBe(ana.id);
  });

  test('learns why', async () => {
    const id = await kept(accepts(ana));
    const { etag, ticket } = await raw(id);
    await expect(
      write(id, { op: 'replace', doc: document({ ...ticket, ownerId: ben.id }), ifMatch: etag }),
    ).rejects.toThrow(/owner is set/u);
  });
});

describe('a transfer in the database', () => {
  /** What the write path writes when Lea has proposed and Max confirms that Ana's ticket goes to Ben. */
  const confirmed = {
    type: 'OwnershipTransferred',
    reason: 'termination',
    by: max,
    proposedBy: refOf(lea),
    from: refOf(ana),
    to: refOf(ben),
  };
  const toBen = async (claimed: object, op: 'create' | 'upsert' = 'create'): Promise<TicketId> => {
    const id = await kept(accepts(ana));
    const { etag, ticket } = await raw(id);
    const doc: Doc = { id: 'tl:00000003', v: 1, entryKind: 'event', entryRev: 3, event: claimed };
    await write(id, { op: 'replace', doc: document({ ...ticket, ownerId: ben.id }), ifMatch: etag }, { op, doc });
    return id;
  };

  test('proposed by one and confirmed by another changes the owner', async () => {
    expect((await raw(await toBen(confirmed))).ticket.ownerId).toBe(ben.id);
  });

  test.each([
    ['who proposed it confirms it', { proposedBy: refOf(max) }],
    ['nobody proposed it', { proposedBy: undefined }],
    ['the owner confirms it', { by: ana }],
    ['the desk confirms it', { by: theDesk }],
    ['a customer confirms it', { by: { ...max, kind: 'customer' } }],
    ['it is for another reason', { reason: 'busy' }],
    ['it is for no reason', { reason: undefined }],
    ['it goes to somebody else', { to: refOf(lea) }],
    ['it goes from somebody else', { from: refOf(ben) }],
    ['it is another event', { type: 'TransferProposed' }],
  ])('is none where %s', async (_name, forged) => {
    await expect(toBen({ ...confirmed, ...forged })).rejects.toMatchObject(refused);
  });

  test('is none where its event overwrites another', async () => {
    await expect(toBen(confirmed, 'upsert')).rejects.toMatchObject(refused);
  });

  test('leaves no ticket without an owner', async () => {
    const id = await kept(accepts(ana));
    const { etag, ticket } = await raw(id);
    const gone: WriteOp = { op: 'replace', doc: document({ ...ticket, ownerId: undefined }), ifMatch: etag };
    const doc: Doc = { id: 'tl:00000003', v: 1, event: { ...confirmed, to: undefined } };
    await expect(write(id, gone, { op: 'create', doc })).rejects.toMatchObject(refused);
  });

  test('that was proposed and confirmed passes through the write path', async () => {
    const id = await kept(accepts(ana), proposesTransfer(lea, ben), confirmsTransfer(max));
    expect((await raw(id)).ticket.ownerId).toBe(ben.id);
  });
});

describe('what is allowed passes', () => {
  test('accepting, and everything that keeps the owner', async () => {
    const id = anotherTicket();
    const life = [
      arrivesAs(id),
      accepts(ana),
      notes(ben),
      resolves(ana),
      customerWrites('No!'),
      resolves(ana),
      closes(theDesk),
      reopens(ana),
      cancels(ana, 'mistake'),
      undoesCancel(ana),
    ];
    expect(new Set(await keep(tickets(), id, ...life))).toEqual(new Set(['done']));
    expect((await raw(id)).ticket.ownerId).toBe(ana.id);
  });

  test('documents that are no ticket, and other containers', async () => {
    expect(await write(anotherTicket(), { op: 'upsert', doc: { id: 'm:1', v: 1 } })).toMatchObject({ ok: true });
    expect(
      await desk.store.commit('conversations', 'x', [{ op: 'upsert', doc: { id: 'ticket', v: 1 } }]),
    ).toMatchObject({ ok: true });
  });
});

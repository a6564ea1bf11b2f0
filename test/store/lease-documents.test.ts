import { describe, expect, test } from '@jest/globals';
import type { Leases } from '../../src/application/ports/leases.ts';
import { instantOf, millisecondsOf } from '../../src/domain/values.ts';
import { heartbeatDocuments, leaseDocuments } from '../../src/store/lease-documents.ts';
import { monday } from '../support/given.ts';
import { deskStore, inOwnRoom } from './desk-store.ts';

const desk = deskStore();
const leases = (): Leases => leaseDocuments(inOwnRoom(desk.store));
const one = { holder: 'one', ttlSeconds: 15 };
const other = { holder: 'other', ttlSeconds: 15 };

describe('a lease', () => {
  test('is taken by one of many who want it', async () => {
    const free = leases();
    const wanting = Array.from({ length: 20 }, (_each, n) => `process ${n}`);
    const taken = await Promise.all(wanting.map((holder) => free.take('sweeper', { holder, ttlSeconds: 15 })));
    const held = taken.flatMap((lease) => (lease ? [lease.holder] : []));
    expect(held).toHaveLength(1);
    expect(wanting).toContain(held[0]);
  });

  test('is of one name: another one is free', async () => {
    const free = leases();
    await free.take('sweeper', one);
    expect(await free.take('subscriptions', other)).toMatchObject({ name: 'subscriptions', holder: 'other' });
  });

  test('ends by itself, and the next one who asks has it', async () => {
    const free = leases();
    await free.take('sweeper', one);
    desk.passes(14);
    expect(await free.take('sweeper', other)).toBeUndefined();
    desk.passes(1);
    expect(await free.take('sweeper', other)).toMatchObject(other);
  });

  test('is kept for as long as it is renewed', async () => {
    const free = leases();
    let lease = await free.take('sweeper', one);
    for (let round = 0; round < 5; round += 1) {
      desk.passes(10);
      lease = lease && (await free.renew(lease));
      expect(await free.take('sweeper', other)).toBeUndefined();
    }
    expect(lease).toMatchObject(one);
  });

  test('cannot be renewed by one who slept too long, whether another has it by now or nobody', async () => {
    const free = leases();
    const slept = await free.take('sweeper', one);
    if (!slept) throw new TypeError('it was free');
    desk.passes(15);
    expect(await free.renew(slept)).toBeUndefined();
    await free.take('sweeper', other);
    expect(await free.renew(slept)).toBeUndefined();
  });

  test('cannot be renewed on an older version: of two with one name and one past, one goes on', async () => {
    const free = leases();
    const held = await free.take('sweeper', one);
    if (!held) throw new TypeError('it was free');
    const renewed = await Promise.all([free.renew(held), free.renew(held)]);
    expect(renewed.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  test('that is given back is free at once', async () => {
    const free = leases();
    const held = await free.take('sweeper', one);
    if (!held) throw new TypeError('it was free');
    await free.release(held);
    expect(await free.take('sweeper', other)).toMatchObject(other);
  });

  test('stays with the new holder when the old one gives it back late', async () => {
    const free = leases();
    const slept = await free.take('sweeper', one);
    if (!slept) throw new TypeError('it was free');
    desk.passes(15);
    const held = await free.take('sweeper', other);
    await free.release(slept);
    expect(held && (await free.renew(held))).toMatchObject(other);
  });

  test('whose answer was lost is found by the one who took it', async () => {
    const free = leases();
    await free.take('sweeper', one);
    desk.passes(10);
    expect(await free.take('sweeper', one)).toMatchObject(one);
    desk.passes(10);
    expect(await free.take('sweeper', other)).toBeUndefined();
  });
});

describe('a heartbeat', () => {
  const at = (seconds: number) => instantOf(millisecondsOf(monday) + seconds * 1_000);
  const of = (holder: string, seconds: number) => ({ holder, at: at(seconds), released: false });
  const heartbeats = () => heartbeatDocuments(inOwnRoom(desk.store));

  test('is read back as it was written; before the first there is none', async () => {
    const kept = heartbeats();
    expect(await kept.last('sweeper')).toBeUndefined();
    const first = await kept.beat('sweeper', of('one', 1), undefined);
    expect(await kept.last('sweeper')).toEqual({ ...of('one', 1), etag: first?.etag });
    const last = await kept.beat('sweeper', { ...of('one', 2), released: true }, first?.etag);
    expect(await kept.last('sweeper')).toEqual({ ...of('one', 2), released: true, etag: last?.etag });
    expect(await kept.last('another')).toBeUndefined();
  });

  test('of one who slept does not hide a newer one', async () => {
    const kept = heartbeats();
    const first = await kept.beat('sweeper', of('one', 1), undefined);
    await kept.beat('sweeper', of('other', 20), first?.etag);
    expect(await kept.beat('sweeper', of('one', 21), first?.etag)).toBeUndefined();
    expect(await kept.beat('sweeper', of('one', 21), undefined)).toBeUndefined();
    expect(await kept.last('sweeper')).toMatchObject(of('other', 20));
  });

  test('is kept, however long nobody writes another', async () => {
    const kept = heartbeats();
    await kept.beat('sweeper', of('one', 1), undefined);
    desk.passes(60 * 86_400);
    expect(await kept.last('sweeper')).toMatchObject(of('one', 1));
  });
});

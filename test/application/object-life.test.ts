import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Stored } from '../../src/application/ports/document-store.ts';
import { uniqueValues } from '../../src/domain/object-identity.ts';
import type { DeskObject, Link, ObjectRef } from '../../src/domain/objects.ts';
import { contactId, ticketId } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { monday } from '../support/given.ts';
import { byAna, byTheDesk, objectDesk, type ObjectProcess, processOn, ticketNamed } from './object-desk.ts';
import { killedAfter } from './parts.ts';

/**
 * What must never happen to objects: people and mails act as they like, two at a time, processes are killed while the
 * relay runs; then everything is carried out, and all that was written is looked through.
 */
const desk = objectDesk();

const PEOPLE = 3;
const person = fc.nat(PEOPLE - 1);
const ticket = fc.nat(1);
const label = fc.constantFrom('primary', 'affected', 'default');
type Deed =
  | { readonly does: 'mail'; readonly ticket: number; readonly from: number }
  | { readonly does: 'email'; readonly of: number; readonly to: number }
  | { readonly does: 'number'; readonly of: number; readonly to: number }
  | { readonly does: 'join' | 'part'; readonly ticket: number; readonly with: number; readonly label: string }
  | { readonly does: 'know' | 'forget'; readonly one: number; readonly other: number; readonly label: string }
  | { readonly does: 'merge'; readonly kept: number; readonly other: number }
  | { readonly does: 'relay'; readonly commits: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ does: fc.constant('mail' as const), ticket, from: person }),
  fc.record({ does: fc.constant('email' as const), of: person, to: fc.nat(PEOPLE + 1) }),
  fc.record({ does: fc.constant('number' as const), of: person, to: ticket }),
  fc.record({ does: fc.constantFrom('join' as const, 'part' as const), ticket, with: person, label }),
  fc.record({
    does: fc.constantFrom('know' as const, 'forget' as const),
    one: person,
    other: person,
    label: fc.constantFrom('colleague', 'manager', 'reports_to', 'default'),
  }),
  fc.record({ does: fc.constant('merge' as const), kept: person, other: person }),
  fc.record({ does: fc.constant('relay' as const), commits: fc.nat(12) }),
);

/** Names in a life of their own, so that one life knows nothing of another. */
const life = (run: number) => {
  const address = (n: number): string => `p${n}@life${run}.example`;
  return {
    address,
    contact: (n: number): ObjectRef => ({ type: 'contact', id: machineIdentity.named(`contact|${address(n)}`) }),
    ticket: (n: number): ObjectRef => ticketNamed(`life${run}-${n}`),
  };
};
type Life = ReturnType<typeof life>;

/** Programmes meet these and come again. */
const killedOrBusy = (fault: unknown): void => {
  expect(fault).toMatchObject({ name: 'StoreError', kind: expect.stringMatching(/^(unavailable|throttled)$/u) });
};

const happens = async ({ service }: ObjectProcess, each: Deed, names: Life): Promise<unknown> => {
  switch (each.does) {
    case 'mail': {
      const seen = { address: names.address(each.from), name: `Kim${each.from} Kane`, at: monday };
      const ticketOf = ticketId(names.ticket(each.ticket).id);
      return service.contactSeen({ ...seen, ticketId: ticketOf }).catch(killedOrBusy);
    }
    case 'email':
      return service.setProperties(names.contact(each.of), { email: names.address(each.to) }, byAna);
    case 'number': {
      const number = `${names.address(0)} ${each.to}`;
      return service.setProperties(names.contact(each.of), { customer_number: number }, byAna);
    }
    case 'join':
    case 'part': {
      const link = { from: names.contact(each.with), to: names.ticket(each.ticket), label: each.label };
      return each.does === 'join' ? service.associate(link, byAna) : service.dissociate(link, byAna);
    }
    case 'know':
    case 'forget': {
      const link = { from: names.contact(each.one), to: names.contact(each.other), label: each.label };
      return each.does === 'know' ? service.associate(link, byTheDesk) : service.dissociate(link, byAna);
    }
    case 'merge': {
      const [kept, other] = [contactId(names.contact(each.kept).id), contactId(names.contact(each.other).id)];
      return service.mergeContacts(kept, other, byAna);
    }
    case 'relay':
      return processOn(killedAfter(desk.store, each.commits)).relay.drain().catch(killedOrBusy);
  }
};

/** What this life has left in the database. */
const writtenSince = async (began: string | null): Promise<{ documents: Stored[]; now: string | null }> => {
  const documents: Stored[] = [];
  for (let now = began; ;) {
    const page = await desk.store.changes('objects', { token: now, max: 1_000 });
    documents.push(...page.items);
    now = page.token;
    if (page.items.length === 0) return { documents, now };
  }
};

interface Side extends Link {
  readonly inverse: string;
  readonly held: boolean;
}

const sidesIn = (documents: readonly Stored[]): Side[] =>
  documents.flatMap(({ pk, doc }) => {
    if (!doc.id.startsWith('as:') || doc['gone'] !== undefined) return [];
    const [type = '', id = ''] = pk.split(':');
    const { to, as, inverse, held } = doc as unknown as { to: ObjectRef; as: string; inverse: string; held: boolean };
    return [{ from: { type: type as ObjectRef['type'], id }, to, label: as, inverse, held }];
  });

const textOf = ({ from, to, label: said }: Link): string => `${from.type} ${from.id} ${said} ${to.type} ${to.id}`;

const sound = (documents: readonly Stored[]): void => {
  const objects = documents.flatMap(({ doc }) => (doc.id === 'object' ? [doc['object'] as DeskObject] : []));
  const alive = objects.filter(({ archived }) => !archived);
  const sides = sidesIn(documents);
  const all = new Set(sides.map(textOf));
  const archived = new Set(objects.filter((each) => each.archived).map(({ id }) => id));
  for (const side of sides) {
    expect(all).toContain(textOf({ from: side.to, to: side.from, label: side.inverse }));
    expect(archived).not.toContain(side.from.id);
    expect(side.from.id).not.toBe(side.to.id);
  }
  const primaries = sides.filter(({ held, label: said }) => held && said === 'primary');
  const slots = primaries.map(({ from, to }) => `${from.id} ${to.type}`);
  expect(new Set(slots).size).toBe(slots.length);
  for (const property of ['email', 'customer_number', 'domain']) {
    const values = alive.flatMap((each) => uniqueValues(each, property).map((value) => `${each.type} ${value}`));
    expect(new Set(values).size).toBe(values.length);
  }
  expect(documents.filter(({ doc }) => doc.id.startsWith('ob:'))).toEqual([]);
};

test('whatever happens, both sides of every association agree, and no value is had twice', async () => {
  let run = 0;
  let began: string | null = null;
  const lives = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(lives, async (moments) => {
      const names = life((run += 1));
      for (const together of moments) await Promise.all(together.map((each) => happens(desk, each, names)));
      await desk.relay.drain();
      const { documents, now } = await writtenSince(began);
      began = now;
      sound(documents);
      for (let n = 0; n < PEOPLE + 2; n += 1) {
        const has = await desk.service.contactByEmail(names.address(n));
        if (!has) continue;
        expect(has.archived).toBe(false);
        expect(uniqueValues(has, 'email')).toContain(names.address(n));
        expect(await desk.service.canonicalContact(contactId(names.contact(n).id))).toBe(has.id);
      }
    }),
    { numRuns: 60 },
  );
});

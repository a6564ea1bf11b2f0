import { describe, expect, test } from '@jest/globals';
import { rehome } from '../../src/application/object-associations.ts';
import type { DeskObject, ObjectRef } from '../../src/domain/objects.ts';
import { contactId, instantOf, millisecondsOf, ticketId } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { ana } from '../support/deeds.ts';
import { monday } from '../support/given.ts';
import { aContact, byAna, byTheDesk, done, joinedTo, objectDesk, ticketNamed } from './object-desk.ts';

const desk = objectDesk();
const seen = (ticket: string, address: string, name = ''): Promise<unknown> =>
  desk.service.contactSeen({ ticketId: ticketId(ticket), address, name, at: monday });
const refTo = ({ type, id }: DeskObject): ObjectRef => ({ type, id });
const email = async (address: string): Promise<DeskObject | undefined> => desk.service.contactByEmail(address);

describe('a contact', () => {
  test('is made once, whatever the case of the address, under the id a mail gives its requester', async () => {
    const first = await aContact(desk, 'Carla@One.example', 'Carla Costa');
    const again = await aContact(desk, ' carla@one.EXAMPLE ', 'Somebody Else');
    expect(again).toEqual(first);
    expect(first).toMatchObject({
      id: machineIdentity.named('contact|carla@one.example'),
      properties: { email: 'carla@one.example', firstname: 'Carla', lastname: 'Costa' },
      archived: false,
    });
    expect(await email('CARLA@one.example')).toEqual(first);
    expect(await email('nobody@one.example')).toBeUndefined();
  });

  test('gets a name from a later mail when the first showed none, and never one over what a person wrote or cleared', async () => {
    const { id } = await aContact(desk, 'dora@names.example', 'dora@names.example');
    expect((await aContact(desk, 'dora@names.example', 'Dora Diaz')).properties).toMatchObject({ firstname: 'Dora' });
    await done(desk.service.setProperties({ type: 'contact', id }, { firstname: 'Theodora', lastname: null }, byAna));
    expect((await aContact(desk, 'dora@names.example', 'Mallory Mann')).properties).toEqual({
      email: 'dora@names.example',
      firstname: 'Theodora',
    });
    await done(desk.service.setProperties({ type: 'contact', id }, { firstname: '' }, byAna));
    const bare = { email: 'dora@names.example' };
    expect((await aContact(desk, 'dora@names.example', 'Mallory Mann')).properties).toEqual(bare);
    const erik = await aContact(desk, 'erik@names.example');
    await done(desk.service.setProperties(erik, { lastname: 'Ek' }, byAna));
    await done(desk.service.setProperties(erik, { lastname: null }, byAna));
    expect((await aContact(desk, 'erik@names.example', 'Mallory Mann')).properties).toEqual({
      email: 'erik@names.example',
    });
  });

  test('is not made of what is no address', async () => {
    expect(await desk.service.ensureContact({ address: 'no address', name: '', at: monday })).toMatchObject({
      refused: 'properties-invalid',
      faults: [{ fault: 'property-invalid', property: 'email' }],
    });
  });

  test('tells who changed what', async () => {
    const contact = await aContact(desk, 'hist@one.example', 'Hanna');
    const later = instantOf(millisecondsOf(monday) + 60_000);
    await done(desk.service.setProperties(contact, { phone: ' 030 1 ' }, { by: ana, at: later }));
    await done(desk.service.setProperties(contact, { phone: '030 1' }, { by: ana, at: later }));
    const history = await desk.service.historyOf(contact, { limit: 10 });
    expect(history.map(({ rev, at, by, events }) => [rev, at, by.kind, events.map(({ kind }) => kind)])).toEqual([
      [2, later, 'person', ['properties-set']],
      [1, monday, 'desk', ['created', 'properties-set']],
    ]);
    expect(history[0]?.events).toEqual([{ kind: 'properties-set', changes: [{ property: 'phone', after: '030 1' }] }]);
    expect(await desk.service.historyOf(contact, { limit: 10, before: 2 })).toHaveLength(1);
  });
});

describe('setting properties', () => {
  test('refuses with every fault at once, and changes nothing', async () => {
    const contact = await aContact(desk, 'faults@one.example');
    const wrong = { email: 'x', additional_emails: 'a@b.example', shoe_size: 43, phone: 5 };
    expect(await desk.service.setProperties(contact, wrong, byAna)).toEqual({
      refused: 'properties-invalid',
      faults: [
        { fault: 'property-invalid', property: 'email', expected: 'an e-mail address' },
        { fault: 'property-unknown', property: 'shoe_size' },
        { fault: 'property-invalid', property: 'phone', expected: 'a text' },
        { fault: 'property-read-only', property: 'additional_emails' },
      ],
    });
    expect(await desk.service.object(contact)).toEqual(contact);
  });

  test('refuses an e-mail another contact has or had, in any case, and names who has it', async () => {
    const holder = await aContact(desk, 'taken@two.example');
    const other = await aContact(desk, 'free@two.example');
    const refusal = { refused: 'not-unique', property: 'email', holder: refTo(holder) };
    expect(await desk.service.setProperties(other, { email: 'TAKEN@two.example' }, byAna)).toEqual(refusal);
    await done(desk.service.setProperties(holder, { email: 'moved@two.example' }, byAna));
    expect(await desk.service.setProperties(other, { email: 'taken@two.example' }, byAna)).toEqual(refusal);
  });

  test('keeps an address that was replaced: mail from either finds the contact, and so does the id made of either', async () => {
    const contact = await aContact(desk, 'old@three.example', 'Olga Old');
    const moved = await done(desk.service.setProperties(contact, { email: 'New@three.example' }, byAna));
    expect(moved.properties).toMatchObject({ email: 'new@three.example', additional_emails: 'old@three.example' });
    await desk.relay.drain();
    for (const address of ['old@three.example', 'new@three.example']) {
      expect(await email(address)).toEqual(moved);
      expect((await aContact(desk, address)).id).toBe(contact.id);
      const id = contactId(machineIdentity.named(`contact|${address}`));
      expect(await desk.service.canonicalContact(id)).toBe(contact.id);
    }
    const back = await done(desk.service.setProperties(contact, { email: 'old@three.example' }, byAna));
    expect(back.properties).toMatchObject({ email: 'old@three.example', additional_emails: 'new@three.example' });
  });

  test('a unique value of the desk’s own is free again when it is given up', async () => {
    const one = await aContact(desk, 'one@four.example');
    const two = await aContact(desk, 'two@four.example');
    await done(desk.service.setProperties(one, { customer_number: 'K-1' }, byAna));
    expect(await desk.service.setProperties(two, { customer_number: 'k-1' }, byAna)).toMatchObject({
      refused: 'not-unique',
      holder: { id: one.id },
    });
    await done(desk.service.setProperties(one, { customer_number: 'K-2' }, byAna));
    await done(desk.service.setProperties(two, { customer_number: 'k-1' }, byAna));
    expect(await desk.service.setProperties(one, { customer_number: 'K-1' }, byAna)).toMatchObject({
      refused: 'not-unique',
      holder: { id: two.id },
    });
  });

  test('begins a ticket’s own properties with the first one; an unknown contact is not begun', async () => {
    await done(desk.service.setProperties(ticketNamed('props-1'), { asset: 'A-1' }, byAna));
    expect(await desk.service.setProperties(ticketNamed('props-2'), { asset: 'a-1' }, byAna)).toMatchObject({
      refused: 'not-unique',
      holder: ticketNamed('props-1'),
    });
    expect((await desk.service.object(ticketNamed('props-1')))?.properties).toEqual({ asset: 'A-1' });
    expect(await desk.service.setProperties({ type: 'contact', id: 'nobody' }, { phone: '1' }, byAna)).toMatchObject({
      refused: 'object-unknown',
    });
  });
});

describe('a mail on a ticket', () => {
  test('joins ticket, contact and company, on all sides, once', async () => {
    await seen('seen-1', 'carla@acme.example', 'Carla Costa');
    await desk.relay.drain();
    await seen('seen-1', 'CARLA@acme.example', 'Mallory');
    await desk.relay.drain();
    const contact = machineIdentity.named('contact|carla@acme.example');
    const company = machineIdentity.named('company|acme.example');
    expect(await joinedTo(desk, ticketNamed('seen-1'))).toEqual([
      `primary → company ${company}`,
      `primary → contact ${contact}`,
    ]);
    expect(await joinedTo(desk, { type: 'contact', id: contact })).toEqual([
      `primary → company ${company}`,
      'primary → ticket seen-1',
    ]);
    expect(await joinedTo(desk, { type: 'company', id: company })).toEqual([
      `primary → contact ${contact}`,
      'primary → ticket seen-1',
    ]);
    expect((await desk.service.companyByDomain('ACME.example'))?.properties).toEqual({
      domain: 'acme.example',
      name: 'acme.example',
    });
  });

  test('free mail and the desk’s own domains make a contact and no company', async () => {
    await seen('seen-2', 'dora@gmail.com');
    await seen('seen-3', 'ana@sub.desk.example');
    await desk.relay.drain();
    expect(await joinedTo(desk, ticketNamed('seen-2'))).toHaveLength(1);
    expect(await joinedTo(desk, ticketNamed('seen-3'))).toHaveLength(1);
    expect(await desk.service.companyByDomain('gmail.com')).toBeUndefined();
  });

  test('from a second person leaves the first as the ticket’s primary contact', async () => {
    await seen('seen-4', 'first@acme.example');
    await seen('seen-4', 'second@other.example');
    await seen('seen-4', 'second@other.example');
    await desk.relay.drain();
    const [first, second] = await Promise.all(['first@acme.example', 'second@other.example'].map(email));
    expect(await joinedTo(desk, ticketNamed('seen-4'))).toEqual(
      [
        `default → contact ${second?.id}`,
        `primary → company ${machineIdentity.named('company|acme.example')}`,
        `primary → contact ${first?.id}`,
      ].sort(),
    );
  });

  test('puts back nothing a person took off, and nothing in place of what a person chose', async () => {
    await seen('seen-5', 'eva@five.example');
    const contact = await aContact(desk, 'eva@five.example');
    const company = { type: 'company', id: machineIdentity.named('company|five.example') } as const;
    await done(desk.service.dissociate({ from: company, to: contact, label: 'primary' }, byAna));
    await done(desk.service.setProperties(company, { name: 'Five Ltd' }, byAna));
    await seen('seen-6', 'eva@five.example');
    await desk.relay.drain();
    expect(await joinedTo(desk, contact)).toEqual(['primary → ticket seen-5', 'primary → ticket seen-6']);
    expect((await desk.service.object(company))?.properties).toMatchObject({ name: 'Five Ltd' });
    const chosen = await done(desk.service.ensureCompany({ domain: 'chosen.example', name: 'Chosen', at: monday }));
    await done(desk.service.associate({ from: contact, to: chosen, label: 'primary' }, byAna));
    await seen('seen-7', 'eva@five.example');
    await desk.relay.drain();
    expect(await joinedTo(desk, ticketNamed('seen-7'))).toContain(`primary → company ${chosen.id}`);
  });
});

describe('associations', () => {
  test('read in both directions, each side in its own words, from whichever side they were made', async () => {
    const [a, b, c] = [ticketNamed('as-a'), ticketNamed('as-b'), ticketNamed('as-c')];
    await done(desk.service.associate({ from: a, to: b, label: 'follows' }, byAna));
    await done(desk.service.associate({ from: a, to: c, label: 'has_duplicate' }, byAna));
    await desk.relay.drain();
    expect(await joinedTo(desk, a)).toEqual(['follows → ticket as-b', 'has_duplicate → ticket as-c']);
    expect(await joinedTo(desk, b)).toEqual(['followed_by → ticket as-a']);
    expect(await joinedTo(desk, c)).toEqual(['duplicate_of → ticket as-a']);
    await done(desk.service.dissociate({ from: b, to: a, label: 'followed_by' }, byAna));
    await done(desk.service.dissociate({ from: b, to: a, label: 'followed_by' }, byAna));
    await desk.relay.drain();
    expect(await joinedTo(desk, b)).toEqual([]);
    expect(await joinedTo(desk, a)).toEqual(['has_duplicate → ticket as-c']);
  });

  test('no more than the label allows, unless one comes instead of the other', async () => {
    const ticket = ticketNamed('limit');
    const [one, two] = [await aContact(desk, 'one@limit.example'), await aContact(desk, 'two@limit.example')];
    await done(desk.service.associate({ from: ticket, to: one, label: 'primary' }, byAna));
    expect(await desk.service.associate({ from: two, to: ticket, label: 'primary' }, byAna)).toEqual({
      refused: 'too-many-associations',
      label: 'primary',
      limit: 1,
      held: [refTo(one)],
    });
    await done(desk.service.associate({ from: ticket, to: two, label: 'primary' }, { ...byAna, instead: true }));
    await desk.relay.drain();
    expect(await joinedTo(desk, ticket)).toEqual([`primary → contact ${two.id}`]);
    expect([await joinedTo(desk, one), await joinedTo(desk, two)]).toEqual([[], ['primary → ticket limit']]);
  });

  test('no label nobody defined, nothing with itself, nothing with somebody unknown', async () => {
    const ticket = ticketNamed('odd');
    const [contact, nobody] = [await aContact(desk, 'odd@odd.example'), { type: 'contact', id: 'nobody' } as const];
    const refused = async (to: ObjectRef, label: string): Promise<unknown> =>
      desk.service.associate({ from: ticket, to, label }, byAna);
    expect(await refused(contact, 'enemy')).toMatchObject({ refused: 'label-unknown', label: 'enemy' });
    expect(await refused(ticket, 'follows')).toMatchObject({ refused: 'associated-with-itself' });
    expect(await refused(nobody, 'affected')).toMatchObject({ refused: 'object-unknown', object: nobody });
    expect(await joinedTo(desk, ticket)).toEqual([]);
  });

  test('nothing under an id that could be no key of the store, on either side', async () => {
    const ticket = ticketNamed('well-named');
    for (const id of ['a/b', 'x'.repeat(300), '', 'a\nb', 'grün']) {
      const odd = ticketNamed(id);
      const unknown = { refused: 'object-unknown', object: odd };
      expect(await desk.service.associate({ from: ticket, to: odd, label: 'causes' }, byAna)).toEqual(unknown);
      expect(await desk.service.associate({ from: ticket, to: odd, label: 'caused_by' }, byAna)).toEqual(unknown);
      expect(await desk.service.setProperties({ type: 'contact', id }, { phone: '1' }, byAna)).toMatchObject({
        refused: 'object-unknown',
      });
    }
  });

  test('are filtered by type and by label, in pages', async () => {
    const contact = await aContact(desk, 'paged@page.example');
    for (const n of [1, 2, 3, 4, 5]) {
      const at = instantOf(millisecondsOf(monday) + n * 1_000);
      const label = n === 5 ? 'affected' : 'primary';
      await done(desk.service.associate({ from: ticketNamed(`page-${n}`), to: contact, label }, { by: ana, at }));
    }
    await done(desk.service.associate({ from: contact, to: ticketNamed('page-6'), label: 'default' }, byTheDesk));
    await desk.relay.drain();
    const filter = { toType: 'ticket', label: 'primary', limit: 3 } as const;
    const first = await desk.service.associationsOf('contact', contact.id, filter);
    const second = await desk.service.associationsOf('contact', contact.id, {
      ...filter,
      continuation: first.continuation,
    });
    const found = [...first.associations, ...second.associations].map(({ link }) => link.to.id);
    expect(found).toEqual(['page-4', 'page-3', 'page-2', 'page-1']);
    expect(second.continuation).toBeUndefined();
    const all = await desk.service.associationsOf('contact', contact.id, { toType: 'ticket' });
    expect(all.associations).toHaveLength(6);
    expect((await desk.service.associationsOf('contact', contact.id, { toType: 'company' })).associations).toEqual([]);
    expect((await desk.service.associationsOf('contact', contact.id, { label: 'affected' })).associations).toHaveLength(
      1,
    );
  });
});

describe('two contacts that are one person', () => {
  test('become one: facts, addresses and associations move, the history of each stays', async () => {
    await seen('merge-1', 'kim@work.example', 'Kim Kane');
    await seen('merge-2', 'kim@home.example', 'Kimberly Kane');
    const kept = await aContact(desk, 'kim@work.example');
    const other = await aContact(desk, 'kim@home.example');
    await done(desk.service.setProperties(other, { phone: '030 2' }, byAna));
    await done(desk.service.associate({ from: other, to: kept, label: 'colleague' }, byAna));
    await desk.relay.drain();
    const answer = await done(desk.service.mergeContacts(contactId(kept.id), contactId(other.id), byAna));
    await desk.relay.drain();
    expect(await desk.service.object(kept)).toEqual(answer);
    expect(answer.properties).toEqual({
      email: 'kim@work.example',
      additional_emails: 'kim@home.example',
      firstname: 'Kim',
      lastname: 'Kane',
      phone: '030 2',
    });
    expect(await email('kim@home.example')).toEqual(answer);
    expect(await desk.service.canonicalContact(contactId(other.id))).toBe(kept.id);
    const home = machineIdentity.named('company|home.example');
    const work = machineIdentity.named('company|work.example');
    expect(await joinedTo(desk, kept)).toEqual(
      [
        `default → company ${home}`,
        `primary → company ${work}`,
        'primary → ticket merge-1',
        'primary → ticket merge-2',
      ].sort(),
    );
    expect(await joinedTo(desk, ticketNamed('merge-2'))).toEqual(
      [`primary → company ${home}`, `primary → contact ${kept.id}`].sort(),
    );
    expect((await desk.objects.associations(other, { limit: 10 })).associations).toEqual([]);
    expect((await desk.objects.load(other))?.object).toMatchObject({ archived: true, mergedInto: kept.id });
    const kinds = async (of: ObjectRef): Promise<string[]> =>
      (await desk.service.historyOf(of, { limit: 100 })).flatMap(({ events }) => events.map(({ kind }) => kind));
    expect(await kinds(other)).toEqual(expect.arrayContaining(['created', 'merged-into']));
    expect(await kinds(kept)).toEqual(expect.arrayContaining(['created', 'absorbed']));
  });

  test('a mail from either address, and an act on either, meets the one that was kept; merging again is harmless', async () => {
    const kept = await aContact(desk, 'a@again.example');
    const other = await aContact(desk, 'b@again.example', 'Bea');
    const merge = () => done(desk.service.mergeContacts(contactId(kept.id), contactId(other.id), byAna));
    await merge();
    await seen('again-1', 'b@again.example');
    await desk.relay.drain();
    expect(await merge()).toMatchObject({ id: kept.id });
    expect(await done(desk.service.setProperties(other, { phone: '7' }, byAna))).toMatchObject({ id: kept.id });
    await done(desk.service.associate({ from: ticketNamed('again-2'), to: other, label: 'primary' }, byAna));
    await desk.relay.drain();
    expect(await joinedTo(desk, kept)).toEqual(
      expect.arrayContaining(['primary → ticket again-1', 'primary → ticket again-2']),
    );
    const third = await aContact(desk, 'c@again.example');
    await done(desk.service.mergeContacts(contactId(third.id), contactId(kept.id), byAna));
    await desk.relay.drain();
    expect(await desk.service.canonicalContact(contactId(other.id))).toBe(third.id);
    expect((await email('b@again.example'))?.properties).toMatchObject({
      firstname: 'Bea',
      phone: '7',
      additional_emails: 'a@again.example;b@again.example',
    });
  });

  test('an address of the one that goes is nobody’s to take, also before its facts have moved', async () => {
    const [kept, other] = [await aContact(desk, 'a@hurry.example'), await aContact(desk, 'b@hurry.example')];
    const third = await aContact(desk, 'c@hurry.example');
    await done(desk.service.mergeContacts(contactId(kept.id), contactId(other.id), byAna));
    expect(await desk.service.setProperties(third, { email: 'b@hurry.example' }, byAna)).toMatchObject({
      refused: 'not-unique',
      holder: refTo(kept),
    });
    expect((await email('b@hurry.example'))?.id).toBe(kept.id);
  });

  test('what a person took off meanwhile is not moved', async () => {
    const ids = ['a', 'b', 'c'].map((name) => machineIdentity.named(`contact|${name}@moved.example`));
    for (const name of ['a', 'b', 'c']) await aContact(desk, `${name}@moved.example`);
    const [kept, holder, other] = ids.sort().map((id) => ({ type: 'contact', id }) as const) as [
      ObjectRef,
      ObjectRef,
      ObjectRef,
    ];
    await done(desk.service.associate({ from: holder, to: other, label: 'colleague' }, byAna));
    await desk.relay.drain();
    const { associations } = await desk.service.associationsOf('contact', other.id);
    expect(associations).toHaveLength(1);
    await done(desk.service.dissociate({ from: holder, to: other, label: 'colleague' }, byAna));
    for (const of of associations) await rehome(desk.parts, { of, into: kept }, byTheDesk);
    await desk.relay.drain();
    expect(await joinedTo(desk, kept)).toEqual([]);
  });

  test('nobody is merged with themselves, or with nobody', async () => {
    const one = contactId((await aContact(desk, 'self@self.example')).id);
    const nobody = contactId('nobody');
    expect(await desk.service.mergeContacts(one, one, byAna)).toMatchObject({ refused: 'merged-with-itself' });
    expect(await desk.service.mergeContacts(one, nobody, byAna)).toMatchObject({ refused: 'object-unknown' });
    expect(await desk.service.mergeContacts(nobody, one, byAna)).toMatchObject({ refused: 'object-unknown' });
    expect(await desk.service.canonicalContact(nobody)).toBe(nobody);
  });

  test('a circle that should not be ends where it closes', async () => {
    for (const [id, mergedInto] of [
      ['round-1', 'round-2'],
      ['round-2', 'round-1'],
    ] as const) {
      await desk.objects.commit({
        object: {
          type: 'contact',
          id,
          properties: {},
          createdAt: monday,
          updatedAt: monday,
          archived: true,
          mergedInto,
        },
        entry: { rev: 1, at: monday, by: ana, events: [{ kind: 'created' }] },
        effects: [],
      });
    }
    expect(await desk.service.canonicalContact(contactId('round-1'))).toBe('round-2');
    expect(await desk.service.setProperties({ type: 'contact', id: 'round-1' }, { phone: '1' }, byAna)).toMatchObject({
      refused: 'object-archived',
    });
  });
});

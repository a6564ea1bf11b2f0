import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactView } from '../../src/application/contact-queries.ts';
import { type ContactService, contactService, type Editing, type Kept } from '../../src/application/contact-service.ts';
import type { DeskSchema } from '../../src/application/desk-schema.ts';
import type { QueueEntry } from '../../src/domain/effects.ts';
import type { DeskObject } from '../../src/domain/objects.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusals.ts';
import { contactId, type PersonActor, ticketId, ticketNumber } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { anotherTicket, arrivesAs, keep } from '../store/desk-store.ts';
import { ana, eve, vera } from '../support/deeds.ts';
import { monday } from '../support/given.ts';
import { aContact, byAna, done, objectDesk } from './object-desk.ts';
import { handClock } from './parts.ts';

/** Contacts, companies and tickets' properties as people see and change them, over a real database. */
const desk = objectDesk();
let contacts: ContactService;

const pipeline: NonNullable<DeskSchema['pipeline']> = {
  id: 'ticket',
  stages: [
    { id: 'inbox', state: 'open', statuses: ['new'], label: { en: 'Inbox', de: 'Eingang' } },
    { id: 'desk', state: 'open', statuses: ['in_progress', 'pending_customer'] },
  ],
};

beforeAll(() => {
  contacts = contactService({
    objects: desk.service,
    queues: queueDocuments(desk.store),
    tickets: ticketDocuments(desk.store),
    identity: machineIdentity,
    schema: { ...desk.parts.schema, pipeline },
    clock: handClock(),
  });
});

const idOf = ({ id }: DeskObject) => contactId(id);
const editing = (typed: Record<string, string>, by: PersonActor = ana): Editing => ({
  by,
  zone: 'UTC',
  shown: {},
  typed,
});
const kept = async <View>(outcome: Promise<Kept<View> | Refusal>): Promise<Kept<View>> => {
  const answer = await outcome;
  if (isRefusal(answer)) throw new TypeError(`refused: ${answer.refused}`);
  return answer;
};
const viewed = async (address: string, continuation?: string): Promise<ContactView> => {
  const view = await contacts.contactView({ address }, continuation);
  if (!view) throw new TypeError(`nobody has ${address}`);
  return view;
};

let numbers = 0;
/** A ticket of whoever wrote from this address, on the lists. */
const asks = async (address: string, details: Partial<QueueEntry> = {}): Promise<string> => {
  const number = ticketNumber(`INC-${(numbers += 1)}`);
  const requesterId = contactId(machineIdentity.named(`contact|${address}`));
  const entry: QueueEntry = {
    ticketId: ticketId(`asked-${numbers}`),
    rev: 1,
    bucket: 'waiting',
    status: 'new',
    priority: 'P3',
    dueAt: monday,
    number,
    subject: 'Help',
    requester: address,
    requesterId,
    ...details,
  };
  await queueDocuments(desk.store).apply({ kind: 'project', on: [`r:${requesterId}`], off: [], entry });
  return number;
};
const numbersOf = ({ tickets }: Pick<ContactView, 'tickets'>): string[] => tickets.rows.map(({ number }) => number);

describe('a contact', () => {
  test('is found by its address in any case, and by its id; nobody else is', async () => {
    const carlaHere = await aContact(desk, 'carla@seen.example', 'Carla Costa');
    expect((await viewed(' CARLA@seen.example')).object).toEqual(carlaHere);
    expect((await contacts.contactView({ id: idOf(carlaHere) }))?.object).toEqual(carlaHere);
    expect(await contacts.contactView({ address: 'nobody@seen.example' })).toBeUndefined();
    expect(await contacts.contactView({ id: contactId('../nobody') })).toBeUndefined();
  });

  test('shows its company apart from what else belongs to it', async () => {
    await desk.service.contactSeen({
      address: 'cy@firm.example',
      name: 'Cy',
      at: monday,
      ticketId: ticketId('firm-1'),
    });
    await desk.relay.drain();
    const view = await viewed('cy@firm.example');
    const friend = await aContact(desk, 'friend@firm.example', 'Fay Friend');
    await done(desk.service.associate({ from: view.object, to: friend, label: 'manager' }, byAna));
    await desk.relay.drain();
    const { company, related } = await viewed('cy@firm.example');
    expect(company?.properties).toMatchObject({ domain: 'firm.example' });
    expect(related.map(({ label, object }) => [label, object.id])).toEqual([['manager', friend.id]]);
    expect((await viewed('friend@firm.example')).related.map(({ label }) => label)).toEqual(['reports_to']);
    expect((await contacts.companyView(company?.id ?? ''))?.related.map(({ object }) => object.id)).toEqual([
      view.object.id,
    ]);
  });

  test('lists open tickets before ended ones, ten a page, each with the label of its stage', async () => {
    const address = 'many@seen.example';
    await aContact(desk, address);
    const ended = [];
    for (let n = 0; n < 3; n += 1) ended.push(await asks(address, { bucket: 'done', status: 'closed' }));
    const owned = [];
    for (let n = 0; n < 6; n += 1) owned.push(await asks(address, { bucket: 'open', status: 'in_progress' }));
    const waiting = [];
    for (let n = 0; n < 4; n += 1) waiting.push(await asks(address));
    const first = await viewed(address);
    expect(numbersOf(first)).toHaveLength(10);
    expect(numbersOf(first).sort()).toEqual([...waiting, ...owned].sort());
    expect(first.tickets.rows[0]).toMatchObject({ stage: { en: 'Inbox' } });
    expect(first.tickets.rows.at(-1)).not.toHaveProperty('stage');
    const second = await viewed(address, first.tickets.continuation);
    expect(numbersOf(second).sort()).toEqual(ended.sort());
    expect(second.tickets).not.toHaveProperty('continuation');
  });

  test('goes on after every ticket exactly once, wherever a page ends', async () => {
    const address = 'long@seen.example';
    await aContact(desk, address);
    const all = [];
    for (let n = 0; n < 25; n += 1) all.push(await asks(address, { bucket: n % 2 ? 'open' : 'waiting' }));
    const seen: string[] = [];
    let continuation: string | undefined;
    do {
      const view = await viewed(address, continuation);
      seen.push(...numbersOf(view));
      ({ continuation } = view.tickets);
    } while (continuation !== undefined);
    expect(seen.sort()).toEqual(all.sort());
  });

  test('begins anew where nobody knows the place any more, and offers no page that is empty', async () => {
    const address = 'ten@seen.example';
    await aContact(desk, address);
    const all = [];
    for (let n = 0; n < 10; n += 1) all.push(await asks(address));
    const view = await viewed(address);
    expect(view.tickets).not.toHaveProperty('continuation');
    for (const lost of ['0:lost', '1:lost', 'lost', '99:x', '-1:'])
      expect((await viewed(address, lost)).tickets.rows.length).toBeLessThanOrEqual(10);
    expect(numbersOf(await viewed(address, '0:lost')).sort()).toEqual(all.sort());
  });
});

describe('an edit', () => {
  test('sets what was typed, and only what was changed', async () => {
    const contact = await aContact(desk, 'edit@seen.example', 'Edda Ek');
    await done(desk.service.setProperties(contact, { phone: '030 2' }, byAna));
    const { view, fault } = await kept(
      contacts.saveContact(idOf(contact), {
        ...editing({ phone: '030 1', jobtitle: 'Chief', firstname: 'Edda' }),
        shown: { phone: '030 1', jobtitle: '', firstname: 'Edda' },
      }),
    );
    expect(fault).toBeUndefined();
    expect(view.object.properties).toMatchObject({ phone: '030 2', jobtitle: 'Chief' });
    expect(view.history[0]?.events).toEqual([
      { kind: 'properties-set', changes: [{ property: 'jobtitle', after: 'Chief' }] },
    ]);
  });

  test('is refused whole, with every fault, and the record is shown as it is', async () => {
    const contact = await aContact(desk, 'wrong@seen.example');
    const { view, fault } = await kept(
      contacts.saveContact(idOf(contact), editing({ phone: '1', email: 'nobody', floor: '3', additional_emails: 'x' })),
    );
    expect(fault?.faults?.map((each) => `${each.property} ${each.fault}`).sort()).toEqual([
      'additional_emails property-read-only',
      'email property-invalid',
      'floor property-unknown',
    ]);
    expect(view.object).toEqual(contact);
  });

  test('of a unique value is refused with whoever has it', async () => {
    const holder = await aContact(desk, 'holder@seen.example');
    const other = await aContact(desk, 'other@seen.example');
    await kept(contacts.saveContact(idOf(holder), editing({ customer_number: 'K-1' })));
    const { fault } = await kept(contacts.saveContact(idOf(other), editing({ customer_number: ' k-1 ' })));
    expect(fault).toMatchObject({ refused: 'not-unique', property: 'customer_number', holder: { id: holder.id } });
    expect((await viewed('other@seen.example')).object.properties).not.toHaveProperty('customer_number');
  });

  test('is for those who work tickets', async () => {
    const contact = await aContact(desk, 'roles@seen.example');
    const company = await done(desk.service.ensureCompany({ domain: 'roles.example', at: monday }));
    const id = anotherTicket();
    await keep(ticketDocuments(desk.store), id, arrivesAs(id));
    for (const by of [eve, vera]) {
      expect(await contacts.saveContact(idOf(contact), editing({ phone: '1' }, by))).toEqual({
        refused: 'role-may-not',
      });
      expect(await contacts.saveCompany(company.id, editing({ phone: '1' }, by))).toEqual({ refused: 'role-may-not' });
      expect(await contacts.saveTicket(id, editing({ asset: '1' }, by))).toEqual({ refused: 'role-may-not' });
      expect(await contacts.merge(idOf(contact), 'holder@seen.example', by)).toEqual({ refused: 'role-may-not' });
    }
    expect((await viewed('roles@seen.example')).object).toEqual(contact);
  });

  test('of what is not there is not found', async () => {
    expect(await contacts.saveContact(contactId('nobody'), editing({ phone: '1' }))).toEqual({ refused: 'not-found' });
    expect(await contacts.saveCompany('nothing', editing({ phone: '1' }))).toEqual({ refused: 'not-found' });
    expect(await contacts.saveTicket(ticketId('nothing'), editing({ asset: '1' }))).toEqual({ refused: 'not-found' });
    expect(await contacts.merge(contactId('nobody'), 'a@b.example', ana)).toEqual({ refused: 'not-found' });
    expect(await desk.service.object({ type: 'ticket', id: 'nothing' })).toBeUndefined();
  });
});

describe('two contacts that are one person', () => {
  const merge = async (to: DeskObject, other: string): Promise<Kept<ContactView>> =>
    kept(contacts.merge(idOf(to), other, ana));

  test('have the tickets and the history of both, at once and after the relay', async () => {
    const [work, home] = [
      await aContact(desk, 'work@both.example', 'Wanda'),
      await aContact(desk, 'home@both.example'),
    ];
    await done(desk.service.setProperties(home, { phone: '030 7' }, byAna));
    const both = [await asks('work@both.example'), await asks('home@both.example')];
    const { view, fault } = await merge(work, ' HOME@both.example ');
    expect(fault).toBeUndefined();
    expect(numbersOf(view).sort()).toEqual(both.sort());
    await desk.relay.drain();
    const later = await viewed('home@both.example');
    expect(later.object).toMatchObject({
      id: work.id,
      properties: { email: 'work@both.example', additional_emails: 'home@both.example', phone: '030 7' },
    });
    expect(numbersOf(later).sort()).toEqual(both.sort());
    const events = later.history.flatMap((entry) => entry.events.map(({ kind }) => `${kind} by ${entry.by.kind}`));
    expect(events).toContain('merged-into by person');
    expect(events.filter((each) => each === 'created by desk')).toHaveLength(2);
    expect(await contacts.contactView({ id: idOf(home) })).toEqual(later);
  });

  test('are merged once, however often the button is pressed', async () => {
    const work = await aContact(desk, 'work@twice.example');
    await aContact(desk, 'home@twice.example');
    await merge(work, 'home@twice.example');
    await desk.relay.drain();
    const before = await desk.service.historyOf(work, { limit: 50 });
    expect(await merge(work, 'home@twice.example')).not.toHaveProperty('fault');
    expect(await desk.service.historyOf(work, { limit: 50 })).toEqual(before);
  });

  test('are not made of one, nor of nobody', async () => {
    const alone = await aContact(desk, 'alone@both.example');
    expect((await merge(alone, 'alone@both.example')).fault).toMatchObject({ refused: 'merged-with-itself' });
    expect((await merge(alone, 'nobody@both.example')).fault).toEqual({ refused: 'object-unknown' });
    expect((await merge(alone, '')).fault).toEqual({ refused: 'object-unknown' });
  });
});

describe('a company', () => {
  test('shows its tickets, ten a page, and goes on where the page ended', async () => {
    const company = await done(desk.service.ensureCompany({ domain: 'big.example', name: 'Big', at: monday }));
    const ids = [];
    for (let n = 0; n < 12; n += 1) {
      const id = anotherTicket();
      await keep(ticketDocuments(desk.store), id, arrivesAs(id));
      await done(desk.service.associate({ from: { type: 'ticket', id }, to: company, label: 'primary' }, byAna));
      ids.push(id);
    }
    await desk.relay.drain();
    const first = await contacts.companyView(company.id);
    const second = await contacts.companyView(company.id, first?.tickets.continuation);
    const found = [first, second].flatMap((view) => view?.tickets.rows.map((each) => each.ticketId) ?? []);
    expect(first?.tickets.rows).toHaveLength(10);
    expect(first?.tickets.rows[0]).toMatchObject({ status: 'new', stage: { de: 'Eingang' } });
    expect(found.sort()).toEqual(ids.sort());
    expect((await contacts.companyView(company.id, 'lost'))?.tickets.rows).toEqual(first?.tickets.rows);
    expect(await contacts.companyView('nothing')).toBeUndefined();
  });

  test('is edited like a contact', async () => {
    const company = await done(desk.service.ensureCompany({ domain: 'edit.example', at: monday }));
    const { view } = await kept(contacts.saveCompany(company.id, editing({ name: 'Edit Ltd' })));
    expect(view.object.properties).toMatchObject({ name: 'Edit Ltd', domain: 'edit.example' });
    expect((await kept(contacts.saveCompany(company.id, editing({ domain: 'no domain' })))).fault).toMatchObject({
      refused: 'properties-invalid',
    });
  });
});

describe('the properties of a ticket', () => {
  test('are empty, then set, unique, and told in their history', async () => {
    const [one, other] = [anotherTicket(), anotherTicket()];
    for (const id of [one, other]) await keep(ticketDocuments(desk.store), id, arrivesAs(id));
    expect((await contacts.ticketView(one))?.object.properties).toEqual({});
    const { view } = await kept(contacts.saveTicket(one, editing({ asset: 'PC-7' })));
    expect(view).toMatchObject({ object: { properties: { asset: 'PC-7' } }, stage: { en: 'Inbox' } });
    expect(view.history[0]).toMatchObject({ by: { name: ana.name } });
    const refused = await kept(contacts.saveTicket(other, editing({ asset: 'pc-7' })));
    expect(refused.fault).toMatchObject({ refused: 'not-unique', holder: { type: 'ticket', id: one } });
    expect((await contacts.ticketView(other))?.object.properties).toEqual({});
    expect(await contacts.ticketView(ticketId('nothing'))).toBeUndefined();
  });

  test('nothing typed writes nothing', async () => {
    const id = anotherTicket();
    await keep(ticketDocuments(desk.store), id, arrivesAs(id));
    await kept(contacts.saveTicket(id, { ...editing({}), shown: { asset: '' } }));
    expect(await desk.service.object({ type: 'ticket', id })).toBeUndefined();
  });
});

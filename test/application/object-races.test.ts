import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import { isObjectRefusal, type ObjectRef } from '../../src/domain/objects.ts';
import { contactId, ticketId } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { monday } from '../support/given.ts';
import { killedAfter } from './parts.ts';
import {
  aContact,
  byAna,
  done,
  joinedTo,
  objectDesk,
  type ObjectProcess,
  processOn,
  ticketNamed,
} from './object-desk.ts';

const desk = objectDesk();
const RUNS = { numRuns: 40 };
let rooms = 0;
/** A domain nobody has used yet. */
const room = (): string => `room${(rooms += 1)}.example`;

/** The database as two processes meet it whose every call waits for its turn. */
const taken = (scheduler: fc.Scheduler, store: DocumentStore): DocumentStore => ({
  ...store,
  get: scheduler.scheduleFunction(store.get.bind(store)),
  commit: scheduler.scheduleFunction(store.commit.bind(store)),
  query: scheduler.scheduleFunction(store.query.bind(store)),
});

/** Whatever turns the calls of the two take. */
const inAnyOrder = (
  act: (scheduled: { both: () => ObjectProcess; end: <T>(all: Promise<T>) => Promise<T> }) => Promise<void>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      await act({
        both: () => processOn(taken(scheduler, desk.store)),
        end: async (all) => {
          await scheduler.waitFor(all);
          return all;
        },
      });
    }),
    RUNS,
  );

describe('two at once', () => {
  test('who see one person for the first time make one contact', () =>
    inAnyOrder(async ({ both, end }) => {
      const address = `carla@${room()}`;
      const [one, two] = [both(), both()];
      const made = await end(Promise.all([aContact(one, address, 'Carla'), aContact(two, address.toUpperCase())]));
      expect(made[0].id).toBe(made[1].id);
      expect((await desk.service.contactByEmail(address))?.properties).toEqual({ email: address, firstname: 'Carla' });
    }));

  test('who give one number to two contacts: never both have it, and one who was refused hears who has', () =>
    inAnyOrder(async ({ both, end }) => {
      const domain = room();
      const contacts = [await aContact(desk, `a@${domain}`), await aContact(desk, `b@${domain}`)];
      const outcomes = await end(
        Promise.all(contacts.map((each) => both().service.setProperties(each, { customer_number: domain }, byAna))),
      );
      const now = await Promise.all(contacts.map((each) => desk.service.object(each)));
      const winners = now.filter((each) => each?.properties['customer_number'] === domain);
      expect(winners.length).toBeLessThanOrEqual(1);
      expect(outcomes.filter((each) => !isObjectRefusal(each))).toHaveLength(winners.length);
      for (const each of outcomes)
        if (isObjectRefusal(each)) expect(['not-unique', 'object-busy']).toContain(each.refused);
    }));

  test('one who takes an address for a contact, one who gets the first mail from it: one contact has it', () =>
    inAnyOrder(async ({ both, end }) => {
      const domain = room();
      const known = await aContact(desk, `known@${domain}`);
      const fresh = `fresh@${domain}`;
      const [set, made] = await end(
        Promise.all([both().service.setProperties(known, { email: fresh }, byAna), aContact(both(), fresh)]),
      );
      await desk.relay.drain();
      const has = await desk.service.contactByEmail(fresh);
      expect(has?.id).toBe(isObjectRefusal(set) ? made.id : known.id);
      expect(made.id).toBe(has?.id);
      expect(await desk.service.canonicalContact(contactId(machineIdentity.named(`contact|${fresh}`)))).toBe(has?.id);
    }));

  test('who join a ticket to two contacts: one is primary, the other is refused', () =>
    inAnyOrder(async ({ both, end }) => {
      const domain = room();
      const contacts = [await aContact(desk, `a@${domain}`), await aContact(desk, `b@${domain}`)];
      const ticket = ticketNamed(domain);
      const outcomes = await end(
        Promise.all(contacts.map((to) => both().service.associate({ from: ticket, to, label: 'primary' }, byAna))),
      );
      expect(outcomes.filter((each) => isObjectRefusal(each))).toMatchObject([{ refused: 'too-many-associations' }]);
      await desk.relay.drain();
      expect(await joinedTo(desk, ticket)).toHaveLength(1);
      expect((await Promise.all(contacts.map((each) => joinedTo(desk, each)))).flat()).toEqual([
        `primary → ticket ${domain}`,
      ]);
    }));

  test('who merge two contacts in opposite directions make no circle', () =>
    inAnyOrder(async ({ both, end }) => {
      const domain = room();
      const [a, b] = [await aContact(desk, `a@${domain}`), await aContact(desk, `b@${domain}`)];
      const [one, two] = [contactId(a.id), contactId(b.id)];
      await end(
        Promise.all([both().service.mergeContacts(one, two, byAna), both().service.mergeContacts(two, one, byAna)]),
      );
      await desk.relay.drain();
      const left = await desk.service.object(a);
      expect(left).toMatchObject({ archived: false });
      expect(await desk.service.object(b)).toEqual(left);
      expect(await desk.service.contactByEmail(`b@${domain}`)).toEqual(left);
    }));

  test('one who merges a contact, one who joins it to a ticket: the ticket ends at the one that was kept', () =>
    inAnyOrder(async ({ both, end }) => {
      const domain = room();
      const [kept, other] = [await aContact(desk, `a@${domain}`), await aContact(desk, `b@${domain}`)];
      const relay = both().relay;
      await end(
        Promise.all([
          both().service.mergeContacts(contactId(kept.id), contactId(other.id), byAna),
          done(both().service.associate({ from: ticketNamed(domain), to: other, label: 'affected' }, byAna)),
          relay.once(),
        ]),
      );
      await desk.relay.drain();
      expect(await joinedTo(desk, ticketNamed(domain))).toEqual([`affected → contact ${kept.id}`]);
      expect((await desk.objects.associations(other, { limit: 10 })).associations).toEqual([]);
    }));
});

interface Case {
  readonly given: () => Promise<unknown>;
  readonly when: (process: ObjectProcess) => Promise<unknown>;
  readonly then: () => Promise<void>;
}

/** The database as a process sees it in whose way something comes: `first` happens just before this commit. */
const overtaken = (store: DocumentStore, at: (pk: string) => boolean, first: () => Promise<unknown>): DocumentStore => {
  let over = false;
  return {
    ...store,
    commit: async (container, pk, ops) => {
      if (!over && at(pk)) {
        over = true;
        await first();
      }
      return store.commit(container, pk, ops);
    },
  };
};

test('one who comes back for a number just when another takes over the claim keeps it', async () => {
  const domain = room();
  const [a, b] = [await aContact(desk, `a@${domain}`), await aContact(desk, `b@${domain}`)];
  const number = { customer_number: domain };
  const killed = processOn(killedAfter(desk.store, 1)).service.setProperties(a, number, byAna);
  await expect(killed).rejects.toMatchObject({ message: 'killed' });
  const comesBack = () => done(desk.service.setProperties(a, number, byAna));
  const slow = processOn(overtaken(desk.store, (pk) => pk.startsWith('unique:'), comesBack));
  expect(await slow.service.setProperties(b, number, byAna)).toMatchObject({
    refused: 'not-unique',
    holder: { id: a.id },
  });
});

test('an association that reaches its other side only after a merge has moved the rest moves too', async () => {
  const domain = room();
  const [kept, other] = [await aContact(desk, `a@${domain}`), await aContact(desk, `b@${domain}`)];
  const ticket = ticketNamed(domain);
  await done(desk.service.associate({ from: ticket, to: other, label: 'affected' }, byAna));
  await done(desk.service.mergeContacts(contactId(kept.id), contactId(other.id), byAna));
  const looked = Promise.withResolvers<undefined>();
  const late: DocumentStore = {
    ...desk.store,
    query: async (container, spec) => {
      const page = await desk.store.query(container, spec);
      if (spec.pk === `contact:${other.id}`) looked.resolve(undefined);
      return page;
    },
    commit: async (container, pk, ops) => {
      if (pk === `contact:${other.id}` && ops.some((op) => op.op === 'create' && op.doc.id.startsWith('as:')))
        await looked.promise;
      return desk.store.commit(container, pk, ops);
    },
  };
  await processOn(late).relay.drain();
  expect(await joinedTo(desk, ticket)).toEqual([`affected → contact ${kept.id}`]);
  expect(await joinedTo(desk, kept)).toEqual([`affected → ticket ${domain}`]);
});

const absorptions = async (of: ObjectRef): Promise<unknown[]> =>
  (await desk.service.historyOf(of, { limit: 50 }))
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.kind === 'absorbed' ? [event.id] : []));

test('facts that moved are not moved again, not even by two relays, or on to the next who absorbs', async () => {
  const domain = room();
  const [a, b, c] = [
    await aContact(desk, `a@${domain}`),
    await aContact(desk, `b@${domain}`),
    await aContact(desk, `c@${domain}`),
  ];
  const idOf = ({ id }: { id: string }) => contactId(id);
  await desk.relay.drain();
  await done(desk.service.mergeContacts(idOf(b), idOf(a), byAna));
  const killed = processOn(killedAfter(desk.store, 1)).relay.drain();
  await expect(killed).rejects.toMatchObject({ message: 'killed' });
  expect(await absorptions(b)).toEqual([a.id]);
  await done(desk.service.mergeContacts(idOf(c), idOf(b), byAna));
  await Promise.all([desk.relay.drain(), processOn(desk.store).relay.drain()]);
  expect(await absorptions(b)).toEqual([a.id]);
  expect(await absorptions(c)).toEqual([b.id]);
});

/** The process is killed before its first commit, then, in another case, before its second, and so on until it survives. */
const atEveryMoment = async (caseIn: (domain: string) => Case): Promise<number> => {
  for (let commits = 0; ; commits += 1) {
    const { given, when, then } = caseIn(room());
    await given();
    const survived = await when(processOn(killedAfter(desk.store, commits))).then(
      () => true,
      (fault: unknown) => {
        expect(fault).toMatchObject({ message: 'killed' });
        return false;
      },
    );
    await then();
    if (survived) return commits;
  }
};

const contactAt = (address: string) => ({ type: 'contact', id: machineIdentity.named(`contact|${address}`) }) as const;
const companyAt = (domain: string) => ({ type: 'company', id: machineIdentity.named(`company|${domain}`) }) as const;
const mailFrom = (address: string, ticket: string, name = '') => ({
  ticketId: ticketId(ticket),
  address,
  name,
  at: monday,
});

test('stopped before the other sides were written: they are written after the next start', async () => {
  const domain = room();
  await desk.service.contactSeen(mailFrom(`carla@${domain}`, domain));
  expect(await joinedTo(desk, companyAt(domain))).toEqual([]);
  await desk.restarts();
  await desk.relay.drain();
  expect(await joinedTo(desk, companyAt(domain))).toHaveLength(2);
});

describe('killed at any moment', () => {
  test('while a mail is taken in: the mail read again completes it', async () => {
    const moments = await atEveryMoment((domain) => {
      const seen = mailFrom(`carla@${domain}`, domain, 'Carla Costa');
      const [contact, company] = [contactAt(`carla@${domain}`), companyAt(domain)];
      return {
        given: () => Promise.resolve(),
        when: async ({ service, relay }) => {
          await service.contactSeen(seen);
          await relay.drain();
        },
        then: async () => {
          await desk.service.contactSeen(seen);
          await desk.relay.drain();
          const sides = [ticketNamed(domain), contact, company];
          expect(await Promise.all(sides.map((each) => joinedTo(desk, each)))).toEqual([
            [`primary → company ${company.id}`, `primary → contact ${contact.id}`],
            [`primary → company ${company.id}`, `primary → ticket ${domain}`],
            [`primary → contact ${contact.id}`, `primary → ticket ${domain}`],
          ]);
          expect((await desk.service.object(contact))?.properties).toMatchObject({ firstname: 'Carla' });
        },
      };
    });
    expect(moments).toBeGreaterThan(8);
  });

  test('while an association is taken off: both sides have it, or neither', async () => {
    await atEveryMoment((domain) => {
      const [one, two] = [ticketNamed(`one.${domain}`), ticketNamed(`two.${domain}`)];
      const link = { from: one, to: two, label: 'follows' };
      return {
        given: async () => {
          await done(desk.service.associate(link, byAna));
          await desk.relay.drain();
        },
        when: async ({ service, relay }) => {
          await service.dissociate(link, byAna);
          await relay.drain();
        },
        then: async () => {
          await desk.relay.drain();
          const both = [await joinedTo(desk, one), await joinedTo(desk, two)];
          const joined = [[`follows → ticket ${two.id}`], [`followed_by → ticket ${one.id}`]];
          expect([[[], []], joined]).toContainEqual(both);
        },
      };
    });
  });

  test('while a value is given to a ticket: another may have it, or hears who has', async () => {
    const moments = await atEveryMoment((domain) => {
      const [one, two] = [ticketNamed(`one.${domain}`), ticketNamed(`two.${domain}`)];
      return {
        given: () => Promise.resolve(),
        when: ({ service }) => service.setProperties(one, { asset: domain }, byAna),
        then: async () => {
          const outcome = await desk.service.setProperties(two, { asset: domain }, byAna);
          const kept = (await desk.service.object(one))?.properties['asset'] === domain;
          expect(outcome).toMatchObject(
            kept ? { refused: 'not-unique', holder: one } : { properties: { asset: domain } },
          );
        },
      };
    });
    expect(moments).toBe(3);
  });

  test('while two contacts become one: nothing has happened, or all of it', async () => {
    const moments = await atEveryMoment((domain) => {
      const [kept, other] = [contactAt(`work@${domain}`), contactAt(`home@${domain}`)];
      const [first, second] = [`first.${domain}`, `second.${domain}`];
      return {
        given: async () => {
          await desk.service.contactSeen(mailFrom(`work@${domain}`, first));
          await desk.service.contactSeen(mailFrom(`home@${domain}`, second, 'Kim Kane'));
          await desk.relay.drain();
        },
        when: async ({ service, relay }) => {
          await service.mergeContacts(contactId(kept.id), contactId(other.id), byAna);
          await relay.drain();
        },
        then: async () => {
          await desk.relay.drain();
          const merged = (await desk.objects.load(other))?.object.archived === true;
          const found = await desk.service.contactByEmail(`home@${domain}`);
          const holder = merged ? kept : other;
          expect(found).toMatchObject({ ...holder, properties: { firstname: 'Kim', lastname: 'Kane' } });
          expect(await joinedTo(desk, ticketNamed(first))).toContain(`primary → contact ${kept.id}`);
          expect(await joinedTo(desk, ticketNamed(second))).toContain(`primary → contact ${holder.id}`);
          expect(await joinedTo(desk, kept)).toHaveLength(merged ? 3 : 2);
          expect(await absorptions(kept)).toEqual(merged ? [other.id] : []);
        },
      };
    });
    expect(moments).toBeGreaterThan(8);
  });
});

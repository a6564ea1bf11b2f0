import { describe, expect, test } from '@jest/globals';
import { StoreError } from '../../src/application/errors.ts';
import type { Covers } from '../../src/application/ports/covers.ts';
import type { DocumentStore, Stored } from '../../src/application/ports/document-store.ts';
import type { TicketStore } from '../../src/application/ports/ticket-store.ts';
import { runCommand, type RunCommand } from '../../src/application/run-command.ts';
import { fold } from '../../src/domain/evolve.ts';
import { ownerOf } from '../../src/domain/ticket.ts';
import type { TicketId } from '../../src/domain/values.ts';
import { coverDocuments } from '../../src/store/people-documents.ts';
import { ticketDocuments } from '../../src/store/ticket-documents.ts';
import { anotherTicket, arrivesAs, deskStore } from '../store/desk-store.ts';
import {
  accepts,
  ana,
  ben,
  customerWrites,
  inPlaceOf,
  lea,
  notes,
  replies,
  repliesAndResolves,
} from '../support/deeds.ts';
import { aDesk, after, hours, monday } from '../support/given.ts';
import { assigns } from '../support/ownership-deeds.ts';
import { killedAfter } from './parts.ts';

const desk = deskStore();
const tickets = (): TicketStore => ticketDocuments(desk.store);
const covers = (): Covers => coverDocuments(desk.store);

let hints = 0;
const writePath = (store: TicketStore = tickets()): RunCommand =>
  runCommand({ tickets: store, covers: covers(), desk: aDesk, committed: () => (hints += 1) });

const opened = async (): Promise<TicketId> => {
  const id = anotherTicket();
  await writePath()(id, arrivesAs(id)(monday));
  return id;
};

/** Everybody reads before anybody writes: the worst case of acting at the same moment. */
const allReadFirst = (people: number): TicketStore => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let readers = 0;
  const store = tickets();
  return {
    ...store,
    load: async (id) => {
      const loaded = await store.load(id);
      readers += 1;
      if (readers === people) resolve();
      await promise;
      return loaded;
    },
  };
};

/** A database that does the first write to tickets `after` or `before` it loses the connection. */
const losingTheAnswer = (when: 'before' | 'after'): DocumentStore => {
  let lost = false;
  return {
    ...desk.store,
    commit: async (...batch) => {
      if (lost) return desk.store.commit(...batch);
      lost = true;
      if (when === 'after') await desk.store.commit(...batch);
      throw new StoreError('unknownOutcome', 'the connection was cut');
    },
  };
};

const partition = async (id: TicketId): Promise<readonly Stored[]> => {
  const found: Stored[] = [];
  for (let continuation: string | undefined; ;) {
    const page = await desk.store.scan('tickets', { limit: 1_000, ...(continuation ? { continuation } : {}) });
    found.push(...page.items.filter(({ pk }) => pk === id));
    ({ continuation } = page);
    if (continuation === undefined) return found;
  }
};

describe('at the same moment', () => {
  test('two accept: one owns it, the other is refused by the rule and learns who', async () => {
    const id = await opened();
    const run = writePath(allReadFirst(2));
    const outcomes = await Promise.all([run(id, accepts(ana)(monday)), run(id, accepts(ben)(monday))]);
    const owner = ownerOf((await tickets().load(id))?.ticket ?? (await Promise.reject(new TypeError('no ticket'))));
    expect([ana.id, ben.id]).toContain(owner?.id);
    expect(outcomes.filter((each) => 'refused' in each)).toEqual([{ refused: 'owner-is-set', owner }]);
    expect(await tickets().history(id, { limit: 10 })).toHaveLength(2);
  });

  test('one accepts between the other’s reading and writing: what was decided on the old state is not written', async () => {
    const id = await opened();
    let overtaken = false;
    const late: TicketStore = {
      ...tickets(),
      load: async (wanted) => {
        const loaded = await tickets().load(wanted);
        if (!overtaken) {
          overtaken = true;
          await writePath()(id, accepts(ana)(monday));
        }
        return loaded;
      },
    };
    expect(await writePath(late)(id, accepts(ben)(monday))).toMatchObject({ refused: 'owner-is-set' });
    expect((await tickets().load(id))?.ticket).toMatchObject({ rev: 2, ownerId: ana.id });
  });

  test('four write notes: all four are kept, one after the other', async () => {
    const id = await opened();
    const run = writePath(allReadFirst(4));
    const texts = ['one', 'two', 'three', 'four'];
    const outcomes = await Promise.all(texts.map((text) => run(id, notes(ana, text)(monday))));
    expect(outcomes.every((each) => 'ticket' in each)).toBe(true);
    const history = await tickets().history(id, { limit: 10 });
    expect(history.map(({ rev }) => rev)).toEqual([5, 4, 3, 2, 1]);
    for (const text of texts) expect(JSON.stringify(history)).toContain(`"text":"${text}"`);
  });

  test('somebody is always faster: after three more tries the person is asked to try again', async () => {
    const id = await opened();
    let tries = 0;
    const crowded: TicketStore = {
      ...tickets(),
      commit: () => {
        tries += 1;
        return Promise.resolve('stale');
      },
    };
    expect(await writePath(crowded)(id, accepts(ana)(monday))).toEqual({ refused: 'busy-try-again' });
    expect(tries).toBe(4);
  });
});

describe('a command', () => {
  test('that comes twice is applied once, and its second answer is no refusal', async () => {
    const id = await opened();
    const accept = accepts(ana)(monday);
    expect(await writePath()(id, accept)).toMatchObject({ repeated: false });
    expect(await writePath()(id, accept)).toMatchObject({ repeated: true, recorded: [], ticket: { ownerId: ana.id } });
    const answer = repliesAndResolves(ana)(monday);
    await writePath()(id, answer);
    expect(await writePath()(id, answer)).toMatchObject({ repeated: true, ticket: { status: 'resolved' } });
    expect(await tickets().history(id, { limit: 10 })).toHaveLength(4);
  });

  test('whose answer got lost after it was written is found to be done', async () => {
    const id = await opened();
    const run = writePath(ticketDocuments(losingTheAnswer('after')));
    expect(await run(id, notes(ana, 'once')(monday))).toMatchObject({ repeated: true, ticket: { rev: 2 } });
    expect(await tickets().history(id, { limit: 10 })).toHaveLength(2);
  });

  test('whose connection was cut before it was written is written', async () => {
    const id = await opened();
    const run = writePath(ticketDocuments(losingTheAnswer('before')));
    expect(await run(id, notes(ana, 'once')(monday))).toMatchObject({ repeated: false, ticket: { rev: 2 } });
    expect(await tickets().history(id, { limit: 10 })).toHaveLength(2);
  });

  test('that is refused writes nothing and wakes nobody', async () => {
    const id = await opened();
    const before = hints;
    expect(await writePath()(id, replies(ana)(monday))).toMatchObject({ refused: 'no-owner-yet' });
    expect(await writePath()(anotherTicket(), accepts(ana)(monday))).toEqual({ refused: 'not-found' });
    expect(await tickets().history(id, { limit: 10 })).toHaveLength(1);
    expect(hints).toBe(before);
    await writePath()(id, accepts(ana)(monday));
    expect(hints).toBe(before + 1);
  });
});

describe('a refusal that the ticket remembers', () => {
  test('is written like any act, and told as a refusal, also to a command that comes twice', async () => {
    const id = await opened();
    await writePath()(id, accepts(ana)(monday));
    const before = hints;
    const command = assigns(lea, ben)(monday);
    for (const _time of ['once', 'again'])
      expect(await writePath()(id, command)).toMatchObject({ refused: 'owner-stays', owner: { id: ana.id } });
    const history = await tickets().history(id, { limit: 10 });
    expect(history.map(({ event }) => event.type)).toEqual(['OwnerChangeRefused', 'TicketAccepted', 'TicketOpened']);
    expect((await tickets().load(id))?.ticket).toMatchObject({ rev: 3, ownerId: ana.id });
    expect(hints).toBe(before + 1);
  });
});

describe('who acts in an owner’s place', () => {
  const ownedByAna = async (): Promise<TicketId> => {
    const id = await opened();
    await writePath()(id, accepts(ana)(monday));
    return id;
  };
  const lastOf = async (id: TicketId): Promise<unknown> => (await tickets().history(id, { limit: 1 }))[0]?.event.by;
  const ref = ({ id, name }: typeof ana): { id: typeof id; name: string } => ({ id, name });

  /** Ben stands in for Lea from noon to one o'clock. */
  const [noon, one] = [after(monday, hours(3)), after(monday, hours(4))];
  const ownedByLea = async (): Promise<TicketId> => {
    const id = await opened();
    await writePath()(id, accepts(lea)(monday));
    const persons = { owner: ref(lea), deputy: ref(ben), startedBy: ref(lea) };
    await covers().change(lea.id, () => [{ id: 'cover-1', ...persons, from: noon, until: one, ground: 'owner' }]);
    return id;
  };

  test('is no caller’s word: who claims a cover that nobody gave is refused, and a note bears their own name only', async () => {
    const id = await ownedByAna();
    const claiming = inPlaceOf(ana, ben);
    expect(await writePath()(id, replies(claiming)(monday))).toMatchObject({ refused: 'only-the-owner' });
    await writePath()(id, notes(claiming)(monday));
    expect(await lastOf(id)).toEqual(ben);
  });

  test('is said by the covers, although the caller says nothing', async () => {
    const id = await ownedByLea();
    expect(await writePath()(id, replies(ben)(noon))).toMatchObject({ ticket: { ownerId: lea.id } });
    expect(await lastOf(id)).toEqual(inPlaceOf(lea, ben));
  });

  test('only while the cover lasts, and no owner acts in their own place', async () => {
    const id = await ownedByLea();
    for (const moment of [after(monday, hours(2)), one])
      expect(await writePath()(id, replies(ben)(moment))).toMatchObject({ refused: 'only-the-owner' });
    await writePath()(id, replies(inPlaceOf(lea, lea))(noon));
    expect(await lastOf(id)).toEqual(lea);
  });

  test('is looked up again when somebody was faster: it is the new owner’s place that is taken', async () => {
    const id = await opened();
    await ownedByLea();
    let overtaken = false;
    const late: TicketStore = {
      ...tickets(),
      load: async (wanted) => {
        const loaded = await tickets().load(wanted);
        if (!overtaken) {
          overtaken = true;
          await writePath()(id, accepts(lea)(noon));
        }
        return loaded;
      },
    };
    expect(await writePath(late)(id, notes(ben)(noon))).toMatchObject({ ticket: { ownerId: lea.id, rev: 3 } });
    expect(await lastOf(id)).toEqual(inPlaceOf(lea, ben));
  });
});

describe('what is written', () => {
  test('is one batch: a kill right after the first write leaves ticket, events and effects, all of them', async () => {
    const id = await opened();
    const run = writePath(ticketDocuments(killedAfter(desk.store, 1)));
    await run(id, repliesAndResolves(ana, 'Done.')(monday)).catch(() => undefined);
    const ids = (await partition(id)).map(({ doc }) => doc.id);
    for (const kept of ['ticket', 'tl:00000002', 'tl:00000003', 'tl:00000004', 'ob:00000004'])
      expect(ids).toContain(kept);
    expect((await tickets().load(id))?.ticket).toMatchObject({ status: 'resolved', rev: 4 });
  });

  test('a kill before the first write leaves nothing', async () => {
    const id = await opened();
    const run = writePath(ticketDocuments(killedAfter(desk.store, 0)));
    await expect(run(id, accepts(ana)(monday))).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await partition(id)).map(({ doc }) => doc.id).filter((each) => !each.startsWith('m:'))).toEqual([
      'ob:00000001',
      'ticket',
      'tl:00000001',
    ]);
  });

  test('is the ticket, its events, effects and markers, and no other kind', async () => {
    const id = await opened();
    for (const deed of [accepts(ana), replies(ana), notes(ben), customerWrites('Still dark.')])
      await writePath()(id, deed(monday));
    const ids = (await partition(id)).map(({ doc }) => doc.id);
    expect(ids.filter((each) => !/^(ticket|tl:\d{8}|ob:\d{8}|m:.+)$/u.test(each))).toEqual([]);
    expect(ids).toHaveLength(1 + 5 + 5 + 5);
  });

  test('holds what people wrote once: the ticket document has facts only', async () => {
    const id = await opened();
    const words = 'Exactly these words were written';
    for (const deed of [
      customerWrites(`${words} by the customer`),
      notes(ben, `${words} in a note`),
      accepts(ana),
      replies(ana, `${words} in an answer`),
      repliesAndResolves(ana, `${words} at the end`),
    ])
      await writePath()(id, deed(monday));
    const documents = await partition(id);
    const ticket = documents.find(({ doc }) => doc.id === 'ticket');
    expect(JSON.stringify(ticket?.doc)).not.toContain(words);
    expect(JSON.stringify(ticket?.doc)).not.toContain('It burns since nine.');
    expect(documents.filter(({ doc }) => doc.id.startsWith('tl:') && JSON.stringify(doc).includes(words))).toHaveLength(
      4,
    );
    const history = await tickets().history(id, { limit: 50 });
    expect(JSON.stringify(fold(history.toReversed()))).toBe(JSON.stringify((await tickets().load(id))?.ticket));
  });
});

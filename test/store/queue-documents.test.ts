import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EnvelopeList, QueueLists } from '../../src/application/ports/queue-lists.ts';
import type { Effect, ListedEnvelope, ListedTask, QueueEntry } from '../../src/domain/effects.ts';
import {
  contactId,
  instantOf,
  personId,
  type Priority,
  teamId,
  ticketId,
  ticketNumber,
} from '../../src/domain/values.ts';
import { queueDocuments } from '../../src/store/queue-documents.ts';
import { deskStore } from './desk-store.ts';

type Project = Extract<Effect, { kind: 'project' }>;

const desk = deskStore();
const queues = (): QueueLists => queueDocuments(desk.store);

const entryOf = (
  id: string,
  rev: number,
  { priority = 'P3', due = rev }: { priority?: Priority; due?: number } = {},
): QueueEntry => ({
  ticketId: ticketId(id),
  rev,
  bucket: 'waiting',
  status: 'new',
  priority,
  dueAt: instantOf(due * 60_000),
  number: ticketNumber(`INC-${id}`),
  subject: `Größe ${rev} 😀`,
  requester: 'Carla Costa',
  requesterId: contactId('carla'),
});
const project = (entry: QueueEntry, on: readonly string[], off: readonly string[] = []): Project => ({
  kind: 'project',
  entry,
  on,
  off,
});
const waiting = async (team: string): Promise<(readonly [string, number])[]> => {
  const { entries } = await queues().page({ team: teamId(team) }, { bucket: 'waiting', limit: 100 });
  return entries.map(({ ticketId: id, rev }) => [id, rev] as const);
};

describe('a list', () => {
  test('shows what was put on it, whole', async () => {
    const entry = { ...entryOf('a1', 1), ownerName: 'Ana Alves' };
    await queues().apply(project(entry, ['q:whole:open', 'a:ana', 'r:carla', 'q:*:open', 'c:parent']));
    const bucket = 'waiting';
    for (const list of [
      { team: teamId('whole') },
      { owner: personId('ana') },
      { requester: contactId('carla') },
      { team: '*' as const },
      { children: ticketId('parent') },
    ]) {
      expect(await queues().page(list, { bucket, limit: 5 })).toEqual({ entries: [entry] });
    }
    expect((await queues().page({ team: teamId('whole') }, { bucket: 'open', limit: 5 })).entries).toEqual([]);
  });

  test('an older change never wins over a newer one; the same one twice is harmless', async () => {
    await queues().apply(project(entryOf('b1', 2), ['q:older:open']));
    await queues().apply(project(entryOf('b1', 1), ['q:older:open']));
    await queues().apply(project(entryOf('b1', 2), ['q:older:open']));
    expect(await waiting('older')).toEqual([['b1', 2]]);
  });

  test('what was taken off is not brought back by a late change, also when it was never there', async () => {
    await queues().apply(project(entryOf('c1', 1), ['q:gone:open']));
    await queues().apply(project(entryOf('c1', 3), [], ['q:gone:open']));
    await queues().apply(project(entryOf('c2', 2), [], ['q:gone:open']));
    await queues().apply(project(entryOf('c1', 2), ['q:gone:open']));
    await queues().apply(project(entryOf('c2', 1), ['q:gone:open']));
    expect(await waiting('gone')).toEqual([]);
    await queues().apply(project(entryOf('c1', 4), ['q:gone:open']));
    expect(await waiting('gone')).toEqual([['c1', 4]]);
  });

  test('the stone outlives half a day, and is gone after two', async () => {
    await queues().apply(project(entryOf('d1', 2), [], ['q:stone:open']));
    desk.passes(43_200);
    await queues().apply(project(entryOf('d1', 1), ['q:stone:open']));
    expect(await waiting('stone')).toEqual([]);
    desk.passes(2 * 86_400);
    expect(await desk.store.get('queues', 'q:stone:open', 'd1')).toBeNull();
  });

  test('soonest due first, or most urgent first; in pages', async () => {
    const rows: readonly (readonly [string, Priority, number])[] = [
      ['e1', 'P3', 3],
      ['e2', 'P1', 4],
      ['e3', 'P3', 1],
      ['e4', 'P2', 2],
    ];
    for (const [id, priority, due] of rows)
      await queues().apply(project(entryOf(id, 1, { priority, due }), ['q:order:open']));
    const list = { team: teamId('order') };
    const first = await queues().page(list, { bucket: 'waiting', limit: 3 });
    expect(first.entries.map(({ ticketId: id }) => id)).toEqual(['e3', 'e4', 'e1']);
    const second = await queues().page(list, { bucket: 'waiting', limit: 3, continuation: first.continuation ?? '' });
    expect(second).toMatchObject({ entries: [{ ticketId: 'e2' }] });
    expect(second.continuation).toBeUndefined();
    const urgent = await queues().page(list, { bucket: 'waiting', limit: 4, by: 'priority' });
    expect(urgent.entries.map(({ ticketId: id }) => id)).toEqual(['e2', 'e4', 'e3', 'e1']);
  });
});

describe('envelopes and tasks', () => {
  const helping = teamId('network');
  const envelope = (id: string, rev: number, changed: Partial<ListedEnvelope> = {}): ListedEnvelope => {
    const { status: _status, requesterId: _requester, ...ofTicket } = entryOf(id, rev);
    return { ...ofTicket, seq: 1, state: 'requested', teamId: helping, ...changed };
  };
  const task = (id: string, due: string): ListedTask => {
    const { status: _status, requesterId: _requester, ...ofTicket } = entryOf(id, 1);
    const dueAt = instantOf(Date.parse(due));
    return { ...ofTicket, bucket: 'open', dueAt, task: 1, title: `Look at ${id}`, assigneeName: 'Eve Ek' };
  };
  type Rows = Extract<Effect, { kind: 'rows' }>;
  const applies = (key: string, entry: Rows['entry'], lists: Partial<Pick<Rows, 'on' | 'off'>>): Promise<void> =>
    queues().applyRows({ kind: 'rows', key, entry, on: [], off: [], ...lists });
  const asked = async (
    list: EnvelopeList,
    bucket: 'waiting' | 'open' = 'waiting',
  ): Promise<readonly ListedEnvelope[]> => (await queues().envelopes(list, { bucket, limit: 100 })).rows;

  test('two envelopes of one ticket are two lines: one taken by an expert leaves the other waiting', async () => {
    await applies('h1~1', envelope('h1', 2), { on: ['eq:network'] });
    const second = envelope('h1', 3, { seq: 2 });
    await applies('h1~2', second, { on: ['eq:network'] });
    const taken = envelope('h1', 4, { state: 'accepted', bucket: 'open', expertName: 'Eve Ek' });
    await applies('h1~1', taken, { on: ['eq:network', 'e:eve'] });
    expect(await asked({ helping })).toEqual([second]);
    expect(await asked({ helping }, 'open')).toEqual([taken]);
    expect(await asked({ expert: personId('eve') }, 'open')).toEqual([taken]);
  });

  test('an older change never wins, and what was taken off stays off', async () => {
    const expert = { expert: personId('emil') };
    await applies('h2~1', envelope('h2', 5), { off: ['e:emil'] });
    await applies('h2~1', envelope('h2', 4), { on: ['e:emil'] });
    expect(await asked(expert)).toEqual([]);
    await applies('h2~1', envelope('h2', 6), { on: ['e:emil'] });
    await applies('h2~1', envelope('h2', 3), { off: ['e:emil'] });
    expect((await asked(expert)).map(({ rev }) => rev)).toEqual([6]);
  });

  test('tasks stand soonest due first, those without a date last', async () => {
    for (const [id, due] of [
      ['k1', '9999-12-31T00:00:00.000Z'],
      ['k2', '2026-01-07T09:00:00.000Z'],
      ['k3', '2026-01-06T09:00:00.000Z'],
    ] as const)
      await applies(`${id}~t1`, task(id, due), { on: ['t:ines'] });
    const { rows } = await queues().tasks(personId('ines'), { bucket: 'open', limit: 10 });
    expect(rows.map(({ ticketId: id }) => id)).toEqual(['k3', 'k2', 'k1']);
  });
});

describe('looking up', () => {
  test('a ticket by its number', async () => {
    await queues().apply(project(entryOf('f1', 1), ['num:INC-F1']));
    await queues().apply(project(entryOf('f1', 2), ['num:INC-F1']));
    expect(await queues().byNumber(ticketNumber('inc-f1'))).toBe('f1');
    expect(await queues().byNumber(ticketNumber('INC-404'))).toBeUndefined();
  });

  test('a ticket by the mail it came with, however the id is spelt; the first stays', async () => {
    const wild = `<${'ü/\\?#'.repeat(100)}@customer.example>`;
    await queues().rememberThread(wild, ticketId('g1'));
    await queues().rememberThread(wild, ticketId('g2'));
    expect(await queues().byThread(` ${wild.toUpperCase()} `)).toBe('g1');
    expect(await queues().byThread('<other@customer.example>')).toBeUndefined();
  });
});

test('whatever the order in which changes arrive, also at once or twice: the lists end the same', async () => {
  let run = 0;
  const life = fc.array(fc.subarray(['team', 'second', 'owner', 'requester'] as const), { minLength: 1, maxLength: 5 });
  const shuffled = (length: number): fc.Arbitrary<number[]> => {
    const all = Array.from({ length }, (_each, index) => index);
    return fc
      .tuple(fc.shuffledSubarray(all, { minLength: length }), fc.array(fc.nat(length - 1), { maxLength: 3 }))
      .map(([once, again]) => [...once, ...again]);
  };
  const story = life.chain((changes) =>
    fc.record({ changes: fc.constant(changes), order: shuffled(changes.length), atOnce: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(story, async ({ changes, order, atOnce }) => {
      run += 1;
      const pk = { team: `q:t${run}:open`, second: `q:s${run}:open`, owner: `a:p${run}`, requester: `r:c${run}` };
      const list = {
        team: { team: teamId(`t${run}`) },
        second: { team: teamId(`s${run}`) },
        owner: { owner: personId(`p${run}`) },
        requester: { requester: contactId(`c${run}`) },
      };
      const effects = changes.map((on, index) => {
        const off = (changes[index - 1] ?? []).filter((each) => !on.includes(each));
        return project(
          entryOf(`h${run}`, index + 1),
          on.map((each) => pk[each]),
          off.map((each) => pk[each]),
        );
      });
      const arriving = order.flatMap((index) => effects[index] ?? []);
      if (atOnce) await Promise.all(arriving.map((effect) => queues().apply(effect)));
      else for (const effect of arriving) await queues().apply(effect);
      for (const each of ['team', 'second', 'owner', 'requester'] as const) {
        const { entries } = await queues().page(list[each], { bucket: 'waiting', limit: 10 });
        expect(entries.map(({ rev }) => rev)).toEqual(changes.at(-1)?.includes(each) ? [changes.length] : []);
      }
    }),
    { numRuns: 40 },
  );
});

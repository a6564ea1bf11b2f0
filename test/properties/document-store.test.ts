import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type {
  CommitResult,
  Cond,
  Doc,
  DocumentStore,
  QuerySpec,
  WriteOp,
} from '../../src/application/ports/document-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { contractContainers } from '../contracts/document-store.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';

/** The simplest store that keeps the promises, without etags of its own: it is told the ones the real store gave. */
interface Row {
  pk: string;
  doc: Doc;
  etag: string;
  expires: number;
  written: number;
}

const modelStore = () => {
  const rows = new Map<string, Row>();
  let [now, written] = [0, 0];
  const keyOf = (pk: string, id: string): string => JSON.stringify([pk, id]);
  const live = (pk: string, id: string): Row | undefined => {
    const row = rows.get(keyOf(pk, id));
    return row && row.expires > now ? row : undefined;
  };
  const refusal = (pk: string, op: WriteOp): 'conflict' | 'precondition' | 'notFound' | undefined => {
    const row = live(pk, op.op === 'delete' ? op.id : op.doc.id);
    if (op.op === 'upsert') return undefined;
    if (op.op === 'create') return row ? 'conflict' : undefined;
    if (!row) return 'notFound';
    return op.ifMatch !== undefined && op.ifMatch !== row.etag ? 'precondition' : undefined;
  };
  return {
    live,
    wait: (ms: number) => (now += ms),
    now: () => now,
    /** What the commit must answer; on success the rows take the etags that the real store gave. */
    commit: (pk: string, ops: WriteOp[], etags: (string | null)[]): CommitResult => {
      const reasons = ops.map((op) => refusal(pk, op));
      const index = reasons.findIndex((reason) => reason !== undefined);
      const reason = reasons[index];
      if (reason) return { ok: false, index, reason };
      for (const [at, op] of ops.entries()) {
        if (op.op === 'delete') rows.delete(keyOf(pk, op.id));
        else {
          const expires = op.ttlSeconds === undefined ? Infinity : now + op.ttlSeconds * 1000;
          rows.set(keyOf(pk, op.doc.id), { pk, doc: op.doc, etag: etags[at] ?? '', expires, written: (written += 1) });
        }
      }
      return { ok: true, etags: ops.map((op, at) => (op.op === 'delete' ? null : (etags[at] ?? ''))) };
    },
    all: () => [...rows.values()].filter(({ expires }) => expires > now),
  };
};
type Model = ReturnType<typeof modelStore>;

const compare = (a: unknown, b: unknown): number => {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
};
const holds = ({ op, value }: Cond, field: unknown): boolean => {
  if (typeof field !== typeof value) return false;
  const order = compare(field, value);
  return { '=': order === 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[op];
};
const expectedIds = (model: Model, { pk, index, where }: QuerySpec): string[] => {
  const definition = contractContainers[0]?.indexes.find(({ name }) => name === index);
  const fields = [...(definition?.equality ?? []), ...(definition?.sort.map(({ field }) => field) ?? [])];
  const found = model
    .all()
    .filter(({ pk: own, doc }) => own === pk && fields.every((field) => doc[field] !== undefined));
  const kept = found.filter(({ doc }) => where.every((cond) => holds(cond, doc[cond.field])));
  const sorted = kept.toSorted((a, b) => {
    const orders =
      definition?.sort.map(({ field, dir }) => compare(a.doc[field], b.doc[field]) * (dir === 'asc' ? 1 : -1)) ?? [];
    return orders.find((order) => order !== 0) ?? compare(a.doc.id, b.doc.id);
  });
  return sorted.map(({ doc }) => doc.id);
};

const pk = fc.constantFrom('team-a', 'team-b');
const id = fc.constantFrom('a', 'B', 'b~', 'c c', "d'");
const scalar = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom('', '1', 'x', 'Y', 0.5, -0.5, 1e21));
const state = fc.constantFrom<string | number>('open', 'closed', 1);
const fields = fc.oneof(
  fc.record({ state, due: scalar }),
  fc.record({ list: fc.constant('mine'), priority: scalar, since: scalar }),
  fc.record({ score: scalar }),
  fc.record({ text: fc.string({ unit: 'binary' }), nested: fc.jsonValue() }),
);
const doc = fc.tuple(id, fields).map(([own, rest]): Doc => ({ id: own, ...rest }));
const ttl = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 });
const draft = fc.record({
  op: fc.constantFrom('create', 'replace', 'upsert', 'delete'),
  doc,
  ttl,
  etag: fc.constantFrom('current', 'current', 'stale', 'none'),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

const commitStep = fc.record({
  do: fc.constant('commit' as const),
  pk,
  ops: fc.uniqueArray(draft, { selector: (one) => one.doc.id, minLength: 1, maxLength: 4 }),
});
const range = fc.record({ op: fc.constantFrom<Cond['op']>('<', '<=', '>', '>='), value: scalar });
const queryStep = fc.record({
  do: fc.constant('query' as const),
  pk,
  state,
  index: fc.constantFrom('due', 'priority', 'score', 'everything'),
  range: fc.option(range, { nil: undefined }),
  limit: fc.integer({ min: 1, max: 3 }),
});
const otherStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('get' as const), pk, id }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: commitStep },
    { weight: 3, arbitrary: queryStep },
    { weight: 2, arbitrary: otherStep },
  ),
  { minLength: 5, maxLength: 40 },
);

const realOp = (model: Model, own: string, { op, doc: value, ttl: ttlSeconds, etag }: Draft): WriteOp => {
  const current = model.live(own, value.id)?.etag;
  const ifMatch = etag === 'current' && current !== undefined ? current : '999999';
  const expiry = ttlSeconds === undefined ? {} : { ttlSeconds };
  if (op === 'delete') return etag === 'none' ? { op, id: value.id } : { op, id: value.id, ifMatch };
  if (op === 'replace') return { op, doc: value, ifMatch, ...expiry };
  return { op: op === 'create' ? 'create' : 'upsert', doc: value, ...expiry };
};

const whereOf = (step: {
  index: string;
  state: string | number;
  range: { op: Cond['op']; value: string | number } | undefined;
}): Cond[] => {
  const equality: Record<string, Cond[]> = {
    due: [{ field: 'state', op: '=', value: step.state }],
    priority: [{ field: 'list', op: '=', value: 'mine' }],
  };
  const first: Record<string, string> = { due: 'due', priority: 'priority', score: 'score' };
  const field = first[step.index];
  return [...(equality[step.index] ?? []), ...(step.range && field ? [{ field, ...step.range }] : [])];
};

const allIds = async (store: DocumentStore, spec: QuerySpec): Promise<string[]> => {
  const found: string[] = [];
  let continuation: string | undefined;
  do {
    const page = await store.query('queues', { ...spec, ...(continuation === undefined ? {} : { continuation }) });
    expect(page.items.length).toBeLessThanOrEqual(spec.limit);
    found.push(...page.items.map((item) => item.doc.id));
    continuation = page.continuation;
  } while (continuation !== undefined);
  return found;
};

const checkFeed = async (store: DocumentStore, model: Model): Promise<void> => {
  const { items } = await store.changes('queues', { token: null, max: 1_000 });
  const expected = model.all().toSorted((a, b) => a.written - b.written);
  expect(items).toEqual(expected.map(({ pk: own, doc: value, etag }) => ({ pk: own, doc: value, etag })));
};

it('answers every sequence of operations as the simplest store would', async () => {
  const run = fc.asyncProperty(steps, async (sequence) => {
    const { folder, remove } = await temporaryFolder();
    const model = modelStore();
    const open = () => openSqliteStore({ folder, containers: contractContainers, now: model.now });
    let store = await open();
    try {
      for (const step of sequence) {
        if (step.do === 'commit') {
          const ops = step.ops.map((one) => realOp(model, step.pk, one));
          const result = await store.commit('queues', step.pk, ops);
          expect(result).toEqual(model.commit(step.pk, ops, result.ok ? result.etags : []));
        } else if (step.do === 'query') {
          const spec = { pk: step.pk, index: step.index, where: whereOf(step), limit: step.limit };
          expect(await allIds(store, spec)).toEqual(expectedIds(model, spec));
        } else if (step.do === 'get') {
          const row = model.live(step.pk, step.id);
          const expected = row ? { pk: row.pk, doc: row.doc, etag: row.etag } : null;
          expect(await store.get('queues', step.pk, step.id)).toEqual(expected);
        } else if (step.do === 'wait') model.wait(step.ms);
        else {
          await store.close();
          store = await open();
        }
      }
      await checkFeed(store, model);
    } finally {
      await store.close();
      await remove();
    }
  });
  await fc.assert(run, { numRuns: 50 });
});

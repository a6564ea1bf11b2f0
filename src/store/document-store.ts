import type {
  CommitResult,
  ContainerDef,
  DocumentStore,
  Page,
  QuerySpec,
  Stored,
} from '../application/ports/document-store.ts';
import { checkContainers, checkCount, checkId, checkOps, checkPk, invalid, type EngineOp } from './checks.ts';
import { continuationAfter, planQuery, sealToken, unsealToken, type QueryPlan } from './keyset.ts';

/**
 * What an adapter implements; it is only ever called with checked arguments. Documents it returns are the caller's own.
 * Failures other than a CommitResult are a StoreError.
 */
export interface StoreEngine {
  get(container: string, pk: string, id: string): Promise<Stored | null>;
  commit(container: string, pk: string, ops: EngineOp[]): Promise<CommitResult>;
  /** At most `plan.limit` documents in the index's order. */
  query(container: string, plan: QueryPlan): Promise<Stored[]>;
  /** `next` is the engine's own token and missing at the end. */
  scan(
    container: string,
    options: { after: string | undefined; limit: number },
  ): Promise<{ items: Stored[]; next?: string }>;
  changes(
    container: string,
    options: { token: string | null; max: number },
  ): Promise<{ items: Stored[]; token: string }>;
  close(): Promise<void>;
}

const defaultScanLimit = 100;

/** The port over an engine: checks, limits, keyset tokens and copy semantics are the same for every database. */
export const checkedStore = (engine: StoreEngine, containers: ContainerDef[]): DocumentStore => {
  const known = checkContainers(containers);
  const containerOf = (name: string): ContainerDef => {
    const container = known.get(name);
    if (!container) throw invalid(`There is no container '${name}'`);
    return container;
  };
  return {
    get: async (container, pk, id) => {
      containerOf(container);
      checkPk(pk);
      checkId(id);
      return engine.get(container, pk, id);
    },
    commit: async (container, pk, ops) => {
      const definition = containerOf(container);
      checkPk(pk);
      return engine.commit(container, pk, checkOps(definition, ops));
    },
    query: async (container, spec) => queryPage(engine, containerOf(container), spec),
    scan: async (container, { continuation, limit = defaultScanLimit }) => {
      containerOf(container);
      checkCount(limit, 'limit');
      const after = continuation === undefined ? undefined : unsealToken('scan', container, continuation);
      const { items, next } = await engine.scan(container, { after, limit });
      return next === undefined ? { items } : { items, continuation: sealToken('scan', container, next) };
    },
    changes: async (container, { token, max }) => {
      containerOf(container);
      checkCount(max, 'max');
      const after = token === null ? null : unsealToken('changes', container, token);
      const page = await engine.changes(container, { token: after, max });
      return { items: page.items, token: sealToken('changes', container, page.token) };
    },
    close: () => engine.close(),
  };
};

const queryPage = async (engine: StoreEngine, container: ContainerDef, spec: QuerySpec): Promise<Page> => {
  checkPk(spec.pk);
  const index = container.indexes.find(({ name }) => name === spec.index);
  if (!index) throw invalid(`Container ${container.name} declares no index '${spec.index}'`);
  const found = await engine.query(container.name, planQuery(container.name, index, spec));
  const items = found.slice(0, spec.limit);
  const last = items.at(-1);
  if (found.length <= spec.limit || !last) return { items };
  return { items, continuation: continuationAfter(spec, { container: container.name, index, last: last.doc }) };
};

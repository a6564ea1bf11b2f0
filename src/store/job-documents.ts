import type { DocumentStore, Stored } from '../application/ports/document-store.ts';
import type { HeldJob, Job, JobItem, Jobs, JobState } from '../application/ports/jobs.ts';
import type { Instant } from '../domain/values.ts';
import { fieldsOf, versioned } from './versioned.ts';

/** One partition: few jobs are under way at a time, and one look must find them all. */
const PK = 'jobs';
const KEPT_SECONDS = 90 * 86_400;
const UNDER_WAY: readonly JobState[] = ['waiting', 'running', 'undoing'];

interface JobDocument {
  readonly state: JobState;
  readonly dueAt: Instant;
  readonly job: Omit<Job, 'items'>;
}

const JOB = 'job:';
const itemsId = (id: string): string => `items:${id}`;

const documentOf = ({ items: _items, ...job }: Job, dueAt: Instant): ReturnType<typeof versioned> =>
  versioned(`${JOB}${job.id}`, { state: job.state, dueAt, job });

/** Port Jobs: the frozen items are a document of their own, so that progress is a small write. */
export const jobDocuments = (store: DocumentStore): Jobs => ({
  create: async (job, dueAt) => {
    const result = await store.commit('jobs', PK, [
      { op: 'create', doc: documentOf(job, dueAt), ttlSeconds: KEPT_SECONDS },
      { op: 'create', doc: versioned(itemsId(job.id), { items: job.items }), ttlSeconds: KEPT_SECONDS },
    ]);
    if (result.ok) return job;
    return (await find(store, job.id))?.job ?? job;
  },
  find: (id) => find(store, id),
  due: async ({ at, limit }) => {
    const pages = await Promise.all(UNDER_WAY.map((state) => inState(store, { state, at, limit })));
    return pages
      .flat()
      .sort((a, b) => String(a.doc['dueAt']).localeCompare(String(b.doc['dueAt'])))
      .slice(0, limit)
      .map(({ doc }) => doc.id.slice(JOB.length));
  },
  save: async (held) => {
    const doc = documentOf(held.job, held.dueAt);
    const result = await store.commit('jobs', PK, [
      { op: 'replace', doc, ifMatch: held.etag, ttlSeconds: KEPT_SECONDS },
    ]);
    const etag = result.ok ? result.etags[0] : undefined;
    return etag ? { ...held, etag } : undefined;
  },
});

const find = async (store: DocumentStore, id: string): Promise<HeldJob | undefined> => {
  const [stored, frozen] = await Promise.all([
    store.get('jobs', PK, `${JOB}${id}`),
    store.get('jobs', PK, itemsId(id)),
  ]);
  if (!stored || !frozen) return undefined;
  const { job, dueAt } = fieldsOf<JobDocument>(stored);
  const { items } = fieldsOf<{ items: readonly JobItem[] }>(frozen);
  return { job: { ...job, items }, dueAt, etag: stored.etag };
};

interface StateQuery {
  readonly state: JobState;
  readonly at: Instant;
  readonly limit: number;
}

const inState = async (store: DocumentStore, { state, at, limit }: StateQuery): Promise<readonly Stored[]> => {
  const page = await store.query('jobs', {
    pk: PK,
    index: 'due',
    where: [
      { field: 'state', op: '=', value: state },
      { field: 'dueAt', op: '<=', value: at },
    ],
    limit,
  });
  return page.items;
};

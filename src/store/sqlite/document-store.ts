import { mkdir } from 'node:fs/promises';
import type { ContainerDef, Doc, DocumentStore, Stored } from '../../application/ports/document-store.ts';
import { checkContainers, invalid } from '../checks.ts';
import { checkedStore, type StoreEngine } from '../document-store.ts';
import { decodeResult, encodeCommit } from './document-writes.ts';
import { changesSql, getSql, querySql, scanSql, type Sql } from './query-sql.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { Arg } from './worker-messages.ts';

export interface SqliteStoreOptions {
  /** Made when missing; holds desk.sqlite and desk.lock. */
  folder: string;
  containers: ContainerDef[];
  /** Milliseconds since 1970; what a document's time to live is counted by. */
  now: () => number;
  /** Beside whoever has the folder open: nothing is made, locked or written there, and each commit is refused. */
  readOnly?: true;
}

const storedOf = (args: Arg[]): Stored[] => {
  const found: Stored[] = [];
  for (let at = 0; at < args.length; at += 3) {
    const doc = JSON.parse(String(args[at + 1])) as Doc;
    found.push({ pk: String(args[at]), doc, etag: String(args[at + 2]) });
  }
  return found;
};

const keyOf = (token: string | undefined): readonly [string, string] => {
  const [pk, id] = token === undefined ? ['', ''] : (JSON.parse(token) as string[]);
  return [pk ?? '', id ?? ''];
};

const sqliteEngine = (channel: WorkerChannel, now: () => number): StoreEngine => {
  const rows = async ({ text, params }: Sql): Promise<Stored[]> =>
    storedOf(await channel.call('read', [text, ...params]));
  return {
    get: async (container, pk, id) => (await rows(getSql(container, { pk, id, now: now() })))[0] ?? null,
    commit: async (container, pk, ops) =>
      decodeResult(await channel.call('write', encodeCommit(container, { pk, ops, now: now() }))),
    query: (container, plan) => rows(querySql(container, plan, now())),
    scan: async (container, { after, limit }) => {
      const found = await rows(scanSql(container, { after: keyOf(after), limit: limit + 1, now: now() }));
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return found.length > limit && last ? { items, next: JSON.stringify([last.pk, last.doc.id]) } : { items };
    },
    changes: async (container, { token, max }) => {
      const after = Number(token ?? 0);
      if (!Number.isSafeInteger(after)) throw invalid('This change token was made by another database');
      const items = await rows(changesSql(container, { after, limit: max, now: now() }));
      return { items, token: items.at(-1)?.etag ?? String(after) };
    },
    close: () => channel.close(),
  };
};

/**
 * The desk's documents in one SQLite file, served by a worker thread that commits in groups; a commit is answered when it
 * is on the disk.
 * @throws StoreError `locked` when another process has the folder open, `newerVersion` when a later release wrote it; for
 * reading, `unavailable` when there is nothing, or nothing of this release yet.
 */
export const openSqliteStore = async ({
  folder,
  containers,
  now,
  readOnly,
}: SqliteStoreOptions): Promise<DocumentStore> => {
  checkContainers(containers);
  if (!readOnly) await mkdir(folder, { recursive: true, mode: 0o700 });
  const script = new URL('./sqlite-worker.ts', import.meta.url);
  const engine = sqliteEngine(await WorkerChannel.open(script, { folder, containers, readOnly }), now);
  return checkedStore(readOnly ? forReading(engine) : engine, containers);
};

const forReading = (engine: StoreEngine): StoreEngine => ({
  ...engine,
  commit: () => Promise.reject(invalid('This store was opened for reading only')),
});

import { StoreError } from '../../../src/application/errors.ts';
import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';

/**
 * Writes until the disk refuses, four batches at once, and says as JSON what was acknowledged, how the others failed, and
 * whether an earlier document can still be read. Argument: folder.
 */
const [, , folder = ''] = process.argv;
const store = await openSqliteStore({ folder, containers: [{ name: 'queues', indexes: [] }], now: () => Date.now() });
const acknowledged: number[] = [];
const failures: string[] = [];
const write = async (n: number): Promise<void> => {
  try {
    await store.commit('queues', `batch-${n}`, [{ op: 'create', doc: { id: 'ticket', n, text: 'x'.repeat(20_000) } }]);
    acknowledged.push(n);
  } catch (error) {
    failures.push(error instanceof StoreError ? error.kind : String(error));
  }
};
for (let n = 0; failures.length === 0 && n < 10_000; n += 4)
  await Promise.all([0, 1, 2, 3].map((more) => write(n + more)));
const readable = (await store.get('queues', 'batch-0', 'ticket')) !== null;
console.log(JSON.stringify({ acknowledged, failures, readable }));
await store.close();

import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';

/**
 * A process that writes until it is killed: batches of three documents, one partition each, eight at once. Says "open" and
 * then the number of each batch that was acknowledged. Arguments: folder, first number.
 */
const [, , folder = '', first = '0'] = process.argv;
const containers = [
  { name: 'queues', indexes: [{ name: 'n', equality: [], sort: [{ field: 'n', dir: 'asc' as const }] }] },
];
const store = await openSqliteStore({ folder, containers, now: () => Date.now() });
console.log('open');

let next = Number(first);
const write = async (): Promise<void> => {
  for (;;) {
    const n = next;
    next += 1;
    const docs = ['ticket', 'event', 'effect'].map((id) => ({ id, n, text: 'x'.repeat(500) }));
    const result = await store.commit(
      'queues',
      `batch-${n}`,
      docs.map((doc) => ({ op: 'create' as const, doc })),
    );
    if (!result.ok) process.exit(3);
    console.log(n);
  }
};
await Promise.all(Array.from({ length: 8 }, write));

import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { MessageChannel } from 'node:worker_threads';
import { serve } from '../../../src/store/sqlite/worker-loop.ts';
import type { Request } from '../../../src/store/sqlite/worker-messages.ts';

it('answers a read before the writes that wait in front of it, and closes when all is done', async () => {
  const { port1: desk, port2: worker } = new MessageChannel();
  const db = new DatabaseSync(':memory:');
  const did: string[] = [];
  const note = (what: string) => () => {
    did.push(what);
    return [];
  };
  const answers: unknown[] = [];
  desk.on('message', (replies: unknown) => answers.push(replies)); // a port that nobody listens to never closes
  const gone = once(desk, 'close');
  serve(worker, () => ({ db, greeting: [], read: note('read'), write: note('write'), close: () => db.close() }));
  desk.postMessage(Array.from({ length: 300 }, (_, id): Request => [id, 'write']));
  desk.postMessage([[300, 'read']] satisfies Request[]);
  desk.postMessage('close');
  await gone;
  expect(did).toEqual(['read', ...Array.from({ length: 300 }, () => 'write')]);
  expect(answers).toHaveLength(5); // opened, the read, and three groups
  expect(db.isOpen).toBe(false);
});

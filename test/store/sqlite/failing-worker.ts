import { parentPort } from 'node:worker_threads';

/** A worker that says it has opened, answers nothing, and dies of the first write. */
parentPort?.on('message', (message: unknown) => {
  if (JSON.stringify(message).includes('"write"')) throw new RangeError('the disk is on fire');
});
parentPort?.postMessage({ greeting: [] });

import type { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded (`--import`) into the product of a demo tenant: a tenant that was killed takes its product along, which would
 * otherwise keep port and store from the next start. The pipe must not keep alive a product that ends by itself.
 */
if (isMainThread) {
  const pipe = process.stdin as unknown as Socket;
  pipe.resume();
  pipe.unref();
  pipe.once('close', () => process.kill(process.pid, 'SIGTERM'));
}

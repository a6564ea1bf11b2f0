import { Server } from 'node:net';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded (`--import`) into a development server that has no option for its address and would listen on every interface:
 * each listen goes to the loopback address, and the process ends when its parent's pipe to stdin closes, however the parent died.
 */
const LOOPBACK = '127.0.0.1';
const listen = Server.prototype.listen;

function onLoopback(args: unknown[]): unknown[] {
  const [first, second, ...rest] = args;
  if (typeof first === 'object' && first !== null && 'port' in first)
    return [{ ...first, host: LOOPBACK }, second, ...rest];
  const isPort = typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first));
  if (first !== undefined && typeof first !== 'function' && !isPort) return args;
  const port = isPort ? first : 0;
  const others = [...(isPort ? [] : [first]), ...(typeof second === 'string' ? [] : [second]), ...rest];
  return [port, LOOPBACK, ...others.filter((value) => value !== undefined)];
}

Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  return Reflect.apply(listen, this, onLoopback(args)) as Server;
} as typeof listen;

if (isMainThread) {
  process.stdin.resume();
  process.stdin.once('close', () => process.exit(0));
}

import type { DatabaseSync } from 'node:sqlite';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { groupCommitter } from './group-commit.ts';
import { faultBeforeCommit } from './sqlite-faults.ts';
import { argsOf, faultReply, type Arg, type Opened, type Reply, type Request } from './worker-messages.ts';

/**
 * The database work of one worker. `write` looks at everything before it writes anything, so that a refused write leaves
 * nothing behind; it throws only what SQLite throws. `greeting` is what the other side learns of the opening.
 */
export interface Served {
  db: DatabaseSync;
  greeting: Arg[];
  read(args: Arg[]): Arg[];
  write(args: Arg[]): Arg[];
  close(): void;
}

const readOne = (served: Served, request: Request): Reply => {
  try {
    return [request[0], served.read(argsOf(request))];
  } catch (error) {
    return faultReply(request, faultBeforeCommit(error));
  }
};

/** What has arrived at the port, reads and writes apart. */
const inboxOf = (port: MessagePort) => {
  const reads: Request[] = [];
  const writes: Request[] = [];
  const inbox = { reads, writes, closing: false };
  const take = (message: Request[] | 'close'): void => {
    if (message === 'close') inbox.closing = true;
    else for (const request of message) (request[1] === 'read' ? reads : writes).push(request);
  };
  const takeWaiting = (): void => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) take(next.message);
  };
  const nextWrite = (): Request | undefined => {
    if (writes.length === 0) takeWaiting();
    return writes.shift();
  };
  return { inbox, take, takeWaiting, nextWrite };
};

/** Reads go before each group of writes, never into one: they see what is on the disk and nothing else. */
const run = (port: MessagePort, served: Served): void => {
  const { inbox, take, takeWaiting, nextWrite } = inboxOf(port);
  const commitGroup = groupCommitter(served.db, served.write);
  port.on('message', (message: Request[] | 'close') => {
    take(message);
    while (inbox.reads.length > 0 || inbox.writes.length > 0) {
      takeWaiting();
      const reads = inbox.reads.splice(0);
      if (reads.length > 0) port.postMessage(reads.map((request) => readOne(served, request)));
      if (inbox.writes.length > 0) port.postMessage(commitGroup(nextWrite));
    }
    if (inbox.closing) {
      served.close();
      port.close();
    }
  });
};

/** Serves until told to close. Requests are answered after their COMMIT, never before. */
export const serve = (port: MessagePort | null, open: () => Served): void => {
  if (!port) return;
  try {
    const served = open();
    run(port, served);
    port.postMessage({ greeting: served.greeting } satisfies Opened);
  } catch (error) {
    const fault = faultBeforeCommit(error);
    port.postMessage({ fault: fault.kind, message: fault.message } satisfies Opened);
    port.close();
  }
};

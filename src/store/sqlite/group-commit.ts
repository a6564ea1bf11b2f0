import type { DatabaseSync } from 'node:sqlite';
import { faultBeforeCommit, faultOfCommit } from './sqlite-faults.ts';
import { argsOf, faultReply, type Arg, type Reply, type Request } from './worker-messages.ts';

/** One group is the longest that a read has to wait behind writes: some ten milliseconds. */
const limit = { requests: 128, characters: 1_000_000 };

const rollback = (db: DatabaseSync): boolean => {
  try {
    db.exec('ROLLBACK');
    return true;
  } catch {
    return false; // SQLite had undone the transaction by itself, as it does for a full disk
  }
};

const sizeOf = (request: Request): number =>
  request.reduce<number>((sum, arg) => sum + (typeof arg === 'string' ? arg.length : 0), 0);

/** The next request, until the group is full. */
const bounded = (next: () => Request | undefined): (() => Request | undefined) => {
  let [requests, characters] = [0, 0];
  return () => {
    if (requests === limit.requests || characters >= limit.characters) return undefined;
    const request = next();
    requests += 1;
    if (request) characters += sizeOf(request);
    return request;
  };
};

/**
 * Runs many writes in one transaction, so that they share one fsync. They are taken one by one, and those that arrive
 * while others are written join the group. Should SQLite fail on one, all are undone and each is tried alone: that costs
 * nothing while all is well, which a savepoint around each of them would.
 */
export const groupCommitter = (
  db: DatabaseSync,
  write: (args: Arg[]) => Arg[],
): ((next: () => Request | undefined) => Reply[]) => {
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  const commitAlone = (request: Request): Reply[] => {
    const one = [request];
    return commitGroup(() => one.pop());
  };
  const commitGroup = (next: () => Request | undefined): Reply[] => {
    const taken: Request[] = [];
    const replies: Reply[] = [];
    let [fault, alone] = [faultBeforeCommit, true];
    try {
      const more = bounded(next);
      for (let request = more(); request; request = more()) {
        if (taken.push(request) === 1) begin.run();
        replies.push([request[0], write(argsOf(request))]);
      }
      [fault, alone] = [faultOfCommit, false];
      commit.run();
      return replies;
    } catch (error) {
      rollback(db);
      if (alone && taken.length > 1) return taken.flatMap(commitAlone);
      return taken.map((request) => faultReply(request, fault(error)));
    }
  };
  return commitGroup;
};

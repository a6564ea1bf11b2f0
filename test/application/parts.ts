import type { Clock } from '../../src/application/ports/clock.ts';
import type { Directory, WatchedMailbox } from '../../src/application/ports/directory.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { Log } from '../../src/application/ports/log.ts';
import { StoreError } from '../../src/application/errors.ts';
import { instantOf, mailAddress, millisecondsOf, teamId } from '../../src/domain/values.ts';
import { deskMailbox } from '../support/deeds.ts';
import { monday } from '../support/given.ts';

/** Monday, nine o'clock, until it is moved. Nobody waits: whoever sleeps is woken when time passes, or by their signal. */
export interface HandClock extends Clock {
  passes(seconds: number): void;
  /** The pauses that were asked for, in milliseconds. */
  readonly pauses: readonly number[];
}

export const handClock = (): HandClock => {
  let now = millisecondsOf(monday);
  const pauses: number[] = [];
  const sleepers = new Set<() => void>();
  return {
    pauses,
    now: () => instantOf(now),
    passes: (seconds) => {
      now += seconds * 1_000;
      for (const wake of sleepers) wake();
    },
    sleep: (milliseconds, signal) => {
      pauses.push(milliseconds);
      const until = now + milliseconds;
      return new Promise((resolve) => {
        const look = (): void => {
          if (now < until && !signal?.aborted) return;
          sleepers.delete(look);
          resolve();
        };
        sleepers.add(look);
        signal?.addEventListener('abort', look);
        look();
      });
    },
  };
};

/** A log that remembers: the names of what was said, in order. */
export const listening = (): Log & { readonly said: readonly string[] } => {
  const said: string[] = [];
  const hear = (event: string): void => {
    said.push(event);
  };
  return { said, info: hear, warn: hear, error: hear };
};

const service = teamId('service');

/** A desk with one team; its mailboxes are read from Monday on. */
export const directoryOf = (...mailboxes: readonly string[]): Directory => {
  const watched = [deskMailbox, ...mailboxes].map((address): WatchedMailbox => ({
    address: mailAddress(address),
    teamId: service,
    startAt: monday,
  }));
  return {
    person: () => undefined,
    people: () => [],
    team: () => undefined,
    teams: () => [],
    mailboxes: () => watched,
  };
};

/** The process dies at this moment: what was written is on the disk, and nothing happens after it. */
export const dies = (): never => {
  throw new StoreError('unavailable', 'killed');
};

/** The database as a process sees it that is killed when it has committed `count` times. */
export const killedAfter = (store: DocumentStore, count: number): DocumentStore => {
  let commits = 0;
  return {
    ...store,
    commit: (...batch) => {
      commits += 1;
      return commits > count ? Promise.reject(new StoreError('unavailable', 'killed')) : store.commit(...batch);
    },
  };
};

import type { MailAddress } from '../domain/values.ts';
import type { Receive } from './arrival-service.ts';
import { loop, type Loop } from './loop.ts';
import type { Clock } from './ports/clock.ts';
import type { Directory, WatchedMailbox } from './ports/directory.ts';
import type { Inbox, InboxOutcome, InboxRow } from './ports/inbox.ts';
import type { Log } from './ports/log.ts';
import type { Mailbox, MailPage } from './ports/mailbox.ts';

export interface MailIntakeParts {
  readonly mailbox: Mailbox;
  readonly inbox: Inbox;
  readonly receive: Receive;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly log: Log;
}

export interface MailIntake extends Loop {
  /** Keeps the wake durably, then hints. Unknown mailboxes are nobody's wake. */
  wake(mailbox: MailAddress): Promise<void>;
  /** Reads every mailbox until it is caught up; one that cannot be read keeps no other waiting, and its fault comes last. */
  sync(): Promise<void>;
}

const WAVE = 8;
const RUNNERS = 2;
const PAUSE_MS = 30_000;
/** A service that forgets again where we have just begun is left alone until the next look. */
const MOST_RESETS = 1;

/**
 * Mail in: a notification only wakes, the delta feed is the truth. A page is kept before it is worked, the link with it in
 * one batch; a kill anywhere repeats work that changes nothing the second time.
 */
export const mailIntake = (parts: MailIntakeParts): MailIntake => {
  const sync = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (const watched of parts.directory.mailboxes())
      await syncMailbox(parts, watched).catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw faults[0];
  };
  const looping = loop({
    name: 'mail-intake',
    pauseMs: PAUSE_MS,
    clock: parts.clock,
    log: parts.log,
    round: async () => {
      await sync();
      return false;
    },
  });
  return {
    ...looping,
    sync: async () => {
      await looping.once();
    },
    wake: async (mailbox) => {
      if (!parts.directory.mailboxes().some(({ address }) => address === mailbox)) return;
      await parts.inbox.wake(mailbox);
      looping.hint();
    },
  };
};

/** The next page is fetched and kept while the one before is worked; both are durable before anything is made of them. */
const syncMailbox = async (parts: MailIntakeParts, watched: WatchedMailbox): Promise<void> => {
  const { inbox } = parts;
  await inbox.asleep(watched.address);
  let rows = await inbox.unworked(watched.address, 100);
  for (let caughtUp = false, resets = 0; !caughtUp && resets <= MOST_RESETS;) {
    const [next] = await Promise.all([keepNext(parts, watched), work(parts, watched.address, rows)]);
    ({ rows, caughtUp } = next);
    if (next.reset) resets += 1;
  }
  await work(parts, watched.address, rows);
};

const keepNext = async (
  parts: MailIntakeParts,
  watched: WatchedMailbox,
): Promise<{ rows: readonly InboxRow[]; caughtUp: boolean; reset: boolean }> => {
  const page = await nextPage(parts, watched);
  if (page === 'reset') return { rows: [], caughtUp: false, reset: true };
  return { rows: await parts.inbox.keep(watched.address, page), caughtUp: page.caughtUp, reset: false };
};

const nextPage = async (
  { inbox, mailbox, log }: MailIntakeParts,
  watched: WatchedMailbox,
): Promise<MailPage | 'reset'> => {
  const link = await inbox.link(watched.address);
  const page = await mailbox.page(watched.address, link ? { link } : { startAt: watched.startAt });
  if (page === 'reset') {
    log.warn('mailbox-reset', { mailbox: watched.address });
    await inbox.reset(watched.address);
  }
  return page;
};

/**
 * Works kept mails, two waves of eight at a time: a wave's tickets reach the store together and share one flush to disk,
 * while the other wave is read and decided. A mail that fails stays kept and is tried again at the next look; it never
 * stops the others.
 */
const work = async (parts: MailIntakeParts, mailbox: MailAddress, rows: readonly InboxRow[]): Promise<void> => {
  const waves = Array.from({ length: Math.ceil(rows.length / WAVE) }, (_, n) => rows.slice(n * WAVE, (n + 1) * WAVE));
  const done: Done[] = [];
  const runner = async (): Promise<void> => {
    for (let wave = waves.shift(); wave; wave = waves.shift()) done.push(...(await workWave(parts, mailbox, wave)));
  };
  await Promise.all(Array.from({ length: RUNNERS }, runner));
  if (done.length > 0) await parts.inbox.finish(mailbox, done);
};

/** All of a wave is read before any of it is received, so that its tickets are written in one go. */
const workWave = async (parts: MailIntakeParts, mailbox: MailAddress, wave: readonly InboxRow[]): Promise<Done[]> => {
  const read = await Promise.all(
    wave.map((row) => attempt(parts, row, async () => ({ row, arrival: await parts.mailbox.read(mailbox, row) }))),
  );
  const received = await Promise.all(
    read.map(
      (each) =>
        each && attempt(parts, each.row, async () => ({ row: each.row, outcome: await parts.receive(each.arrival) })),
    ),
  );
  return received.filter((each) => each !== undefined);
};

interface Done {
  readonly row: InboxRow;
  readonly outcome: InboxOutcome;
}

const attempt = async <Result>(
  { log }: MailIntakeParts,
  row: InboxRow,
  act: () => Promise<Result>,
): Promise<Result | undefined> => {
  try {
    return await act();
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : typeof fault;
    log.error('mail-not-worked', { row: row.key, fault: name, message: String(fault) });
    return undefined;
  }
};

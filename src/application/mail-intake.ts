import type { MailArrival } from '../domain/arrival.ts';
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
/** Looks, half a minute apart: five hours. */
const PATIENCE = 600;
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
 * while the other wave is read and decided. Mails that answer others wait until those are in, or an answer that came with
 * its question would become a ticket of its own. One that fails is put behind the others and tried again at the next look.
 */
const work = async (parts: MailIntakeParts, mailbox: MailAddress, rows: readonly InboxRow[]): Promise<void> => {
  const done: Done[] = [];
  const failed: InboxRow[] = [];
  const answers: Read[] = [];
  await inWaves(rows, async (wave) => {
    const read = await attemptAll(parts, { tried: wave, failed }, (row) => readRow(parts, mailbox, row));
    answers.push(...read.filter(({ arrival }) => arrival.answers.length > 0));
    const first = read.filter(({ arrival }) => arrival.answers.length === 0);
    done.push(...(await attemptAll(parts, { tried: first, failed }, (each) => receive(parts, each))));
  });
  await inWaves(answers, async (wave) => {
    done.push(...(await attemptAll(parts, { tried: wave, failed }, (each) => receive(parts, each))));
  });
  if (done.length > 0) await parts.inbox.finish(mailbox, done);
  if (failed.length > 0) await parts.inbox.defer(mailbox, failed);
};

const inWaves = async <Item>(items: readonly Item[], work: (wave: readonly Item[]) => Promise<void>): Promise<void> => {
  const waves = Array.from({ length: Math.ceil(items.length / WAVE) }, (_, n) => items.slice(n * WAVE, (n + 1) * WAVE));
  const runner = async (): Promise<void> => {
    for (let wave = waves.shift(); wave; wave = waves.shift()) await work(wave);
  };
  await Promise.all(Array.from({ length: RUNNERS }, runner));
};

interface Read {
  readonly row: InboxRow;
  readonly arrival: MailArrival;
}

/** A mail that could not be read for so long becomes a ticket with its original attached: a person must see it. */
const readRow = async ({ mailbox: service }: MailIntakeParts, mailbox: MailAddress, row: InboxRow): Promise<Read> => {
  const mail = row.attempts < PATIENCE ? row : { ...row, raw: '' };
  return { row, arrival: await service.read(mailbox, mail) };
};

const receive = async (parts: MailIntakeParts, { row, arrival }: Read): Promise<Done> => ({
  row,
  outcome: await parts.receive(arrival),
});

interface Done {
  readonly row: InboxRow;
  readonly outcome: InboxOutcome;
}

type Tried = InboxRow | Read;

const rowOf = (each: Tried): InboxRow => ('row' in each ? each.row : each);

/** All of a wave at once; what fails is noted and stops nothing. */
const attemptAll = async <Item extends Tried, Result>(
  { log }: MailIntakeParts,
  { tried, failed }: { tried: readonly Item[]; failed: InboxRow[] },
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const outcomes = await Promise.allSettled(tried.map(act));
  return outcomes.flatMap((outcome, index) => {
    if (outcome.status === 'fulfilled') return [outcome.value];
    const row = tried.slice(index, index + 1).map(rowOf);
    failed.push(...row);
    log.error('mail-not-worked', { row: row[0]?.key, attempts: row[0]?.attempts, message: String(outcome.reason) });
    return [];
  });
};

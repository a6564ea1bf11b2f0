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
  /** Reads every mailbox until it is caught up. */
  sync(): Promise<void>;
}

const WAVE = 16;
const PAUSE_MS = 30_000;

/**
 * Mail in: a notification only wakes, the delta feed is the truth. A page is kept before it is worked, the link with it in
 * one batch; a kill anywhere repeats work that changes nothing the second time.
 */
export const mailIntake = (parts: MailIntakeParts): MailIntake => {
  const sync = async (): Promise<void> => {
    for (const watched of parts.directory.mailboxes()) await syncMailbox(parts, watched);
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
  for (let caughtUp = false; !caughtUp;) {
    const [next] = await Promise.all([keepNext(parts, watched), work(parts, watched.address, rows)]);
    ({ rows, caughtUp } = next);
  }
  await work(parts, watched.address, rows);
};

const keepNext = async (
  parts: MailIntakeParts,
  watched: WatchedMailbox,
): Promise<{ rows: readonly InboxRow[]; caughtUp: boolean }> => {
  const page = await nextPage(parts, watched);
  if (page === 'reset') return { rows: [], caughtUp: false };
  return { rows: await parts.inbox.keep(watched.address, page), caughtUp: page.caughtUp };
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
 * Works kept mails in waves of 16: a wave's tickets reach the store together and share one flush to disk, while the next
 * wave is read. A mail that fails stays kept and is tried again at the next look; it never stops the others.
 */
const work = async (parts: MailIntakeParts, mailbox: MailAddress, rows: readonly InboxRow[]): Promise<void> => {
  const waves = Array.from({ length: Math.ceil(rows.length / WAVE) }, (_, n) => rows.slice(n * WAVE, (n + 1) * WAVE));
  const read = (wave: readonly InboxRow[] = []): Promise<readonly Worked[]> =>
    Promise.all(
      wave.map((row) => attempt(parts, row, async () => ({ row, arrival: await parts.mailbox.read(mailbox, row) }))),
    );
  const done: Done[] = [];
  let reading = read(waves[0]);
  for (let n = 0; n < waves.length; n += 1) {
    const arrived = (await reading).filter((each) => each !== undefined);
    reading = read(waves[n + 1]);
    const received = await Promise.all(
      arrived.map(({ row, arrival }) =>
        attempt(parts, row, async () => ({ row, outcome: await parts.receive(arrival) })),
      ),
    );
    done.push(...received.filter((each) => each !== undefined));
  }
  if (done.length > 0) await parts.inbox.finish(mailbox, done);
};

type Worked = { readonly row: InboxRow; readonly arrival: MailArrival } | undefined;

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

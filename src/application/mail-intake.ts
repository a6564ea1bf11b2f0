import type { MailAddress } from '../domain/values.ts';
import type { Receive } from './arrival-service.ts';
import { loop, type Loop } from './loop.ts';
import type { Clock } from './ports/clock.ts';
import type { Directory, WatchedMailbox } from './ports/directory.ts';
import type { Inbox, InboxOutcome, InboxRow } from './ports/inbox.ts';
import type { Log } from './ports/log.ts';
import type { Mailbox } from './ports/mailbox.ts';

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

const IN_FLIGHT = 16;
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

const syncMailbox = async (parts: MailIntakeParts, watched: WatchedMailbox): Promise<void> => {
  const { inbox, mailbox } = parts;
  await inbox.asleep(watched.address);
  await work(parts, watched.address, await inbox.unworked(watched.address, 200));
  for (let caughtUp = false; !caughtUp;) {
    const link = await inbox.link(watched.address);
    const page = await mailbox.page(watched.address, link ? { link } : { startAt: watched.startAt });
    if (page === 'reset') {
      parts.log.warn('mailbox-reset', { mailbox: watched.address });
      await inbox.reset(watched.address);
      continue;
    }
    await work(parts, watched.address, await inbox.keep(watched.address, page));
    caughtUp = page.caughtUp;
  }
};

/** Works kept mails, 16 at a time. One that fails stays kept and is tried again at the next look; it never blocks the others. */
const work = async (parts: MailIntakeParts, mailbox: MailAddress, rows: readonly InboxRow[]): Promise<void> => {
  const done: { row: InboxRow; outcome: InboxOutcome }[] = [];
  const waiting = [...rows];
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const outcome = await workOne(parts, mailbox, row);
      if (outcome) done.push({ row, outcome });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  if (done.length > 0) await parts.inbox.finish(mailbox, done);
};

const workOne = async (
  parts: MailIntakeParts,
  mailbox: MailAddress,
  row: InboxRow,
): Promise<InboxOutcome | undefined> => {
  try {
    return await parts.receive(await parts.mailbox.read(mailbox, row));
  } catch (fault) {
    parts.log.error('mail-not-worked', {
      row: row.key,
      fault: fault instanceof Error ? fault.name : typeof fault,
      message: String(fault),
    });
    return undefined;
  }
};

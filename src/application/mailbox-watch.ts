import type { Clock } from './ports/clock.ts';
import type { Directory } from './ports/directory.ts';
import type { Log } from './ports/log.ts';
import type { Mailbox } from './ports/mailbox.ts';

export interface MailboxWatchParts {
  readonly mailbox: Pick<Mailbox, 'subscribe'>;
  /** Called when a subscription stands: what came before it sent no news, so the mailboxes are looked at. */
  readonly subscribed: () => void;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly log: Log;
}

const AGAIN_MS = 15_000;

/** Keeps the subscriptions alive, each mailbox for itself. While one cannot be had, the mailbox is still read every half minute. */
export const watchMailboxes = (parts: MailboxWatchParts): { run(signal: AbortSignal): Promise<void> } => ({
  run: async (signal) => {
    await Promise.all(parts.directory.mailboxes().map(({ address }) => watch(parts, address, signal)));
  },
});

const watch = async (
  parts: MailboxWatchParts,
  address: Parameters<Mailbox['subscribe']>[0],
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) await parts.clock.sleep(await renewed(parts, address), signal);
};

const renewed = async (
  { mailbox, log, subscribed }: MailboxWatchParts,
  address: Parameters<Mailbox['subscribe']>[0],
): Promise<number> => {
  try {
    const again = await mailbox.subscribe(address);
    subscribed();
    return again;
  } catch (fault) {
    log.warn('subscription-failed', {
      fault: fault instanceof Error ? fault.name : typeof fault,
      message: String(fault),
    });
    return AGAIN_MS;
  }
};

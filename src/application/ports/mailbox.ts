import type { MailArrival } from '../../domain/arrival.ts';
import type { MailAddress } from '../../domain/values.ts';
import type { FoundMail } from './inbox.ts';

export interface MailPage {
  readonly mails: readonly FoundMail[];
  readonly link: string;
  /** False while more pages follow at `link`. */
  readonly caughtUp: boolean;
}

/** The mail service. Reads are safe to repeat; the link is opaque and followed only to the service's own origin. */
export interface Mailbox {
  /** `reset`: the service no longer knows the link; start over without one. */
  page(mailbox: MailAddress, from: { link: string } | { startAt: string }): Promise<MailPage | 'reset'>;
  /** Reads a kept mail: decodes, sanitises, fetches its attachments. What cannot be read comes back as `unreadable`. */
  read(mailbox: MailAddress, mail: FoundMail): Promise<MailArrival>;
  /** Makes sure that news of this mailbox reaches us, and renews; returns when to look again, in milliseconds. */
  subscribe(mailbox: MailAddress): Promise<number>;
}

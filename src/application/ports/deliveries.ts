import type { AlertAddress } from './alert-ledger.ts';
import type { CustomerMail } from '../../domain/customer-view.ts';
import type { NoticeReason } from '../../domain/effects.ts';
import type { Instant, PersonId, TeamId, TicketId } from '../../domain/values.ts';
import type { InternalMail } from './internal-mail.ts';

/** Something to be sent. Mails are frozen text; cards and notices are drawn from the state at sending. */
export type DeliveryJob =
  | { readonly channel: 'mail'; readonly mail: CustomerMail }
  /** To a person of the desk who cannot be reached in Teams. */
  | { readonly channel: 'internal-mail'; readonly mail: InternalMail }
  | {
      readonly channel: 'teams';
      readonly kind: 'card';
      readonly slot: string;
      readonly teamId: TeamId;
      readonly ticketId: TicketId;
      readonly rev: number;
      /** Of an envelope of the ticket, in the helping team's channel. */
      readonly envelope?: number;
    }
  | {
      readonly channel: 'teams';
      readonly kind: 'notice';
      readonly to: PersonId;
      readonly reason: NoticeReason;
      readonly ticketId: TicketId;
      readonly rev: number;
      readonly envelope?: number;
    }
  | {
      /** A card for one person that stands for no ticket: drawn at sending, one post that later versions replace. */
      readonly channel: 'teams';
      readonly kind: 'person-card';
      readonly to: PersonId;
      readonly card: PersonCard;
      /** What it tells of: a cover's id, a job's id, the words of many tickets alike. */
      readonly subject: string;
      readonly rev: number;
    }
  | {
      /** An alert's card at one address: one post an episode and repeat, that later levels and its end replace. */
      readonly channel: 'teams';
      readonly kind: 'alert';
      readonly ticketId: TicketId;
      readonly episode: number;
      readonly repeat: number;
      readonly address: AlertAddress;
      readonly rev: number;
      /** Waits for the end of quiet hours: what may not wait goes beside it, to the same card. */
      readonly held?: true;
    }
  | {
      readonly channel: 'teams';
      readonly kind: 'dead-letter';
      readonly failed: string;
      readonly reason: string;
      readonly ticketId: TicketId;
      readonly rev: number;
    };

/**
 * `cover-return`: what was done in their name · `job`: how a bulk act gets on · `leaver`: to be confirmed · `storm`: many alike ·
 * `alerts`: many alerts alike (subject `<person>~<alike>~<first instant as a number>`) · `ping-failed`: somebody below could not
 * be told (subject `<ticket>|<line id>`) · `digest`: the day of somebody who leads (subject
 * `<person>~<from>~<until>`, instants as numbers) ·
 * `alarm`: the desk on itself (subject `<alarm>|<person>`).
 */
export type PersonCard = 'cover-return' | 'job' | 'leaver' | 'storm' | 'alerts' | 'ping-failed' | 'digest' | 'alarm';

export type DeliveryChannel = DeliveryJob['channel'];

export interface Delivery {
  /** The idempotency key: the same job is never two deliveries. A ticket's card has one delivery per slot, whatever its rev. */
  readonly id: string;
  readonly job: DeliveryJob;
  readonly attempts: number;
  readonly dueAt: Instant;
  /** The store's version; whoever holds it holds the lease. */
  readonly etag: string;
}

export interface Deliveries {
  /** Twice is harmless. A newer card replaces the older one that waits. */
  enqueue(job: DeliveryJob, at: Instant): Promise<void>;
  due(channel: DeliveryChannel, options: { at: Instant; limit: number }): Promise<readonly Delivery[]>;
  /** Takes the delivery until `until`; undefined when another worker was faster. */
  lease(delivery: Delivery, until: Instant): Promise<Delivery | undefined>;
  /** Done. False when the delivery was replaced by a newer card meanwhile: that one still waits. */
  settle(delivery: Delivery): Promise<boolean>;
  postpone(delivery: Delivery, until: Instant): Promise<void>;
  /** Gives up; the entry is kept for a person to look at. */
  bury(delivery: Delivery, reason: string): Promise<void>;
  dead(channel: DeliveryChannel, limit: number): Promise<readonly { id: string; reason: string; job: DeliveryJob }[]>;
}

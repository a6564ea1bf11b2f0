import type { CustomerMail } from '../../domain/customer-view.ts';
import type { NoticeReason } from '../../domain/effects.ts';
import type { Instant, PersonId, TeamId, TicketId } from '../../domain/values.ts';

/** Something to be sent. Mails are frozen text; cards and notices are drawn from the state at sending. */
export type DeliveryJob =
  | { readonly channel: 'mail'; readonly mail: CustomerMail }
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
      readonly channel: 'teams';
      readonly kind: 'dead-letter';
      readonly failed: string;
      readonly reason: string;
      readonly ticketId: TicketId;
      readonly rev: number;
    };

/** `cover-return`: what was done in their name · `job`: how a bulk act gets on · `leaver`: to be confirmed · `storm`: many alike. */
export type PersonCard = 'cover-return' | 'job' | 'leaver' | 'storm';

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

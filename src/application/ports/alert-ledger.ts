import type { AlertKey } from '../../domain/alert-row.ts';
import type { AlertRecipient } from '../../domain/alert-events.ts';
import type { AlertLevel } from '../../domain/alert-rules.ts';
import type { Instant, PersonId, Priority, TeamId, TicketId, TicketNumber } from '../../domain/values.ts';

/** Where an alert is shown: a person's own chat, a group chat, a team's channel, at last a mail. */
export type AlertAddress =
  | { readonly kind: 'personal'; readonly person: PersonId }
  | { readonly kind: 'chat'; readonly id: string }
  | { readonly kind: 'channel'; readonly teamId: TeamId }
  | { readonly kind: 'mail'; readonly person: PersonId };

/**
 * `intended`: decided · `held`: waits for the end of quiet hours · `digest`: told once a day · `rolled-up`: on one card with
 * others alike · `sent`: handed over, no answer yet · `accepted`: Teams or the mail service has it · `spared`: the condition
 * ended before it was shown · `failed`: no channel was left.
 */
export type LineState = 'intended' | 'held' | 'digest' | 'rolled-up' | 'sent' | 'accepted' | 'spared' | 'failed';

/** One person, told once of one level of one alert. */
export interface AlertLine extends AlertKey {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  /** The event that raised it. */
  readonly rev: number;
  readonly level: AlertLevel;
  readonly repeat: number;
  readonly teamId: TeamId;
  readonly priority: Priority;
  readonly recipient: AlertRecipient;
  readonly address: AlertAddress;
  readonly state: LineState;
  /** When the level was due, and when it was raised. */
  readonly dueAt: Instant;
  readonly at: Instant;
  readonly heldUntil?: Instant;
  readonly sentAt?: Instant;
  readonly acceptedAt?: Instant;
  /** A read receipt or an act; without one nobody knows. */
  readonly seenAt?: Instant;
  readonly actedAt?: Instant;
  /** Channels that did not take it. */
  readonly tried?: readonly { readonly address: AlertAddress; readonly at: Instant; readonly why: string }[];
  /** The card it shares with others alike; what is not `rolled-up` stands on a card of its own, too. */
  readonly rollUp?: string;
}

/** Names a line within its ticket: episode, level, repeat and person are unique there. */
export const lineId = ({
  episode,
  level,
  repeat,
  recipient,
}: Pick<AlertLine, 'episode' | 'level' | 'repeat' | 'recipient'>): string =>
  `${episode}~${level}~${repeat}~${recipient.id}`;

/** Names an address; a chat's id may hold signs that no key may. */
export const addressKey = (address: AlertAddress): string => {
  switch (address.kind) {
    case 'personal':
    case 'mail':
      return `${address.kind}~${address.person}`;
    case 'chat':
      return `chat~${encodeURIComponent(address.id)}`;
    case 'channel':
      return `channel~${address.teamId}`;
  }
};

/** The same condition and level: many of them in a short time are one card. */
export const alikeKey = ({ condition, level, envelope }: Pick<AlertLine, 'condition' | 'level' | 'envelope'>): string =>
  `${condition}~${level}~${envelope === undefined ? 'ticket' : 'envelope'}`;

/** When a line is to be shown: at once, or when quiet hours end. */
export const shownAt = ({ at, heldUntil }: Pick<AlertLine, 'at' | 'heldUntil'>): Instant => heldUntil ?? at;

/** So close together that alike ones are one card, in milliseconds. */
export const ALIKE_MS = 5 * 60_000;
/** No quiet hours are longer, in milliseconds. */
export const HELD_AT_MOST_MS = 8 * 86_400_000;

/** The truth about who was told, what became of it and when. Written by the relay, the delivery worker and read receipts. */
export interface AlertLedger {
  /** Keeps a new line; of two with the same id the first stands and is answered. */
  intend(line: AlertLine): Promise<AlertLine>;
  /** Changes a line as it is by then; undefined from `change` leaves it. Undefined: there is no such line. */
  change(
    ticketId: TicketId,
    id: string,
    change: (line: AlertLine) => AlertLine | undefined,
  ): Promise<AlertLine | undefined>;
  /** All of a ticket, newest first, at most 5,000. */
  ofTicket(ticketId: TicketId): Promise<readonly AlertLine[]>;
  /** What a person was told since that moment, newest first, at most `limit`; lines are read as they are now. */
  ofPerson(
    person: PersonId,
    wanted: { readonly since: Instant; readonly limit: number },
  ): Promise<readonly AlertLine[]>;
}

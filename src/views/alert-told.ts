import type { AlertRecipient } from '../domain/alert-events.ts';
import type { AlertKey } from '../domain/alert-row.ts';
import type { AlertLevel } from '../domain/alert-rules.ts';
import type { AlertPart } from '../domain/roster.ts';
import {
  type Instant,
  oneLine,
  type PersonId,
  type Priority,
  type TeamId,
  type TicketId,
  type TicketNumber,
} from '../domain/values.ts';
import { type AlertTelling, teamName, timeOf } from './alert-times.ts';
import type { Fact } from './ticket-facts.ts';

export type ToldAt =
  | { readonly kind: 'personal' | 'mail'; readonly person: PersonId }
  | { readonly kind: 'chat'; readonly id: string }
  | { readonly kind: 'channel'; readonly teamId: TeamId };

/** One person, told once of one level of one alert, as it stands in the ledger. */
export interface ToldLine extends AlertKey {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly level: AlertLevel;
  readonly repeat: number;
  readonly teamId: TeamId;
  readonly priority: Priority;
  readonly recipient: AlertRecipient;
  readonly address: ToldAt;
  readonly state: 'intended' | 'held' | 'digest' | 'rolled-up' | 'sent' | 'accepted' | 'spared' | 'failed';
  readonly dueAt: Instant;
  readonly at: Instant;
  readonly heldUntil?: Instant;
  readonly sentAt?: Instant;
  readonly acceptedAt?: Instant;
  readonly seenAt?: Instant;
  readonly actedAt?: Instant;
  /** Channels that did not take it. */
  readonly tried?: readonly { readonly address: ToldAt; readonly at: Instant; readonly why: string }[];
}

/** A place in words, without saying whose: that stands beside it. */
export const placeText = (place: ToldAt, telling: AlertTelling): string => {
  const { told } = telling.words;
  return place.kind === 'channel' ? told.channel(teamName(place.teamId, telling)) : told[place.kind];
};

/** "Not taken by: own chat, 11:01: Teams answered 403" */
export const triedText = (
  { address, at, why }: NonNullable<ToldLine['tried']>[number],
  telling: AlertTelling,
  longest: number,
): string =>
  `${telling.words.told.tried(placeText(address, telling), timeOf(at, telling))}: ${oneLine(why, longest) || '?'}`;

/** What is to be known of how somebody was told; empty where it is as usual. */
const remarkOf = (line: ToldLine, telling: AlertTelling, now: Instant): string => {
  const { alert } = telling.words;
  const { state, heldUntil, address, tried = [] } = line;
  if (state === 'digest') return alert.inDigest;
  if (state === 'rolled-up') return alert.onSharedCard;
  if (state === 'failed') return alert.notReached;
  if (state === 'held' && heldUntil !== undefined && heldUntil > now) return alert.quiet(timeOf(heldUntil, telling));
  if (tried.length === 0) return '';
  if (address.kind === 'mail') return alert.mailed;
  return address.kind === 'channel' ? alert.toldInChannel(teamName(address.teamId, telling)) : '';
};

const PARTS: readonly AlertPart[] = ['tech', 'supervisor', 'manager'];
const SHOWN = 12;

/** Who was told, by their part, each once with the latest of it; `lines` are newest first. */
export const toldFacts = (
  lines: readonly ToldLine[],
  telling: AlertTelling,
  { now, except }: { readonly now: Instant; readonly except?: PersonId | undefined },
): readonly Fact[] => {
  const latest = [...new Map(lines.toReversed().map((line) => [line.recipient.id, line])).values()];
  return PARTS.flatMap((part) => {
    const told = latest.filter(({ recipient }) => recipient.as === part && recipient.id !== except);
    if (told.length === 0) return [];
    const names = told.slice(0, SHOWN).map((line) => {
      const remark = remarkOf(line, telling, now);
      return `${oneLine(line.recipient.name, telling.names) || '?'}${remark && ` (${remark})`}`;
    });
    const more = told.length > SHOWN ? [telling.words.tell.more(told.length - SHOWN)] : [];
    return [{ label: telling.words.alert.part[part], value: [...names, ...more].join(', ') }];
  });
};

import type { AlertAddress, AlertLine } from '../../application/ports/alert-ledger.ts';
import { lineId } from '../../application/ports/alert-ledger.ts';
import { type Instant, millisecondsOf, type PersonId } from '../../domain/values.ts';
import { isSameAddress, isUntold, levelAbove, nextAddress } from './alert-route.ts';
import type { SendingParts } from './sending-parts.ts';

type Change = (line: AlertLine, now: Instant) => AlertLine | undefined;

/** Changes each line as it is by then, and answers those that were changed; what has gone to another address is left alone. */
export const marked = async (
  { alerts, clock }: SendingParts,
  lines: readonly AlertLine[],
  change: Change,
): Promise<readonly AlertLine[]> => {
  const found: AlertLine[] = [];
  for (const line of lines) {
    let changed: AlertLine | undefined;
    await alerts.change(line.ticketId, lineId(line), (each) => {
      changed = isSameAddress(each.address, line.address) ? change(each, clock.now()) : undefined;
      return changed;
    });
    if (changed) found.push(changed);
  }
  return found;
};

/** About to be shown; the first time counts. */
export const handedOver: Change = (line, now) =>
  isUntold(line) ? { ...line, state: 'sent', sentAt: line.sentAt ?? now } : undefined;

export const accepted: Change = (line, now) =>
  line.state === 'sent' ? { ...line, state: 'accepted', acceptedAt: now } : undefined;

/** Over before it was shown. */
export const spared: Change = (line) => (isUntold(line) ? { ...line, state: 'spared' } : undefined);

const triedAt = ({ tried = [], address }: AlertLine, at: Instant, why: string) => [...tried, { address, at, why }];

export const failedFor =
  (why: string): Change =>
  (line, now) => ({ ...line, state: 'failed', tried: triedAt(line, now, why) });

/** To the next channel, where it is told anew; without one it failed. */
export const movedOn =
  (why: string): Change =>
  (line, now) => {
    const address = nextAddress(line);
    return address
      ? { ...line, state: 'intended', address, tried: triedAt(line, now, why) }
      : failedFor(why)(line, now);
  };

/** In the post: whether it is read nobody knows. */
export const mailed =
  (to: Extract<AlertAddress, { kind: 'mail' }>): Change =>
  (line, now) => ({ ...line, state: 'sent', address: to, sentAt: now });

/** Teams is asked again for so long; then the next channel is tried, for an alert that comes an hour late helps nobody. */
export const PATIENCE_MS = 120_000;

export const hasWaited = ({ sentAt }: AlertLine, now: Instant): boolean =>
  sentAt !== undefined && millisecondsOf(now) - millisecondsOf(sentAt) >= PATIENCE_MS;

/**
 * The level above learns who could not be told, each of them once. Before the ledger knows it: after a kill in between it is
 * found out again, and told under the same name.
 */
export const tellAbove = async (
  { deliveries, directory, clock }: SendingParts,
  lines: readonly AlertLine[],
): Promise<void> => {
  const told = new Set<PersonId>();
  for (const line of lines) {
    const to = levelAbove(directory, line);
    if (to === undefined || told.has(to)) continue;
    told.add(to);
    const subject = `${line.ticketId}|${lineId(line)}`;
    await deliveries.enqueue(
      { channel: 'teams', kind: 'person-card', to, card: 'ping-failed', subject, rev: line.rev },
      clock.now(),
    );
  }
};

import { DeliveryError } from '../../application/errors.ts';
import type { AlertLine } from '../../application/ports/alert-ledger.ts';
import { mailAlerts } from './alert-mailer.ts';
import { hasWaited, marked, tellAbove } from './alert-told.ts';
import type { SendingParts } from './sending-parts.ts';

const isUntold = ({ acceptedAt, address, state }: AlertLine): boolean =>
  state === 'rolled-up' && acceptedAt === undefined && address.kind !== 'mail';

/**
 * Shows many alerts alike on one card by `show`; their lines say when it was taken. Who cannot be told so has one mail of
 * them all, and the level above learns of it once. What is over before it was shown is spared. Errors: DeliveryError.
 */
export const showRollUp = async (
  parts: SendingParts,
  subject: string,
  show: (which: 'new' | 'known') => Promise<void>,
): Promise<void> => {
  const { lines, over } = await parts.stories.rollUp(subject);
  const isOwn = (line: AlertLine): boolean => line.rollUp === subject && isUntold(line);
  if (lines.length === 0) {
    await show('known');
    await marked(parts, over.filter(isOwn), (line) => ({ ...line, state: 'spared' }));
    return;
  }
  const own = [...lines, ...over].filter(isOwn);
  const handed = await marked(parts, own, (line, now) => ({ ...line, sentAt: line.sentAt ?? now }));
  try {
    await show('new');
  } catch (fault) {
    const known = fault instanceof DeliveryError ? fault : undefined;
    const lost = handed.filter((line) => known?.outcome === 'dead' || hasWaited(line, parts.clock.now()));
    if (!known || lost.length === 0) throw fault;
    if (known.outcome === 'dead') await tellAbove(parts, lost.slice(0, 1));
    await mailAlerts(parts, lost);
    await marked(parts, lost, (line, now) => ({
      ...line,
      address: { kind: 'mail', person: line.recipient.id },
      sentAt: now,
      tried: [...(line.tried ?? []), { address: line.address, at: now, why: known.message }],
    }));
    return;
  }
  await marked(parts, handed, (line, now) => ({ ...line, acceptedAt: now }));
};

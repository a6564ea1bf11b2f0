import { DeliveryError } from '../application/errors.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { Deliveries, Delivery, DeliveryChannel, DeliveryJob } from '../application/ports/deliveries.ts';
import type { Log } from '../application/ports/log.ts';
import { instantOf, millisecondsOf, ticketId } from '../domain/values.ts';
import { MOST_ATTEMPTS, retryDelay } from './retry-timing.ts';

/** Sends one delivery; returns when the other side has it, throws DeliveryError when not. */
export type Send<Job extends DeliveryJob = DeliveryJob> = (job: Job) => Promise<void>;

export interface DeliverParts {
  readonly deliveries: Deliveries;
  readonly senders: { readonly [C in DeliveryChannel]: Send<Extract<DeliveryJob, { channel: C }>> };
  readonly clock: Clock;
  readonly log: Log;
}

const LEASE_MS = 60_000;
/** Internal mail goes through the same mailboxes as customers' mail, and leaves it the doors. */
const LANES: Readonly<Record<DeliveryChannel, number>> = { mail: 3, 'internal-mail': 1, teams: 4 };

/**
 * One round: everything that is due is leased, sent, and then settled, put off or given up. A kill between sending and
 * settling repeats the send when the lease ends: a mail is recognised by its Message-ID, a Teams post may appear twice.
 */
export const deliverDue = async (
  parts: DeliverParts,
  channels: readonly DeliveryChannel[] = ['mail', 'internal-mail', 'teams'],
): Promise<boolean> => {
  const rounds = await Promise.all(channels.map((channel) => deliverChannel(parts, channel)));
  return rounds.some((sent) => sent > 0);
};

const deliverChannel = async (parts: DeliverParts, channel: DeliveryChannel): Promise<number> => {
  const waiting = [...(await parts.deliveries.due(channel, { at: parts.clock.now(), limit: 25 }))];
  const count = waiting.length;
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await deliverOne(parts, next);
  };
  await Promise.all(Array.from({ length: LANES[channel] }, lane));
  return count;
};

const inMs = ({ clock }: DeliverParts, milliseconds: number): ReturnType<Clock['now']> =>
  instantOf(millisecondsOf(clock.now()) + milliseconds);

const deliverOne = async (parts: DeliverParts, due: Delivery): Promise<void> => {
  const leased = await parts.deliveries.lease(due, inMs(parts, LEASE_MS));
  if (!leased) return;
  try {
    await send(parts, leased.job);
  } catch (fault) {
    await failed(parts, leased, fault);
    return;
  }
  const settled = await parts.deliveries.settle(leased);
  if (!settled) await parts.deliveries.postpone(leased, parts.clock.now());
};

const send = ({ senders }: DeliverParts, job: DeliveryJob): Promise<void> => {
  switch (job.channel) {
    case 'mail':
      return senders.mail(job);
    case 'internal-mail':
      return senders['internal-mail'](job);
    case 'teams':
      return senders.teams(job);
  }
};

const failed = async (parts: DeliverParts, delivery: Delivery, fault: unknown): Promise<void> => {
  const known = fault instanceof DeliveryError ? fault : new DeliveryError('retry', String(fault), { cause: fault });
  const details = { delivery: delivery.id, attempts: delivery.attempts, message: known.message };
  if (known.outcome === 'retry' && delivery.attempts < MOST_ATTEMPTS) {
    parts.log.warn('delivery-later', details);
    await parts.deliveries.postpone(delivery, inMs(parts, retryDelay(delivery.attempts, known.retryAfterMs)));
    return;
  }
  parts.log.error('delivery-dead', details);
  await giveNotice(parts, delivery, known.message);
  await parts.deliveries.bury(delivery, known.message);
};

/**
 * A person learns of what could not be delivered; a notice that itself cannot be delivered stays in the log, and so does an
 * internal mail: it was the last way to its reader. Told before it is given up: a kill in between tells nobody twice, the
 * other way round nobody would be told.
 */
const giveNotice = async (
  { deliveries, clock }: DeliverParts,
  { id, job }: Delivery,
  reason: string,
): Promise<void> => {
  if (job.channel === 'internal-mail' || (job.channel === 'teams' && job.kind !== 'notice')) return;
  const about =
    job.channel === 'mail'
      ? { ticketId: ticketId(job.mail.ticketId), rev: job.mail.rev }
      : { ticketId: job.ticketId, rev: job.rev };
  await deliveries.enqueue({ channel: 'teams', kind: 'dead-letter', failed: id, reason, ...about }, clock.now());
};

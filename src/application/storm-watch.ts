import type { Effect } from '../domain/effects.ts';
import type { Desk } from '../domain/policy.ts';
import { isOpen } from '../domain/ticket.ts';
import { type Instant, instantOf, millisecondsOf, ticketId, type TicketId } from '../domain/values.ts';
import type { Clock } from './ports/clock.ts';
import type { Deliveries } from './ports/deliveries.ts';
import type { Identity } from './ports/identity.ts';
import type { Reports } from './ports/reports.ts';
import type { Storm } from './ports/stories.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface StormParts {
  readonly reports: Reports;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
  readonly desk: Desk;
  readonly identity: Pick<Identity, 'sha256'>;
  readonly clock: Clock;
  readonly enqueued: () => void;
}

type Opened = Extract<Effect, { kind: 'alike' }>;

const LISTED = 100;

const minutes = (at: Instant, count: number): Instant => instantOf(millisecondsOf(at) + count * 60_000);

/**
 * Counts what arrives by the words of its subject; from the fifth in half an hour on, the team's lead is shown the storm: one
 * card a day, which grows with each that follows.
 */
export const watchStorm = async (parts: StormParts, opened: Opened, ticketId: TicketId): Promise<void> => {
  const { stormAt, stormMinutes } = parts.desk.policy;
  const kind = `alike:${parts.identity.sha256(opened.key).slice(0, 32)}:${opened.teamId}`;
  const line = { id: ticketId, at: opened.at, number: opened.number };
  await parts.reports.add(kind, line, { ttlSeconds: stormMinutes * 4 * 60 });
  const from = minutes(opened.at, -stormMinutes);
  const { rows } = await parts.reports.page(kind, { limit: LISTED, from });
  const lead = parts.desk.roster.team(opened.teamId)?.lead;
  if (rows.length < stormAt || lead === undefined) return;
  await parts.deliveries.enqueue(
    {
      channel: 'teams',
      kind: 'person-card',
      to: lead,
      card: 'storm',
      subject: `${kind}|${opened.at.slice(0, 10)}`,
      rev: rows.length,
    },
    parts.clock.now(),
  );
  parts.enqueued();
};

/** What the storm's card shows, by the subject of its delivery: those that are still open and hang on nothing yet. */
export const stormOf = async (
  {
    reports,
    desk,
    clock,
    tickets,
  }: Pick<StormParts, 'reports' | 'desk' | 'clock'> & { readonly tickets: Pick<TicketStore, 'load'> },
  subject: string,
): Promise<Storm> => {
  const [kind = ''] = subject.split('|');
  const from = minutes(clock.now(), -desk.policy.stormMinutes * 2);
  const { rows } = await reports.page(kind, { limit: LISTED, from });
  const loaded = await Promise.all(rows.map(({ id }) => tickets.load(ticketId(id))));
  const open = loaded.flatMap((each) => (each && isOpen(each.ticket) && !each.ticket.parent ? [each.ticket] : []));
  return {
    minutes: desk.policy.stormMinutes,
    tickets: open
      .map(({ id, number, subject: about, requester }) => ({
        ticketId: id,
        number,
        subject: about,
        requester: requester.name,
      }))
      .reverse(),
  };
};

import { clocksOf, isOf } from './alert.ts';
import { nextOf } from './alert-levels.ts';
import type { AlertRow } from './alert-row.ts';
import { headerOf } from './effects-cards.ts';
import type { Change, Effect } from './effects.ts';
import type { Recorded } from './events.ts';
import { isWork } from './evolve-alert.ts';
import type { Desk } from './policy.ts';
import type { Ticket } from './ticket.ts';

/** Who is to be told of an alert, and which cards of alerts are to be drawn anew. */
export const alertsOf = (change: Change, desk: Desk): Effect[] => {
  if (!change.before?.alerts?.length && !change.after.alerts?.length) return [];
  return [...change.recorded.flatMap((each) => raisedIn(each, change.after)), ...changedIn(change, desk)];
};

const raisedIn = ({ rev, event }: Recorded, ticket: Ticket): Effect[] => {
  if (event.type !== 'AlertRaised') return [];
  const row = ticket.envelopes?.find(({ seq }) => seq === event.envelope);
  const { number, priority } = ticket;
  return [{ kind: 'alert', rev, raised: event, number, teamId: row?.teamId ?? ticket.teamId, priority }];
};

const changedIn = ({ before, recorded, after }: Change, desk: Desk): Effect[] => {
  const by = recorded.map(({ event }) => event.by).find(({ kind }) => kind === 'person');
  const told = headerOf(before) !== headerOf(after) || recorded.some(({ event }) => isWork(event));
  return (before?.alerts ?? [])
    .filter((row) => told || saysOther(row, { before, after }, desk))
    .map(({ episode }) => ({
      kind: 'alert-changed',
      rev: after.rev,
      episode,
      at: after.changedAt,
      ...(by?.kind === 'person' ? { by: by.id } : {}),
    }));
};

const saysOther = (row: AlertRow, { before, after }: Omit<Change, 'recorded'>, desk: Desk): boolean =>
  !after.alerts?.includes(row) || nextAt(row, before, desk) !== nextAt(row, after, desk);

const nextAt = (row: AlertRow, ticket: Ticket | undefined, desk: Desk): string | undefined => {
  const clock = ticket && clocksOf(ticket, desk).find((each) => isOf(row, each));
  return clock && nextOf(clock, { ticket, desk, at: ticket.changedAt })?.dueAt;
};

import type { AlertRecipient } from '../domain/alert-events.ts';
import type { Roster } from '../domain/roster.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import type { Instant, Priority, TeamId } from '../domain/values.ts';
import type { AlertAddress } from './ports/alert-ledger.ts';

/** Where a recipient is told: as they wish, else as the team says for their part, else in their own chat. */
export const addressOf = ({ id, as }: AlertRecipient, teamId: TeamId, roster: Roster): AlertAddress => {
  const place = roster.person(id)?.alertsTo ?? roster.team(teamId)?.alertsTo?.[as] ?? { kind: 'personal' };
  switch (place.kind) {
    case 'personal':
      return { kind: 'personal', person: id };
    case 'chat':
      return place;
    case 'channel':
      return { kind: 'channel', teamId };
  }
};

/** Until when quiet hours hold it back: only in a person's own chat, and never what is most urgent. */
export const heldUntil = (
  { id }: AlertRecipient,
  { address, priority, at }: { readonly address: AlertAddress; readonly priority: Priority; readonly at: Instant },
  roster: Roster,
): Instant | undefined => {
  const person = roster.person(id);
  return person && address.kind === 'personal' && priority !== 'P1' ? quietUntil(person, at) : undefined;
};

import type { Change, Effect } from './effects.ts';
import { isUnanswered } from './envelope.ts';
import { ownerOf, type Ticket } from './ticket.ts';

/** Each team a ticket came through has a card of its own in its channel; the last is the one that is kept up to date. */
const slotOf = ({ queueHops }: Pick<Ticket, 'queueHops'>): string => (queueHops === 0 ? 'team' : `team-${queueHops}`);

/** The cards in channels that no longer tell the truth. */
export const cardsOf = ({ before, after }: Change): Effect[] => {
  const left = before && before.teamId !== after.teamId ? [teamCard(before)] : [];
  return [...left, teamCard(after), ...envelopeCards({ before, after })];
};

const teamCard = (ticket: Ticket): Effect => ({ kind: 'card', slot: slotOf(ticket), teamId: ticket.teamId });

/** What a card of a ticket or of its envelope says above all. */
export const headerOf = (ticket: Ticket | undefined): string =>
  ticket ? [ticket.subject, ticket.priority, ownerOf(ticket)?.name, ticket.dueAt].join('\n') : '';

/** An envelope's card shows its ticket's header, so it changes with that too, as long as somebody may still work it. */
const envelopeCards = ({ before, after }: Omit<Change, 'recorded'>): Effect[] =>
  (after.envelopes ?? []).flatMap((row) => {
    const known = before?.envelopes?.find(({ seq }) => seq === row.seq);
    const same = known === row && (!isUnanswered(row) || headerOf(before) === headerOf(after));
    return same ? [] : [{ kind: 'card', slot: `envelope-${row.seq}`, teamId: row.teamId, envelope: row.seq }];
  });

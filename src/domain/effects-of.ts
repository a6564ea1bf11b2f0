import { nextDueOf } from './decide-tick.ts';
import { alertsOf } from './effects-alerts.ts';
import { beyondOf } from './effects-beyond.ts';
import { cardsOf } from './effects-cards.ts';
import { projectOf, rowsOf } from './effects-lists.ts';
import { mailOf } from './effects-mail.ts';
import { noticesOf } from './effects-notices.ts';
import type { Change, Effect, SearchWords } from './effects.ts';
import type { Recorded } from './events.ts';
import type { Desk } from './policy.ts';
import type { Ticket } from './ticket.ts';
import { entryOf } from './timeline.ts';

/** All that must follow a change. */
export const effectsOf = (change: Change, desk: Desk): readonly Effect[] => [
  projectOf(change),
  ...rowsOf(change),
  search(change),
  ...change.recorded.flatMap(threadOf),
  ...change.recorded.flatMap((each) => mailOf(each, change.after)),
  ...cardsOf(change),
  ...change.recorded.flatMap((each) => noticesOf(each, change.after, desk)),
  ...change.recorded.flatMap((each) => beyondOf(each, change.after)),
  ...alertsOf(change, desk),
  ...timerOf(change, desk),
];

/** Set whenever the next moment is another one; an older timer that goes off finds nothing to do. */
const timerOf = ({ before, after }: Change, desk: Desk): Effect[] => {
  const at = after.changedAt;
  const dueAt = nextDueOf(after, desk, at);
  if (dueAt === undefined || (before && nextDueOf(before, desk, at) === dueAt)) return [];
  return [{ kind: 'timer', dueAt, rev: after.rev }];
};

const search = ({ recorded, after }: Change): Effect => ({ kind: 'search', words: searchWords(after, recorded) });

/** What finds a ticket: its subject, its requester, and every word of these events. */
export const searchWords = (ticket: Ticket, recorded: readonly Recorded[]): SearchWords => ({
  ticketId: ticket.id,
  number: ticket.number,
  teamId: ticket.teamId,
  status: ticket.status,
  subject: ticket.subject,
  text: [
    ticket.requester.name,
    ticket.requester.address ?? '',
    ...recorded.map((each) => entryOf(each).text ?? ''),
  ].join('\n'),
  rev: ticket.rev,
  changedAt: ticket.changedAt,
});

const threadOf = ({ event }: Recorded): Effect[] => {
  const id =
    event.type === 'TicketOpened' || event.type === 'CustomerWroteIn' ? event.thread?.internetMessageId : undefined;
  return id === undefined ? [] : [{ kind: 'thread', internetMessageId: id }];
};

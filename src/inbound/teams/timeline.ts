import type { TimelineWanted } from '../../application/timeline-queries.ts';
import type { Person } from '../../domain/roster.ts';
import { endOfDay, startOfDay, type TicketId } from '../../domain/values.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { type EntryKind, timelineCard } from '../../views/timeline-card.ts';
import { type CardAction, numberOf, textOf } from './activity.ts';
import { type CardParts, readerOf } from './cards.ts';

const KINDS: readonly EntryKind[] = ['note', 'email', 'call', 'meeting', 'task', 'system'];
const PAGE = 20;

/** A day as a date field gives it; anything else is none. */
const dayIn = (data: CardAction['data'], field: string): string | undefined =>
  endOfDay(textOf(data, field), 'UTC') === undefined ? undefined : textOf(data, field);

/** All that happened to a ticket, a page at a time, as it was filtered; undefined when there is no such ticket. */
export const timelineOf = async (
  parts: CardParts,
  id: TicketId,
  { person, data }: { readonly person: Person; readonly data: CardAction['data'] },
): Promise<AdaptiveCard | undefined> => {
  const kind = KINDS.find((each) => each === textOf(data, 'kind'));
  const author = textOf(data, 'author');
  const before = numberOf(data, 'before');
  const who = { ...(kind ? { kind } : {}), ...(author === '' ? {} : { author }) };
  const [from, until] = [dayIn(data, 'from'), dayIn(data, 'until')];
  const filter = { ...who, ...(from ? { from } : {}), ...(until ? { until } : {}) };
  const wanted: TimelineWanted = {
    ...who,
    limit: PAGE,
    ...(before === undefined ? {} : { before }),
    ...(from ? { from: startOfDay(from, parts.zone) } : {}),
    ...(until ? { until: endOfDay(until, parts.zone) } : {}),
  };
  const page = await parts.queries.timeline(id, wanted);
  if (!page) return undefined;
  return timelineCard({
    ticket: page.ticket,
    entries: page.entries,
    hasOlder: page.before !== undefined,
    ...(before === undefined ? {} : { newer: 'first' as const }),
    filter,
    authors: [...new Set(page.entries.map((entry) => entry.author).filter((name) => name !== ''))],
    teamNameOf: (team) => parts.directory.team(team)?.name ?? team,
    reader: readerOf(parts, person),
  });
};

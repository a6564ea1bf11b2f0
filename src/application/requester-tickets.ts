import type { QueueEntry } from '../domain/effects.ts';
import type { Label } from '../domain/property-definitions.ts';
import { contactId } from '../domain/values.ts';
import { StoreError } from './errors.ts';
import type { Bucket, QueueLists } from './ports/queue-lists.ts';

/** A ticket on a card of its customer; `stage` is absent where a stage is its status. */
export interface ListedTicket extends Pick<
  QueueEntry,
  'ticketId' | 'number' | 'subject' | 'priority' | 'status' | 'dueAt' | 'ownerName'
> {
  readonly stage?: Label;
}

export interface TicketPage {
  readonly rows: readonly ListedTicket[];
  readonly continuation?: string;
}

interface Page {
  readonly limit: number;
  /** "list:continuation" */
  readonly continuation?: string | undefined;
}

/** Open first: what nobody has yet, what is at work, what has ended. */
const BUCKETS: readonly Bucket[] = ['waiting', 'open', 'done'];

/** Reads on from a place; from the beginning when nobody knows the place any more. */
export const readOn = async <Read>(
  read: (continuation: string | undefined) => Promise<Read>,
  continuation: string | undefined,
): Promise<Read> => {
  if (continuation === undefined) return read(undefined);
  try {
    return await read(continuation);
  } catch (fault) {
    if (!(fault instanceof StoreError) || fault.kind !== 'invalid') throw fault;
    return read(undefined);
  }
};

/** The tickets of one who wrote under several ids, list after list; each list has the soonest due first. */
export const ticketsOfRequesters = async (
  { queues }: { readonly queues: Pick<QueueLists, 'page'> },
  ids: readonly string[],
  { limit, continuation }: Page,
): Promise<TicketPage> => {
  const lists = BUCKETS.flatMap((bucket) => ids.map((id) => ({ bucket, requester: contactId(id) })));
  const place = placeIn(continuation);
  const rows: ListedTicket[] = [];
  for (let index = place.list; index < lists.length; index += 1) {
    const { bucket = 'done', requester = contactId('') } = lists[index] ?? {};
    const token = index === place.list && place.token !== '' ? { continuation: place.token } : {};
    const left = limit - rows.length;
    const page = await queues.page({ requester }, { bucket, limit: Math.max(left, 1), ...token });
    if (left === 0 && page.entries.length > 0) return { rows, continuation: `${index}:` };
    rows.push(...page.entries);
    if (page.continuation !== undefined) return { rows, continuation: `${index}:${page.continuation}` };
  }
  return { rows };
};

const placeIn = (continuation = ''): { list: number; token: string } => {
  const [, list = '0', token = ''] = /^(\d{1,3}):(.*)$/su.exec(continuation) ?? [];
  return { list: Number(list), token };
};

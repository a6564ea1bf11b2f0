import { type Refusal, refuse } from '../domain/refusals.ts';
import { mayRole } from '../domain/roles.ts';
import type { ContactId, PersonActor, TicketId, TicketRef } from '../domain/values.ts';
import { MAILED } from './bulk-kinds.ts';
import type { JobOrders } from './job-orders.ts';
import type { Identity } from './ports/identity.ts';
import type { Job, JobItem, Json } from './ports/jobs.ts';
import type { Bucket, ListName, QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';

export interface BulkParts {
  readonly jobs: JobOrders;
  readonly queues: Pick<QueueLists, 'page'>;
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly identity: Identity;
}

/** What a person wants done with many tickets. */
export type BulkWish =
  | { readonly kind: 'accept' }
  | { readonly kind: 'cancel'; readonly reason: 'spam' | 'mistake' }
  | { readonly kind: 'link'; readonly parent: string }
  | { readonly kind: 'answer'; readonly text: string };

export interface BulkService {
  /** Freezes what was chosen, to be confirmed by the same person; `key` makes a second delivery of the tap the same preview. */
  preview(wish: BulkWish, chosen: readonly TicketId[], asked: { by: PersonActor; key: string }): Promise<Job | Refusal>;
  /** News of a parent to the customers of all its open children, each customer once; twice is one. */
  tellChildren(news: News): Promise<void>;
}

export interface News {
  readonly parent: TicketRef;
  readonly rev: number;
  readonly text: string;
  readonly by: PersonActor;
  /** Has the news already. */
  readonly told?: ContactId;
}

const MOST_LISTED = 2_000;
const PAGE = 100;

/** Everything on a list, in the buckets that are named. */
const allOn = async (
  queues: Pick<QueueLists, 'page'>,
  list: ListName,
  buckets: readonly Bucket[],
): Promise<readonly (JobItem & { readonly requesterId: ContactId })[]> => {
  const found: (JobItem & { readonly requesterId: ContactId })[] = [];
  for (const bucket of buckets) {
    let continuation: string | undefined;
    do {
      const page = await queues.page(list, { bucket, limit: PAGE, ...(continuation ? { continuation } : {}) });
      found.push(...page.entries.map(({ ticketId, number, requesterId }) => ({ ticketId, number, requesterId })));
      continuation = page.continuation;
    } while (continuation !== undefined && found.length < MOST_LISTED);
  }
  return found.slice(0, MOST_LISTED);
};

export const bulkService = (parts: BulkParts): BulkService => ({
  preview: (wish, chosen, asked) => preview(parts, wish, { chosen, ...asked }),
  tellChildren: (news) => tellChildren(parts, news),
});

interface Chosen {
  readonly chosen: readonly TicketId[];
  readonly by: PersonActor;
  readonly key: string;
}

const preview = async (parts: BulkParts, wish: BulkWish, { chosen, by, key }: Chosen): Promise<Job | Refusal> => {
  if (!mayRole(by, 'bulk')) return refuse('role-may-not');
  if (chosen.length === 0) return refuse('no-preview');
  if (wish.kind === 'answer' && wish.text.trim() === '') return refuse('text-missing');
  const { kind, ...params } = wish;
  const loaded = await Promise.all([...new Set(chosen)].map((id) => parts.tickets.load(id)));
  const items = eachCustomerOnce(
    loaded.flatMap((each) =>
      each
        ? [{ ticketId: each.ticket.id, number: each.ticket.number, requesterId: each.ticket.requester.contactId }]
        : [],
    ),
  );
  return parts.jobs.preview({ id: parts.identity.named(`bulk|${key}`), kind, by, params: params as Json, items });
};

/** The first ticket of each customer carries the mail, the others go without. */
const eachCustomerOnce = (
  tickets: readonly (JobItem & { readonly requesterId: ContactId })[],
  told?: ContactId,
): readonly JobItem[] => {
  const reached = new Set<ContactId>(told === undefined ? [] : [told]);
  return tickets.map(({ ticketId, number, requesterId }) => {
    const first = !reached.has(requesterId);
    reached.add(requesterId);
    return { ticketId, number, ...(first ? { key: MAILED } : {}) };
  });
};

/** One update mails each customer once, however many of the children are theirs. */
const tellChildren = async (parts: BulkParts, { parent, rev, text, by, told }: News): Promise<void> => {
  const children = await allOn(parts.queues, { children: parent.id }, ['waiting', 'open']);
  if (children.length === 0) return;
  const items = eachCustomerOnce(children, told);
  const id = parts.identity.named(`children|${parent.id}|${rev}`);
  const params: Json = { text, parent: { id: parent.id, number: parent.number } };
  await parts.jobs.start({ id, kind: 'tell-children', by, params, items });
};

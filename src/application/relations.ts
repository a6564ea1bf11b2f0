import type { CommandOf } from '../domain/commands.ts';
import { type Refusal, refuse } from '../domain/refusals.ts';
import type { MergeTarget } from '../domain/relation-commands.ts';
import { isOpen, ownerOf, type Ticket } from '../domain/ticket.ts';
import {
  type CommandId,
  type PersonActor,
  ticketId,
  type TicketId,
  ticketNumber,
  type TicketNumber,
} from '../domain/values.ts';
import type { Identity } from './ports/identity.ts';
import type { Numbers } from './ports/numbers.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';

/** What a person asks about two tickets: the other one by its number. The rest is looked up here, and decided by the rules. */
export type RelationAsk =
  | { readonly type: 'merge-into'; readonly by: PersonActor; readonly id: CommandId; readonly number: string }
  | { readonly type: 'agree-merge'; readonly by: PersonActor; readonly id: CommandId }
  | { readonly type: 'link-to'; readonly by: PersonActor; readonly id: CommandId; readonly number: string }
  | {
      readonly type: 'split-off';
      readonly by: PersonActor;
      readonly id: CommandId;
      readonly subject: string;
      readonly text: string;
    }
  | { readonly type: 'take-back'; readonly by: PersonActor; readonly id: CommandId; readonly number: string }
  | { readonly type: 'cancel-duplicate'; readonly by: PersonActor; readonly id: CommandId; readonly number: string };

const RELATIONS: readonly string[] = [
  'merge-into',
  'agree-merge',
  'link-to',
  'split-off',
  'take-back',
  'cancel-duplicate',
] satisfies readonly RelationAsk['type'][];

export const isRelation = (ask: { readonly type: string }): ask is RelationAsk => RELATIONS.includes(ask.type);

export interface RelationParts {
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly queues: Pick<QueueLists, 'byNumber' | 'page'>;
  readonly numbers: Numbers;
  readonly identity: Identity;
}

type Unframed<C> = C extends { readonly at: unknown } ? Omit<C, 'at'> : never;
type Completed = Unframed<CommandOf<'merge' | 'propose-merge' | 'link' | 'split' | 'undo-split' | 'cancel'>>;

const MOST_MERGES = 20;

/** The ticket that a merged one went into, and on; where that runs in a circle, the last that was met first. */
export const mergedEnd = async (tickets: Pick<TicketStore, 'load'>, start: Ticket): Promise<Ticket> => {
  const met = new Set<TicketId>();
  let ticket = start;
  while (ticket.status === 'cancelled' && ticket.mergedInto && met.size < MOST_MERGES) {
    met.add(ticket.id);
    const next = met.has(ticket.mergedInto.id) ? undefined : await tickets.load(ticket.mergedInto.id);
    if (!next) return ticket;
    ticket = next.ticket;
  }
  return ticket;
};

const byNumber = async (parts: RelationParts, number: string): Promise<Ticket | undefined> => {
  const id = await parts.queues.byNumber(ticketNumber(number));
  return id === undefined ? undefined : (await parts.tickets.load(id))?.ticket;
};

const targetOf = async (parts: RelationParts, number: string): Promise<MergeTarget | undefined> => {
  const named = await byNumber(parts, number);
  return named && asTarget(await mergedEnd(parts.tickets, named));
};

const asTarget = (ticket: Ticket): MergeTarget => {
  const owner = ownerOf(ticket);
  return {
    id: ticket.id,
    number: ticket.number,
    requesterId: ticket.requester.contactId,
    ended: !isOpen(ticket),
    ...(owner ? { ownerId: owner.id } : {}),
  };
};

/** Somebody has begun with the part, or is about to: it stays. */
const begunBy = (part: Ticket): Refusal | undefined => {
  const owner = ownerOf(part);
  if (owner) return refuse('owner-is-set', { owner });
  const held = part.status === 'new' ? part.reserved : undefined;
  return held ? refuse('reserved', { owner: { id: held.id, name: held.name }, until: held.until }) : undefined;
};

/** The command that says all the rules need to know; a refusal where the other ticket is not there. */
export const completed = async (parts: RelationParts, id: TicketId, ask: RelationAsk): Promise<Completed | Refusal> => {
  const frame = { id: ask.id, by: ask.by };
  switch (ask.type) {
    case 'merge-into': {
      const into = await targetOf(parts, ask.number);
      return into ? { ...frame, type: 'propose-merge', into } : refuse('merge-target-missing');
    }
    case 'agree-merge':
      return agreed(parts, id, frame);
    case 'link-to':
      return linked(parts, id, { ...frame, number: ask.number });
    case 'split-off':
      return { ...frame, type: 'split', subject: ask.subject, text: ask.text, into: await partOf(parts, ask.id) };
    case 'take-back': {
      const part = await byNumber(parts, ask.number);
      if (part?.splitFrom?.id !== id) return refuse('not-split');
      const begun = begunBy(part);
      if (begun) return begun;
      return { ...frame, type: 'undo-split', into: { id: part.id, number: part.number }, splitAt: part.createdAt };
    }
    case 'cancel-duplicate': {
      const original = await byNumber(parts, ask.number);
      if (!original || original.id === id) return refuse('duplicate-target-missing');
      return { ...frame, type: 'cancel', reason: 'duplicate', duplicateOf: original.number };
    }
  }
};

interface Framed {
  readonly id: CommandId;
  readonly by: PersonActor;
}

const agreed = async (parts: RelationParts, id: TicketId, frame: Framed): Promise<Completed | Refusal> => {
  const asked = (await parts.tickets.load(id))?.ticket.mergeProposed;
  const other = asked && (await parts.tickets.load(asked.id));
  return other ? { ...frame, type: 'merge', into: asTarget(other.ticket) } : refuse('no-merge-proposed');
};

const linked = async (
  parts: RelationParts,
  id: TicketId,
  { number, ...frame }: Framed & { readonly number: string },
): Promise<Completed | Refusal> => {
  const parent = await byNumber(parts, number);
  if (!parent) return refuse('parent-unknown');
  return {
    ...frame,
    type: 'link',
    parent: { id: parent.id, number: parent.number, isChild: parent.parent !== undefined, ended: !isOpen(parent) },
    hasChildren: await hasChildren(parts, id),
  };
};

const hasChildren = async ({ queues }: RelationParts, id: TicketId): Promise<boolean> => {
  const pages = await Promise.all(
    (['waiting', 'open'] as const).map((bucket) => queues.page({ children: id }, { bucket, limit: 1 })),
  );
  return pages.some(({ entries }) => entries.length > 0);
};

/** The same tap names the same part, so that a second delivery of it draws no second ticket. */
const partOf = async (
  { numbers, identity }: RelationParts,
  command: CommandId,
): Promise<{ id: TicketId; number: TicketNumber }> => ({
  id: ticketId(identity.named(`part|${command}`)),
  number: ticketNumber(`INC-${await numbers.next('INC')}`),
});

import type { Desk } from '../domain/policy.ts';
import { isObjectRefusal } from '../domain/objects.ts';
import type { TicketId } from '../domain/values.ts';
import { StoreError } from './errors.ts';
import type { BulkService } from './bulk-service.ts';
import type { CoverService } from './cover-service.ts';
import type { ObjectService } from './object-service.ts';
import type { Log } from './ports/log.ts';
import type { QueueLists } from './ports/queue-lists.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import type { Beyond } from './relay.ts';
import { type StormParts, watchStorm } from './storm-watch.ts';

export interface BeyondParts {
  readonly objects: Pick<ObjectService, 'contactSeen' | 'associate' | 'dissociate'>;
  readonly bulk: Pick<BulkService, 'tellChildren'>;
  readonly covers: Pick<CoverService, 'acted'>;
  readonly storm: StormParts;
  readonly tickets: Pick<TicketStore, 'load'>;
  readonly queues: Pick<QueueLists, 'byNumber'>;
  readonly desk: Desk;
  readonly log: Log;
}

const BY_DESK = { kind: 'desk' } as const;

/** What the relay does outside the tickets. A refusal there is said in the log: the ticket has moved on long since. */
export const beyondTickets = (parts: BeyondParts): Beyond => {
  const logged = async (what: string, ticket: TicketId, outcome: Promise<object>): Promise<void> => {
    const done = await outcome;
    if (!isObjectRefusal(done)) return;
    if (done.refused === 'object-busy') throw new StoreError('throttled', `${what} of ticket ${ticket} is busy`);
    parts.log.warn('object-refused', { what, ticket, code: done.refused });
  };
  return {
    contactSeen: ({ address, name, at }, ticketId) =>
      logged('contact', ticketId, parts.objects.contactSeen({ address, name, at, ticketId })),
    associate: async ({ label, to, at, remove }, ticketId) => {
      const other = 'id' in to ? to.id : await parts.queues.byNumber(to.number);
      if (other === undefined) return;
      const link = { from: { type: 'ticket', id: ticketId }, to: { type: 'ticket', id: other }, label } as const;
      const act = { by: BY_DESK, at };
      await logged(label, ticketId, remove ? parts.objects.dissociate(link, act) : parts.objects.associate(link, act));
    },
    tellChildren: async ({ rev, text, by, told }, ticketId) => {
      const parent = (await parts.tickets.load(ticketId))?.ticket;
      if (!parent) return;
      const news = { parent: { id: parent.id, number: parent.number }, rev, text, by };
      await parts.bulk.tellChildren({ ...news, ...(told ? { told } : {}) });
    },
    acted: (owner, deputy, at) => parts.covers.acted(owner, deputy, at),
    alike: (opened, ticketId) => watchStorm(parts.storm, opened, ticketId),
  };
};

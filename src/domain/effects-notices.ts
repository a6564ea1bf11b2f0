import { confirmersOf } from './decide-transfer.ts';
import type { Effect, NoticeReason } from './effects.ts';
import { type ForEvents, type Recorded, type TicketEvent, toldBy } from './events.ts';
import type { Desk } from './policy.ts';
import { ownerOf, type Ticket } from './ticket.ts';
import type { PersonId } from './values.ts';

interface Told {
  readonly to: PersonId | undefined;
  readonly reason: NoticeReason;
}

/** Who is told in person of an event; nobody is told of their own act. */
export const noticesOf = ({ rev, event }: Recorded, ticket: Ticket, desk: Desk): Effect[] => {
  const author = event.by.kind === 'person' ? event.by.id : undefined;
  const seen = new Set<PersonId | undefined>([author, undefined]);
  const envelope = 'seq' in event ? { envelope: event.seq } : {};
  return toldOf(event, ticket, desk).flatMap(({ to: wanted, reason }) => {
    const to = reachable(wanted, ticket, desk);
    if (to === undefined || seen.has(to)) return [];
    seen.add(to);
    return [{ kind: 'notice' as const, to, reason, rev, ...envelope }];
  });
};

/** Whoever is not of the desk any more is answered for by the team's lead: never nobody. */
const reachable = (to: PersonId | undefined, { teamId }: Ticket, { roster }: Desk): PersonId | undefined =>
  to === undefined || roster.person(to) ? to : roster.team(teamId)?.lead;

const toldOf = (event: TicketEvent, ticket: Ticket, desk: Desk): readonly Told[] =>
  'seq' in event ? toldOfEnvelope(event, ticket) : (toldBy(TOLD, event, ticket, desk) ?? []);

const owner = (ticket: Ticket): PersonId | undefined => ownerOf(ticket)?.id;

const TOLD: ForEvents<[ticket: Ticket, desk: Desk], readonly Told[]> = {
  CustomerWroteIn: (_event, ticket) => [{ to: owner(ticket), reason: 'customer-wrote' }],
  TicketReopened: ({ at }, ticket, desk) => whileAway(at, ticket, desk),
  TicketOffered: ({ to }) => [{ to: to.id, reason: 'offered' }],
  OfferDeclined: ({ offeredBy }) => [{ to: offeredBy.id, reason: 'offer-declined' }],
  /** Only while it waits for a yes: that of a leaver's case has it already. */
  TransferProposed: ({ by }, ticket, desk) => {
    const of = owner(ticket);
    return of && ticket.transfer
      ? confirmersOf(desk, of, by.id).map((to) => ({ to, reason: 'transfer-proposed' }))
      : [];
  },
  OwnershipTransferred: ({ to, from, ofLeaver }) =>
    ofLeaver
      ? []
      : [
          { to: to.id, reason: 'transferred' },
          { to: from.id, reason: 'transferred' },
        ],
  MergeProposed: ({ ownerId }) => [{ to: ownerId, reason: 'merge-proposed' }],
  MergeRefused: (_event, ticket) => [{ to: owner(ticket), reason: 'merge-refused' }],
  TaskAdded: ({ assignee }) => [{ to: assignee.id, reason: 'task-assigned' }],
  TaskAssigned: ({ assignee }) => [{ to: assignee.id, reason: 'task-assigned' }],
  MajorIncidentDeclared: ({ coordinator }) => [{ to: coordinator.id, reason: 'coordinates' }],
  UpdateReminded: (_event, { major }) => [{ to: major?.coordinator.id, reason: 'update-due' }],
};

/** A customer objects while the owner is away: whoever stands in for them and the lead learn it at once. */
const whileAway = (at: string, ticket: Ticket, { roster }: Desk): readonly Told[] => {
  const absent = owner(ticket);
  const person = absent && roster.person(absent);
  if (!person?.absentUntil || person.absentUntil <= at) return [];
  return [person.backup, roster.team(ticket.teamId)?.lead].map((to) => ({ to, reason: 'reopened-away' }));
};

const toldOfEnvelope = (event: Extract<TicketEvent, { seq: number }>, ticket: Ticket): readonly Told[] => {
  const of = owner(ticket);
  const row = ticket.envelopes?.find(({ seq }) => seq === event.seq);
  const helper = row?.expert?.id ?? row?.offeredTo?.id;
  switch (event.type) {
    case 'EnvelopeRequested':
      return [{ to: event.offeredTo?.id, reason: 'envelope-offered' }];
    case 'EnvelopeDeclined':
      return event.ended
        ? [{ to: of, reason: 'envelope-declined' }]
        : [{ to: event.next?.id, reason: event.leadAsked ? 'envelope-lead' : 'envelope-offered' }];
    case 'EnvelopeEdited':
      return [{ to: helper, reason: 'envelope-edited' }];
    case 'OwnerQueried':
      return [{ to: of, reason: 'envelope-query' }];
    case 'QueryAnswered':
      return [{ to: helper, reason: 'envelope-answer' }];
    case 'EnvelopeCompleted':
      return [{ to: of, reason: 'envelope-completed' }];
    case 'EnvelopeSentBack':
      return [{ to: helper, reason: 'envelope-sent-back' }];
    case 'EnvelopeWithdrawn':
      return [{ to: helper, reason: 'envelope-withdrawn' }];
    case 'EnvelopeAccepted':
    case 'EnvelopeReleased':
    case 'EnvelopeConfirmed':
      return [];
  }
};
